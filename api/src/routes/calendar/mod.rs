//! The calendar: what is when, of calls, events and one's own duties.

use utoipa_actix_web::service_config::ServiceConfig;

mod feeds;
mod list;
mod merge;

/// The operations on the calendar.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list::list_calendar).service(feeds::public_feed).service(feeds::private_feed);
}
