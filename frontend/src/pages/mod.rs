//! One page per route: they fetch, decide and compose.

#[cfg(feature = "office")]
mod admin;
mod applications;
mod assignment;
mod assignments;
mod availability;
mod calendar;
mod calls;
mod catalogue;
mod conflicts;
mod defences;
mod documents;
mod events;
mod front;
#[cfg(feature = "office")]
mod imports;
mod log_in;
mod marks;
mod messages;
mod my_project;
mod my_projects;
mod not_found;
mod notices;
#[cfg(feature = "office")]
mod people;
mod profile;
mod programs;
mod project;
mod recover;
mod register;
mod requests;
mod set_password;
mod similarity;
mod statistics;
#[cfg(feature = "office")]
mod system;
mod validation;

#[cfg(feature = "office")]
pub use admin::{
    AdminCallsPage, AllocationRoundPage, AllocationRunPage, AreasPage, CallAvailabilityPage, CallEditorPage,
    CallPlansPage, CallRequestsPage, CallRoundsPage, CommitteePlanPage, CommitteeSettingsPage, ConflictsPage,
    DegreesPage, DepartmentsPage, EditEventPage, EventsPage, GradingSettingsPage, NewEventPage,
    ParticipationPage, RoomClosuresPage, RoomsPage, SittingsPage,
};
pub use applications::{AnswerPage, ApplicantsPage, ApplicationsPage};
pub use assignment::AssignmentPage;
pub use assignments::AssignmentsPage;
pub use availability::AvailabilityPage;
pub use calendar::CalendarPage;
pub use calls::{CallPage, CallsPage};
pub use catalogue::CataloguePage;
pub use defences::DefencesPage;
pub use documents::DefenceDocumentsPage;
pub use events::EventPage;
pub use front::FrontPage;
#[cfg(feature = "office")]
pub use imports::{ImportPage, ImportsPage, NewImportPage};
pub use log_in::{LogInForm, LogInPage};
pub use marks::{CallGradingPage, DefenceMarksPage, MarkingPage, MyMarksPage, VerificationPage};
pub use messages::MessagesPage;
pub use my_project::MyProjectPage;
pub use my_projects::MyProjectsPage;
pub use not_found::NotFoundPage;
pub use notices::{InboxPage, UnsubscribePage};
#[cfg(feature = "office")]
pub use people::{ClaimsPage, NewPersonPage, PeoplePage, PersonPage};
pub use profile::ProfilePage;
pub use programs::{draw_member, draw_office};
pub use project::{EditProjectPage, NewProjectPage, ProjectPage};
pub use recover::RecoverPage;
pub use register::RegisterPage;
pub use set_password::SetPasswordPage;
pub use similarity::SimilarityPage;
pub use statistics::StatisticsPage;
#[cfg(feature = "office")]
pub use system::{AuditLogPage, OutboxPage, RetentionPage, StatusPage};
pub use validation::ValidationPage;
