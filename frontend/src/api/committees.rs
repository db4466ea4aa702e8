//! How committees are made, who has served in them, and closures of rooms.

use super::{ApiError, Client};
use chrono::{DateTime, Utc};
use gestfg_types::committee_settings::{CommitteeRules, CommitteeSettings};
use gestfg_types::ids::{DegreeId, RoomClosureId, RoomId, UserId};
use gestfg_types::pagination::Page;
use gestfg_types::participation::{Participation, UpdateParticipation};
use gestfg_types::rooms::{CreateRoomClosure, OpenRoom, RoomClosure};
use serde::Serialize;

fn settings_path(degree: DegreeId, year: i16) -> String {
    format!("/degrees/{degree}/committee-settings/{year}")
}

/// The rules that hold for a degree in an academic year.
pub async fn find_committee_settings(
    client: &Client,
    degree: DegreeId,
    year: i16,
) -> Result<CommitteeSettings, ApiError> {
    client.get(&settings_path(degree, year)).fetch().await
}

/// Writes the rules of an academic year, seen at this version.
pub async fn write_committee_settings(
    client: &Client,
    seen: &CommitteeSettings,
    rules: &CommitteeRules,
) -> Result<CommitteeSettings, ApiError> {
    let path = settings_path(seen.degree_id, seen.academic_year);
    client.put(&path).if_match(seen.version).json(rules).fetch().await
}

/// Professors with their service, under these filters.
pub async fn list_participation(
    client: &Client,
    filters: &impl Serialize,
) -> Result<Page<Participation>, ApiError> {
    client.list("/participation", filters).fetch().await
}

/// One professor's service.
pub async fn find_participation(client: &Client, professor: UserId) -> Result<Participation, ApiError> {
    client.get(&format!("/participation/{professor}")).fetch().await
}

/// Changes what a professor seen at this version may be called for.
pub async fn update_participation(
    client: &Client,
    seen: &Participation,
    changes: &UpdateParticipation,
) -> Result<Participation, ApiError> {
    let path = format!("/participation/{}", seen.professor.id);
    client.patch(&path).if_match(seen.version).json(changes).fetch().await
}

/// Closures of a room that end after a moment, or all.
pub async fn list_closures(
    client: &Client,
    room: RoomId,
    from: Option<DateTime<Utc>>,
    cursor: &str,
) -> Result<Page<RoomClosure>, ApiError> {
    let from = from.map(|from| from.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default();
    let filters = [("from", from.as_str()), ("cursor", cursor)];
    client.list(&format!("/rooms/{room}/closures"), &filters).fetch().await
}

/// Closes a room for a time.
pub async fn create_closure(
    client: &Client,
    room: RoomId,
    closure: &CreateRoomClosure,
) -> Result<RoomClosure, ApiError> {
    client.create(&format!("/rooms/{room}/closures")).json(closure).fetch().await
}

/// Opens a closed room for a time.
pub async fn open_room(client: &Client, room: RoomId, time: &OpenRoom) -> Result<(), ApiError> {
    client.post(&format!("/rooms/{room}/open")).json(time).done().await
}

/// Takes a closure back.
pub async fn delete_closure(client: &Client, room: RoomId, id: RoomClosureId) -> Result<(), ApiError> {
    client.delete(&format!("/rooms/{room}/closures/{id}")).done().await
}
