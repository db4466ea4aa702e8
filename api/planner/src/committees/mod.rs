//! Committees: how many, who sits where, and which project each of them judges.

mod check;
mod instance;
mod measure;
mod solution;
mod validate;

#[cfg(feature = "solve")]
pub mod solve;

pub use check::{Report, Rule, Violation, Warning, WarningKind, check, check_solution};
pub use instance::{Instance, Objective, Professor, Project, ProjectPin, SeatPin, Settings};
pub use measure::{Measured, measure};
pub use solution::{Bounded, Committee, Note, NoteKind, Solution};
pub use validate::validate;
