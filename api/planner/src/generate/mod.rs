//! Invented instances with seeds, of the shapes faculties have: for tests, benchmarks and trials.

mod calls;
mod rounds;
mod timetables;

pub use self::calls::{Call, call};
pub use self::rounds::{Round, round};
pub use self::timetables::{Defences, Hours, fixed_panels, free_panels, standing_committees};
