//! Published committees and the defences before them.

use crate::calls::CallRef;
use crate::ids::{CommitteeId, DefenceId, EvaluationRequestId, ProjectId, RoomId, UserId};
use crate::planning::PlanFinding;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// How a defence stands.
    DefenceState {
        /// It is to be held.
        Planned = "planned",
        /// It was held.
        Held = "held",
        /// The student did not come.
        NotPresented = "not_presented",
        /// It is not held.
        Cancelled = "cancelled",
    }
}

/// A seat of a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteeSeat {
    /// `president`, `member_1`, `member_2`, `substitute_1`, `substitute_2` and so on.
    pub seat: String,
    /// Who has it.
    pub professor: PersonRef,
    /// The code of their department.
    pub department: String,
    /// The full seat they were called in for.
    pub acting_for: Option<String>,
    /// When they were called in.
    pub called_in_at: Option<DateTime<Utc>>,
    /// Why; only for its people and those who keep the degree.
    pub called_in_reason: Option<String>,
}

/// What the caller may do with a committee now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitteeAction {
    /// Call a substitute in.
    CallIn,
}

/// A published committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Committee {
    /// Its id.
    pub id: CommitteeId,
    /// For which call.
    pub call: CallRef,
    /// Its number in the call.
    pub number: i16,
    /// Its seats: the president, the members, then the substitutes.
    pub seats: Vec<CommitteeSeat>,
    /// How many defences it has.
    pub defence_count: i64,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<CommitteeAction>,
}

/// The published committees of a call, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Committees {
    /// All of them.
    pub items: Vec<Committee>,
}

/// Have a substitute step in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallIn {
    /// Which substitute's seat.
    pub substitute: String,
    /// The full seat they step in for; null sends them back.
    pub acting_for: Option<String>,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What calling somebody in made of the committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalledIn {
    /// The committee as it is now.
    #[serde(flatten)]
    pub committee: Committee,
    /// What is not wished but done: who stepped in had offered these hours only if needed.
    #[serde(default)]
    pub warnings: Vec<PlanFinding>,
}

/// The room of a defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DefenceRoom {
    /// Its id.
    pub id: RoomId,
    /// Its name.
    pub name: String,
    /// Its building; may be empty.
    pub building: String,
}

/// The student of a defence: to visitors by initials only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DefenceStudent {
    /// Their account, for those who are signed in.
    pub id: Option<UserId>,
    /// Their name, or its initials.
    pub name: String,
}

/// What the caller may do with a defence now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DefenceAction {
    /// Change its remarks and how it stands.
    Edit,
}

/// A published defence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Defence {
    /// Its id.
    pub id: DefenceId,
    /// In which call.
    pub call: CallRef,
    /// Of which evaluation request.
    pub evaluation_request_id: EvaluationRequestId,
    /// Its project.
    pub project_id: ProjectId,
    /// The project's title.
    pub project_title: String,
    /// Tutor, then co-tutor.
    pub tutors: Vec<PersonRef>,
    /// Who defends.
    pub student: DefenceStudent,
    /// Before which committee.
    pub committee_id: CommitteeId,
    /// The committee's number.
    pub committee_number: i16,
    /// Where.
    pub room: Option<DefenceRoom>,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub ends_at: Option<DateTime<Utc>>,
    /// What is to be known about it; public.
    pub remarks: String,
    /// How it stands.
    pub state: DefenceState,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<DefenceAction>,
}

/// Change a defence. Absent fields stay as they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateDefence {
    /// What is to be known about it; public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub remarks: Option<String>,
    /// How it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<DefenceState>,
    /// Why it is held although a flagged document waits for a justification;
    /// coordinators and admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}
