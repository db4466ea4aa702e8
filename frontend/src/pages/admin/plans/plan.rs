//! A version: its committees on a board, changed by hand.

use super::board::{Board, Change, Verdict};
use super::committee::{CommitteeColumn, Gesture, Piece};
use super::findings::{Findings, sentence};
use super::move_to::MoveDialog;
use super::publish::PublishDialog;
use crate::api::ApiError;
use crate::api::planning::{change_committee_plan, find_committee_plan};
use crate::components::{
    Alert, Badge, Button, Crumb, EmptyState, IconName, LoadingShape, PageHeader, PageSection, ProblemAlert,
    TextAreaField, Tone, draw_remote, use_toasts,
};
use crate::hooks::{Field, RemoteHandle, use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates_about;
use crate::pages::requests::given;
use crate::route::Route;
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{CommitteePlan, CommitteePlanAction, PlanMeasure, PlanPart, PlanSeat};
use gestfg_types::projects::REASON_MAX;
use gestfg_types::updates::UpdateTopic;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`CommitteePlanPage`].
#[derive(Properties, PartialEq)]
pub struct CommitteePlanPageProps {
    /// Which version.
    pub id: CommitteePlanId,
}

/// A version of committees, with everything the checker says of it.
#[component]
pub fn CommitteePlanPage(props: &CommitteePlanPageProps) -> Html {
    let t = use_texts();
    let found = use_remote(props.id, |client, id| async move { find_committee_plan(&client, id).await });
    use_updates_about(&[UpdateTopic::CommitteePlans], props.id.0, &found.refresh);
    let publishing = use_state_eq(|| false);
    let open = |value: bool| {
        let publishing = publishing.setter();
        Callback::from(move |()| publishing.set(value))
    };
    let plan = found.latest.clone();
    let title = plan.as_ref().map_or_else(
        || t.plan_version().to_owned(),
        |plan| t.plan_label(plan.summary.number, plan.summary.name.as_deref()),
    );
    let mut crumbs = vec![Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() }];
    if let Some(plan) = &plan {
        let id = plan.summary.call_id;
        crumbs.push(Crumb { to: Route::CallPlans { id }, label: t.route_plans().into() });
    }
    let may_publish = plan.as_ref().is_some_and(|plan| {
        let allowed = &plan.summary.allowed_actions;
        allowed.contains(&CommitteePlanAction::Publish)
            || allowed.contains(&CommitteePlanAction::PublishWithReason)
    });
    let actions = html! {
        if may_publish {
            <Button label={t.plan_publish()} icon={IconName::Globe} onclick={open(true).reform(|_: MouseEvent| ())} />
        }
    };
    let aside = plan.as_ref().map_or_else(Html::default, |plan| {
        html! { <Badge label={t.plan_state(plan.summary.state)} /> }
    });
    let draw = |plan: &CommitteePlan| match Board::read(plan) {
        Some(board) => html! {
            <>
                <Committees plan={plan.clone()} board={Rc::clone(&board)} remote={Remote(found.clone())} />
                if *publishing {
                    <PublishDialog
                        plan={plan.summary.clone()}
                        {board}
                        onclose={open(false)}
                        onpublished={{
                            let (close, refresh) = (open(false), found.refresh.clone());
                            Callback::from(move |()| {
                                close.emit(());
                                refresh.emit(());
                            })
                        }}
                    />
                }
            </>
        },
        None => html! { <ProblemAlert error={ApiError::Unexpected(200)} /> },
    };
    html! {
        <>
            <PageHeader {title} lead={t.plan_board_lead()} {crumbs} {actions} {aside} />
            <PageSection>{ draw_remote(&found, LoadingShape::Cards, draw) }</PageSection>
        </>
    }
}

/// The version as the page keeps it; what is drawn depends on the version alone.
struct Remote(RemoteHandle<CommitteePlan>);

impl PartialEq for Remote {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Properties, PartialEq)]
struct CommitteesProps {
    plan: CommitteePlan,
    board: Rc<Board>,
    remote: Remote,
}

