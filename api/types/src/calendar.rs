//! The calendar, what is due, and how far one's project has come.

use crate::calls::{CallRef, Phase};
use crate::ids::{AssignmentId, EventId, ProjectId};
use crate::session::DegreeRef;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an entry of the calendar comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CalendarSource {
    /// A phase of a call.
    Phase,
    /// An event somebody wrote.
    Event,
    /// A defence the caller takes part in.
    Defence,
    /// Something the caller has to do until the end of a phase.
    Duty,
}

/// An entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarEntry {
    /// The same for the same thing at every reading, e.g. `phase-12-defence`.
    pub key: String,
    /// Where it comes from.
    pub source: CalendarSource,
    /// What it says, in the language asked for.
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Whether it takes whole days of the institution's time zone.
    pub is_all_day: bool,
    /// First day it touches, in the institution's time zone.
    pub first_day: NaiveDate,
    /// Last day it touches, in the institution's time zone.
    pub last_day: NaiveDate,
    /// Where it happens; may be empty.
    pub location: String,
    /// Which call, for phases and duties.
    pub call: Option<CallRef>,
    /// Which phase, for phases and duties.
    pub phase: Option<Phase>,
    /// Which event, for events.
    pub event_id: Option<EventId>,
    /// The page of the interface that tells more.
    pub path: String,
}

/// What is in the calendar between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Calendar {
    /// First day asked for.
    pub from: NaiveDate,
    /// Last day asked for.
    pub to: NaiveDate,
    /// By start, then end, then key.
    pub items: Vec<CalendarEntry>,
}

/// One's private calendar address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarFeed {
    /// Whether there is one.
    pub is_active: bool,
    /// When it was made.
    pub created_at: Option<DateTime<Utc>>,
    /// When a calendar program last read it.
    pub last_read_at: Option<DateTime<Utc>>,
}

/// A private calendar address just made. It is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CalendarFeedCreated {
    /// The address to give to a calendar program.
    pub url: String,
}

/// What a person has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Student: find a project.
    FindProject,
    /// Student or tutor: enter the assignment in the call.
    RequestEvaluation,
    /// Student: hand in the documents.
    HandInMaterial,
    /// Student: prepare the defence.
    Defend,
    /// Tutor: give published projects to students.
    AssignProjects,
    /// Tutor: write the reports of those who entered the call.
    WriteTutorReports,
    /// Member of a committee: mark its defences.
    MarkDefences,
    /// Coordinator: form the committees.
    FormCommittees,
    /// Coordinator or president: close the marks.
    CloseMarks,
    /// Head or coordinator: decide on submitted projects.
    ValidateProjects,
}

/// Something due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Duty {
    /// What is to be done.
    pub kind: DutyKind,
    /// In which call, if in one.
    pub call: Option<CallRef>,
    /// In which phase, if in one.
    pub phase: Option<Phase>,
    /// From when it can be done.
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when.
    pub closes_at: Option<DateTime<Utc>>,
    /// Whether it can be done now.
    pub is_open: bool,
    /// How many things of the kind there are to do.
    pub count: i64,
    /// About which assignment, if about one.
    pub assignment_id: Option<AssignmentId>,
    /// The page of the interface where it is done.
    pub path: String,
}

/// What is due for the caller, the most pressing first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Duties {
    /// What is open by its end, then what is ahead by its beginning.
    pub items: Vec<Duty>,
}

stored_enum! {
    /// A step of a student's project.
    ProgressStep {
        /// Apply for projects; who is assigned without has nothing to apply for.
        Applied = "applied",
        /// Find a project and be assigned to it.
        Assigned = "assigned",
        /// Enter a call.
        Requested = "requested",
        /// Hand in the documents.
        Documents = "documents",
        /// Defend.
        Defence = "defence",
        /// Read the mark.
        Mark = "mark",
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StepStanding {
    /// It has been taken.
    Done,
    /// It is the one to take now.
    Current,
    /// It is the next one, and its dates are still ahead.
    Waiting,
    /// Its dates are over and it was not taken.
    Missed,
    /// Others come first.
    Ahead,
}

/// A step with its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StepProgress {
    /// Which step.
    pub step: ProgressStep,
    /// How it stands.
    pub standing: StepStanding,
    /// When it was taken.
    pub done_at: Option<DateTime<Utc>>,
    /// From when it can be taken, if its phase has dates.
    pub opens_at: Option<DateTime<Utc>>,
    /// Until when.
    pub closes_at: Option<DateTime<Utc>>,
}

/// How far a student has come in one degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// In which degree.
    pub degree: DegreeRef,
    /// The active assignment, once there is one; else the last that was finished.
    pub assignment_id: Option<AssignmentId>,
    /// Its project.
    pub project_id: Option<ProjectId>,
    /// The project's title.
    pub project_title: Option<String>,
    /// The call entered; else, or if they did not pass it, the one that can be
    /// entered now or next; else the last one that goes on without them.
    pub call: Option<CallRef>,
    /// The steps in order.
    pub steps: Vec<StepProgress>,
}

/// How far the caller has come, degree by degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgressList {
    /// One for each degree the caller studies.
    pub items: Vec<Progress>,
}
