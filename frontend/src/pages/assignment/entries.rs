//! The calls an assignment is or was entered in.

use crate::api::evaluation_requests::requests_of_assignment;
use crate::components::{Button, ButtonKind, Card, IconName, LoadingShape, RouteLink, draw_remote};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::requests::{EnterDialog, RequestBadge, WindowNote, WithdrawDialog, keeps_degree};
use crate::route::Route;
use crate::session::use_session;
use gestfg_types::assignments::{Assignment, AssignmentAction, AssignmentState};
use gestfg_types::calls::Phase;
use gestfg_types::evaluation_requests::{EvaluationRequest, EvaluationRequestState};
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Entering,
    Withdrawing(Box<EvaluationRequest>),
}

/// Properties of [`Entries`].
#[derive(Properties, PartialEq)]
pub(super) struct EntriesProps {
    /// Of which assignment.
    pub(super) assignment: Assignment,
    /// What may be done with it may have changed.
    pub(super) onchange: Callback<()>,
}

/// The requests of an assignment, with the ways to enter it and to take it
/// back.
#[component]
pub(super) fn Entries(props: &EntriesProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let session = use_session();
    let over = use_state_eq(|| Over::Nothing);
    let assignment = &props.assignment;
    let found =
        use_remote(assignment.id, |client, id| async move { requests_of_assignment(&client, id).await });
    use_updates(&[UpdateTopic::EvaluationRequests], &found.refresh);
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next.clone()))
    };
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, refresh, onchange) = (over.setter(), found.refresh.clone(), props.onchange.clone());
        Callback::from(move |_: EvaluationRequest| {
            over.set(Over::Nothing);
            refresh.emit(());
            onchange.emit(());
        })
    };
    let entry = |request: &EvaluationRequest| {
        let when = request.withdrawn_at.unwrap_or(request.requested_at);
        html! {
            <li key={request.id.0} class="gestfg-task">
                <span class="gestfg-task__what">
                    <RouteLink to={Route::Call { id: request.call.id }}>{ t.call_title(&request.call) }</RouteLink>
                    <RequestBadge state={request.state} />
                    <span class="gestfg-subtle gestfg-small">
                        { dates.date_time(when) }
                        if let Some(by) = request.requested_by.as_ref().filter(|_| request.withdrawn_at.is_none()) {
                            { format!(" · {}", by.name) }
                        }
                    </span>
                </span>
                if !request.allowed_actions.is_empty() {
                    <Button
                        label={t.request_withdraw()}
                        kind={ButtonKind::Link}
                        icon={IconName::Undo}
                        onclick={open(Over::Withdrawing(Box::new(request.clone())))}
                    />
                }
            </li>
        }
    };
    let list = |page: &Page<EvaluationRequest>| {
        if page.items.is_empty() {
            return html! { <p class="gestfg-subtle">{ t.assignment_no_requests() }</p> };
        }
        html! { <ul class="gestfg-tasks" role="list">{ for page.items.iter().map(entry) }</ul> }
    };
    let may_enter = assignment.allowed_actions.contains(&AssignmentAction::RequestEvaluation);
    // Once it is in a call there is nothing to enter.
    let is_free = assignment.state == AssignmentState::Active
        && found.latest.as_ref().is_some_and(|page| {
            page.items.iter().all(|request| request.state == EvaluationRequestState::Withdrawn)
        });
    let keeps = keeps_degree(&session, assignment.degree.id);
    let actions = (may_enter || (is_free && keeps)).then(|| {
        html! { <Button label={t.request_enter()} icon={IconName::Send} onclick={open(Over::Entering)} /> }
    });
    html! {
        <Card title={t.assignment_requests()} actions={actions.unwrap_or_default()}>
            { draw_remote(&found, LoadingShape::Text, list) }
            if is_free && !may_enter {
                <WindowNote degree={assignment.degree.id} phase={Phase::EvaluationRequest} />
            }
            { match &*over {
                Over::Nothing => html! {},
                Over::Entering => html! {
                    <EnterDialog
                        assignment={assignment.id}
                        title={assignment.project_title.clone()}
                        degree={assignment.degree.id}
                        onclose={close}
                        onentered={done}
                    />
                },
                Over::Withdrawing(request) => html! {
                    <WithdrawDialog request={(**request).clone()} onclose={close} onwithdrawn={done} />
                },
            } }
        </Card>
    }
}
