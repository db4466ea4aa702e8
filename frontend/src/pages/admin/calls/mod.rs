//! Keeping the calls: their list, their dates, and what is entered in them.

mod bulk;
mod conflict;
mod copy;
mod create;
mod draft;
mod editor;
mod list;
mod open;
mod phase_fields;
mod requests;

pub use editor::CallEditorPage;
pub use list::AdminCallsPage;
pub use requests::CallRequestsPage;