/// The board, what is in hand, and what came of the last change.
#[component]
fn Committees(props: &CommitteesProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let board = &props.board;
    let held = use_state_eq(|| None::<Piece>);
    let target = use_state_eq(|| None::<Piece>);
    let asking = use_state_eq(|| None::<Piece>);
    let refused = use_state_eq(Verdict::default);
    let reason = use_state_eq(String::new);
    let allowed = &props.plan.summary.allowed_actions;
    let due = !allowed.contains(&CommitteePlanAction::Edit);
    let editable = !due || allowed.contains(&CommitteePlanAction::EditWithReason);
    let send = {
        let (plan, replace) = (props.plan.summary.clone(), props.remote.0.replace.clone());
        let (reason, refused) = ((*reason).clone(), refused.setter());
        use_action(move |client, change: Change| {
            let (plan, replace, toasts) = (plan.clone(), replace.clone(), toasts.clone());
            let (path, body) = change.request(given(&reason));
            let refused = refused.clone();
            async move {
                match change_committee_plan(&client, &plan, path, &body).await {
                    Ok(changed) => {
                        replace.emit(Rc::new(changed));
                        toasts.done(t.plan_changed());
                        Ok(())
                    }
                    Err(ApiError::Problem(problem)) if !problem.violations.is_empty() => {
                        refused.set(Verdict { broken: problem.violations, warnings: Vec::new() });
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
        })
    };
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
    let report = Rc::new(props.plan.report.clone());
    let field = Field {
        id: "board-reason".into(),
        value: (*reason).clone(),
        error: None,
        onchange: {
            let reason = reason.setter();
            Callback::from(move |value: String| reason.set(value))
        },
        onleave: Callback::noop(),
        disabled: send.running,
    };
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
            if !editable {
                <Alert tone={Tone::Info} title={t.plan_fixed()} />
            } else if due {
                <TextAreaField {field} label={t.override_reason()} help={t.override_reason_help()} required=true rows={2} max={REASON_MAX} />
            }
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
                        report={Rc::clone(&report)}
                        editable={editable && !send.running}
                        held={*held}
                        target={*target}
                        allowed={fits}
                        ongesture={ongesture.clone()}
                    />
                }) }
            </div>
            <Findings board={Rc::clone(board)} title={t.plan_violations()} tone={Tone::Danger} found={report.violations.clone()} />
            <Findings board={Rc::clone(board)} title={t.plan_warnings()} tone={Tone::Warning} found={report.warnings.clone()} />
            { measures(t, &report.measures) }
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

fn measures(t: Texts, all: &[PlanMeasure]) -> Html {
    let of_committees = all.iter().filter(|measure| measure.part == PlanPart::Committees);
    html! {
        <details>
            <summary>{ t.plan_measures() }</summary>
            <dl class="gestfg-facts">
                { for of_committees.map(|measure| html! {
                    <div><dt>{ t.plan_objective(&measure.objective) }</dt><dd>{ measure.value }</dd></div>
                }) }
            </dl>
        </details>
    }
}

/// A project goes to a committee, whatever of it the pointer is over.
fn onto(board: &Board, held: Option<Piece>, piece: Piece) -> Piece {
    match (held, piece) {
        (Some(Piece::Project(_)), Piece::Seat(seat)) => Piece::Committee(seat.committee),
        (Some(Piece::Project(_)), Piece::Project(other)) => board.home(other).map_or(piece, Piece::Committee),
        _ => piece,
    }
}

/// What putting one thing onto another means; nothing when they do not go together.
fn change_of(board: &Board, held: Piece, target: Piece) -> Option<Change> {
    match (held, target) {
        (Piece::Seat(from), Piece::Seat(to)) if from != to => Some(Change::Swap(from, to)),
        (Piece::Project(id), Piece::Committee(at)) if board.home(id) != Some(at) => {
            Some(Change::Project(id, at))
        }
        _ => None,
    }
}

/// The next target in a direction: a committee for a project, a seat for a seat.
fn step(board: &Board, held: Piece, from: Piece, columns: isize, rows: isize) -> Option<Piece> {
    let around = |at: usize, by: isize, count: usize| {
        let count = isize::try_from(count).unwrap_or(1).max(1);
        let at = isize::try_from(at).unwrap_or(0);
        usize::try_from((at + by).rem_euclid(count)).unwrap_or(0)
    };
    match (held, onto(board, Some(held), from)) {
        (Piece::Project(_), Piece::Committee(at)) => {
            Some(Piece::Committee(around(at, columns + rows, board.committees.len())))
        }
        (Piece::Seat(_), Piece::Seat(seat)) => {
            let committee = around(seat.committee, columns, board.committees.len());
            let count = board.committees.get(committee)?.seats.len();
            Some(Piece::Seat(PlanSeat { committee, seat: around(seat.seat, rows, count) }))
        }
        _ => None,
    }
}

/// What is said of what is in hand, for those who do not see it.
fn said(
    t: Texts,
    board: &Board,
    held: Option<Piece>,
    target: Option<Piece>,
    verdict: Option<&Verdict>,
) -> String {
    let name = |piece: Piece| match piece {
        Piece::Seat(seat) => board.at(seat).map_or_else(String::new, |who| board.name(who)),
        Piece::Project(id) => board.title(id),
        Piece::Committee(at) => t.committee_label(at + 1),
    };
    let Some(held) = held else { return String::new() };
    let Some(target) = target else { return t.plan_held(&name(held)) };
    let place = match target {
        Piece::Seat(seat) => {
            format!(
                "{}, {}, {}",
                t.committee_label(seat.committee + 1),
                t.seat_name(seat.seat, board.full_seats()),
                name(target)
            )
        }
        _ => name(target),
    };
    let verdict = match verdict {
        None => t.plan_here_already().to_owned(),
        Some(verdict) if verdict.broken.is_empty() && verdict.warnings.is_empty() => {
            t.plan_move_fits().to_owned()
        }
        Some(verdict) if verdict.broken.is_empty() => {
            let all: Vec<String> = verdict.warnings.iter().map(|found| sentence(t, board, found)).collect();
            format!("{} {}", t.plan_move_fits(), all.join(" "))
        }
        Some(verdict) => {
            verdict.broken.iter().map(|found| sentence(t, board, found)).collect::<Vec<_>>().join(" ")
        }
    };
    format!("{} → {place}. {verdict}", name(held))
}
