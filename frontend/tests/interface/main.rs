//! Components drawn on the host, without a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod applications;
mod availability;
mod badges;
mod calendar;
mod calls;
mod client;
mod draw;
mod fields;
mod menu;
mod notices;
mod pager;
mod remote;
mod texts;
mod zone;
