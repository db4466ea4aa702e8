//! Row to wire, by destructuring, with what the viewer may do.

pub mod allocation;
pub mod allocation_runs;
pub mod applications;
pub mod assignments;
pub mod audit;
pub mod availability;
pub mod calendar;
pub mod calls;
pub mod committee_settings;
pub mod conflicts_of_interest;
pub mod defences;
pub mod evaluation_requests;
pub mod events;
pub mod imports;
pub mod mail;
pub mod master;
pub mod messages;
pub mod notifications;
pub mod participation;
pub mod planning;
pub mod projects;
pub mod rooms;
pub mod users;
