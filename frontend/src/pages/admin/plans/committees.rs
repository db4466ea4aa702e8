//! The committees of a version, changed by hand.

use super::board::{Board, Change, Verdict};
use super::committee::{CommitteeColumn, Gesture, Piece};
use super::findings::Findings;
use super::hand::{change_of, onto, said, step};
use super::move_to::MoveDialog;
use super::plan::Kept;
use crate::api::ApiError;
use crate::api::planning::change_committee_plan;
use crate::components::{EmptyState, IconName, ProblemAlert, Tone, use_toasts};
use crate::hooks::use_action;
use crate::i18n::{Texts, use_texts};
use crate::pages::requests::given;
use gestfg_types::planning::{PlanMeasure, PlanPart, PlanReport};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Committees`].
#[derive(Properties, PartialEq)]
pub(super) struct CommitteesProps {
    /// The version as it is kept.
    pub(super) kept: Kept,
    /// Its committees.
    pub(super) board: Rc<Board>,
    /// What the checker says.
    pub(super) report: Rc<PlanReport>,
}

/// The board, what is in hand, and what came of the last change.
#[component]
pub(super) fn Committees(props: &CommitteesProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let (board, report) = (&props.board, &props.report);
    let held = use_state_eq(|| None::<Piece>);
    let target = use_state_eq(|| None::<Piece>);
    let asking = use_state_eq(|| None::<Piece>);
    let refused = use_state_eq(Verdict::default);
    let send = {
        let (kept, board) = (props.kept.clone(), Rc::clone(board));
        let refused = refused.setter();
        use_action(move |client, change: Change| {
            let (kept, toasts) = (kept.clone(), toasts.clone());
            let (path, body) = change.request(&board, given(&kept.reason));
            let refused = refused.clone();
            async move {
                match change_committee_plan(&client, &kept.summary, path, &body).await {
                    Ok(changed) => {
                        kept.onchanged.emit(Rc::new(changed));
                        toasts.done(t.plan_changed());
                        Ok(())
                    }
                    Err(ApiError::Problem(problem)) if !problem.violations.is_empty() => {
                        refused.set(Verdict { broken: problem.violations, ..Verdict::default() });
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
        })
    };
    let editable = props.kept.editable && !send.running;
    let verdict = held.zip(*target).and_then(|(held, target)| change_of(board, held, target));
    let verdict = verdict.map(|change| board.judge(change));
    let fits = verdict.as_ref().is_some_and(|verdict| verdict.broken.is_empty());
    let attempt = {
        let (board, refused, run) = (Rc::clone(board), refused.setter(), send.run.clone());
        Callback::from(move |change: Change| {
            let verdict = board.judge(change);
            let breaks = !verdict.broken.is_empty();
            refused.set(verdict);
            if !breaks {
                run.emit(change);
            }
        })
    };
    let ongesture = {
        let (board, attempt) = (Rc::clone(board), attempt.clone());
        let (held, target, asking) = (held.clone(), target.clone(), asking.setter());
        Callback::from(move |gesture: Gesture| {
            let put = |onto: Piece| {
                let change = held.and_then(|piece| change_of(&board, piece, onto));
                held.set(None);
                target.set(None);
                if let Some(change) = change {
                    attempt.emit(change);
                }
            };
            match gesture {
                Gesture::Take(piece) => {
                    held.set(Some(piece));
                    target.set(None);
                }
                Gesture::Over(piece) => target.set(Some(onto(&board, *held, piece))),
                Gesture::Put(piece) => put(onto(&board, *held, piece)),
                Gesture::Press(piece) => match (*held, *target) {
                    (None, _) => held.set(Some(piece)),
                    (Some(present), Some(target)) if present == piece => put(target),
                    (Some(present), None) if present == piece => held.set(None),
                    (Some(_), _) => put(onto(&board, *held, piece)),
                },
                Gesture::Step(columns, rows) => {
                    if let Some(piece) = *held {
                        target.set(step(&board, piece, target.unwrap_or(piece), columns, rows));
                    }
                }
                Gesture::LetGo => {
                    held.set(None);
                    target.set(None);
                }
                Gesture::Ask(piece) => asking.set(Some(piece)),
                Gesture::Pin(Piece::Seat(seat), pinned) => attempt.emit(Change::PinSeat(seat, pinned)),
                Gesture::Pin(Piece::Project(id), pinned) => attempt.emit(Change::PinProject(id, pinned)),
                Gesture::Pin(Piece::Committee(_), _) => {}
            }
        })
    };
    let said = said(t, board, *held, *target, verdict.as_ref());
    let close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let forget = {
        let refused = refused.setter();
        Callback::from(move |()| refused.set(Verdict::default()))
    };
    html! {
        <div class="gestfg-stack">
            if let Some(error) = &send.error {
                <ProblemAlert error={error.clone()} />
            }
            <Findings board={Rc::clone(board)} title={t.plan_refused()} tone={Tone::Danger} found={refused.broken.clone()} urgent=true onclose={forget} />
            <p id="board-manners" class="gestfg-subtle gestfg-small">{ t.plan_board_manners() }</p>
            <p class="gestfg-board__said" role="status" aria-live="assertive">{ said }</p>
            if board.committees.is_empty() {
                <EmptyState icon={IconName::Users} title={t.plan_no_committees()} />
            }
            <div class={classes!("gestfg-board", send.running.then_some("gestfg-refreshing"))}>
                { for (0..board.committees.len()).map(|at| html! {
                    <CommitteeColumn
                        key={at}
                        board={Rc::clone(board)}
                        {at}
                        report={Rc::clone(report)}
                        {editable}
                        held={*held}
                        target={*target}
                        allowed={fits}
                        ongesture={ongesture.clone()}
                    />
                }) }
            </div>
            { findings(t, board, report, PlanPart::Committees) }
            { measures(t, &report.measures, PlanPart::Committees) }
            if let Some(piece) = *asking {
                <MoveDialog
                    board={Rc::clone(board)}
                    {piece}
                    onclose={close.clone()}
                    onchange={Callback::from(move |change: Change| {
                        close.emit(());
                        attempt.emit(change);
                    })}
                />
            }
        </div>
    }
}

/// What the checker says of a part of the version.
pub(super) fn findings(t: Texts, board: &Rc<Board>, report: &PlanReport, part: PlanPart) -> Html {
    let of = |all: &[gestfg_types::planning::PlanFinding]| {
        all.iter().filter(|found| found.part == part).cloned().collect::<Vec<_>>()
    };
    html! {
        <>
            <Findings board={Rc::clone(board)} title={t.plan_violations()} tone={Tone::Danger} found={of(&report.violations)} />
            <Findings board={Rc::clone(board)} title={t.plan_warnings()} tone={Tone::Warning} found={of(&report.warnings)} folded=true />
        </>
    }
}

/// What is proved of a measure.
fn proved(t: Texts, measure: &PlanMeasure) -> Html {
    let said = match measure.bound {
        None => return html! {},
        Some(bound) if bound == measure.value => t.plan_proved_best().to_owned(),
        Some(bound) if measure.objective == "back_to_back" => t.plan_at_most(bound),
        Some(bound) => t.plan_at_least(bound),
    };
    html! { <span class="gestfg-subtle gestfg-small">{ " " }{ said }</span> }
}

/// How well a part of the version meets the wishes, and how much better any could.
pub(super) fn measures(t: Texts, all: &[PlanMeasure], part: PlanPart) -> Html {
    let of_part = all.iter().filter(|measure| measure.part == part);
    html! {
        <details>
            <summary>{ t.plan_measures() }</summary>
            <dl class="gestfg-facts">
                { for of_part.map(|measure| html! {
                    <div><dt>{ t.plan_objective(&measure.objective) }</dt><dd>{ measure.value }{ proved(t, measure) }</dd></div>
                }) }
            </dl>
        </details>
    }
}
