//! What one can do in a call: enter an assignment, take it back.

use crate::api::assignments::list_assignments;
use crate::api::error::closed_sentence;
use crate::api::evaluation_requests::list_requests;
use crate::api::{ApiError, Client};
use crate::components::{Button, ButtonKind, Card, IconName, LoadingShape, RouteLink, draw_remote};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::requests::{EnterDialog, RequestBadge, WithdrawDialog, closed};
use crate::route::Route;
use gestfg_types::assignments::{Assignment, AssignmentAction};
use gestfg_types::calls::{Call, Phase};
use gestfg_types::evaluation_requests::EvaluationRequest;
use gestfg_types::ids::{AssignmentId, CallId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// One's own assignments of the degree, and which of them are in the call.
#[derive(Debug, PartialEq)]
struct Own {
    entered: Vec<EvaluationRequest>,
    enterable: Vec<Assignment>,
    /// Neither entered anywhere nor to be entered now.
    waiting: Vec<Assignment>,
}

async fn own(client: Client, call: CallId, degree: DegreeId) -> Result<Own, ApiError> {
    let (call, degree) = (call.to_string(), degree.to_string());
    let filters = [("call_id", call.as_str()), ("mine", "true"), ("state", "requested"), ("limit", "200")];
    let entered = list_requests(&client, &filters).await?.items;
    let filters = [
        ("degree_id", degree.as_str()),
        ("mine", "true"),
        ("state", "active"),
        ("requested", "false"),
        ("limit", "200"),
    ];
    let free = list_assignments(&client, &filters).await?.items;
    let may_enter = |found: &Assignment| found.allowed_actions.contains(&AssignmentAction::RequestEvaluation);
    let (enterable, waiting) = free.into_iter().partition(may_enter);
    Ok(Own { entered, enterable, waiting })
}

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Entering(Assignment),
    Withdrawing(EvaluationRequest),
}

/// Properties of [`Tasks`].
#[derive(Properties, PartialEq)]
pub(super) struct TasksProps {
    /// The call.
    pub(super) call: Call,
}

/// One's own assignments, to enter in the call or to take back.
#[component]
pub(super) fn Tasks(props: &TasksProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let over = use_state_eq(|| Over::Nothing);
    let ids = (props.call.call.id, props.call.call.degree.id);
    let found = use_remote(ids, |client, (call, degree)| own(client, call, degree));
    use_updates(&[UpdateTopic::EvaluationRequests, UpdateTopic::Assignments], &found.refresh);
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, reload) = (over.setter(), found.refresh.clone());
        Callback::from(move |_: EvaluationRequest| {
            over.set(Over::Nothing);
            reload.emit(());
        })
    };
    let line = |id: AssignmentId, title: &str, state: Html, button: Html| {
        html! {
            <li class="gestfg-task">
                <span class="gestfg-task__what">
                    <RouteLink to={Route::Assignment { id }}>{ title }</RouteLink>
                    { state }
                </span>
                { button }
            </li>
        }
    };
    let entered = |request: &EvaluationRequest| {
        let state = html! {
            <>
                <RequestBadge state={request.state} />
                <span class="gestfg-subtle gestfg-small">{ dates.date_time(request.requested_at) }</span>
            </>
        };
        let button = if request.allowed_actions.is_empty() {
            html! {}
        } else {
            html! {
                <Button
                    label={t.request_withdraw()}
                    kind={ButtonKind::Link}
                    icon={IconName::Undo}
                    onclick={open(Over::Withdrawing(request.clone()))}
                />
            }
        };
        line(request.assignment_id, &request.project_title, state, button)
    };
    let enterable = |assignment: &Assignment| {
        let button = html! {
            <Button
                label={t.request_enter()}
                icon={IconName::Send}
                onclick={open(Over::Entering(assignment.clone()))}
            />
        };
        line(assignment.id, &assignment.project_title, html! {}, button)
    };
    let why = closed(std::slice::from_ref(&props.call), Phase::EvaluationRequest)
        .map(|closed| closed_sentence(&closed, t, &dates));
    let waiting = |assignment: &Assignment| {
        let state = html! { <span class="gestfg-subtle">{ why.clone() }</span> };
        line(assignment.id, &assignment.project_title, state, html! {})
    };
    let list = |own: &Own| {
        if own.entered.is_empty() && own.enterable.is_empty() && own.waiting.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.call_nothing_to_do() }</p> };
        }
        html! {
            <ul class="gestfg-tasks" role="list">
                { for own.entered.iter().map(entered) }
                { for own.enterable.iter().map(enterable) }
                { for own.waiting.iter().map(waiting) }
            </ul>
        }
    };
    html! {
        <Card title={t.call_what_you_can_do()}>
            { draw_remote(&found, LoadingShape::Text, list) }
            { match &*over {
                Over::Nothing => html! {},
                Over::Entering(assignment) => html! {
                    <EnterDialog
                        assignment={assignment.id}
                        title={assignment.project_title.clone()}
                        degree={assignment.degree.id}
                        call={props.call.call.id}
                        onclose={close}
                        onentered={done}
                    />
                },
                Over::Withdrawing(request) => html! {
                    <WithdrawDialog request={request.clone()} onclose={close} onwithdrawn={done} />
                },
            } }
        </Card>
    }
}
