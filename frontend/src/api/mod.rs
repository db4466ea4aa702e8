//! Talking to the server: one request function, one file per resource.

pub mod accounts;
pub mod allocation_runs;
pub mod applications;
pub mod assignments;
pub mod availability;
pub mod calendar;
pub mod calls;
pub mod client;
pub mod committees;
pub mod defences;
pub mod documents;
pub mod duties;
pub mod error;
pub mod evaluation_requests;
pub mod events;
pub mod imports;
pub mod marks;
pub mod master;
pub mod messages;
pub mod notifications;
pub mod people;
pub mod personal;
pub mod planning;
pub mod projects;
pub mod session;
pub mod similarity;
pub mod statistics;
pub mod system;
pub mod upload;

pub use client::Client;
pub use error::ApiError;
