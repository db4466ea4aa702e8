//! One folder per resource, as in the API.

mod areas;
mod assignments;
mod availability;
mod calendar;
mod calls;
mod committee_settings;
mod conflicts_of_interest;
mod evaluation_requests;
mod events;
mod health;
mod identity_claims;
mod imports;
mod master_data;
mod me;
mod messages;
pub mod notifications;
mod outbox;
mod participation;
mod password_resets;
mod planning;
mod professors;
mod projects;
mod registration;
mod rooms;
mod session;
mod updates;
mod users;
