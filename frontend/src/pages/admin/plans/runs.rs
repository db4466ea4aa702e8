//! Runs of the planner: how far the present one is, and what became of earlier ones.

use super::reasons::Reasons;
use crate::api::planning::cancel_planning_job;
use crate::components::{
    Badge, Button, ButtonKind, Card, Colour, IconName, ProblemAlert, RouteLink, Tone, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::planning::{CommitteePlanSummary, PlanningJob, PlanningState};
use yew::prelude::*;

/// Whether a run is under way.
pub(super) const fn is_under_way(job: &PlanningJob) -> bool {
    matches!(job.state, PlanningState::Queued | PlanningState::Running)
}

/// Properties of [`Runs`].
#[derive(Properties, PartialEq)]
pub(super) struct RunsProps {
    /// The newest first.
    pub(super) jobs: Vec<PlanningJob>,
    /// The versions they name.
    pub(super) plans: Vec<CommitteePlanSummary>,
    /// One of them was asked to stop.
    pub(super) onchange: Callback<()>,
}

/// The latest run in full, the earlier ones folded away.
#[component]
pub(super) fn Runs(props: &RunsProps) -> Html {
    let t = use_texts();
    let Some((latest, earlier)) = props.jobs.split_first() else {
        return html! { <p class="gestfg-subtle">{ t.plan_runs_empty() }</p> };
    };
    let run = |job: &PlanningJob| {
        let of = |id| props.plans.iter().find(|plan| plan.id == id).cloned();
        html! {
            <Run
                key={job.id.to_string()}
                job={job.clone()}
                made={job.result_plan_id.and_then(of)}
                from={job.plan_id.and_then(of)}
                onchange={props.onchange.clone()}
            />
        }
    };
    html! {
        <div class="gestfg-stack">
            { run(latest) }
            if !earlier.is_empty() {
                <details>
                    <summary>{ format!("{} ({})", t.plan_earlier_runs(), earlier.len()) }</summary>
                    <div class="gestfg-stack">{ for earlier.iter().map(run) }</div>
                </details>
            }
        </div>
    }
}

/// Properties of [`Run`].
#[derive(Properties, PartialEq)]
pub(super) struct RunProps {
    /// The run.
    pub(super) job: PlanningJob,
    /// The version it made.
    pub(super) made: Option<CommitteePlanSummary>,
    /// The version it started from, where that is not plain to see.
    pub(super) from: Option<CommitteePlanSummary>,
    /// It was asked to stop.
    pub(super) onchange: Callback<()>,
}

/// A run: how far it is and how to stop it, or what became of it.
#[component]
pub(super) fn Run(props: &RunProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let job = &props.job;
    let cancel = {
        let (id, onchange) = (job.id, props.onchange.clone());
        use_action(move |client, ()| {
            let (toasts, onchange) = (toasts.clone(), onchange.clone());
            async move {
                cancel_planning_job(&client, id).await?;
                toasts.say(Tone::Info, t.plan_stopped());
                onchange.emit(());
                Ok(())
            }
        })
    };
    let (colour, icon) = match job.state {
        PlanningState::Queued => (Colour::Grey, IconName::Clock),
        PlanningState::Running => (Colour::Blue, IconName::Clock),
        PlanningState::Done => (Colour::Green, IconName::CheckCircle),
        PlanningState::Failed => (Colour::Red, IconName::TimesCircle),
        PlanningState::Cancelled => (Colour::Orange, IconName::TimesCircle),
    };
    let stopping = job.cancel_asked_at.is_some();
    let by = job.asked_by.as_ref().map_or_else(String::new, |person| format!(" · {}", person.name));
    let from =
        props.from.as_ref().map_or_else(String::new, |plan| format!(" · {}", t.plan_based_on(plan.number)));
    html! {
        <Card title={t.planning_kind(job.kind)}>
            <div class="gestfg-stack">
                <p>
                    <Badge label={t.planning_state(job.state)} {colour} {icon} />
                    if let Some(plan) = &props.made {
                        { " " }
                        <RouteLink to={Route::CommitteePlan { id: plan.id }}>
                            { t.plan_label(plan.number, plan.name.as_deref()) }
                        </RouteLink>
                    }
                </p>
                <p class="gestfg-subtle gestfg-small">
                    { format!("{}{by}{from} · {}", dates.date_time(job.asked_at), t.plan_run_facts(job.seed, job.time_limit_seconds)) }
                </p>
                if is_under_way(job) {
                    { progress(t, job) }
                    if let Some(error) = &cancel.error {
                        <ProblemAlert error={error.clone()} />
                    }
                    <div>
                        <Button
                            label={if stopping { t.plan_stopping() } else { t.plan_stop() }}
                            kind={ButtonKind::Secondary}
                            icon={IconName::TimesCircle}
                            busy={cancel.running || stopping}
                            onclick={cancel.run.reform(|_: MouseEvent| ())}
                        />
                    </div>
                }
                if let Some(problem) = &job.problem {
                    <Reasons problem={problem.clone()} />
                }
            </div>
        </Card>
    }
}

/// How far a run is: a bar that fills, or one that only moves while nothing is known.
fn progress(t: crate::i18n::Texts, job: &PlanningJob) -> Html {
    let id = format!("run-{}", job.id);
    let Some(found) = job.progress.as_ref().filter(|found| found.bound > 0) else {
        return html! {
            <div>
                <p {id} role="status">{ t.planning_stage("") }</p>
                <progress class="gestfg-progress" aria-label={t.planning_stage("")}></progress>
            </div>
        };
    };
    let said = format!("{}: {}", t.planning_stage(&found.stage), t.plan_placed(found.placed, found.bound));
    html! {
        <div>
            <p {id} role="status">{ &said }</p>
            <progress
                class="gestfg-progress"
                aria-label={said.clone()}
                max={found.bound.to_string()}
                value={found.placed.to_string()}
            />
        </div>
    }
}
