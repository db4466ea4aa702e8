//! Committees and timetables of a call: runs of the planner, and the versions they make.

mod board;
mod committee;
mod compare;
mod findings;
mod list;
mod move_to;
mod plan;
mod publish;
mod reasons;
mod runs;
mod start;
mod version;

pub use list::CallPlansPage;
pub use plan::CommitteePlanPage;
