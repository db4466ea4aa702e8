//! Publishing a version, with a look at who will be told.

use super::board::Board;
use super::findings::Findings;
use crate::api::planning::{preview_publication, publish_committee_plan};
use crate::components::{
    Alert, Button, ButtonKind, Dialog, FormFrame, LoadingShape, Tone, draw_remote, use_toasts,
};
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::pages::requests::{OverrideField, given};
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::planning::{CommitteePlanAction, CommitteePlanSummary, PublishPreview, ToldPerson};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`PublishDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct PublishDialogProps {
    /// The version.
    pub(super) plan: CommitteePlanSummary,
    /// Where its names are.
    pub(super) board: Rc<Board>,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was published.
    pub(super) onpublished: Callback<()>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    override_reason: String,
    due: bool,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().override_reason(&values.override_reason, values.due).done()
}

/// Says what would be published, whether it may be, and who would be told.
#[component]
pub(super) fn PublishDialog(props: &PublishDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let preview =
        use_remote(props.plan.id, |client, id| async move { preview_publication(&client, id).await });
    let due = !props.plan.allowed_actions.contains(&CommitteePlanAction::Publish);
    let form = use_form("publish-plan", move || Values { due, ..Values::default() }, check);
    let onsubmit = {
        let (plan, onpublished) = (props.plan.clone(), props.onpublished.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts) = (session.client.clone(), toasts.clone());
            let (plan, onpublished) = (plan.clone(), onpublished.clone());
            async move {
                let done = publish_committee_plan(&client, &plan, given(&values.override_reason)).await?;
                toasts.done(t.plan_published(done.told));
                onpublished.emit(());
                Ok(())
            }
        })
    };
    let may = preview.ready().is_some_and(|preview| preview.report.valid);
    let footer = html! {
        <>
            <Button
                label={t.plan_publish()}
                submit=true
                form={form.id.clone()}
                disabled={!may}
                busy={form.is_sending()}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    let draw = |preview: &PublishPreview| what_happens(t, &props.board, preview);
    html! {
        <Dialog
            title={t.plan_publish_title()}
            {footer}
            wide=true
            busy={form.is_sending()}
            onclose={props.onclose.clone()}
        >
            <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
                <div class="gestfg-stack">
                    <p><strong>{ t.plan_label(props.plan.number, props.plan.name.as_deref()) }</strong></p>
                    <p>{ t.plan_publish_body() }</p>
                    { draw_remote(&preview, LoadingShape::Text, draw) }
                </div>
                <OverrideField
                    field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                    failure={form.failure().cloned()}
                    {due}
                />
            </FormFrame>
        </Dialog>
    }
}

fn what_happens(t: Texts, board: &Rc<Board>, preview: &PublishPreview) -> Html {
    let told = |person: &ToldPerson| {
        let of = match (person.of_seat, person.of_defence) {
            (true, true) => t.plan_told_both(),
            (true, false) => t.plan_told_seat(),
            (false, _) => t.plan_told_defence(),
        };
        html! { <li>{ &person.person.name }<span class="gestfg-subtle">{ format!(" · {of}") }</span></li> }
    };
    html! {
        <div class="gestfg-stack">
            <Findings
                board={Rc::clone(board)}
                title={t.plan_publish_refused()}
                tone={Tone::Danger}
                found={preview.report.violations.clone()}
            />
            if preview.without_time > 0 {
                <Alert tone={Tone::Warning} title={t.plan_without_time(preview.without_time)} />
            }
            <section>
                <h3 id="plan-told" class="gestfg-subheading">{ t.plan_told_count(preview.people.len()) }</h3>
                <ul class="pf-v6-c-list gestfg-board__told" tabindex="0" aria-labelledby="plan-told">{ for preview.people.iter().map(told) }</ul>
            </section>
        </div>
    }
}
