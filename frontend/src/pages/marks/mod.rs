//! Marking: what one has to mark, the marks of a defence, the minutes of a
//! call, one's own marks, and checking minutes.

mod agreed;
mod call;
mod claims;
mod closing;
mod defence;
mod draft;
mod duties;
mod mine;
mod minutes;
mod missing;
mod read;
mod sheet;
mod verification;

pub use call::CallGradingPage;
pub use defence::DefenceMarksPage;
pub use duties::MarkingPage;
pub use mine::MyMarksPage;
pub use verification::VerificationPage;
