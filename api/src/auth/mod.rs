//! Who is asking: tokens, passwords, and the people behind them.

pub mod current_user;
pub mod even_time;
pub mod middleware;
pub mod password;
pub mod secret_token;
pub mod throttle;
pub mod token;

pub use current_user::{Admin, CurrentUser, Origin, Viewer};
