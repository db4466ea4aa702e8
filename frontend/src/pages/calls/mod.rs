//! The calls as everybody sees them.

mod card;
mod details;
mod list;
mod tasks;

pub(crate) use card::{CallBadge, CallCard};
pub use details::CallPage;
pub use list::CallsPage;
pub(crate) use list::own_degrees;
