//! Entering several assignments at once.

use super::requests::RequestsQuery;
use crate::api::ApiError;
use crate::api::assignments::list_assignments;
use crate::api::evaluation_requests::create_requests;
use crate::components::{
    Alert, Button, ButtonKind, Column, DataTable, Dialog, EmptyState, FormFrame, Icon, IconName,
    LoadingShape, Pager, RouteLink, TableContent, Tone, draw_remote,
};
use crate::format::{Dates, use_dates};
use crate::hooks::{FieldProblem, QueryHandle, use_form, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::pages::assignment::student;
use crate::pages::requests::{OverrideField, given};
use crate::route::Route;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::assignments::Assignment;
use gestfg_types::calls::{Call, Phase, PhaseStanding};
use gestfg_types::evaluation_requests::{CreateEvaluationRequests, EvaluationRequestOutcome};
use gestfg_types::ids::AssignmentId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::REASON_MAX;
use gestfg_types::updates::UpdateTopic;
use std::collections::BTreeSet;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Pending`].
#[derive(Properties, PartialEq)]
pub(super) struct PendingProps {
    /// The call.
    pub(super) call: Call,
    /// Which page of the list.
    pub(super) url: QueryHandle<RequestsQuery>,
    /// Something was entered.
    pub(super) onchange: Callback<()>,
}

/// Active assignments of the degree that are in no call, to choose from.
#[component]
pub(super) fn Pending(props: &PendingProps) -> Html {
    let t = use_texts();
    let chosen = use_state_eq(BTreeSet::<AssignmentId>::new);
    let asking = use_state_eq(|| false);
    let url = &props.url;
    let filters = [
        ("degree_id", props.call.call.degree.id.to_string()),
        ("state", "active".to_owned()),
        ("requested", "false".to_owned()),
        ("limit", "50".to_owned()),
        ("cursor", url.query.cursor.clone()),
    ];
    let found =
        use_remote(filters, |client, filters| async move { list_assignments(&client, &filters).await });
    use_updates(&[UpdateTopic::Assignments, UpdateTopic::EvaluationRequests], &found.refresh);
    let here: Vec<Assignment> = found.latest.as_ref().map(|page| page.items.clone()).unwrap_or_default();
    // Only what is on the screen can be meant.
    let meant: Vec<Assignment> = here.iter().filter(|found| chosen.contains(&found.id)).cloned().collect();
    let toggle = {
        let chosen = chosen.clone();
        Callback::from(move |(id, on): (AssignmentId, bool)| {
            let mut next = (*chosen).clone();
            if on {
                next.insert(id);
            } else {
                next.remove(&id);
            }
            chosen.set(next);
        })
    };
    let all_chosen = !here.is_empty() && meant.len() == here.len();
    let toggle_all = {
        let (chosen, ids) = (chosen.setter(), here.iter().map(|found| found.id).collect::<BTreeSet<_>>());
        Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            chosen.set(if on { ids.clone() } else { BTreeSet::new() });
        })
    };
    let ask = {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let close = {
        let (asking, chosen) = (asking.setter(), chosen.setter());
        let (refresh, onchange) = (found.refresh.clone(), props.onchange.clone());
        Callback::from(move |entered: bool| {
            asking.set(false);
            if entered {
                chosen.set(BTreeSet::new());
                refresh.emit(());
                onchange.emit(());
            }
        })
    };
    let list = |page: &Page<Assignment>| {
        if page.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::CheckCircle} title={t.requests_pending_empty()}>
                    { t.requests_pending_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <>
                <div class="gestfg-task gestfg-gap-after">
                    <div class="pf-v6-c-check">
                        <input
                            class="pf-v6-c-check__input"
                            type="checkbox"
                            id="select-all"
                            checked={all_chosen}
                            onchange={toggle_all.clone()}
                        />
                        <label class="pf-v6-c-check__label" for="select-all">{ t.requests_select_all() }</label>
                    </div>
                    <Button
                        label={t.requests_enter_chosen(meant.len())}
                        icon={IconName::Send}
                        disabled={meant.is_empty()}
                        onclick={ask.clone()}
                    />
                </div>
                <DataTable
                    caption={t.requests_pending_tab()}
                    content={TableContent::new(&columns(t, &chosen, &toggle), &page.items)}
                />
                <Pager
                    total={page.total}
                    shown={page.items.len()}
                    cursor={url.query.cursor.clone()}
                    next={page.next_cursor.clone()}
                    onpage={url.onpage()}
                />
            </>
        }
    };
    html! {
        <>
            { draw_remote(&found, LoadingShape::Rows, list) }
            if *asking {
                <BulkDialog call={props.call.clone()} assignments={meant} onclose={close} />
            }
        </>
    }
}

fn columns(
    t: Texts,
    chosen: &UseStateHandle<BTreeSet<AssignmentId>>,
    toggle: &Callback<(AssignmentId, bool)>,
) -> Vec<Column<Assignment>> {
    let (chosen, toggle) = (Rc::new((**chosen).clone()), toggle.clone());
    vec![
        Column::new(t.requests_select(), move |found: &Assignment| {
            let id = found.id;
            let onchange = toggle.reform(move |event: Event| {
                (id, event.target_unchecked_into::<HtmlInputElement>().checked())
            });
            html! {
                <input
                    class="pf-v6-c-check__input"
                    type="checkbox"
                    checked={chosen.contains(&id)}
                    aria-label={t.select_named(&found.project_title)}
                    {onchange}
                />
            }
        }),
        Column::new(t.project(), |found: &Assignment| {
            html! { <RouteLink to={Route::Assignment { id: found.id }}>{ &found.project_title }</RouteLink> }
        }),
        Column::new(t.students(), |found: &Assignment| {
            html! { <ul role="list">{ for found.students.iter().map(student) }</ul> }
        }),
        Column::new(t.tutor(), |found: &Assignment| html! { &found.tutor.name }),
    ]
}

#[derive(Properties, PartialEq)]
struct BulkDialogProps {
    call: Call,
    assignments: Vec<Assignment>,
    /// Leave it; whether anything was entered.
    onclose: Callback<bool>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    override_reason: String,
}

fn check(values: &Values) -> Vec<FieldProblem> {
    Check::new().optional_text("/override_reason", &values.override_reason, REASON_MAX).done()
}

/// Asks once, enters each on its own account, and says what became of each.
#[component]
fn BulkDialog(props: &BulkDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    // The choice as it was: while it is shown the list below it may change.
    let asked = use_state(|| props.assignments.clone());
    let outcomes = use_state(Vec::<EvaluationRequestOutcome>::new);
    let form = use_form("bulk", Values::default, check);
    let phase = props.call.phases.iter().find(|found| found.phase == Phase::EvaluationRequest);
    let closed = phase.is_none_or(|found| found.standing != PhaseStanding::Open);
    let entered = outcomes.iter().filter(|outcome| outcome.request.is_some()).count();
    let missing: Vec<AssignmentId> = asked
        .iter()
        .map(|found| found.id)
        .filter(|id| {
            !outcomes.iter().any(|outcome| outcome.assignment_id == *id && outcome.request.is_some())
        })
        .collect();
    let onsubmit = {
        let (call_id, setter) = (props.call.call.id, outcomes.setter());
        let (before, missing) = ((*outcomes).clone(), missing.clone());
        form.on_submit(move |values: Values| {
            let (client, setter, before) = (session.client.clone(), setter.clone(), before.clone());
            let override_reason = given(&values.override_reason);
            let body = CreateEvaluationRequests { call_id, assignment_ids: missing.clone(), override_reason };
            async move {
                let answered = create_requests(&client, &body).await?.items;
                let kept = before.into_iter().filter(|outcome| outcome.request.is_some());
                setter.set(kept.chain(answered).collect());
                Ok::<(), ApiError>(())
            }
        })
    };
    let tried = !outcomes.is_empty();
    let footer = html! {
        <>
            if !missing.is_empty() {
                <Button
                    label={t.requests_enter_chosen(missing.len())}
                    submit=true
                    form={form.id.clone()}
                    busy={form.is_sending()}
                />
            }
            <Button
                label={if tried { t.close() } else { t.cancel() }}
                kind={if missing.is_empty() { ButtonKind::Primary } else { ButtonKind::Link }}
                disabled={form.is_sending()}
                onclick={props.onclose.reform(move |_| entered > 0)}
            />
        </>
    };
    let reason_due = outcomes
        .iter()
        .filter_map(|outcome| outcome.problem.as_ref())
        .any(|problem| problem.phase.as_ref().is_some_and(|phase| phase.may_override));
    html! {
        <Dialog
            title={t.requests_bulk_title()}
            {footer}
            wide=true
            busy={form.is_sending()}
            onclose={props.onclose.reform(move |()| entered > 0)}
        >
            <FormFrame id={form.id.clone()} {onsubmit} failure={form.failure().cloned()}>
                if tried {
                    <Alert
                        tone={if missing.is_empty() { Tone::Success } else { Tone::Warning }}
                        title={t.requests_outcome(entered, asked.len())}
                        urgent=true
                    >
                        if reason_due {
                            { t.requests_retry_with_reason() }
                        }
                    </Alert>
                } else {
                    <div>
                        <p><strong>{ t.call_full_title(&props.call.call) }</strong></p>
                        <p>{ t.requests_bulk_body() }</p>
                    </div>
                }
                <ul class="gestfg-tasks" role="list">
                    { for asked.iter().map(|found| outcome_line(found, &outcomes, t, &dates)) }
                </ul>
                <OverrideField
                    field={form.field("/override_reason", |v| v.override_reason.clone(), |v, reason| v.override_reason = reason)}
                    failure={form.failure().cloned()}
                    due={(closed || reason_due) && !missing.is_empty()}
                />
            </FormFrame>
        </Dialog>
    }
}

/// An assignment with what became of it.
fn outcome_line(
    assignment: &Assignment,
    outcomes: &[EvaluationRequestOutcome],
    t: Texts,
    dates: &Dates,
) -> Html {
    let outcome = outcomes.iter().find(|outcome| outcome.assignment_id == assignment.id);
    let said = match outcome {
        None => html! {},
        Some(outcome) => match &outcome.problem {
            None => html! {
                <span class="gestfg-outcome gestfg-outcome--done">
                    <Icon name={IconName::CheckCircle} />{ " " }{ t.request_result_done() }
                </span>
            },
            Some(problem) => html! {
                <span class="gestfg-outcome gestfg-said--error">
                    <Icon name={IconName::Danger} />{ " " }
                    { ApiError::Problem(Box::new(problem.clone())).sentence(t, dates) }
                </span>
            },
        },
    };
    html! {
        <li key={assignment.id.0} class="gestfg-outcome-line">
            <span>{ &assignment.project_title }</span>
            { said }
        </li>
    }
}
