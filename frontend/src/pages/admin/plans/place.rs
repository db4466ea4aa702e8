//! Asking for another time and room, for those who neither drag nor use arrows.

use super::findings::judged;
use super::grid::{Cell, Grid, Step};
use crate::components::{Button, ButtonKind, CheckField, Choice, Dialog, SelectField};
use crate::format::use_dates;
use crate::hooks::Field;
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PlaceDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct PlaceDialogProps {
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// Which one.
    pub(super) defence: usize,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// Do it.
    pub(super) onmove: Callback<Vec<Step>>,
}

/// Every time and room it could have; what is there changes places. The choice is judged at once.
#[component]
pub(super) fn PlaceDialog(props: &PlaceDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let (grid, defence) = (&props.grid, props.defence);
    let now = grid.place(defence);
    let when = use_state_eq(|| now.map_or_else(String::new, |cell| format!("{} {}", cell.day, cell.slot)));
    let room = use_state_eq(|| now.map_or_else(|| "0".to_owned(), |cell| cell.room.to_string()));
    let session = use_state_eq(|| false);
    let field = |id: &'static str, state: &UseStateHandle<String>| {
        let setter = state.setter();
        Field {
            id: id.into(),
            value: (**state).clone(),
            error: None,
            onchange: Callback::from(move |value: String| setter.set(value)),
            onleave: Callback::noop(),
            disabled: false,
        }
    };
    let together = {
        let setter = session.setter();
        Field {
            id: "move-session".into(),
            value: *session,
            error: None,
            onchange: Callback::from(move |value: bool| setter.set(value)),
            onleave: Callback::noop(),
            disabled: false,
        }
    };
    let days = grid.question.days.iter().enumerate();
    let slots = days.flat_map(|(day, known)| (0..known.slots).map(move |slot| Cell { day, slot, room: 0 }));
    let times = slots.filter(|cell| !grid.is_closed(*cell)).map(|cell| {
        Choice::new(format!("{} {}", cell.day, cell.slot), grid.hour(&dates, cell.day, cell.slot))
    });
    let rooms = (0..grid.question.rooms.len()).map(|room| Choice::new(room, grid.room(room)));
    let to = when.split_once(' ').and_then(|(day, slot)| {
        Some(Cell { day: day.parse().ok()?, slot: slot.parse().ok()?, room: room.parse().ok()? })
    });
    let moves = grid.moves(defence, to, *session);
    let displaced: Vec<String> = moves
        .iter()
        .filter(|(other, cell)| *other != defence && grid.place(*other) != *cell)
        .map(|(other, cell)| {
            let place = cell.map_or_else(|| t.plan_without_hour().to_owned(), |cell| grid.when(&dates, cell));
            t.plan_goes_to(&grid.known[*other].student, &place)
        })
        .collect();
    let verdict = (to != now).then(|| grid.judge(&moves));
    let allowed = verdict.as_ref().is_some_and(|verdict| verdict.broken.is_empty());
    let onclick = props.onmove.reform(move |_: MouseEvent| moves.clone());
    let standing = now.is_some() && !grid.question.committees.is_empty();
    let footer = html! {
        <>
            <Button label={t.plan_move()} disabled={!allowed} {onclick} />
            <Button label={t.cancel()} kind={ButtonKind::Link} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    html! {
        <Dialog title={t.plan_move_title()} {footer} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <p><strong>{ &grid.known[defence].student }</strong>{ " · " }{ &grid.known[defence].title }</p>
                <SelectField field={field("move-when", &when)} label={t.plan_hour()} none={t.plan_take_out()} choices={times.collect::<Vec<_>>()} />
                <SelectField field={field("move-room", &room)} label={t.plan_room()} choices={rooms.collect::<Vec<_>>()} />
                if standing {
                    <CheckField field={together} label={t.plan_whole_session()} />
                }
                <div aria-live="polite" class="gestfg-stack">
                    if to != now && !displaced.is_empty() {
                        <ul class="pf-v6-c-list">{ for displaced.into_iter().map(|sentence| html! { <li>{ sentence }</li> }) }</ul>
                    }
                    if let Some(verdict) = &verdict {
                        { judged(t, &grid.board, verdict) }
                        if allowed && !verdict.worse.is_empty() {
                            <ul class="pf-v6-c-list gestfg-small">
                                { for verdict.worse.iter().map(|(what, was, is)| html! { <li>{ t.plan_gets_worse(t.plan_objective(what), *was, *is) }</li> }) }
                            </ul>
                        }
                    }
                </div>
            </div>
        </Dialog>
    }
}
