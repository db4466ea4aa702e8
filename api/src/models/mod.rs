//! Queries, one file per table (or per question that spans several). A model
//! function takes a connection, does one thing and knows nothing of HTTP.

pub mod api_token;
pub mod area;
pub mod assignment;
pub mod audit;
pub mod bulk;
pub mod current_user;
pub mod degree;
pub mod department;
pub mod idempotency;
pub mod identity_claim;
pub mod import;
pub mod import_row;
pub mod mail;
pub mod message;
pub mod notification;
pub mod one_time_link;
pub mod people;
pub mod person_usage;
pub mod preference;
pub mod professor;
pub mod project;
pub mod project_search;
pub mod project_similar;
pub mod project_view;
pub mod recipient;
pub mod removal;
pub mod roles;
pub mod session;
pub mod sitting;
pub mod statement;
pub mod throttle;
pub mod update;
pub mod usage;
pub mod user;
