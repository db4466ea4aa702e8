//! What the server writes to people. A mail is queued in the transaction of
//! the change it tells of, and sent after the commit by [`crate::jobs`].

pub mod digest;
mod html;
pub mod letter;
pub mod outbox;
mod texts;
pub mod transport;
pub mod unsubscribe;

pub use letter::{Letter, Message, PhaseMove, Receipt, Recipient};
pub(crate) use texts::seat_name;
