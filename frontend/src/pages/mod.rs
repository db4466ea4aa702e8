//! One page per route: they fetch, decide and compose.

mod catalogue;
mod front;
mod log_in;
mod not_found;

pub use catalogue::CataloguePage;
pub use front::FrontPage;
pub use log_in::{LogInForm, LogInPage};
pub use not_found::NotFoundPage;
