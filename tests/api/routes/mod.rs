//! One folder per resource, as in the API.

mod areas;
mod assignments;
mod health;
mod imports;
mod master_data;
mod password_resets;
mod projects;
mod session;
