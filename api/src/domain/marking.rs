//! Who may read and write the marks of a defence, and when.

use crate::domain::actor::Actor;
use crate::domain::completeness::Candidate;
use crate::domain::policy::{Answer, Denied};
use gestfg_types::calls::Phase;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::minutes::MinutesState;
use gestfg_types::rubrics::RubricRole;

/// What rules need to know of the marks of a defence.
#[derive(Debug, Clone, Copy)]
pub struct Marking<'a> {
    /// The degree of the call.
    pub degree: DegreeId,
    /// Who is marked, and by whom.
    pub candidate: &'a Candidate,
    /// How the latest minutes of the call stand.
    pub minutes: Option<MinutesState>,
    /// Whether the student claims and waits for the answer.
    pub has_open_claim: bool,
}

/// What opens marks for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The dates of a phase.
    Phase,
    /// A claim, or minutes that were opened again: no dates hold then.
    Open,
}

/// The phases in which marks of a role are written.
#[must_use]
pub const fn phases(role: RubricRole) -> &'static [Phase] {
    match role {
        RubricRole::Tutor => &[Phase::TutorReport],
        RubricRole::Committee => &[Phase::Defence, Phase::Grading],
    }
}

fn when(condition: bool, rule: &'static str) -> Answer {
    if condition { Ok(()) } else { Err(Denied { code: ErrorCode::Forbidden, rule }) }
}

impl Marking<'_> {
    fn is_published(&self) -> bool {
        matches!(self.minutes, Some(MinutesState::Provisional | MinutesState::Closed))
    }

    /// Whether this person may know of the marks at all: the committee, the tutors, who keeps the
    /// degree, and the student once they are published.
    #[must_use]
    pub fn may_see(&self, actor: &Actor) -> bool {
        self.candidate.is_judged_by(actor.id)
            || self.candidate.is_tutored_by(actor.id)
            || actor.keeps_degree(self.degree)
            || (self.candidate.student.id == actor.id && self.is_published())
    }

    /// Whether this person may see what marks come to: tutors and student once they are published.
    #[must_use]
    pub fn may_see_outcome(&self, actor: &Actor) -> bool {
        self.candidate.is_judged_by(actor.id)
            || actor.keeps_degree(self.degree)
            || (self.may_see(actor) && self.is_published())
    }

    /// Whether this person may read a sheet. A report is for its tutors and who keeps the degree,
    /// once handed in for the committee, and for the student once the minutes are closed. Sheets
    /// of a committee stay within it.
    #[must_use]
    pub fn may_see_sheet(&self, actor: &Actor, role: RubricRole, is_handed_in: bool) -> bool {
        let is_judge = self.candidate.is_judged_by(actor.id);
        let is_inside = actor.keeps_degree(self.degree);
        match role {
            RubricRole::Committee => is_inside || is_judge,
            RubricRole::Tutor => {
                let is_student = self.candidate.student.id == actor.id;
                is_inside
                    || self.candidate.is_tutored_by(actor.id)
                    || (is_handed_in && is_judge)
                    || (is_handed_in && is_student && self.minutes == Some(MinutesState::Closed))
            }
        }
    }

    /// Write this person's sheet: a report its tutor or an admin; marks of a committee those who
    /// judge, each their own, and who keeps the degree on their behalf.
    ///
    /// # Errors
    /// The rule that stands against it.
    pub fn may_write_sheet(&self, actor: &Actor, role: RubricRole, author: UserId) -> Answer {
        match role {
            RubricRole::Tutor => when(
                actor.is_admin || actor.id == self.candidate.tutor.id,
                "Only the tutor, or an admin on their behalf, writes the tutor's report.",
            ),
            RubricRole::Committee => when(
                self.candidate.is_judged_by(author)
                    && (actor.id == author || actor.keeps_degree(self.degree)),
                "Members of the committee write their own marks; a coordinator or an admin may on their behalf.",
            ),
        }
    }

    /// Speak for the committee: say its mark, answer claims, say whether the defence was held.
    ///
    /// # Errors
    /// The rule that stands against it.
    pub fn may_preside(&self, actor: &Actor) -> Answer {
        when(
            self.candidate.is_presided_by(actor.id) || actor.keeps_degree(self.degree),
            "Only the president of the committee, a coordinator of the degree or an admin may do this.",
        )
    }

    /// What opens these marks for writing now.
    ///
    /// # Errors
    /// `marks_frozen`: they are published, or closed.
    pub fn gate(&self) -> Result<Gate, Denied> {
        let frozen = |rule| Err(Denied { code: ErrorCode::MarksFrozen, rule });
        match self.minutes {
            None => Ok(Gate::Phase),
            Some(MinutesState::Reopened) => Ok(Gate::Open),
            Some(MinutesState::Provisional) if self.has_open_claim => Ok(Gate::Open),
            Some(MinutesState::Provisional) => {
                frozen("The provisional marks are published; only a claim opens them for changes.")
            }
            Some(MinutesState::Closed) => frozen("The minutes of the call are closed."),
        }
    }
}

/// Publish the marks of a call and close its minutes: its presidents, and who keeps the degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_close(actor: &Actor, degree: DegreeId, presides: bool) -> Answer {
    when(
        presides || actor.keeps_degree(degree),
        "Only a president of its committees, a coordinator of the degree or an admin may do this.",
    )
}

/// Open minutes again: who keeps the degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_reopen(actor: &Actor, degree: DegreeId) -> Answer {
    when(actor.keeps_degree(degree), "Only a coordinator of the degree or an admin may open minutes again.")
}

/// Decide how marks of a degree are made: rubrics, weights, windows.
///
/// # Errors
/// The rule that stands against it.
pub fn may_set_rules(actor: &Actor, degree: DegreeId) -> Answer {
    when(
        actor.keeps_degree(degree),
        "Only a coordinator of the degree or an admin may decide how it is marked.",
    )
}
