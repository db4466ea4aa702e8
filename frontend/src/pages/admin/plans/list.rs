//! The versions of a call, and the runs that made them.

use super::compare::CompareDialog;
use super::runs::{Runs, is_under_way};
use super::start::StartDialog;
use super::version::{DeleteDialog, RenameDialog};
use crate::api::calls::find_call;
use crate::api::planning::{list_committee_plans, list_planning_jobs, restore_committee_plan};
use crate::components::{
    Badge, Button, ButtonKind, Colour, Column, Crumb, DataTable, EmptyState, IconName, LoadingShape,
    PageHeader, PageSection, ProblemAlert, RouteLink, TableContent, draw_remote, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{use_action, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::calls::{Call, Phase, PhaseStanding};
use gestfg_types::ids::{CallId, CommitteePlanId};
use gestfg_types::planning::{
    CommitteePlanAction, CommitteePlanState, CommitteePlanSummary, CommitteePlans, PlanningJobs,
};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`CallPlansPage`].
#[derive(Properties, PartialEq)]
pub struct CallPlansPageProps {
    /// Of which call.
    pub id: CallId,
}

/// What stands before the page.
#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Starting,
    Renaming(CommitteePlanSummary),
    Deleting(CommitteePlanSummary),
    Comparing(CommitteePlanSummary),
}

/// Runs of the planner for a call, live, and the versions they made.
#[component]
pub fn CallPlansPage(props: &CallPlansPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let over = use_state_eq(|| Over::Nothing);
    let call = use_remote(props.id, |client, id| async move { find_call(&client, id).await });
    let jobs = use_remote(props.id, |client, id| async move { list_planning_jobs(&client, id).await });
    let plans = use_remote(props.id, |client, id| async move { list_committee_plans(&client, id).await });
    use_updates(&[UpdateTopic::Calls], &call.refresh);
    use_updates(&[UpdateTopic::PlanningJobs], &jobs.refresh);
    use_updates(&[UpdateTopic::CommitteePlans, UpdateTopic::PlanningJobs], &plans.refresh);
    let restore = {
        let refresh = plans.refresh.clone();
        use_action(move |client, id: CommitteePlanId| {
            let (refresh, toasts) = (refresh.clone(), toasts.clone());
            async move {
                restore_committee_plan(&client, id).await?;
                toasts.done(t.plan_restored());
                refresh.emit(());
                Ok(())
            }
        })
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let changed = {
        let (over, plans, jobs) = (over.setter(), plans.refresh.clone(), jobs.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            plans.emit(());
            jobs.emit(());
        })
    };
    let versions = plans.latest.as_ref().map_or_else(Vec::new, |plans| plans.items.clone());
    let busy = jobs.latest.as_ref().is_some_and(|jobs| jobs.items.iter().any(is_under_way));
    let start = {
        let over = over.setter();
        let onclick = Callback::from(move |_: MouseEvent| over.set(Over::Starting));
        let disabled = busy || call.latest.as_ref().is_none_or(|call| call.opened_at.is_none());
        html! { <Button label={t.plan_start()} icon={IconName::Plus} {disabled} {onclick} /> }
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Starting => html! {
            <StartDialog
                call={props.id}
                plans={versions.clone()}
                due={call.latest.as_deref().is_some_and(|call| !is_open(call))}
                onclose={close}
                onstarted={changed.reform(|_| ())}
            />
        },
        Over::Renaming(plan) => {
            html! { <RenameDialog plan={plan.clone()} onclose={close} ondone={changed} /> }
        }
        Over::Deleting(plan) => {
            html! { <DeleteDialog plan={plan.clone()} onclose={close} ondone={changed} /> }
        }
        Over::Comparing(plan) => {
            let others = versions.iter().filter(|other| other.id != plan.id).cloned();
            html! { <CompareDialog plan={plan.clone()} others={others.collect::<Vec<_>>()} onclose={close} /> }
        }
    };
    let title = call.latest.as_ref().map_or_else(
        || t.route_plans().to_owned(),
        |call| format!("{} · {}", t.route_plans(), t.call_full_title(&call.call)),
    );
    let crumbs = vec![
        Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() },
        Crumb { to: Route::CallEditor { id: props.id }, label: t.route_call().into() },
    ];
    let draw_jobs = |found: &PlanningJobs| {
        html! { <Runs jobs={found.items.clone()} plans={versions.clone()} onchange={jobs.refresh.clone()} /> }
    };
    let draw_plans = |found: &CommitteePlans| {
        if found.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Grid} title={t.plans_empty()} actions={start.clone()}>
                    { t.plans_empty_body() }
                </EmptyState>
            };
        }
        let rows = Rows { t, dates: dates.clone(), over: over.setter(), restore: restore.run.clone() };
        html! {
            <DataTable
                caption={t.plans_versions()}
                content={TableContent::new(&rows.columns(&found.items), &found.items)}
            />
        }
    };
    html! {
        <>
            <PageHeader {title} lead={t.plans_lead()} {crumbs} actions={start.clone()} />
            <PageSection>
                <div class="gestfg-stack">
                    if busy {
                        <p class="gestfg-subtle">{ t.plan_one_run() }</p>
                    }
                    if let Some(error) = &restore.error {
                        <ProblemAlert error={error.clone()} />
                    }
                    <section aria-labelledby="plans-versions" class="gestfg-stack">
                        <h2 id="plans-versions" class="gestfg-subheading">{ t.plans_versions() }</h2>
                        { draw_remote(&plans, LoadingShape::Rows, draw_plans) }
                    </section>
                    <section aria-labelledby="plans-runs" class="gestfg-stack">
                        <h2 id="plans-runs" class="gestfg-subheading">{ t.plans_runs() }</h2>
                        { draw_remote(&jobs, LoadingShape::Rows, draw_jobs) }
                    </section>
                </div>
            </PageSection>
            { dialog }
        </>
    }
}

