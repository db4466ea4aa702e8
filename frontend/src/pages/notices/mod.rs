//! What one was told, how one wants to be told, and how that ends.

mod inbox;
mod preferences;
mod unsubscribe;

pub use inbox::InboxPage;
pub(super) use preferences::PreferencesCard;
pub use unsubscribe::UnsubscribePage;
