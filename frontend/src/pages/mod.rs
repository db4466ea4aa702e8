//! One page per route: they fetch, decide and compose.

mod admin;
mod assignments;
mod catalogue;
mod front;
mod imports;
mod log_in;
mod my_projects;
mod not_found;
mod people;
mod profile;
mod project;
mod recover;
mod register;
mod set_password;
mod system;
mod validation;

pub use admin::{AreasPage, DegreesPage, DepartmentsPage, SittingsPage};
pub use assignments::AssignmentsPage;
pub use catalogue::CataloguePage;
pub use front::FrontPage;
pub use imports::{ImportPage, ImportsPage, NewImportPage};
pub use log_in::{LogInForm, LogInPage};
pub use my_projects::MyProjectsPage;
pub use not_found::NotFoundPage;
pub use people::{ClaimsPage, NewPersonPage, PeoplePage, PersonPage};
pub use profile::ProfilePage;
pub use project::{EditProjectPage, NewProjectPage, ProjectPage};
pub use recover::RecoverPage;
pub use register::RegisterPage;
pub use set_password::SetPasswordPage;
pub use system::{AuditLogPage, OutboxPage};
pub use validation::ValidationPage;
