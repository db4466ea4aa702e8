//! Moving something by choosing from a list, for those who neither drag nor use arrows.

use super::board::{Board, Change, request as planned};
use super::committee::Piece;
use super::findings::judged;
use crate::components::{Button, ButtonKind, Choice, Dialog, SelectField};
use crate::hooks::Field;
use crate::i18n::{Texts, use_texts};
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::PlanSeat;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`MoveDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct MoveDialogProps {
    /// Where it is.
    pub(super) board: Rc<Board>,
    /// What is to be moved.
    pub(super) piece: Piece,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// Do it.
    pub(super) onchange: Callback<Change>,
}

/// Every place it could go to; the choice is judged at once.
#[component]
pub(super) fn MoveDialog(props: &MoveDialogProps) -> Html {
    let t = use_texts();
    let board = &props.board;
    let chosen = use_state_eq(String::new);
    let options: Vec<(Change, String)> = match props.piece {
        Piece::Project(request) => (0..board.committees.len())
            .filter(|at| board.home(request) != Some(*at))
            .map(|at| (Change::Project(request, at), t.committee_label(at + 1)))
            .chain(exchanges(t, board, request))
            .collect(),
        Piece::Seat(from) => {
            let seats = board.committees.iter().enumerate().flat_map(|(committee, found)| {
                (0..found.seats.len()).map(move |seat| PlanSeat { committee, seat })
            });
            let swaps = seats.filter(|to| *to != from).map(|to| {
                let name = board.at(to).map_or_else(String::new, |who| board.name(who));
                let place = t.seat_name(to.seat, board.full_seats());
                (
                    Change::Swap(from, to),
                    t.plan_swap_with(&name, &t.committee_label(to.committee + 1), &place),
                )
            });
            let free = board
                .without_seat()
                .into_iter()
                .map(|who: UserId| (Change::Replace(from, who), t.plan_replace_by(&board.name(who))));
            swaps.chain(free).collect()
        }
        Piece::Committee(_) => Vec::new(),
    };
    let label = match props.piece {
        Piece::Project(request) => board.title(request),
        Piece::Seat(seat) => board.at(seat).map_or_else(String::new, |who| board.name(who)),
        Piece::Committee(at) => t.committee_label(at + 1),
    };
    let change = chosen.parse::<usize>().ok().and_then(|at| options.get(at)).map(|(change, _)| *change);
    let verdict = change.map(|change| board.judge(change));
    let allowed = verdict.as_ref().is_some_and(|verdict| verdict.broken.is_empty());
    let field = Field {
        id: "move-to".into(),
        value: (*chosen).clone(),
        error: None,
        onchange: {
            let chosen = chosen.setter();
            Callback::from(move |value: String| chosen.set(value))
        },
        onleave: Callback::noop(),
        disabled: false,
    };
    let choices = options.iter().enumerate().map(|(at, (_, label))| Choice::new(at, label.clone()));
    let onclick = {
        let onchange = props.onchange.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(change) = change {
                onchange.emit(change);
            }
        })
    };
    let footer = html! {
        <>
            <Button label={t.plan_move()} disabled={!allowed} {onclick} />
            <Button label={t.cancel()} kind={ButtonKind::Link} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    html! {
        <Dialog title={t.plan_move_title()} {footer} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <p><strong>{ label }</strong></p>
                <SelectField {field} label={t.plan_move_where()} none={t.plan_move_choose()} choices={choices.collect::<Vec<_>>()} />
                <div aria-live="polite" class="gestfg-stack">
                    if let Some(verdict) = &verdict {
                        { judged(t, board, verdict) }
                    }
                </div>
            </div>
        </Dialog>
    }
}

/// The projects of other committees, to change places with.
fn exchanges(t: Texts, board: &Board, request: EvaluationRequestId) -> Vec<(Change, String)> {
    let home = board.home(request);
    let others = board.committees.iter().enumerate().filter(|(at, _)| Some(*at) != home);
    others
        .flat_map(|(at, committee)| {
            committee.projects.iter().filter_map(planned).map(move |other| (at, other))
        })
        .map(|(at, other)| {
            let label = t.plan_exchange_with(&board.title(other), &t.committee_label(at + 1));
            (Change::Exchange(request, other), label)
        })
        .collect()
}
