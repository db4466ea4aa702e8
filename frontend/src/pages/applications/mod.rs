//! Applications for projects: what students ask for, and whom tutors prefer.

mod add;
mod answer;
mod applicants;
mod apply;
mod closed;
mod draft;
mod editor;
mod end;
mod list;
mod saving;
mod team;

#[cfg(feature = "office")]
pub(crate) use add::AddProjects;
pub use answer::AnswerPage;
pub use applicants::ApplicantsPage;
pub(crate) use apply::{ApplyLink, open_rounds};
#[cfg(feature = "office")]
pub(crate) use draft::KnownProject;
#[cfg(feature = "office")]
pub(crate) use editor::project_item;
pub use list::ApplicationsPage;
#[cfg(feature = "office")]
pub(crate) use list::round_colour;
pub(crate) use saving::SavingNote;
