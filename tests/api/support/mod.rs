//! What tests stand on.

#[allow(dead_code, reason = "a kit for all tests")]
pub mod actors;
pub mod app;
#[allow(dead_code, reason = "a kit for all tests")]
pub mod builders;
pub mod database;
#[allow(dead_code, reason = "a kit for all tests")]
pub mod mailbox;
#[allow(dead_code, reason = "a kit for all tests")]
pub mod stream;

pub use actors::Client;
pub use app::TestApp;
