//! Threads between the students and tutors of an assignment.

mod list;

pub use list::MessagesPage;
