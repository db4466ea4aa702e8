//! Allocation: who gets which project.

mod brute_force;
mod literature;
mod properties;
mod rules;
mod worlds;
