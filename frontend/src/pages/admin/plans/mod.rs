//! Committees and timetables of a call: runs of the planner, and the versions they make.

mod board;
mod changed;
mod committee;
mod committees;
mod compare;
mod day_grid;
mod day_list;
mod download;
mod findings;
mod fitting;
mod free_hours;
mod grid;
mod hand;
mod in_hand;
mod list;
mod move_to;
mod names;
mod place;
mod plan;
mod printed;
mod publish;
mod reasons;
mod repair;
mod rerun;
mod runs;
mod shortage;
mod start;
#[cfg(test)]
mod tests;
mod timetable;
mod unplaced;
mod version;
mod why;

pub use list::CallPlansPage;
pub use plan::CommitteePlanPage;
