//! Threads between the students and tutors of an assignment.

mod kept;
mod list;
mod thread;

pub use list::MessagesPage;
pub(super) use thread::Thread;
