//! The mails there are, and for whom they are written.

use crate::mail::texts;
use chrono::{DateTime, Utc};
use gestfg_types::calls::Phase;
use gestfg_types::ids::{AssignmentId, CallId, EventId, ProjectId};
use gestfg_types::session::Language;

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

/// Everything the server has to say by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// An account was made for them; the link sets its first password.
    SetPassword {
        /// Token of the one-time link.
        token: String,
    },
    /// Somebody registered with an address that has an account already.
    AccountExists {
        /// Token of the one-time link that sets a new password.
        token: String,
    },
    /// Somebody asked for a new password.
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

impl Letter {
    /// Its name in the outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SetPassword { .. } => "set_password",
            Self::AccountExists { .. } => "account_exists",
            Self::ResetPassword { .. } => "reset_password",
            Self::ProjectSubmitted { .. } => "project_submitted",
            Self::ProjectValidated { .. } => "project_validated",
            Self::ProjectRejected { .. } => "project_rejected",
            Self::ProjectPublished { .. } => "project_published",
            Self::ProjectWithdrawn { .. } => "project_withdrawn",
            Self::Assigned { .. } => "assigned",
            Self::AssignmentCancelled { .. } => "assignment_cancelled",
            Self::ClaimWaiting { .. } => "claim_waiting",
            Self::ClaimDecided { .. } => "claim_decided",
            Self::CallOpened { .. } => "call_opened",
            Self::PhaseOpens { .. } => "phase_opens",
            Self::PhaseCloses { .. } => "phase_closes",
            Self::EvaluationRequested { .. } => "evaluation_requested",
            Self::EvaluationWithdrawn { .. } => "evaluation_withdrawn",
            Self::Announcement { .. } => "announcement",
            Self::Message { .. } => "message",
        }
    }

    /// The page of the interface it leads to.
    fn path(&self) -> String {
        match self {
            Self::SetPassword { token } | Self::AccountExists { token } | Self::ResetPassword { token } => {
                format!("/set-password?token={token}")
            }
            Self::ProjectSubmitted { project, .. }
            | Self::ProjectValidated { project, .. }
            | Self::ProjectRejected { project, .. }
            | Self::ProjectPublished { project, .. }
            | Self::ProjectWithdrawn { project, .. } => format!("/projects/{project}"),
            Self::Assigned { .. } | Self::AssignmentCancelled { .. } => "/assignments".to_owned(),
            Self::ClaimWaiting { .. } => "/admin/claims".to_owned(),
            Self::ClaimDecided { .. } => "/profile".to_owned(),
            Self::CallOpened { call, .. }
            | Self::PhaseOpens { call, .. }
            | Self::PhaseCloses { call, .. } => {
                format!("/calls/{call}")
            }
            Self::EvaluationRequested { assignment, .. }
            | Self::EvaluationWithdrawn { assignment, .. }
            | Self::Message { assignment, .. } => format!("/assignments/{assignment}"),
            Self::Announcement { event, .. } => format!("/events/{event}"),
        }
    }
}

/// A letter to somebody, in their language, ready to be queued.
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
    /// Plain text.
    pub body: String,
}

impl Message {
    /// Write a letter; `public_url` is where its links lead.
    #[must_use]
    pub fn new(public_url: &str, to: &Recipient, letter: &Letter) -> Self {
        let link = format!("{public_url}{}", letter.path());
        let (subject, body) = texts::write(to, letter, &link);
        Self { recipient: to.email.clone(), kind: letter.kind(), language: to.language, subject, body }
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
            Letter::Message {
                assignment: AssignmentId(3),
                title,
                author: "Tina Muestra".into(),
                excerpt: "Nos vemos el lunes".into(),
            },
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
