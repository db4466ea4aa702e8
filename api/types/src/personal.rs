//! Personal data: a person's own copy, and being forgotten.

use crate::errors::Usage;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Ask for a copy of one's own data; the password proves that it is oneself.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPersonalData {
    /// The present password.
    pub password: String,
}

stored_enum! {
    /// A part of what is kept about a person. Each is a list of rows; the
    /// columns beside an `id` are named as everywhere in this API.
    PersonalSection {
        /// The account: names, address, DNI, language, dates. No secrets.
        Account = "account",
        /// What they are: student (degrees, record), professor (department), head, coordinator, admin.
        Roles = "roles",
        /// Projects they tutor or co-tutor.
        Projects = "projects",
        /// Applications they take part in, with the wishes in order and the statement.
        Applications = "applications",
        /// Assignments they are in, as student or tutor.
        Assignments = "assignments",
        /// Assignments of theirs entered in a call.
        EvaluationRequests = "evaluation_requests",
        /// What they handed in or was handed in for them; `path` is where in this file, if the bytes are there.
        Documents = "documents",
        /// How much of what they handed in stands in earlier deposits, where that was looked at.
        Similarity = "similarity",
        /// Why a flagged report may be defended, as they signed it.
        SimilarityJustifications = "similarity_justifications",
        /// More time they asked for, and the answer.
        DocumentExtensions = "document_extensions",
        /// Committees they sit in.
        Committees = "committees",
        /// Seats they held in committees formed elsewhere.
        CommitteeService = "committee_service",
        /// Their own defences.
        Defences = "defences",
        /// Their marks, as far as they were published to them.
        Marks = "marks",
        /// What they claimed against marks, and the answer.
        MarkClaims = "mark_claims",
        /// Reports of their tutors on them, once the minutes are closed.
        TutorReports = "tutor_reports",
        /// Reports and marks they wrote: of which defence and when, as the rest is about others.
        MarkSheets = "mark_sheets",
        /// When they said they cannot come.
        Unavailability = "unavailability",
        /// Polls they answered.
        AvailabilityAnswers = "availability_answers",
        /// Conflicts of interest they declared or that keep them from judging.
        ConflictsOfInterest = "conflicts_of_interest",
        /// Messages they wrote.
        Messages = "messages",
        /// What they were told in the inbox or by the mail of the day.
        Notifications = "notifications",
        /// How they want to be told, where it is not as usual.
        NotificationPreferences = "notification_preferences",
        /// Mails to their address: kind, subject and dates.
        Mails = "mails",
        /// Log-ins: when, from which address and program.
        Sessions = "sessions",
        /// Personal tokens: names and dates.
        ApiTokens = "api_tokens",
        /// Their private calendar address: dates.
        CalendarFeed = "calendar_feed",
        /// Links that were mailed to set a password: dates.
        OneTimeLinks = "one_time_links",
        /// Whether their DNI waits to be joined with a record on file.
        IdentityClaims = "identity_claims",
        /// Spreadsheets they imported: names and dates.
        Imports = "imports",
        /// Announcements and calendar entries they wrote.
        Events = "events",
        /// What they did, as the audit log has it.
        Actions = "actions",
        /// What was done to their account, with the values before and after.
        AccountChanges = "account_changes",
    }
}

/// The name by which a copy of one's own data says what it is.
pub const PERSONAL_DATA_FORMAT: &str = "gestfg-personal-data";
/// Grows when a section loses or renames something; new ones may come at any time.
pub const PERSONAL_DATA_VERSION: u32 = 1;

/// `datos.json` in the file: everything kept about a person, part by part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PersonalData {
    /// Always `gestfg-personal-data`.
    pub format: String,
    /// Of this shape: 1.
    pub version: u32,
    /// When the copy was made; everything in it is as of one moment.
    pub made_at: DateTime<Utc>,
    /// The rows of each part.
    #[schema(value_type = std::collections::BTreeMap<String, Vec<Object>>)]
    pub sections: BTreeMap<PersonalSection, Vec<serde_json::Value>>,
}

/// Something a person leaves here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraceKind {
    /// Name, address and DNI.
    Identity,
    /// Log-ins.
    Sessions,
    /// Tokens, calendar addresses and links.
    Keys,
    /// The inbox, and how they wanted to be told.
    Notifications,
    /// Mails to them.
    Mails,
    /// When they could not come.
    Availability,
    /// Why they wanted a project.
    Statements,
    /// The academic record.
    Record,
    /// The words of their messages.
    Messages,
    /// The names of files they handed in.
    FileNames,
    /// Spreadsheets in which they came.
    ImportFiles,
    /// Entries of the audit log that name them.
    AuditMentions,
    /// Projects they tutored.
    Projects,
    /// Assignments.
    Assignments,
    /// Applications and their wishes.
    Applications,
    /// What was handed in, with its SHA-256.
    Documents,
    /// Defences.
    Defences,
    /// Marks, and claims against them.
    Marks,
    /// Closed minutes that name them: a record the law asks for.
    Minutes,
    /// Seats in committees.
    Committees,
    /// What happened, without names.
    AuditEntries,
}

/// How much there is of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trace {
    /// Of what.
    pub kind: TraceKind,
    /// How many.
    pub count: i64,
}

/// What anonymising a person would do; nothing was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnonymisationPreview {
    /// Whom.
    pub person: PersonRef,
    /// What would be removed for good.
    pub removes: Vec<Trace>,
    /// What would stay, by nobody's name.
    pub keeps: Vec<Trace>,
    /// What stands against it now: end it or hand it over first.
    pub blocked_by: Vec<Usage>,
}
