//! Asking the professors of a call when they can come.

mod answers;
mod edit;
mod page;

pub use page::CallAvailabilityPage;
