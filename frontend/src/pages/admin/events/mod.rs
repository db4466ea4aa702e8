//! Announcements and entries of the calendar, to keep.

mod draft;
mod editor;
mod list;

pub use editor::{EditEventPage, NewEventPage};
pub use list::EventsPage;
