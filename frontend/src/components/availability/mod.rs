//! The hours of a week in which somebody can come.

mod grid;
mod week;

pub use grid::AvailabilityGrid;
pub use week::{HOUR_ROWS, Painted, Said, Week, row_time, said_of, with_said};
