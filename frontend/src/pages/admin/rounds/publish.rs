//! Publishing an allocation, with a look at what it would do.

use super::runs::run_name;
use crate::api::allocation_runs::{preview_allocation, publish_allocation_run};
use crate::components::{
    Alert, Button, ButtonKind, Dialog, FormFrame, LoadingShape, Tone, draw_remote, use_toasts,
};
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::allocation_runs::{
    AllocationPreview, AllocationProblem, AllocationRun, AllocationRunAction,
};
use gestfg_types::projects::REASON_MAX;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PublishDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct PublishDialogProps {
    /// Which.
    pub(super) run: Rc<AllocationRun>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// Its projects were given.
    pub(super) onpublished: Callback<()>,
}

#[allow(clippy::ptr_arg, reason = "a form checks the type of its values")]
fn check(reason: &String) -> Vec<FieldProblem> {
    Check::new().optional_text("/override_reason", reason, REASON_MAX).done()
}

/// Says what would be given and what stands against it.
#[component]
pub(super) fn PublishDialog(props: &PublishDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let run = &props.run.summary;
    let preview = use_remote(run.id, |client, id| async move { preview_allocation(&client, id).await });
    let form = use_form("publish-run", String::new, check);
    let changed = preview.ready().is_some_and(|preview| preview.inputs_changed);
    let due = changed || !run.allowed_actions.contains(&AllocationRunAction::Publish);
    let onsubmit = {
        let (run, onpublished) = (run.clone(), props.onpublished.clone());
        form.on_submit(move |reason: String| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (run, onpublished) = (run.clone(), onpublished.clone());
            async move {
                let done = publish_allocation_run(&client, &run, given(&reason)).await?;
                toasts.done(t.run_published(done.assignments.len(), done.told));
                onpublished.emit(());
                Ok(())
            }
        })
    };
    let may = preview.ready().is_some_and(|preview| preview.problems.is_empty())
        && (!due || given(form.values()).is_some());
    let footer = html! {
        <>
            <Button label={t.run_publish()} submit=true form={form.id.clone()} disabled={!may} busy={form.is_sending()} />
            <Button label={t.cancel()} kind={ButtonKind::Link} disabled={form.is_sending()} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    let draw = |preview: &AllocationPreview| what_happens(t, &props.run, preview);
    html! {
        <Dialog title={t.run_publish_title()} {footer} wide=true busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
                <div class="gestfg-stack">
                    <p><strong>{ run_name(t, run) }</strong></p>
                    { draw_remote(&preview, LoadingShape::Text, draw) }
                </div>
                <OverrideField
                    field={form.field("/override_reason", String::clone, |reason, value| *reason = value)}
                    failure={form.failure().cloned()}
                    {due}
                />
            </FormFrame>
        </Dialog>
    }
}

fn what_happens(t: Texts, run: &AllocationRun, preview: &AllocationPreview) -> Html {
    let problem = |found: &AllocationProblem| {
        let who = run.applications.iter().find(|one| one.id == found.application_id);
        let who = who.map_or_else(String::new, |one| {
            one.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
        });
        let project = run.projects.iter().find(|one| one.id == found.project_id);
        let project = project.map_or("", |one| one.title.as_str());
        html! { <li>{ format!("{who} · {project}: {}", t.allocation_problem(found.code)) }</li> }
    };
    html! {
        <div class="gestfg-stack">
            <p>{ t.run_publish_body(preview.assignments, preview.students, preview.unmatched) }</p>
            if preview.inputs_changed {
                <Alert tone={Tone::Warning} title={t.run_inputs_changed()}>{ t.run_inputs_changed_body() }</Alert>
            }
            if !preview.problems.is_empty() {
                <Alert tone={Tone::Danger} title={t.run_publish_refused()}>
                    <ul class="pf-v6-c-list" role="list">{ for preview.problems.iter().map(problem) }</ul>
                </Alert>
            }
        </div>
    }
}
