//! The planner from outside: instances go in, solutions come out, the checkers judge them.

// A test that cannot go on stops and says where.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod allocations;
mod bounds;
mod brute_force;
mod committees;
mod every_committee;
mod formats;
mod limits;
mod odd_numbers;
mod old_failures;
mod reasons;
mod timetables;
mod worlds;
