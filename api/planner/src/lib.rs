//! What people worked out by hand over weeks: who gets which project, who sits in which committee,
//! and when and where each defence takes place.
//!
//! Pure: no database, no HTTP, no calendar. The same instance, seed and budget give the same
//! answer. Each problem has a typed instance, a typed solution and a checker that shares nothing
//! with the solver but those types; see [`allocation`], [`timetable`] and [`committees`].
//!
//! Without the feature `solve` (default) only types and checkers are compiled: that is what the
//! browser loads, so that every drag of a defence is judged by the same code as on the server.

pub mod allocation;
pub mod committees;
pub mod id;
pub mod sentence;
pub mod status;
pub mod timetable;

#[cfg(feature = "solve")]
pub mod command;
#[cfg(feature = "solve")]
pub mod control;
#[cfg(feature = "solve")]
pub mod generate;
#[cfg(feature = "solve")]
mod linear;
#[cfg(feature = "solve")]
pub mod random;
