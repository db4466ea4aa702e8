//! The interface of GesTFG as a library, so that tests can reach every part.
//!
//! Pages fetch and compose, components draw what they are given, hooks hold
//! what both need, `api` talks to the server and `session` owns who is asking.

pub mod api;
pub mod app;
pub mod components;
pub mod download;
pub mod format;
pub mod hooks;
pub mod i18n;
pub mod ics;
pub mod live;
pub mod pages;
pub mod program;
pub mod route;
pub mod session;
pub mod theme;
pub mod validation;
pub mod zone;
