//! A project: looking at it, deciding on it, writing it.

mod actions;
mod assign;
mod conflict;
mod details;
mod draft;
mod editor;
mod fields;

pub(super) use actions::{ProjectActions, ProjectHandle};
pub use details::ProjectPage;
pub use editor::{EditProjectPage, NewProjectPage};
