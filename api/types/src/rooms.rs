//! Rooms, and when they cannot be used.

use crate::ids::{RoomClosureId, RoomId};
use crate::master::MasterAction;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where defences are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// Its name, e.g. `Aula 1.4`.
    pub name: String,
    /// The building it is in.
    pub building: String,
    /// How many people fit in; null: nobody counted.
    pub capacity: Option<i16>,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// For those who plan; null for everybody else.
    pub notes: Option<String>,
    /// Closures that have not ended, for those who plan.
    pub closures_ahead: Option<i64>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<MasterAction>,
}

/// Make a room. By a coordinator or an admin.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRoom {
    /// Its name; no other has it.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// The building it is in.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub building: String,
    /// How many people fit in.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10000)]
    pub capacity: Option<i16>,
    /// For those who plan.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub notes: String,
}

/// Change a room.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRoom {
    /// New name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// New building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub building: Option<String>,
    /// New capacity; null: nobody counted.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i16>, minimum = 1, maximum = 10000)]
    pub capacity: Option<Option<i16>>,
    /// New notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub notes: Option<String>,
    /// New standing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// A time in which a room cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoomClosure {
    /// Its id.
    pub id: RoomClosureId,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Open a closed room for a time: what reaches out of it stays closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRoom {
    /// The first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
}

/// Close a room for a time.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRoomClosure {
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Why.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: String,
}
