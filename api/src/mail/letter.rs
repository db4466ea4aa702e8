//! What there is to say, and for whom it is written.

use crate::config::Config;
use crate::mail::{texts, unsubscribe};
use chrono::{DateTime, Utc};
use gestfg_types::calls::Phase;
use gestfg_types::ids::{
    AllocationRoundId, AssignmentId, CallId, DefenceId, DocumentId, EventId, ProjectId, UserId,
};
use gestfg_types::notifications::NotificationKind;
use gestfg_types::session::Language;
use serde::{Deserialize, Serialize};

/// Somebody who can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Their address.
    pub email: String,
    /// Their given name.
    pub first_name: String,
    /// The language they read.
    pub language: Language,
}

/// Everything the server has to say.
///
/// Letters are kept as data until they are read, but for those that carry a
/// token: these leave by mail and are kept nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// An account was made for them; the link sets its first password.
    #[serde(skip)]
    SetPassword {
        /// Token of the one-time link.
        token: String,
    },
    /// Somebody registered with an address that has an account already.
    #[serde(skip)]
    AccountExists {
        /// Token of the one-time link that sets a new password.
        token: String,
    },
    /// Somebody asked for a new password.
    #[serde(skip)]
    ResetPassword {
        /// Token of the one-time link.
        token: String,
    },
    /// To those who may decide: a project waits.
    ProjectSubmitted {
        /// Which.
        project: ProjectId,
        /// Its title.
        title: String,
        /// Name of its tutor.
        tutor: String,
    },
    /// To its tutors: it was validated.
    ProjectValidated {
        /// Which.
        project: ProjectId,
        /// Its title.
        title: String,
    },
    /// To its tutors: it was sent back.
    ProjectRejected {
        /// Which.
        project: ProjectId,
        /// Its title.
        title: String,
        /// Why.
        reason: String,
    },
    /// To its tutors: everybody can see it now.
    ProjectPublished {
        /// Which.
        project: ProjectId,
        /// Its title.
        title: String,
    },
    /// To its tutors: it was taken back for good.
    ProjectWithdrawn {
        /// Which.
        project: ProjectId,
        /// Its title.
        title: String,
        /// Why.
        reason: String,
    },
    /// To students and tutors: a project was given to students.
    Assigned {
        /// Which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// Name of its tutor.
        tutor: String,
        /// Names of its students.
        students: Vec<String>,
    },
    /// To students and tutors: an assignment was undone.
    AssignmentCancelled {
        /// Title of the project.
        title: String,
        /// Why.
        reason: String,
    },
    /// To coordinators: someone says to be a student on file.
    ClaimWaiting {
        /// Name of who registered.
        claimant: String,
        /// Name of the student on file.
        preloaded: String,
    },
    /// To who registered: the claim was decided.
    ClaimDecided {
        /// Why not, if it was rejected.
        rejected: Option<String>,
    },
    /// To students and professors of a degree: its call was opened.
    CallOpened {
        /// Which.
        call: CallId,
        /// Degree code, sitting and year, e.g. `GII · Junio · 2026/27`.
        name: String,
    },
    /// To those who have something to do in it: a phase begins.
    PhaseOpens {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Which phase.
        phase: Phase,
        /// Until when it lasts.
        closes_at: DateTime<Utc>,
    },
    /// To those who still have something to do in it: a phase ends soon.
    PhaseCloses {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Which phase.
        phase: Phase,
        /// When.
        closes_at: DateTime<Utc>,
        /// In so many days: 7, 2 or 0.
        days: u8,
    },
    /// To those they concern: dates of an opened call were changed.
    PhaseMoved {
        /// Which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Which phases, and how.
        moves: Vec<PhaseMove>,
    },
    /// To students and tutors: their project was entered in a call.
    EvaluationRequested {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// The call's name.
        call: String,
    },
    /// To students and tutors: it was taken out of the call.
    EvaluationWithdrawn {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// The call's name.
        call: String,
        /// Why, if somebody had to say.
        reason: Option<String>,
    },
    /// To a professor: they have a seat in a committee.
    CommitteeSeat {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// The committee's number.
        number: i16,
        /// Their seat, as it is stored.
        seat: String,
    },
    /// To student and tutors: a defence was given its committee, and perhaps its time.
    DefenceScheduled {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Title of the project.
        title: String,
        /// The committee's number.
        number: i16,
        /// When.
        starts_at: Option<DateTime<Utc>>,
        /// In which room.
        room: Option<String>,
    },
    /// To the committee: a defence does not take place, because it was taken out of the call.
    DefenceCancelled {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Title of the project.
        title: String,
    },
    /// To a substitute and the committee: the substitute steps in.
    CalledIn {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// The committee's number.
        number: i16,
        /// Who steps in.
        substitute: String,
        /// For whom.
        absent: String,
    },
    /// To a student: their mark is published, provisionally.
    MarksPublished {
        /// Of which defence.
        defence: DefenceId,
        /// The call's name.
        call: String,
        /// Title of the project.
        title: String,
        /// Until when it can be claimed against; none: it cannot.
        claims_until: Option<DateTime<Utc>>,
    },
    /// To the committee and those who keep the degree: a student claims.
    MarkClaimed {
        /// Of which defence.
        defence: DefenceId,
        /// The call's name.
        name: String,
        /// Title of the project.
        title: String,
        /// Who claims.
        student: String,
    },
    /// To a student: their claim was answered.
    ClaimAnswered {
        /// Of which defence.
        defence: DefenceId,
        /// Title of the project.
        title: String,
        /// Whether it was found right.
        is_upheld: bool,
        /// What was answered.
        answer: String,
    },
    /// To students and tutors: marks are definitive.
    MinutesClosed {
        /// Of which defence.
        defence: DefenceId,
        /// The call's name.
        call: String,
        /// Title of the project.
        title: String,
    },
    /// To students, tutors and committees: minutes were opened again.
    MinutesReopened {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Why.
        reason: String,
    },
    /// To the professors of a call: when can they sit in its committees?
    AvailabilityAsked {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Until when they are asked to answer.
        deadline: DateTime<Utc>,
        /// What the coordinator adds.
        message: String,
    },
    /// To those of them who have not answered: the deadline is near.
    AvailabilityReminder {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Until when they are asked to answer.
        deadline: DateTime<Utc>,
    },
    /// To students of the degree: they can apply for projects.
    RoundOpens {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Until when.
        closes_at: DateTime<Utc>,
    },
    /// To students of the degree who have nothing: the round closes soon.
    RoundCloses {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// When.
        closes_at: DateTime<Utc>,
    },
    /// To a tutor: they have not said yet whom of those who apply they would rather have.
    ApplicantsWait {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// For how many of their projects.
        projects: usize,
        /// Until when they can.
        closes_at: DateTime<Utc>,
    },
    /// To a student: somebody wants them in their team.
    TeamInvitation {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Who invites.
        author: String,
        /// Until when the answer counts.
        closes_at: DateTime<Utc>,
    },
    /// To the others of a team: somebody joined, left or turned the invitation down.
    TeamChanged {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Who.
        student: String,
        /// Whether they take part now.
        joined: bool,
    },
    /// To the others of a team: the application was taken back.
    ApplicationWithdrawn {
        /// Of which call.
        call: CallId,
        /// The call's name.
        name: String,
        /// Who took it back.
        by: String,
    },
    /// To a student who applied: what became of it.
    AllocationResult {
        /// Of which call.
        call: CallId,
        /// Of which round; none in what was kept before rounds were named.
        #[serde(default)]
        round: Option<AllocationRoundId>,
        /// The call's name.
        name: String,
        /// Title of the project they got, if they got one.
        title: Option<String>,
        /// Name of its tutor.
        tutor: Option<String>,
        /// Which of their wishes it was.
        rank: Option<usize>,
    },
    /// To students: what they handed in was received.
    DocumentReceipt {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// What was received.
        receipt: Receipt,
    },
    /// To tutors: their students handed something in.
    DocumentHandedIn {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// Who handed it in.
        by: String,
        /// What was received.
        receipt: Receipt,
    },
    /// To coordinators: more time to hand in is asked for.
    ExtensionAsked {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// Who asks.
        by: String,
        /// Until when.
        until: DateTime<Utc>,
        /// Why.
        reason: String,
    },
    /// To students and tutors: that was decided.
    ExtensionDecided {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// Until when, if it was granted.
        until: Option<DateTime<Utc>>,
        /// What was said with it.
        reason: Option<String>,
    },
    /// To tutors: a document of their students is much like earlier deposits.
    SimilarityFlagged {
        /// Which document.
        document: DocumentId,
        /// Title of the project.
        title: String,
        /// The file's name.
        file_name: String,
        /// How much of it, in thousandths.
        share_permille: i16,
    },
    /// To admins: the database is nearly full.
    StorageNearlyFull {
        /// How much of its plan is taken, in hundredths.
        percent: i64,
    },
    /// To its audience: something was announced.
    Announcement {
        /// Which event.
        event: EventId,
        /// Its title.
        title: String,
        /// The first words of its text, as plain text.
        excerpt: String,
    },
    /// To the others of a thread: somebody wrote.
    Message {
        /// Of which assignment.
        assignment: AssignmentId,
        /// Title of the project.
        title: String,
        /// Who wrote.
        author: String,
        /// The first words.
        excerpt: String,
    },
}

