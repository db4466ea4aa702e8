//! Imports of the secretary's office: a sheet is understood, checked against
//! the world, committed as one batch, and undone as one.

pub mod fold;
pub mod headers;
pub mod layout;
