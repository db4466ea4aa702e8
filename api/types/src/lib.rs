//! The wire contract of GesTFG: every body the API takes or gives, and the
//! closed list of refusal codes.
//!
//! Server, browser and tests share these types, so a renamed field fails all
//! three builds in the same minute. Only serde, utoipa and small pure helpers
//! live here: no rows, no rules about who may do what, no secrets.

#[macro_use]
mod stored;

pub mod accounts;
pub mod allocation_rounds;
pub mod allocation_runs;
pub mod application_files;
pub mod applications;
pub mod assignments;
pub mod audit;
pub mod availability;
pub mod calendar;
pub mod calls;
pub mod committee_settings;
pub mod conflicts_of_interest;
pub mod defences;
pub mod documents;
pub mod errors;
pub mod evaluation_requests;
pub mod events;
pub mod grading;
pub mod ids;
mod import_fields;
pub mod imports;
pub mod mark;
pub mod marks;
pub mod master;
pub mod messages;
pub mod minutes;
pub mod notifications;
pub mod outbox;
pub mod pagination;
pub mod participation;
pub mod patch;
pub mod personal;
pub mod planning;
pub mod projects;
pub mod retention;
pub mod rooms;
pub mod rubrics;
pub mod session;
pub mod similarity;
pub mod statistics;
pub mod system;
pub mod time_zone;
pub mod updates;
pub mod users;
