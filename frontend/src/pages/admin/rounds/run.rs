//! An allocation, whole: who gets what, how good it is, and why not.

use super::publish::PublishDialog;
use super::rename::RenameDialog;
use super::run_detail::Detail;
use super::runs::{run_colour, run_name};
use crate::api::allocation_runs::{export_allocation_run, find_allocation_run};
use crate::components::{
    Alert, Badge, Button, ButtonKind, Crumb, IconName, LoadingShape, PageHeader, PageSection, ProblemAlert,
    Tone, draw_remote, export_button,
};
use crate::download::{media_type, save_file};
use crate::hooks::{Remote, use_action, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::allocation_runs::{AllocationRunAction as Action, AllocationRunState};
use gestfg_types::ids::AllocationRunId;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`AllocationRunPage`].
#[derive(Properties, PartialEq)]
pub struct AllocationRunPageProps {
    /// Which.
    pub id: AllocationRunId,
}

/// An allocation with what may be done with it.
#[component]
pub fn AllocationRunPage(props: &AllocationRunPageProps) -> Html {
    let t = use_texts();
    let publishing = use_state_eq(|| false);
    let naming = use_state_eq(|| false);
    let id = props.id;
    let found = use_remote(id, |client, id| async move { find_allocation_run(&client, id).await });
    use_updates(&[UpdateTopic::AllocationRounds, UpdateTopic::PlanningJobs], &found.refresh);
    let export = use_action(move |client, format: &'static str| async move {
        let bytes = export_allocation_run(&client, id, format).await?;
        save_file(&format!("gestfg-{}-{id}.{format}", t.run_file()), media_type(format), &bytes);
        Ok(())
    });
    let mut crumbs = vec![Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() }];
    let run = found.latest.clone().filter(|_| !matches!(found.state, Remote::Failed(_)));
    let Some(run) = run else {
        return html! {
            <>
                <PageHeader title={t.route_run()} {crumbs} />
                <PageSection>{ draw_remote(&found, LoadingShape::Rows, |_| html! {}) }</PageSection>
            </>
        };
    };
    let summary = &run.summary;
    crumbs.push(Crumb { to: Route::AllocationRound { id: summary.round_id }, label: t.route_round().into() });
    let may = |action: Action| summary.allowed_actions.contains(&action);
    let actions = html! {
        <>
            if may(Action::Publish) || may(Action::PublishWithReason) {
                <Button
                    label={t.run_publish()}
                    icon={IconName::Globe}
                    onclick={{
                        let publishing = publishing.setter();
                        Callback::from(move |_: MouseEvent| publishing.set(true))
                    }}
                />
            }
            if may(Action::Rename) {
                <Button
                    label={t.plan_rename()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::Edit}
                    onclick={{
                        let naming = naming.setter();
                        Callback::from(move |_: MouseEvent| naming.set(true))
                    }}
                />
            }
        </>
    };
    let close = {
        let publishing = publishing.setter();
        Callback::from(move |()| publishing.set(false))
    };
    let published = {
        let (publishing, refresh) = (publishing.setter(), found.refresh.clone());
        Callback::from(move |()| {
            publishing.set(false);
            refresh.emit(());
        })
    };
    let close_name = {
        let naming = naming.setter();
        Callback::from(move |()| naming.set(false))
    };
    let named = {
        let (naming, refresh) = (naming.setter(), found.refresh.clone());
        Callback::from(move |()| {
            naming.set(false);
            refresh.emit(());
        })
    };
    let body = match (summary.state, &summary.problem) {
        (AllocationRunState::UnderWay, _) => {
            html! { <Alert title={t.run_under_way()}>{ t.run_under_way_body() }</Alert> }
        }
        (_, Some(problem)) => html! {
            <Alert tone={Tone::Danger} title={t.run_no_result()}><p>{ t.planning_problem(&problem.code) }</p></Alert>
        },
        _ if run.solution.is_some() => html! { <Detail run={run.clone()} /> },
        _ => html! { <Alert tone={Tone::Warning} title={t.run_no_result()} /> },
    };
    html! {
        <>
            <PageHeader
                title={run_name(t, summary)}
                lead={t.allocation_method_says(summary.method)}
                {crumbs}
                {actions}
                aside={html! { <Badge label={t.allocation_run_state(summary.state)} colour={run_colour(summary.state)} /> }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    if let Some(error) = &export.error {
                        <ProblemAlert error={error.clone()} />
                    }
                    if run.solution.is_some() {
                        <div class="gestfg-row-actions">
                            { export_button(&export, "xlsx", "XLSX") }
                            { export_button(&export, "csv", "CSV") }
                            { export_button(&export, "json", t.run_export_json()) }
                        </div>
                    }
                    { body }
                </div>
            </PageSection>
            if *naming {
                <RenameDialog run={summary.clone()} onclose={close_name} ondone={named} />
            }
            if *publishing {
                <PublishDialog {run} onclose={close} onpublished={published} />
            }
        </>
    }
}
