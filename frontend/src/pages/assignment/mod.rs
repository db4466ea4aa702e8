//! A project given to students.

mod cancel;
mod entries;

use crate::api::assignments::find_assignment;
use crate::components::{
    AssignmentBadge, Button, ButtonKind, Card, Crumb, IconName, LoadingShape, PageHeader, PageSection,
    RouteLink, draw_remote,
};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates_about;
use crate::pages::documents::{Documents, Source};
use crate::pages::messages::Thread;
use crate::pages::requests::keeps_degree;
use crate::route::Route;
use crate::session::use_session;
pub(crate) use cancel::CancelDialog;
use entries::Entries;
use gestfg_types::assignments::{AssignedStudent, Assignment, AssignmentAction, AssignmentState};
use gestfg_types::ids::{AssignmentId, UserId};
use gestfg_types::updates::UpdateTopic;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`AssignmentPage`].
#[derive(Properties, PartialEq)]
pub struct AssignmentPageProps {
    /// Which assignment.
    pub id: AssignmentId,
}

/// An assignment: who, what, and the calls it is or was entered in.
#[component]
pub fn AssignmentPage(props: &AssignmentPageProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let cancelling = use_state_eq(|| false);
    let found = use_remote(props.id, |client, id| async move { find_assignment(&client, id).await });
    use_updates_about(&[UpdateTopic::Assignments], props.id.0, &found.refresh);
    let assignment = found.latest.clone();
    let title = assignment
        .as_ref()
        .map_or_else(|| t.route_assignment().to_owned(), |found| found.project_title.clone());
    let aside = assignment.as_ref().map(|found| html! { <AssignmentBadge state={found.state} /> });
    let may_cancel =
        assignment.as_ref().is_some_and(|found| found.allowed_actions.contains(&AssignmentAction::Cancel));
    let ask = {
        let cancelling = cancelling.setter();
        Callback::from(move |_: MouseEvent| cancelling.set(true))
    };
    let actions = may_cancel.then(|| {
        html! {
            <Button
                label={t.cancel_assignment_title()}
                kind={ButtonKind::Tertiary}
                icon={IconName::TimesCircle}
                onclick={ask}
            />
        }
    });
    let close = {
        let cancelling = cancelling.setter();
        Callback::from(move |()| cancelling.set(false))
    };
    let cancelled = {
        let (cancelling, replace) = (cancelling.setter(), found.replace.clone());
        Callback::from(move |cancelled: Assignment| {
            cancelling.set(false);
            replace.emit(Rc::new(cancelled));
        })
    };
    let me = session.me().map(|me| me.id);
    // The head of a department sees the assignment, but not what is handed in.
    let reads = |assignment: &Assignment| {
        me.is_some_and(|me| takes_part(assignment, me)) || keeps_degree(&session, assignment.degree.id)
    };
    let page = |assignment: &Assignment| {
        html! {
            <div class="gestfg-columns">
                <div class="gestfg-stack">
                    <Entries assignment={assignment.clone()} onchange={found.refresh.clone()} />
                    if let Some(request) = assignment.evaluation_request_id.filter(|_| reads(assignment)) {
                        <Documents of={Source::Request(request)} />
                    }
                    if me.is_some_and(|me| takes_part(assignment, me)) {
                        <Card title={t.thread()}>
                            <Thread
                                assignment_id={assignment.id}
                                is_open={assignment.state != AssignmentState::Cancelled}
                            />
                        </Card>
                    }
                </div>
                <Card title={t.assignment_data()}><Facts assignment={assignment.clone()} /></Card>
            </div>
        }
    };
    html! {
        <>
            <PageHeader
                {title}
                crumbs={vec![Crumb { to: Route::Assignments, label: t.route_assignments().into() }]}
                aside={aside.unwrap_or_default()}
                actions={actions.unwrap_or_default()}
            />
            <PageSection>{ draw_remote(&found, LoadingShape::Text, page) }</PageSection>
            if let Some(assignment) = assignment.filter(|_| *cancelling) {
                <CancelDialog assignment={(*assignment).clone()} onclose={close} oncancelled={cancelled} />
            }
        </>
    }
}

/// Whether somebody is among those who write to each other.
fn takes_part(assignment: &Assignment, who: UserId) -> bool {
    let tutors = [Some(&assignment.tutor), assignment.cotutor.as_ref()];
    tutors.into_iter().flatten().any(|tutor| tutor.id == who)
        || assignment.students.iter().any(|student| student.person.id == who)
}

#[derive(Properties, PartialEq)]
struct FactsProps {
    assignment: Assignment,
}

#[component]
fn Facts(props: &FactsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let assignment = &props.assignment;
    let fact = |term: &'static str, value: Html| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="gestfg-facts">
            { fact(t.project(), html! {
                <RouteLink to={Route::Project { id: assignment.project_id }}>{ &assignment.project_title }</RouteLink>
            }) }
            { fact(t.students(), html! {
                <ul role="list">{ for assignment.students.iter().map(student) }</ul>
            }) }
            { fact(t.tutor(), html! { &assignment.tutor.name }) }
            if let Some(cotutor) = &assignment.cotutor {
                { fact(t.cotutor(), html! { &cotutor.name }) }
            }
            { fact(t.degree(), html! { format!("{} · {}", assignment.degree.code, assignment.degree.name) }) }
            { fact(t.assigned_on(), html! { dates.date(assignment.created_at) }) }
            if let Some(by) = &assignment.assigned_by {
                { fact(t.assigned_by(), html! { &by.name }) }
            }
            if let Some(reason) = &assignment.cancel_reason {
                { fact(t.cancelled_because(), html! { reason }) }
            }
        </dl>
    }
}

/// A student with the address to write to.
pub(crate) fn student(student: &AssignedStudent) -> Html {
    html! {
        <li>
            { &student.person.name }
            if let Some(email) = &student.email {
                { " " }<a href={format!("mailto:{email}")} class="gestfg-student-mail">{ email }</a>
            }
        </li>
    }
}
