//! The pages that not every program has.

use crate::route::Route;
use yew::prelude::*;
use yew_router::Routable;

/// Draws a page of students and tutors.
pub fn draw_member(route: &Route) -> Html {
    use super::{
        AnswerPage, ApplicantsPage, ApplicationsPage, AssignmentPage, AssignmentsPage, AvailabilityPage,
        CallGradingPage, DefenceDocumentsPage, DefenceMarksPage, EditProjectPage, InboxPage, MarkingPage,
        MessagesPage, MyMarksPage, MyProjectPage, MyProjectsPage, NewProjectPage, NotFoundPage, ProfilePage,
        SimilarityPage, StatisticsPage, ValidationPage, VerificationPage,
    };

    let key = route.to_path();
    match route {
        Route::Profile => html! { <ProfilePage {key} /> },
        Route::Availability => html! { <AvailabilityPage {key} /> },
        Route::MyProjects => html! { <MyProjectsPage {key} /> },
        Route::MyProject => html! { <MyProjectPage {key} /> },
        Route::Applications => html! { <ApplicationsPage {key} /> },
        Route::Answer { id } => html! { <AnswerPage {key} id={*id} /> },
        Route::Applicants => html! { <ApplicantsPage {key} /> },
        Route::Marking => html! { <MarkingPage {key} /> },
        Route::DefenceMarks { id } => html! { <DefenceMarksPage {key} id={*id} /> },
        Route::CallGrading { id } => html! { <CallGradingPage {key} id={*id} /> },
        Route::MyMarks => html! { <MyMarksPage {key} /> },
        Route::Verification => html! { <VerificationPage {key} /> },
        Route::NewProject => html! { <NewProjectPage {key} /> },
        Route::EditProject { id } => html! { <EditProjectPage {key} id={*id} /> },
        Route::Validation => html! { <ValidationPage {key} /> },
        Route::Assignments => html! { <AssignmentsPage {key} /> },
        Route::Assignment { id } => html! { <AssignmentPage {key} id={*id} /> },
        Route::DefenceDocuments { id } => html! { <DefenceDocumentsPage {key} id={*id} /> },
        Route::Similarity { id } => html! { <SimilarityPage {key} id={*id} /> },
        Route::Inbox => html! { <InboxPage {key} /> },
        Route::Messages => html! { <MessagesPage {key} /> },
        Route::Statistics => html! { <StatisticsPage {key} /> },
        _ => html! { <NotFoundPage {key} /> },
    }
}

/// Draws a page of the office.
#[cfg(feature = "office")]
pub fn draw_office(route: &Route) -> Html {
    use super::{
        AdminCallsPage, AllocationRoundPage, AllocationRunPage, AreasPage, AuditLogPage,
        CallAvailabilityPage, CallEditorPage, CallPlansPage, CallRequestsPage, CallRoundsPage, ClaimsPage,
        CommitteePlanPage, CommitteeSettingsPage, ConflictsPage, DegreesPage, DepartmentsPage, EditEventPage,
        EventsPage, GradingSettingsPage, ImportPage, ImportsPage, NewEventPage, NewImportPage, NewPersonPage,
        NotFoundPage, OutboxPage, ParticipationPage, PeoplePage, PersonPage, RetentionPage, RoomClosuresPage,
        RoomsPage, SittingsPage, StatusPage,
    };

    let key = route.to_path();
    match route {
        Route::Areas => html! { <AreasPage {key} /> },
        Route::Departments => html! { <DepartmentsPage {key} /> },
        Route::Degrees => html! { <DegreesPage {key} /> },
        Route::Sittings => html! { <SittingsPage {key} /> },
        Route::Rooms => html! { <RoomsPage {key} /> },
        Route::RoomClosures { id } => html! { <RoomClosuresPage {key} id={*id} /> },
        Route::CommitteeSettings { id } => html! { <CommitteeSettingsPage {key} id={*id} /> },
        Route::GradingSettings { id } => html! { <GradingSettingsPage {key} id={*id} /> },
        Route::Participation => html! { <ParticipationPage {key} /> },
        Route::Conflicts => html! { <ConflictsPage {key} /> },
        Route::Imports => html! { <ImportsPage {key} /> },
        Route::NewImport => html! { <NewImportPage {key} /> },
        Route::Import { id } => html! { <ImportPage {key} id={*id} /> },
        Route::People => html! { <PeoplePage {key} /> },
        Route::NewPerson => html! { <NewPersonPage {key} /> },
        Route::Person { id } => html! { <PersonPage {key} id={*id} /> },
        Route::Claims => html! { <ClaimsPage {key} /> },
        Route::Events => html! { <EventsPage {key} /> },
        Route::NewEvent => html! { <NewEventPage {key} /> },
        Route::EditEvent { id } => html! { <EditEventPage {key} id={*id} /> },
        Route::AdminCalls => html! { <AdminCallsPage {key} /> },
        Route::CallEditor { id } => html! { <CallEditorPage {key} id={*id} /> },
        Route::CallRequests { id } => html! { <CallRequestsPage {key} id={*id} /> },
        Route::CallPlans { id } => html! { <CallPlansPage {key} id={*id} /> },
        Route::CallRounds { id } => html! { <CallRoundsPage {key} id={*id} /> },
        Route::AllocationRound { id } => html! { <AllocationRoundPage {key} id={*id} /> },
        Route::AllocationRun { id } => html! { <AllocationRunPage {key} id={*id} /> },
        Route::CallAvailability { id } => html! { <CallAvailabilityPage {key} id={*id} /> },
        Route::CommitteePlan { id } => html! { <CommitteePlanPage {key} id={*id} /> },
        Route::AuditLog => html! { <AuditLogPage {key} /> },
        Route::Outbox => html! { <OutboxPage {key} /> },
        Route::Storage => html! { <StatusPage {key} /> },
        Route::Retention => html! { <RetentionPage {key} /> },
        _ => html! { <NotFoundPage {key} /> },
    }
}

/// Nothing asks for the pages of the office where they are not.
#[cfg(not(feature = "office"))]
pub fn draw_office(route: &Route) -> Html {
    html! { <super::NotFoundPage key={route.to_path()} /> }
}
