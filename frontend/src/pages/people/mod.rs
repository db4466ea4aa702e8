//! Accounts, and claims on those the office had on file.

mod actions;
mod claims;
mod edit;
mod fields;
mod list;
mod new;

pub use claims::ClaimsPage;
pub use edit::PersonPage;
pub use list::PeoplePage;
pub use new::NewPersonPage;
