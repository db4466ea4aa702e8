//! What several pages need: remote data, actions, forms, the URL.

mod use_action;
mod use_autosave;
mod use_debounced;
mod use_form;
mod use_guard;
mod use_list_query;
mod use_query;
mod use_remote;
mod use_title;
mod use_visible;

pub use use_action::{ActionHandle, use_action};
pub use use_autosave::{Autosave, Saving, Seen, use_autosave};
pub use use_debounced::use_debounced;
pub use use_form::{Field, FieldProblem, FormHandle, use_form};
pub use use_guard::{Guard, use_guard, use_unsaved_guard};
pub use use_list_query::{ListQuery, filter_field};
pub use use_query::{QueryHandle, use_query};
pub use use_remote::{Remote, RemoteHandle, use_remote};
pub use use_title::use_title;
pub use use_visible::use_visible;
