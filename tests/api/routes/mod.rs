//! One folder per resource, as in the API.

mod areas;
mod assignments;
mod health;
mod imports;
mod master_data;
mod me;
mod password_resets;
mod professors;
mod projects;
mod session;
mod users;
