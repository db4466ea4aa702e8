//! Taking an assignment back from a call.

use super::{OverrideField, given};
use crate::api::ApiError;
use crate::api::evaluation_requests::withdraw_request;
use crate::components::{Button, ButtonKind, Dialog, FormFrame, use_toasts};
use crate::hooks::{FieldProblem, use_form};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestAction};
use yew::prelude::*;

/// Properties of [`WithdrawDialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct WithdrawDialogProps {
    /// What is taken back.
    pub request: EvaluationRequest,
    /// Leave it.
    pub onclose: Callback<()>,
    /// It was taken back.
    pub onwithdrawn: Callback<EvaluationRequest>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    override_reason: String,
    due: bool,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().override_reason(&values.override_reason, values.due).done()
}

/// Says what will happen and takes the request back, with a reason when its
/// dates are over.
#[component]
pub(crate) fn WithdrawDialog(props: &WithdrawDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let session = use_session();
    let allowed = &props.request.allowed_actions;
    let due = allowed.contains(&EvaluationRequestAction::WithdrawWithReason)
        && !allowed.contains(&EvaluationRequestAction::Withdraw);
    let form = use_form("withdraw", || Values { due, ..Values::default() }, check);
    let onsubmit = {
        let (id, version) = (props.request.id, props.request.version);
        let onwithdrawn = props.onwithdrawn.clone();
        form.on_submit(move |values: Values| {
            let (client, toasts, onwithdrawn) = (session.client.clone(), toasts.clone(), onwithdrawn.clone());
            async move {
                let reason = given(&values.override_reason);
                let withdrawn = withdraw_request(&client, id, version, reason).await?;
                toasts.done(t.request_withdrawn());
                onwithdrawn.emit(withdrawn);
                Ok::<(), ApiError>(())
            }
        })
    };
    let footer = html! {
        <>
            <Button
                label={t.request_withdraw()}
                kind={ButtonKind::Danger}
                submit=true
                form={form.id.clone()}
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
    html! {
        <Dialog title={t.request_withdraw_title()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/override_reason"])}
            >
                <div>
                    <p><strong>{ &props.request.project_title }</strong></p>
                    <p>{ t.call_full_title(&props.request.call) }</p>
                    <p>{ t.request_withdraw_body() }</p>
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
