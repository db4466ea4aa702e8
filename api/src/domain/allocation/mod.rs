//! Rounds of applications: when what may be done, what an application may say, what the planner
//! is asked and what its answer means.

pub mod answer;
pub mod ask;
pub mod ids;
pub mod publication;
pub mod record;
pub mod round;
pub mod wishes;
