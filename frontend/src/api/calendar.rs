//! The calendar and the addresses calendar programs read it by.

use super::client::BASE;
use super::{ApiError, Client};
use chrono::NaiveDate;
use gestfg_types::calendar::{Calendar, CalendarFeed, CalendarFeedCreated};
use gestfg_types::session::Language;

/// What is in the calendar between two days, both included.
pub async fn list_calendar(
    client: &Client,
    from: NaiveDate,
    to: NaiveDate,
    degree_id: &str,
    language: Language,
) -> Result<Calendar, ApiError> {
    let filters = [
        ("from", from.to_string()),
        ("to", to.to_string()),
        ("degree_id", degree_id.to_owned()),
        ("language", language.as_str().to_owned()),
    ];
    client.list("/calendar", &filters).fetch().await
}

/// The address by which anybody's calendar program reads the public entries,
/// of one degree or of all.
#[must_use]
pub fn public_feed(origin: &str, degree_id: &str, language: Language) -> String {
    let degree = if degree_id.is_empty() { String::new() } else { format!("degree_id={degree_id}&") };
    format!("{origin}{BASE}/calendar.ics?{degree}language={}", language.as_str())
}

/// Whether one has a private address.
pub async fn find_calendar_feed(client: &Client) -> Result<CalendarFeed, ApiError> {
    client.get("/me/calendar-feed").fetch().await
}

/// Makes a private address; the one before it ends.
pub async fn create_calendar_feed(client: &Client) -> Result<CalendarFeedCreated, ApiError> {
    client.post("/me/calendar-feed").fetch().await
}

/// Ends the private address.
pub async fn delete_calendar_feed(client: &Client) -> Result<(), ApiError> {
    client.delete("/me/calendar-feed").done().await
}
