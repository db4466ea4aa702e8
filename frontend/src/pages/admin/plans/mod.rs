//! Committees and timetables of a call: runs of the planner, and the versions they make.

mod compare;
mod list;
mod reasons;
mod runs;
mod start;
mod version;

pub use list::CallPlansPage;
