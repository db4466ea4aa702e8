//! Rounds of applications: their dates, what is asked for, and their allocations.

mod applications;
mod behalf;
mod compare;
mod file;
mod form;
mod list;
mod pins;
mod publish;
mod rename;
mod round;
mod run;
mod run_detail;
mod runs;
mod start;
mod verify;

pub use list::CallRoundsPage;
pub use round::AllocationRoundPage;
pub use run::AllocationRunPage;
