//! Rounds of applications: when what may be done, and what an application may say.

pub mod record;
pub mod round;
pub mod wishes;
