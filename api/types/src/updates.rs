//! Server-sent events: hints that something changed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// What changed; the caller reads it again.
    UpdateTopic {
        /// The caller's notifications.
        Inbox = "inbox",
        /// A thread the caller takes part in; `subject_id` is its assignment.
        Messages = "messages",
        /// A project.
        Projects = "projects",
        /// An assignment.
        Assignments = "assignments",
        /// A call or its dates.
        Calls = "calls",
        /// An evaluation request.
        EvaluationRequests = "evaluation_requests",
        /// An announcement or entry of the calendar.
        Events = "events",
        /// A run of the planner; `subject_id` is the run.
        PlanningJobs = "planning_jobs",
        /// A version of committees and timetable; `subject_id` is the version.
        CommitteePlans = "committee_plans",
        /// Published committees and defences; `subject_id` is their call.
        Defences = "defences",
        /// Marks, minutes or claims of a call; `subject_id` is the call.
        Marks = "marks",
        /// What a professor says of when they can come, or a poll.
        Availability = "availability",
        /// What was handed in, or more time for it; `subject_id` is the evaluation request.
        Documents = "documents",
        /// How the committees of a degree are made; `subject_id` is the degree.
        CommitteeSettings = "committee_settings",
        /// A round of applications, its pins or its allocations; `subject_id` is the round.
        AllocationRounds = "allocation_rounds",
        /// Applications of a round; `subject_id` is the round.
        Applications = "applications",
    }
}

/// The data of an event named `change`. Its `id` is the place to resume from.
///
/// The stream begins with an event named `hello` without data; `reset` instead
/// of it says that the place asked for is too long ago: read everything again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Update {
    /// What kind of thing changed.
    pub topic: UpdateTopic,
    /// Which one, if one.
    pub subject_id: Option<i64>,
}
