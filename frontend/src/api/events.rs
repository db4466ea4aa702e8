//! Announcements and entries of the calendar.

use super::{ApiError, Client};
use gestfg_types::events::{CreateEvent, Event, UpdateEvent};
use gestfg_types::ids::EventId;
use gestfg_types::pagination::Page;
use serde::Serialize;

/// Events under these filters.
pub async fn list_events(client: &Client, filters: &impl Serialize) -> Result<Page<Event>, ApiError> {
    client.list("/events", filters).fetch().await
}

/// One event.
pub async fn find_event(client: &Client, id: EventId) -> Result<Event, ApiError> {
    client.get(&format!("/events/{id}")).fetch().await
}

/// Writes an event.
pub async fn create_event(client: &Client, event: &CreateEvent) -> Result<Event, ApiError> {
    client.create("/events").json(event).fetch().await
}

/// Changes an event seen at this version.
pub async fn update_event(
    client: &Client,
    id: EventId,
    version: i32,
    changes: &UpdateEvent,
) -> Result<Event, ApiError> {
    client.patch(&format!("/events/{id}")).if_match(version).json(changes).fetch().await
}

/// Removes an event seen at this version.
pub async fn delete_event(client: &Client, id: EventId, version: i32) -> Result<(), ApiError> {
    client.delete(&format!("/events/{id}")).if_match(version).done().await
}
