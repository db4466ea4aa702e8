//! When professors can come, polls, and what stands against them in a committee.

use super::{ApiError, Client};
use chrono::{DateTime, Utc};
use gestfg_types::availability::{
    AvailabilityPoll, CalendarFileRead, CreateAvailabilityPoll, PollRecipient, SaidAvailability,
    SayAvailability, Unavailability, UpdateAvailabilityPoll,
};
use gestfg_types::conflicts_of_interest::{ConflictOfInterest, DeclareConflict};
use gestfg_types::ids::{AvailabilityPollId, CallId, ConflictOfInterestId, UnavailabilityId, UserId};
use gestfg_types::pagination::Page;
use web_sys::File;

fn of(professor: Option<UserId>) -> String {
    professor.map(|id| id.to_string()).unwrap_or_default()
}

/// What somebody said of a time; the caller without a professor.
pub async fn list_unavailability(
    client: &Client,
    professor: Option<UserId>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Page<Unavailability>, ApiError> {
    let filters = [
        ("professor_id", of(professor)),
        ("from", from.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        ("to", to.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        ("limit", "200".to_owned()),
    ];
    client.list("/unavailability", &filters).fetch().await
}

/// Says whether somebody can come at a time.
pub async fn say_availability(
    client: &Client,
    saying: &SayAvailability,
) -> Result<SaidAvailability, ApiError> {
    client.put("/unavailability").json(saying).fetch().await
}

/// Takes back what was said of one time.
pub async fn delete_unavailability(client: &Client, id: UnavailabilityId) -> Result<(), ApiError> {
    client.delete(&format!("/unavailability/{id}")).done().await
}

/// How many busy times are kept of the caller's calendar from a moment on.
pub async fn count_calendar_file(client: &Client, from: DateTime<Utc>) -> Result<u64, ApiError> {
    let from = from.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let filters = [("source", "calendar_file"), ("limit", "1"), ("from", from.as_str())];
    let page: Page<Unavailability> = client.list("/unavailability", &filters).fetch().await?;
    Ok(page.total)
}

/// Sends the caller's calendar; it takes the place of the one before.
pub async fn read_calendar_file(client: &Client, file: &File) -> Result<CalendarFileRead, ApiError> {
    client.post("/unavailability/calendar-file").file(file, "text/calendar").fetch().await
}

/// Reads the caller's calendar without keeping anything of it.
pub async fn preview_calendar_file(client: &Client, file: &File) -> Result<CalendarFileRead, ApiError> {
    client.post("/unavailability/calendar-file?preview=true").file(file, "text/calendar").fetch().await
}

/// Forgets the caller's calendar.
pub async fn delete_calendar_file(client: &Client) -> Result<(), ApiError> {
    client.delete("/unavailability/calendar-file").done().await
}

/// Polls one may see, of one call or of all.
pub async fn list_polls(client: &Client, call: Option<CallId>) -> Result<Page<AvailabilityPoll>, ApiError> {
    let call = call.map(|id| id.to_string()).unwrap_or_default();
    client.list("/availability-polls", &[("call_id", call.as_str()), ("limit", "50")]).fetch().await
}

/// Asks the professors of a call.
pub async fn create_poll(
    client: &Client,
    poll: &CreateAvailabilityPoll,
) -> Result<AvailabilityPoll, ApiError> {
    client.create("/availability-polls").json(poll).fetch().await
}

/// Changes a poll seen at this version.
pub async fn update_poll(
    client: &Client,
    poll: &AvailabilityPoll,
    changes: &UpdateAvailabilityPoll,
) -> Result<AvailabilityPoll, ApiError> {
    let path = format!("/availability-polls/{}", poll.id);
    client.patch(&path).if_match(poll.version).json(changes).fetch().await
}

/// Withdraws a poll seen at this version.
pub async fn delete_poll(client: &Client, poll: &AvailabilityPoll) -> Result<(), ApiError> {
    client.delete(&format!("/availability-polls/{}", poll.id)).if_match(poll.version).done().await
}

/// Writes again to those who have not answered.
pub async fn remind_poll(client: &Client, id: AvailabilityPollId) -> Result<AvailabilityPoll, ApiError> {
    client.post(&format!("/availability-polls/{id}/remind")).fetch().await
}

/// Notes that somebody has said it all; the caller without a professor.
pub async fn answer_poll(
    client: &Client,
    id: AvailabilityPollId,
    professor: Option<UserId>,
) -> Result<AvailabilityPoll, ApiError> {
    let query = professor.map(|id| format!("?professor_id={id}")).unwrap_or_default();
    client.post(&format!("/availability-polls/{id}/answer{query}")).fetch().await
}

/// Those a poll asks.
pub async fn list_poll_answers(
    client: &Client,
    id: AvailabilityPollId,
    answered: &str,
    cursor: &str,
) -> Result<Page<PollRecipient>, ApiError> {
    let filters = [("answered", answered), ("limit", "50"), ("cursor", cursor)];
    client.list(&format!("/availability-polls/{id}/answers"), &filters).fetch().await
}

/// Declared conflicts of interest; one's own, everybody's for those who form committees, or of one professor.
pub async fn list_conflicts(
    client: &Client,
    professor: Option<UserId>,
    cursor: &str,
) -> Result<Page<ConflictOfInterest>, ApiError> {
    let professor = of(professor);
    let filters = [("professor_id", professor.as_str()), ("limit", "50"), ("cursor", cursor)];
    client.list("/conflicts-of-interest", &filters).fetch().await
}

/// Declares a conflict of interest.
pub async fn declare_conflict(
    client: &Client,
    conflict: &DeclareConflict,
) -> Result<ConflictOfInterest, ApiError> {
    client.create("/conflicts-of-interest").json(conflict).fetch().await
}

/// Takes a conflict of interest back.
pub async fn delete_conflict(client: &Client, id: ConflictOfInterestId) -> Result<(), ApiError> {
    client.delete(&format!("/conflicts-of-interest/{id}")).done().await
}
