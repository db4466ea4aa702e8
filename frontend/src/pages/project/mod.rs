//! A project: looking at it, deciding on it, writing it.

mod actions;
mod assign;
mod conflict;
mod details;
mod editor;

pub(super) use actions::{ProjectActions, ProjectHandle};
pub use details::ProjectPage;
pub use editor::{EditProjectPage, NewProjectPage};