/// How the dates of a phase were changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseMove {
    /// Which phase.
    pub phase: Phase,
    /// Its beginning and end before, if it had dates.
    pub before: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Its beginning and end now, if it has dates.
    pub after: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// What was received, to be held against what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What the rules of the degree call the document.
    pub document: String,
    /// Its version.
    pub version: i32,
    /// The file's name.
    pub file_name: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of them, in hexadecimal.
    pub sha256: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl Letter {
    /// What it is about; none for mails about one's own account.
    #[must_use]
    pub const fn notification_kind(&self) -> Option<NotificationKind> {
        Some(match self {
            Self::SetPassword { .. } | Self::AccountExists { .. } | Self::ResetPassword { .. } => {
                return None;
            }
            Self::ProjectSubmitted { .. } => NotificationKind::ProjectSubmitted,
            Self::ProjectValidated { .. } => NotificationKind::ProjectValidated,
            Self::ProjectRejected { .. } => NotificationKind::ProjectRejected,
            Self::ProjectPublished { .. } => NotificationKind::ProjectPublished,
            Self::ProjectWithdrawn { .. } => NotificationKind::ProjectWithdrawn,
            Self::Assigned { .. } => NotificationKind::Assigned,
            Self::AssignmentCancelled { .. } => NotificationKind::AssignmentCancelled,
            Self::ClaimWaiting { .. } => NotificationKind::ClaimWaiting,
            Self::ClaimDecided { .. } => NotificationKind::ClaimDecided,
            Self::CallOpened { .. } => NotificationKind::CallOpened,
            Self::PhaseOpens { .. } => NotificationKind::PhaseOpens,
            Self::PhaseCloses { .. } => NotificationKind::PhaseCloses,
            Self::PhaseMoved { .. } => NotificationKind::PhaseMoved,
            Self::StorageNearlyFull { .. } => NotificationKind::StorageNearlyFull,
            Self::EvaluationRequested { .. } => NotificationKind::EvaluationRequested,
            Self::EvaluationWithdrawn { .. } => NotificationKind::EvaluationWithdrawn,
            Self::CommitteeSeat { .. } => NotificationKind::CommitteeSeat,
            Self::DefenceScheduled { .. } | Self::DefenceCancelled { .. } => {
                NotificationKind::DefenceScheduled
            }
            Self::CalledIn { .. } => NotificationKind::CalledIn,
            Self::MarksPublished { .. } => NotificationKind::MarksPublished,
            Self::MarkClaimed { .. } => NotificationKind::MarkClaimed,
            Self::ClaimAnswered { .. } => NotificationKind::ClaimAnswered,
            Self::MinutesClosed { .. } => NotificationKind::MinutesClosed,
            Self::MinutesReopened { .. } => NotificationKind::MinutesReopened,
            Self::AvailabilityAsked { .. } | Self::AvailabilityReminder { .. } => {
                NotificationKind::AvailabilityPoll
            }
            Self::RoundOpens { .. } | Self::RoundCloses { .. } | Self::ApplicantsWait { .. } => {
                NotificationKind::AllocationRound
            }
            Self::TeamInvitation { .. } | Self::TeamChanged { .. } | Self::ApplicationWithdrawn { .. } => {
                NotificationKind::Team
            }
            Self::AllocationResult { .. } => NotificationKind::AllocationResult,
            Self::DocumentReceipt { .. } => NotificationKind::DocumentReceipt,
            Self::DocumentHandedIn { .. } => NotificationKind::DocumentHandedIn,
            Self::ExtensionAsked { .. } => NotificationKind::ExtensionAsked,
            Self::ExtensionDecided { .. } => NotificationKind::ExtensionDecided,
            Self::SimilarityFlagged { .. } => NotificationKind::SimilarityFlagged,
            Self::Announcement { .. } => NotificationKind::Announcement,
            Self::Message { .. } => NotificationKind::Message,
        })
    }

    /// Its name in the outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SetPassword { .. } => "set_password",
            Self::AccountExists { .. } => "account_exists",
            Self::ResetPassword { .. } => "reset_password",
            _ => match self.notification_kind() {
                Some(kind) => kind.as_str(),
                None => "account",
            },
        }
    }

    /// The page of the interface it leads to.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::SetPassword { token } | Self::AccountExists { token } | Self::ResetPassword { token } => {
                format!("/set-password?token={token}")
            }
            Self::ProjectSubmitted { project, .. }
            | Self::ProjectValidated { project, .. }
            | Self::ProjectRejected { project, .. }
            | Self::ProjectPublished { project, .. }
            | Self::ProjectWithdrawn { project, .. } => format!("/projects/{project}"),
            Self::AssignmentCancelled { .. } => "/assignments".to_owned(),
            Self::ClaimWaiting { .. } => "/admin/claims".to_owned(),
            Self::ClaimDecided { .. } => "/profile".to_owned(),
            Self::CallOpened { call, .. }
            | Self::MinutesReopened { call, .. }
            | Self::PhaseOpens { call, .. }
            | Self::PhaseMoved { call, .. }
            | Self::PhaseCloses { call, .. } => format!("/calls/{call}"),
            Self::AllocationResult { round: Some(round), .. } => format!("/my/applications/{round}/answer"),
            Self::RoundOpens { .. }
            | Self::RoundCloses { .. }
            | Self::TeamInvitation { .. }
            | Self::TeamChanged { .. }
            | Self::ApplicationWithdrawn { .. }
            | Self::AllocationResult { round: None, .. } => "/my/applications".to_owned(),
            Self::ApplicantsWait { .. } => "/my/applicants".to_owned(),
            Self::CommitteeSeat { call, .. }
            | Self::DefenceScheduled { call, .. }
            | Self::DefenceCancelled { call, .. }
            | Self::CalledIn { call, .. } => format!("/defences?call_id={call}"),
            Self::AvailabilityAsked { call, .. } | Self::AvailabilityReminder { call, .. } => {
                format!("/availability?call_id={call}")
            }
            Self::MarksPublished { .. } | Self::ClaimAnswered { .. } => "/my/marks".to_owned(),
            Self::MarkClaimed { defence, .. } | Self::MinutesClosed { defence, .. } => {
                format!("/defences/{defence}/marks")
            }
            Self::Assigned { assignment, .. }
            | Self::EvaluationRequested { assignment, .. }
            | Self::EvaluationWithdrawn { assignment, .. }
            | Self::DocumentReceipt { assignment, .. }
            | Self::DocumentHandedIn { assignment, .. }
            | Self::ExtensionAsked { assignment, .. }
            | Self::ExtensionDecided { assignment, .. }
            | Self::Message { assignment, .. } => format!("/assignments/{assignment}"),
            Self::SimilarityFlagged { document, .. } => format!("/documents/{document}/similarity"),
            Self::StorageNearlyFull { .. } => "/admin/storage".to_owned(),
            Self::Announcement { event, .. } => format!("/events/{event}"),
        }
    }

    /// In a line and in a paragraph, for somebody who reads it in the inbox.
    #[must_use]
    pub fn words(&self, language: Language, zone: chrono_tz::Tz) -> (String, String) {
        texts::words(self, language, zone)
    }
}