/// Whether committees may be formed now without giving a reason.
pub(super) fn is_open(call: &Call) -> bool {
    call.phases
        .iter()
        .any(|found| found.phase == Phase::CommitteeFormation && found.standing == PhaseStanding::Open)
}

/// What the rows of the table need.
struct Rows {
    t: Texts,
    dates: Dates,
    over: UseStateSetter<Over>,
    restore: Callback<CommitteePlanId>,
}

impl Rows {
    fn columns(&self, all: &[CommitteePlanSummary]) -> Vec<Column<CommitteePlanSummary>> {
        let (t, dates) = (self.t, self.dates.clone());
        let numbers: Vec<(CommitteePlanId, i32)> = all.iter().map(|plan| (plan.id, plan.number)).collect();
        let several = all.len() > 1;
        let (over, restore) = (self.over.clone(), self.restore.clone());
        vec![
            Column::new(t.plan_version(), move |plan: &CommitteePlanSummary| {
                let base = plan.based_on.and_then(|base| numbers.iter().find(|(id, _)| *id == base));
                html! {
                    <>
                        <RouteLink to={Route::CommitteePlan { id: plan.id }}>
                            { t.plan_label(plan.number, plan.name.as_deref()) }
                        </RouteLink>
                        if let Some((_, number)) = base {
                            <p class="gestfg-subtle gestfg-small">{ t.plan_based_on(*number) }</p>
                        }
                    </>
                }
            }),
            Column::new(t.state(), move |plan: &CommitteePlanSummary| {
                let (colour, icon) = match plan.state {
                    CommitteePlanState::Draft => (Colour::Grey, IconName::Edit),
                    CommitteePlanState::Published => (Colour::Green, IconName::Globe),
                    CommitteePlanState::Superseded => (Colour::Grey, IconName::Archive),
                };
                html! { <Badge label={t.plan_state(plan.state)} {colour} {icon} /> }
            }),
            Column::new(t.plan_committees(), |plan: &CommitteePlanSummary| html! { plan.committee_count }),
            Column::new(t.plan_scheduled(), move |plan: &CommitteePlanSummary| match plan.scheduled_count {
                Some(count) => html! { format!("{count} / {}", plan.defence_count) },
                None => html! { <span class="gestfg-subtle">{ t.plan_no_timetable() }</span> },
            }),
            Column::new(t.plan_made(), move |plan: &CommitteePlanSummary| {
                html! {
                    <>
                        { dates.date_time(plan.created_at) }
                        if let Some(by) = &plan.created_by {
                            <p class="gestfg-subtle gestfg-small">{ &by.name }</p>
                        }
                    </>
                }
            }),
            Column::new(t.actions(), move |plan: &CommitteePlanSummary| {
                row_actions(plan, t, several, &over, &restore)
            })
            .of_actions(),
        ]
    }
}

fn row_actions(
    plan: &CommitteePlanSummary,
    t: Texts,
    several: bool,
    over: &UseStateSetter<Over>,
    restore: &Callback<CommitteePlanId>,
) -> Html {
    let name = t.plan_label(plan.number, plan.name.as_deref());
    let may = |action: CommitteePlanAction| plan.allowed_actions.contains(&action);
    let button = |label: String, icon: IconName, next: Over| {
        let over = over.clone();
        let onclick = Callback::from(move |_: MouseEvent| over.set(next.clone()));
        html! { <Button {label} kind={ButtonKind::Plain} {icon} icon_only=true {onclick} /> }
    };
    let id = plan.id;
    html! {
        <div class="gestfg-row-actions">
            if may(CommitteePlanAction::Rename) {
                { button(t.plan_rename_named(&name), IconName::Edit, Over::Renaming(plan.clone())) }
            }
            if several {
                { button(t.plan_compare_named(&name), IconName::Layers, Over::Comparing(plan.clone())) }
            }
            if may(CommitteePlanAction::Restore) {
                <Button
                    label={t.plan_restore_named(&name)}
                    kind={ButtonKind::Plain}
                    icon={IconName::Copy}
                    icon_only=true
                    onclick={restore.reform(move |_: MouseEvent| id)}
                />
            }
            if may(CommitteePlanAction::Delete) {
                { button(t.delete_named(&name), IconName::Trash, Over::Deleting(plan.clone())) }
            }
        </div>
    }
}
