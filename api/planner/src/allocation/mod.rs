//! Who gets which project: applications of students and teams, decided by a declared method.

mod fingerprint;
mod instance;
mod order;
mod record;
mod solution;
mod validate;

pub use fingerprint::input_hash;
pub use instance::{Applicant, Instance, Method, Pin, Project, Student, TeamRecord, TieBreak, Tutor, Unit};
pub use order::{Order, lot, order};
pub use record::Record;
pub use solution::{
    Ahead, Answer, Because, BlockingPair, Conflict, ConflictKind, Load, Measures, OneMore, Pair, Reason,
    Solution,
};
pub use validate::validate;
