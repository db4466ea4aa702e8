//! Imports of the secretary's office: a sheet is understood ([`layout`]),
//! checked against the world, committed as one batch, and undone as one.

pub mod batch;
pub mod check;
pub mod choices;
pub mod choices_plan;
pub mod fold;
pub mod headers;
pub mod layout;
pub mod people;
pub mod plan;
pub mod row;
pub mod template;
pub mod undo;
pub mod world;
pub mod write;
