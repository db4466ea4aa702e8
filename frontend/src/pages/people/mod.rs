//! Accounts, and claims on those the office had on file.

mod actions;
mod anonymise;
mod claims;
mod edit;
mod fields;
mod list;
mod new;
mod record;

pub use claims::ClaimsPage;
pub use edit::PersonPage;
pub use list::PeoplePage;
pub use new::NewPersonPage;
pub(crate) use record::RecordDialog;
