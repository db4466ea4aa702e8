//! The published timetable of a call, for everybody.

mod call_in;
mod committee;
mod edit;
mod export;
mod filters;
mod mine;
mod page;
mod published;
mod sections;
mod table;

pub(super) use mine::MyDefences;
pub use page::DefencesPage;
pub(super) use published::Published;
