//! The timetable of defences: a day, a room and a start for each, and people for its seats.
//!
//! One model in three modes. *Standing committee*: a committee judges a block of defences, those
//! of one day consecutive in one room. *Fixed panel*: each defence comes with its own people.
//! *Free panel*: each defence has seats to be filled from eligible people.

mod check;
mod instance;
mod measure;
mod solution;
#[cfg(feature = "solve")]
pub mod solve;
mod validate;

pub use check::{Report, Rule, Violation, Warning, WarningKind, check, check_solution};
pub use instance::{
    Answer, Availability, Committee, Day, Defence, Instance, Objective, Person, Pin, Placement, Room, Seat,
};
pub use measure::{Measured, measure};
pub use solution::{
    Bottlenecks, Bounded, HourLoad, PersonLoad, Reason, ReasonKind, Repair, Solution, Unplaced, When,
};
pub use validate::validate;
