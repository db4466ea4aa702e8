//! When professors can come.

use crate::domain::actor::Actor;
use crate::models::availability_poll::{PollDetail, RecipientRow};
use crate::models::unavailability::UnavailabilityRow;
use gestfg_types::availability::{
    AvailabilityAnswer, AvailabilityPoll, PollAction, PollRecipient, Unavailability, UnavailabilitySource,
};
use gestfg_types::calls::CallRef;
use gestfg_types::ids::{AvailabilityPollId, DegreeId, DepartmentId, UnavailabilityId, UserId};
use gestfg_types::session::DepartmentRef;
use gestfg_types::users::{PersonRef, Professor};

/// A time in which a professor cannot come, or only if needed.
#[must_use]
pub fn unavailability(row: UnavailabilityRow) -> Unavailability {
    let UnavailabilityRow { id, professor_id, starts_at, ends_at, answer, source, note } = row;
    Unavailability {
        id: UnavailabilityId(id),
        professor_id: UserId(professor_id),
        starts_at,
        ends_at,
        // The schema lets no others in.
        answer: AvailabilityAnswer::from_name(&answer).unwrap_or(AvailabilityAnswer::No),
        source: UnavailabilitySource::from_name(&source).unwrap_or(UnavailabilitySource::Office),
        note,
    }
}

/// A poll, for this viewer.
#[must_use]
pub fn poll(row: PollDetail, call: CallRef, viewer: &Actor) -> AvailabilityPoll {
    let keeps = viewer.keeps_degree(DegreeId(row.degree_id));
    let mut allowed_actions = Vec::new();
    if keeps {
        allowed_actions.extend([PollAction::Edit, PollAction::Delete, PollAction::SeeAnswers]);
        if row.answered_count < row.asked_count {
            allowed_actions.push(PollAction::Remind);
        }
    }
    if row.is_mine && row.my_answer_at.is_none() {
        allowed_actions.push(PollAction::Answer);
    }
    AvailabilityPoll {
        id: AvailabilityPollId(row.id),
        call,
        defences_start_at: row.defences_start_at,
        defences_end_at: row.defences_end_at,
        deadline: row.deadline,
        message: row.message,
        asked_by: row.asked_by.zip(row.asked_by_name).map(|(id, name)| PersonRef { id: UserId(id), name }),
        asked_at: row.asked_at,
        asked_count: keeps.then_some(row.asked_count),
        answered_count: keeps.then_some(row.answered_count),
        reminded_at: row.reminded_at.filter(|_| keeps),
        my_answer_at: row.my_answer_at,
        version: row.version,
        allowed_actions,
    }
}

/// Somebody a poll asks.
#[must_use]
pub fn recipient(row: RecipientRow) -> PollRecipient {
    PollRecipient {
        professor: Professor {
            id: UserId(row.id),
            name: format!("{} {}", row.first_name, row.last_name),
            department: DepartmentRef {
                id: DepartmentId(row.department_id),
                code: row.department_code,
                name: row.department_name,
            },
        },
        answered_at: row.answered_at,
        minutes_no: row.minutes_no,
        minutes_if_needed: row.minutes_if_needed,
    }
}
