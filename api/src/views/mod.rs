//! Row to wire, by destructuring, with what the viewer may do.

pub mod assignments;
pub mod audit;
pub mod calendar;
pub mod calls;
pub mod defences;
pub mod evaluation_requests;
pub mod events;
pub mod imports;
pub mod mail;
pub mod master;
pub mod messages;
pub mod notifications;
pub mod planning;
pub mod projects;
pub mod users;