/// A mail to somebody, in their language, ready to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Their address.
    pub recipient: String,
    /// Which letter it is.
    pub kind: &'static str,
    /// Its language.
    pub language: Language,
    /// Subject line.
    pub subject: String,
    /// Plain text; the HTML part is made of it when it is handed over.
    pub body: String,
    /// Where one click ends mails like it; none for those nobody can do without.
    pub unsubscribe_url: Option<String>,
}

impl Message {
    /// Write a letter about the recipient's own account; `public_url` is where
    /// its link leads.
    #[must_use]
    pub fn new(public_url: &str, to: &Recipient, letter: &Letter) -> Self {
        // No letter about an account says a date.
        let (subject, text) = letter.words(to.language, chrono_tz::UTC);
        let link = format!("{public_url}{}", letter.path());
        Self {
            recipient: to.email.clone(),
            kind: letter.kind(),
            language: to.language,
            subject,
            body: texts::body(to, &format!("{text}\n\n{link}"), None),
            unsubscribe_url: None,
        }
    }

    /// Write a letter that its reader may do without, and say how.
    #[must_use]
    pub fn notice(config: &Config, user: UserId, to: &Recipient, letter: &Letter) -> Self {
        let (subject, text) = letter.words(to.language, config.time_zone);
        let link = format!("{}{}", config.public_url, letter.path());
        let leave = unsubscribe::Links::new(config, user, letter.notification_kind());
        Self {
            recipient: to.email.clone(),
            kind: letter.kind(),
            language: to.language,
            subject,
            body: texts::body(to, &format!("{text}\n\n{link}"), Some(&leave)),
            unsubscribe_url: Some(leave.one_click),
        }
    }
}

