//! Entering an assignment in a call.

use super::{OverrideField, given};
use crate::api::calls::current_calls;
use crate::api::evaluation_requests::create_request;
use crate::components::{
    Button, ButtonKind, Choice, Dialog, EmptyState, FormFrame, IconName, LoadingShape, SelectField,
    countdown, draw_remote, use_toasts,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{FieldProblem, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::session::use_session;
use crate::validation::Check;
use crate::zone::now;
use gestfg_types::calls::{Call, Phase, PhaseStanding};
use gestfg_types::evaluation_requests::{CreateEvaluationRequest, EvaluationRequest};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId};
use gestfg_types::pagination::Page;
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

/// Properties of [`EnterDialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct EnterDialogProps {
    /// What is entered.
    pub assignment: AssignmentId,
    /// What it is called.
    pub title: AttrValue,
    /// Whose calls are offered.
    pub degree: DegreeId,
    /// Begin with this call.
    #[prop_or_default]
    pub call: Option<CallId>,
    /// Leave it.
    pub onclose: Callback<()>,
    /// It was entered.
    pub onentered: Callback<EvaluationRequest>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    call_id: String,
    override_reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().optional_text("/override_reason", &values.override_reason, REASON_MAX).done()
}

fn standing(call: &Call) -> Option<PhaseStanding> {
    let phase = call.phases.iter().find(|found| found.phase == Phase::EvaluationRequest);
    phase.map(|found| found.standing)
}

/// The call one most likely means: the one wished for, one that takes requests
/// now, one that will.
fn likeliest(calls: &[Call], wished: Option<CallId>) -> Option<&Call> {
    let with = |wanted: PhaseStanding| calls.iter().find(move |call| standing(call) == Some(wanted));
    calls
        .iter()
        .find(|call| Some(call.call.id) == wished)
        .or_else(|| with(PhaseStanding::Open))
        .or_else(|| with(PhaseStanding::Ahead))
        .or_else(|| calls.first())
}

/// Asks for the call and enters the assignment in it. Outside the dates it
/// says so, and asks whoever may go on for the reason.
#[component]
pub(crate) fn EnterDialog(props: &EnterDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let session = use_session();
    let form = use_form("enter", Values::default, check);
    let found =
        use_remote(props.degree, |client, degree| async move { current_calls(&client, Some(degree)).await });
    let calls = found.latest.as_ref().map(|page| page.items.clone()).unwrap_or_default();
    let typed: Option<CallId> = form.values().call_id.parse().ok();
    let chosen = likeliest(&calls, typed.or(props.call)).map(|call| call.call.id);

    let onsubmit = {
        let (assignment, onentered) = (props.assignment, props.onentered.clone());
        form.on_submit(move |values: Values| {
            let (client, toasts, onentered) = (session.client.clone(), toasts.clone(), onentered.clone());
            async move {
                let Some(call_id) = chosen else { return Ok(()) };
                let request = CreateEvaluationRequest {
                    call_id,
                    assignment_id: assignment,
                    override_reason: given(&values.override_reason),
                };
                let entered = create_request(&client, &request).await?;
                toasts.done(t.request_entered());
                onentered.emit(entered);
                Ok(())
            }
        })
    };
    let footer = html! {
        <>
            <Button
                label={t.request_confirm()}
                submit=true
                form={form.id.clone()}
                busy={form.is_sending()}
                disabled={chosen.is_none()}
            />
            <Button
                label={t.cancel()}
                kind={ButtonKind::Link}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(|_| ())}
            />
        </>
    };
    let fields = |page: &Page<Call>| {
        let Some(call) = page.items.iter().find(|call| Some(call.call.id) == chosen) else {
            return html! {
                <EmptyState icon={IconName::Calendar} title={t.request_no_calls()}>{ t.request_no_calls_body() }</EmptyState>
            };
        };
        let mut field = form.field("/call_id", |v| v.call_id.clone(), |v, id| v.call_id = id);
        field.value = call.call.id.to_string();
        let choices = page.items.iter().map(|call| Choice::new(call.call.id, t.call_title(&call.call)));
        html! {
            <>
                <SelectField {field} label={t.route_call()} choices={choices.collect::<Vec<_>>()} />
                { window(call, t, &dates) }
                <OverrideField
                    field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                    failure={form.failure().cloned()}
                />
            </>
        }
    };
    html! {
        <Dialog title={t.request_enter_title()} {footer} busy={form.is_sending()} onclose={props.onclose.clone()}>
            <FormFrame
                id={form.id.clone()}
                {onsubmit}
                failure={form.failure().cloned()}
                elsewhere={form.errors_elsewhere(&["/call_id", "/override_reason"])}
            >
                <div>
                    <p><strong>{ props.title.clone() }</strong></p>
                    <p>{ t.request_enter_body() }</p>
                </div>
                { draw_remote(&found, LoadingShape::Text, fields) }
            </FormFrame>
        </Dialog>
    }
}

/// When the call takes requests.
fn window(call: &Call, t: Texts, dates: &Dates) -> Html {
    let Some(phase) = call.phases.iter().find(|found| found.phase == Phase::EvaluationRequest) else {
        return html! { <p class="gestfg-subtle">{ t.phase_undated(t.phase_name(Phase::EvaluationRequest)) }</p> };
    };
    let near = countdown(phase.standing, phase.starts_at, phase.ends_at, now(), t, dates);
    let said = match phase.standing {
        PhaseStanding::Ahead => t.opens_on(&dates.date_time(phase.starts_at)),
        PhaseStanding::Open => t.until(&dates.deadline(phase.ends_at)),
        PhaseStanding::Over => t.closed_on(&dates.deadline(phase.ends_at)),
    };
    html! {
        <p>
            { t.phase_name(phase.phase) }{ ": " }<strong>{ said }</strong>
            if let Some(near) = near {
                <span class="gestfg-subtle">{ format!(" · {near}") }</span>
            }
        </p>
    }
}
