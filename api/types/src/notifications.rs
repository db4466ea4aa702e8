//! What people are told, and how they want to be told.

use crate::ids::NotificationId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// What a notification is about. Mails about one's own account (links that
    /// set passwords) are not among them: nobody can do without.
    NotificationKind {
        /// A project waits for a decision.
        ProjectSubmitted = "project_submitted",
        /// One's project was validated.
        ProjectValidated = "project_validated",
        /// One's project was sent back.
        ProjectRejected = "project_rejected",
        /// One's project is in the catalogue.
        ProjectPublished = "project_published",
        /// One's project was taken back.
        ProjectWithdrawn = "project_withdrawn",
        /// A project was given to students.
        Assigned = "assigned",
        /// An assignment was undone.
        AssignmentCancelled = "assignment_cancelled",
        /// Somebody says to be a student on file.
        ClaimWaiting = "claim_waiting",
        /// That claim was decided.
        ClaimDecided = "claim_decided",
        /// A call was opened.
        CallOpened = "call_opened",
        /// A phase begins.
        PhaseOpens = "phase_opens",
        /// A phase ends soon.
        PhaseCloses = "phase_closes",
        /// The dates of an opened call were changed.
        PhaseMoved = "phase_moved",
        /// An assignment was entered in a call.
        EvaluationRequested = "evaluation_requested",
        /// It was taken back.
        EvaluationWithdrawn = "evaluation_withdrawn",
        /// One has a seat in a committee.
        CommitteeSeat = "committee_seat",
        /// A defence of one's own or of a project one tutors was given a committee and a time.
        DefenceScheduled = "defence_scheduled",
        /// One steps into a committee for somebody else.
        CalledIn = "called_in",
        /// One is asked when one can sit in committees, or reminded of it.
        AvailabilityPoll = "availability_poll",
        /// Students can apply for projects, or will not be able to for long; tutors have not said
        /// yet whom they would rather have.
        AllocationRound = "allocation_round",
        /// One is invited to a team, or the team changed.
        Team = "team",
        /// What became of one's application.
        AllocationResult = "allocation_result",
        /// Provisional marks were published.
        MarksPublished = "marks_published",
        /// A student claims against a mark.
        MarkClaimed = "mark_claimed",
        /// A claim of one's own was answered.
        ClaimAnswered = "claim_answered",
        /// Marks are definitive.
        MinutesClosed = "minutes_closed",
        /// Minutes were opened again.
        MinutesReopened = "minutes_reopened",
        /// What oneself or one's team handed in was received.
        DocumentReceipt = "document_receipt",
        /// Students of one's own handed something in.
        DocumentHandedIn = "document_handed_in",
        /// More time to hand in is asked for.
        ExtensionAsked = "extension_asked",
        /// That was decided.
        ExtensionDecided = "extension_decided",
        /// A document of students of one's own is much like earlier deposits.
        SimilarityFlagged = "similarity_flagged",
        /// The database is nearly full.
        StorageNearlyFull = "storage_nearly_full",
        /// An announcement.
        Announcement = "announcement",
        /// A message of a student or tutor.
        Message = "message",
    }
}

stored_enum! {
    /// Whether and when a mail is written.
    MailPreference {
        /// At once.
        Now = "now",
        /// Together with the others, once a day.
        Digest = "digest",
        /// Not at all.
        Never = "never",
    }
}

/// Something the caller was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NotificationKind,
    /// In a line, in the caller's language.
    pub title: String,
    /// In a paragraph, plain text.
    pub body: String,
    /// The page of the interface that tells more.
    pub path: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// How many things wait to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnreadCounts {
    /// Notifications in the inbox.
    pub notifications: i64,
    /// Messages in the caller's threads.
    pub messages: i64,
}

/// Mark the inbox as read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadNotifications {
    /// Up to this one, itself included: what came after it was not seen yet.
    pub up_to: NotificationId,
}

/// How a person wants to be told of a kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationPreference {
    /// Of what.
    pub kind: NotificationKind,
    /// Whether it shows in the inbox.
    pub in_app: bool,
    /// Whether and when a mail is written.
    pub mail: MailPreference,
}

/// How the caller wants to be told, kind by kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NotificationPreferences {
    /// Each kind once; in a change, those left out stay as they are.
    #[schema(max_items = 100)]
    pub items: Vec<NotificationPreference>,
}

/// What a link in a mail unsubscribes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unsubscribed {
    /// Mails about this are not written any more; null: the mail of the day is not.
    pub kind: Option<NotificationKind>,
}
