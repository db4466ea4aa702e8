//! GesTFG: the final-degree projects of a university faculty, from the offer
//! to the minutes, as a REST API with its interface.
//!
//! A request walks through `app` (street door), `auth` (porter), `routes`
//! (desk), `models` (archive), `domain` (council) and `views` (window); the
//! README has the map.

pub mod app;
pub mod assets;
pub mod auth;
pub mod backup;
pub mod build;
pub mod busy_calendar;
pub mod caching;
pub mod clock;
pub mod config;
pub mod create_admin;
pub mod database_url;
pub mod db;
pub mod deposit_text;
pub mod domain;
pub mod error;
pub mod extract;
pub mod faults;
pub mod follower;
pub mod ical;
pub mod import;
pub mod invariants;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod metrics;
pub mod minutes_record;
pub mod models;
pub mod notices;
pub mod openapi;
pub mod pages;
pub mod pagination;
pub mod pdf;
pub mod personal_export;
pub mod plan;
pub mod reading;
pub mod request_log;
pub mod routes;
#[rustfmt::skip]
#[allow(missing_docs)]
pub mod schema;
pub mod security;
pub mod seed;
pub mod server;
pub mod sheets;
pub mod similarity_news;
pub mod similarity_signature;
pub mod slow_bodies;
pub mod sql;
pub mod storage;
pub mod trouble;
pub mod views;