/// A body in which one-time links cannot be used: their token is left out.
#[must_use]
pub fn mask_links(body: &str) -> String {
    const MARK: &str = "/set-password?token=";
    let mut masked = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(MARK) {
        let (before, token) = rest.split_at(at + MARK.len());
        masked.push_str(before);
        masked.push('…');
        let end = token.find(char::is_whitespace).unwrap_or(token.len());
        rest = &token[end..];
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt() -> Receipt {
        Receipt {
            document: "Memoria".into(),
            version: 2,
            file_name: "memoria.pdf".into(),
            size: 1_234_567,
            sha256: "ab".repeat(32),
            at: DateTime::UNIX_EPOCH,
        }
    }

    fn letters() -> Vec<Letter> {
        let (title, token) = ("Un título".to_owned(), "t0k".to_owned());
        let project = ProjectId(7);
        vec![
            Letter::SetPassword { token: token.clone() },
            Letter::AccountExists { token: token.clone() },
            Letter::ResetPassword { token },
            Letter::ProjectSubmitted { project, title: title.clone(), tutor: "Tina Muestra".into() },
            Letter::ProjectValidated { project, title: title.clone() },
            Letter::ProjectRejected { project, title: title.clone(), reason: "Falta detalle".into() },
            Letter::ProjectPublished { project, title: title.clone() },
            Letter::ProjectWithdrawn { project, title: title.clone(), reason: "Sin medios".into() },
            Letter::Assigned {
                assignment: AssignmentId(3),
                title: title.clone(),
                tutor: "Tina Muestra".into(),
                students: vec!["Eva Muestra".into(), "Luis Muestra".into()],
            },
            Letter::AssignmentCancelled { title: title.clone(), reason: "Renuncia".into() },
            Letter::CallOpened { call: CallId(4), name: "GII · Junio · 2026/27".into() },
            Letter::EvaluationRequested {
                assignment: AssignmentId(3),
                title: title.clone(),
                call: "GII · Junio · 2026/27".into(),
            },
            Letter::EvaluationWithdrawn {
                assignment: AssignmentId(3),
                title: title.clone(),
                call: "GII · Junio · 2026/27".into(),
                reason: Some("Renuncia".into()),
            },
            Letter::CommitteeSeat {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                number: 2,
                seat: "member_1".into(),
            },
            Letter::DefenceScheduled {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                title: title.clone(),
                number: 2,
                starts_at: DateTime::from_timestamp(1_800_000_000, 0),
                room: Some("A1".into()),
            },
            Letter::DefenceCancelled {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                title: title.clone(),
            },
            Letter::CalledIn {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                number: 2,
                substitute: "Tina Muestra".into(),
                absent: "Luis Muestra".into(),
            },
            Letter::MarksPublished {
                defence: DefenceId(5),
                call: "GII · Junio · 2026/27".into(),
                title: title.clone(),
                claims_until: Some(DateTime::UNIX_EPOCH),
            },
            Letter::MarkClaimed {
                defence: DefenceId(5),
                name: "GII · Junio · 2026/27".into(),
                title: title.clone(),
                student: "Eva Muestra".into(),
            },
            Letter::ClaimAnswered {
                defence: DefenceId(5),
                title: title.clone(),
                is_upheld: true,
                answer: "Se corrige la suma".into(),
            },
            Letter::MinutesClosed {
                defence: DefenceId(5),
                call: "GII · Junio · 2026/27".into(),
                title: title.clone(),
            },
            Letter::MinutesReopened {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                reason: "Errata".into(),
            },
            Letter::AvailabilityAsked {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                deadline: DateTime::UNIX_EPOCH,
                message: "Gracias".into(),
            },
            Letter::AvailabilityReminder {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                deadline: DateTime::UNIX_EPOCH,
            },
            Letter::RoundOpens { call: CallId(4), name: "GII".into(), closes_at: DateTime::UNIX_EPOCH },
            Letter::RoundCloses { call: CallId(4), name: "GII".into(), closes_at: DateTime::UNIX_EPOCH },
            Letter::ApplicantsWait {
                call: CallId(4),
                name: "GII".into(),
                projects: 2,
                closes_at: DateTime::UNIX_EPOCH,
            },
            Letter::TeamInvitation {
                call: CallId(4),
                name: "GII".into(),
                author: "Luis Muestra".into(),
                closes_at: DateTime::UNIX_EPOCH,
            },
            Letter::TeamChanged {
                call: CallId(4),
                name: "GII".into(),
                student: "Luis Muestra".into(),
                joined: true,
            },
            Letter::ApplicationWithdrawn { call: CallId(4), name: "GII".into(), by: "Luis Muestra".into() },
            Letter::AllocationResult {
                call: CallId(4),
                round: Some(AllocationRoundId(6)),
                name: "GII".into(),
                title: Some(title.clone()),
                tutor: Some("Tina Muestra".into()),
                rank: Some(2),
            },
            Letter::AllocationResult {
                call: CallId(4),
                round: None,
                name: "GII".into(),
                title: None,
                tutor: None,
                rank: None,
            },
            Letter::DocumentReceipt { assignment: AssignmentId(3), title: title.clone(), receipt: receipt() },
            Letter::DocumentHandedIn {
                assignment: AssignmentId(3),
                title: title.clone(),
                by: "Eva Muestra".into(),
                receipt: receipt(),
            },
            Letter::ExtensionAsked {
                assignment: AssignmentId(3),
                title: title.clone(),
                by: "Eva Muestra".into(),
                until: DateTime::UNIX_EPOCH,
                reason: "Baja médica".into(),
            },
            Letter::ExtensionDecided {
                assignment: AssignmentId(3),
                title: title.clone(),
                until: None,
                reason: Some("Sin justificar".into()),
            },
            Letter::ExtensionDecided {
                assignment: AssignmentId(3),
                title: title.clone(),
                until: Some(DateTime::UNIX_EPOCH),
                reason: None,
            },
            Letter::SimilarityFlagged {
                document: DocumentId(8),
                title: title.clone(),
                file_name: "memoria.pdf".into(),
                share_permille: 345,
            },
            Letter::Message {
                assignment: AssignmentId(3),
                title,
                author: "Tina Muestra".into(),
                excerpt: "Nos vemos el lunes".into(),
            },
            Letter::PhaseMoved {
                call: CallId(4),
                name: "GII · Junio · 2026/27".into(),
                moves: vec![PhaseMove {
                    phase: Phase::Defence,
                    before: None,
                    after: Some((DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH)),
                }],
            },
            Letter::StorageNearlyFull { percent: 81 },
            Letter::ClaimWaiting { claimant: "Eva".into(), preloaded: "Eva Muestra".into() },
            Letter::ClaimDecided { rejected: None },
            Letter::ClaimDecided { rejected: Some("No coincide".into()) },
        ]
    }

    #[test]
    fn every_letter_is_written_in_both_languages_with_its_link() {
        for letter in letters() {
            let write = |language| {
                let to = Recipient { email: "eva@correo.ugr.es".into(), first_name: "Eva".into(), language };
                Message::new("https://tfg.example.org", &to, &letter)
            };
            let (es, en) = (write(Language::Es), write(Language::En));
            assert_ne!(es.subject, en.subject, "{letter:?}");
            for message in [es, en] {
                assert!(message.body.contains(&format!("https://tfg.example.org{}", letter.path())));
                assert!(message.body.contains("Eva"), "{}", message.body);
                assert!(!message.subject.contains('\n'), "{}", message.subject);
            }
        }
    }

    #[test]
    fn a_masked_body_keeps_its_words_and_loses_its_tokens() {
        let body = "a https://x/set-password?token=abc-_1\nb /set-password?token=z";
        assert_eq!(mask_links(body), "a https://x/set-password?token=…\nb /set-password?token=…");
        assert_eq!(mask_links("nada"), "nada");
    }
}
