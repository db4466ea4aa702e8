//! Typed identifiers: a project id cannot be passed where a user id is due.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = i64, minimum = 1)]
        pub struct $name(pub i64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match i64::deserialize(deserializer)? {
                    id @ 1.. => Ok(Self(id)),
                    other => Err(D::Error::invalid_value(Unexpected::Signed(other), &"a positive number")),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person's account.
    UserId,
    /// A group of departments.
    AreaId,
    /// A university department.
    DepartmentId,
    /// A bachelor or master degree.
    DegreeId,
    /// A sitting of the year.
    SittingId,
    /// A final-degree project.
    ProjectId,
    /// A project given to its students.
    AssignmentId,
    /// An imported spreadsheet.
    ImportId,
    /// A claim on a pre-loaded student.
    IdentityClaimId,
    /// A personal API token.
    ApiTokenId,
    /// A row of the audit log.
    AuditEntryId,
    /// A mail of the outbox.
    MailId,
    /// One sitting of one degree in one academic year.
    CallId,
    /// An assignment entered in a call.
    EvaluationRequestId,
    /// An announcement or an entry of the calendar.
    EventId,
    /// Something a person was told.
    NotificationId,
    /// A message of an assignment's thread.
    MessageId,
    /// A room.
    RoomId,
    /// A time in which a room cannot be used.
    RoomClosureId,
    /// A time in which a professor cannot come, or only if needed.
    UnavailabilityId,
    /// A poll among the professors of a call.
    AvailabilityPollId,
    /// A declared conflict of interest.
    ConflictOfInterestId,
    /// A version of the committees and the timetable of a call.
    CommitteePlanId,
    /// A run of the planner.
    PlanningJobId,
    /// A published committee.
    CommitteeId,
    /// One student's defence.
    DefenceId,
    /// A round in which students apply for projects.
    AllocationRoundId,
    /// What a student or a team asks for in a round.
    ApplicationId,
    /// An allocation of a round by one method.
    AllocationRunId,
    /// A version of a rubric.
    RubricId,
    /// Minutes of a call, in one edition.
    MinutesId,
    /// A claim against a provisional mark.
    MarkClaimId,
    /// A version of a document.
    DocumentId,
    /// A request for more time to hand in.
    DocumentExtensionId,
}
