//! Who gets which project: applications of students and teams, decided by a declared method.

mod blocking;
mod check;
mod fingerprint;
mod instance;
mod measure;
mod names;
mod order;
mod record;
mod solution;
mod table;
mod validate;

#[cfg(feature = "solve")]
pub mod solve;

pub use check::{
    Export, Report, Rule, Violation, Warning, WarningKind, check, check_solution, verify_export,
};
pub use fingerprint::input_hash;
pub use instance::{Applicant, Instance, Method, Pin, Project, Student, TeamRecord, TieBreak, Tutor, Unit};
pub use measure::measure;
pub use order::{Order, lot, order};
pub use record::Record;
pub use solution::{
    Ahead, Answer, Because, BlockingPair, Conflict, ConflictKind, Load, Measures, OneMore, Pair, Reason,
    Solution,
};
pub use validate::validate;
