//! Announcements and entries of the calendar, to read.

mod board;
mod details;

pub(super) use board::Announcements;
pub use details::EventPage;
