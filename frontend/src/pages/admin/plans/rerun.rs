//! Having the rest worked out again from a version: what is pinned stays, the answer is a version
//! of its own, and the difference is shown before anybody goes on with it.

use super::board::Board;
use super::changed::ChangedDialog;
use super::compare::differences;
use super::grid::Grid;
use super::runs::{Run, is_under_way};
use super::start::StartDialog;
use super::version::DeleteDialog;
use crate::api::planning::{compare_committee_plans, list_committee_plans, list_planning_jobs};
use crate::components::{Button, ButtonKind, Card, IconName, LoadingShape, RouteLink, draw_remote};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::ids::{CommitteePlanId, PlanningJobId};
use gestfg_types::planning::{
    CommitteePlanAction, CommitteePlanState, CommitteePlanSummary, PlanComparison, PlanningKind,
};
use gestfg_types::updates::UpdateTopic;
use std::collections::BTreeSet;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Rerun`].
#[derive(Properties, PartialEq)]
pub(super) struct RerunProps {
    /// The version to start from.
    pub(super) summary: CommitteePlanSummary,
    /// Its committees.
    pub(super) board: Rc<Board>,
    /// Its timetable, once there is one.
    pub(super) grid: Option<Rc<Grid>>,
    /// Whether the phase is closed, so that a reason is due.
    pub(super) due: bool,
}

/// What stands before the page.
#[derive(Clone, Copy, PartialEq)]
enum Over {
    Nothing,
    Starting(PlanningKind),
    Changed,
}

/// Buttons to start, the run that goes on, and what came of the last one.
#[component]
pub(super) fn Rerun(props: &RerunProps) -> Html {
    let t = use_texts();
    let (id, call) = (props.summary.id, props.summary.call_id);
    let over = use_state_eq(|| Over::Nothing);
    let jobs = use_remote(call, |client, call| async move { list_planning_jobs(&client, call).await });
    let plans = use_remote(call, |client, call| async move { list_committee_plans(&client, call).await });
    use_updates(&[UpdateTopic::PlanningJobs], &jobs.refresh);
    use_updates(&[UpdateTopic::CommitteePlans, UpdateTopic::PlanningJobs], &plans.refresh);
    // What had ended before this page was opened is not news.
    let old = use_mut_ref(|| None::<BTreeSet<PlanningJobId>>);
    let all = jobs.latest.as_ref().map_or(&[][..], |jobs| &jobs.items[..]);
    if jobs.latest.is_some() {
        old.borrow_mut()
            .get_or_insert_with(|| all.iter().filter(|job| !is_under_way(job)).map(|job| job.id).collect());
    }
    let busy = all.iter().any(is_under_way);
    let versions = plans.latest.as_ref().map_or(&[][..], |plans| &plans.items[..]);
    let latest = all.iter().find(|job| job.plan_id == Some(id)).cloned();
    let is_news =
        latest.as_ref().is_some_and(|job| old.borrow().as_ref().is_some_and(|old| !old.contains(&job.id)));
    let made = latest.as_ref().and_then(|job| job.result_plan_id);
    let made = made.and_then(|made| versions.iter().find(|plan| plan.id == made)).cloned();
    let waiting = made.as_ref().filter(|plan| plan.state == CommitteePlanState::Draft);
    let due = props.due;
    let go = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let started = {
        let (close, refresh) = (close.clone(), jobs.refresh.clone());
        Callback::from(move |()| {
            close.emit(());
            refresh.emit(());
        })
    };
    let timetable = if props.grid.is_some() { t.plan_rerun_timetable() } else { t.plan_run_timetable() };
    let button = |label: &'static str, icon: IconName, next: Over| {
        html! { <Button {label} {icon} kind={ButtonKind::Secondary} disabled={busy} onclick={go(next)} /> }
    };
    let dialog = match *over {
        Over::Nothing => html! {},
        Over::Starting(kind) => html! {
            <StartDialog
                {call}
                plans={Vec::new()}
                {due}
                preset={Some((kind, id))}
                onclose={close}
                onstarted={started.reform(|_| ())}
            />
        },
        Over::Changed => html! {
            <ChangedDialog
                summary={props.summary.clone()}
                board={Rc::clone(&props.board)}
                grid={props.grid.clone()}
                {due}
                onclose={close}
                onstarted={started}
            />
        },
    };
    html! {
        <section class="gestfg-stack" aria-label={t.plans_runs()}>
            <div class="gestfg-timegrid__buttons">
                { button(t.plan_rerun_committees(), IconName::Users, Over::Starting(PlanningKind::Committees)) }
                { button(timetable, IconName::Clock, Over::Starting(PlanningKind::Timetable)) }
                { button(t.plan_something_changed(), IconName::Warning, Over::Changed) }
            </div>
            if let Some(job) = latest.filter(|job| is_under_way(job) || is_news) {
                <Run job={job.clone()} made={made.clone()} from={None::<CommitteePlanSummary>} onchange={jobs.refresh.clone()} />
            }
            if let Some(made) = waiting {
                <Outcome key={made.id.to_string()} plan={made.clone()} with={id} open={is_news} ongone={plans.refresh.clone()} />
            }
            { dialog }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct OutcomeProps {
    plan: CommitteePlanSummary,
    with: CommitteePlanId,
    open: bool,
    ongone: Callback<()>,
}

/// How the version that was made differs, to be gone on with or thrown away.
#[component]
fn Outcome(props: &OutcomeProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let open = use_state_eq(|| props.open);
    let deleting = use_state_eq(|| false);
    let plan = &props.plan;
    let found =
        use_remote((plan.id, plan.version, props.with, *open), |client, (id, _, with, open)| async move {
            if open { compare_committee_plans(&client, id, with).await.map(Some) } else { Ok(None) }
        });
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let delete = |value: bool| {
        let deleting = deleting.setter();
        Callback::from(move |()| deleting.set(value))
    };
    let draw = |found: &Option<PlanComparison>| {
        found.as_ref().map_or_else(Html::default, |found| differences(t, &dates, found))
    };
    let may_delete = plan.allowed_actions.contains(&CommitteePlanAction::Delete);
    html! {
        <Card title={t.plan_outcome(&t.plan_label(plan.number, plan.name.as_deref()))}>
            <div class="gestfg-stack">
                <p>{ t.plan_outcome_body() }</p>
                if *open {
                    { draw_remote(&found, LoadingShape::Rows, draw) }
                }
                <div class="gestfg-timegrid__buttons">
                    <Button label={t.plan_differences()} kind={ButtonKind::Secondary} expanded={Some(*open)} onclick={toggle} />
                    <RouteLink to={Route::CommitteePlan { id: plan.id }} class={ButtonKind::Primary.class()}>
                        { t.plan_accept_version(plan.number) }
                    </RouteLink>
                    if may_delete {
                        <Button label={t.plan_discard_version(plan.number)} kind={ButtonKind::Link} onclick={delete(true).reform(|_: MouseEvent| ())} />
                    }
                </div>
                if *deleting {
                    <DeleteDialog
                        plan={plan.clone()}
                        onclose={delete(false)}
                        ondone={{
                            let (close, gone) = (delete(false), props.ongone.clone());
                            Callback::from(move |()| {
                                close.emit(());
                                gone.emit(());
                            })
                        }}
                    />
                }
            </div>
        </Card>
    }
}
