//! When professors can come: what they say, and who has been asked.

use crate::calls::CallRef;
use crate::ids::{AvailabilityPollId, CallId, UnavailabilityId, UserId};
use crate::users::{PersonRef, Professor};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// Whether somebody can come at a time. What is not said is yes.
    AvailabilityAnswer {
        /// Gladly.
        Yes = "yes",
        /// At a cost: only when it is not possible otherwise.
        IfNeeded = "if_needed",
        /// Not at all.
        No = "no",
    }
}

stored_enum! {
    /// Who says that somebody cannot come.
    UnavailabilitySource {
        /// The professor.
        Poll = "poll",
        /// A calendar file the professor uploaded.
        CalendarFile = "calendar_file",
        /// A coordinator or an admin, for them.
        Office = "office",
    }
}

/// A time in which a professor cannot come, or only if needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unavailability {
    /// Its id.
    pub id: UnavailabilityId,
    /// Whose.
    pub professor_id: UserId,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// `no` or `if_needed`.
    pub answer: AvailabilityAnswer,
    /// Who says so.
    pub source: UnavailabilitySource,
    /// Why, if they said so.
    pub note: String,
}

/// Say whether a professor can come between two moments. It takes the place of
/// all that was said of this time, so saying it twice changes nothing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayAvailability {
    /// Whose; the caller's unless said. Others': by a coordinator or an admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub professor_id: Option<UserId>,
    /// The first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it; a year later at most.
    pub ends_at: DateTime<Utc>,
    /// Whether they can.
    pub answer: AvailabilityAnswer,
    /// Why; not kept with a yes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub note: String,
}

/// What is said of a time, and of what touches it, after the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SaidAvailability {
    /// In the order of time.
    pub items: Vec<Unavailability>,
}

/// What was read from a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarFileRead {
    /// Entries of the file.
    pub entries: u32,
    /// Those that leave one free: cancelled, transparent, declined or over.
    pub ignored: u32,
    /// Times without an answer of one's own that are now a no.
    pub kept: u32,
    /// From when it was read.
    pub from: DateTime<Utc>,
    /// Until when: what lies behind it was left out.
    pub until: DateTime<Utc>,
    /// Whether it was only looked at.
    #[serde(default)]
    pub preview: bool,
    /// Of a preview: the times that would become a no, the first 1,000 of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<BusyTime>,
}

/// A time in which a calendar file has somebody busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BusyTime {
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
}

/// What the caller may do with a poll now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PollAction {
    /// Change its deadline or message.
    Edit,
    /// Remove it; what was said stays.
    Delete,
    /// See who has answered.
    SeeAnswers,
    /// Write again to those who have not answered.
    Remind,
    /// Say that one has said everything.
    Answer,
}

/// Asks the professors of a call when they can sit in its committees: those who
/// tutor projects of its degree and year and are not exempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AvailabilityPoll {
    /// Its id.
    pub id: AvailabilityPollId,
    /// Of which call.
    pub call: CallRef,
    /// When its defences begin, once that is known.
    pub defences_start_at: Option<DateTime<Utc>>,
    /// The first moment after its defences.
    pub defences_end_at: Option<DateTime<Utc>>,
    /// Until when answers are asked for; later ones are taken as well.
    pub deadline: DateTime<Utc>,
    /// To those who are asked.
    pub message: String,
    /// Who asks.
    pub asked_by: Option<PersonRef>,
    /// Since when.
    pub asked_at: DateTime<Utc>,
    /// How many are asked; for those who keep the degree.
    pub asked_count: Option<i64>,
    /// How many of them have answered; for those who keep the degree.
    pub answered_count: Option<i64>,
    /// When those who had not answered were last written to; for those who keep the degree.
    pub reminded_at: Option<DateTime<Utc>>,
    /// When the caller answered, if they are asked and did.
    pub my_answer_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<PollAction>,
}

/// Ask the professors of a call.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAvailabilityPoll {
    /// Of which call; opened, with dates for its defences.
    pub call_id: CallId,
    /// Until when; ahead, and before the defences end.
    pub deadline: DateTime<Utc>,
    /// To those who are asked.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub message: String,
}

/// Change a poll.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAvailabilityPoll {
    /// New deadline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<DateTime<Utc>>,
    /// New message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub message: Option<String>,
}

/// Somebody a poll asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PollRecipient {
    /// Who, of which department.
    pub professor: Professor,
    /// When they answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Minutes of the defences' days for which they said no.
    pub minutes_no: i64,
    /// Minutes for which they said only if needed.
    pub minutes_if_needed: i64,
}
