//! Published committees and defences.

use crate::domain::actor::Actor;
use crate::domain::policy;
use crate::models::defence::{CommitteeDetail, DefenceDetail};
use gestfg_types::calls::CallRef;
use gestfg_types::defences::{
    Committee, CommitteeAction, CommitteeSeat, Defence, DefenceAction, DefenceRoom, DefenceState,
    DefenceStudent,
};
use gestfg_types::ids::{CommitteeId, DefenceId, DegreeId, EvaluationRequestId, ProjectId, RoomId, UserId};
use gestfg_types::users::PersonRef;

fn person(id: i64, name: String) -> PersonRef {
    PersonRef { id: UserId(id), name }
}

/// A student's name for somebody who is not signed in.
#[must_use]
pub fn initials(first: &str, last: &str) -> String {
    let names = first.split_whitespace().chain(last.split_whitespace());
    names
        .filter_map(|name| name.chars().next())
        .map(|letter| format!("{letter}."))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A student's name, as somebody with or without a session may read it.
#[must_use]
pub fn student_name(row: &DefenceDetail, is_visitor: bool) -> String {
    let (first, last) = (&row.student_first_name, &row.student_last_name);
    if is_visitor { initials(first, last) } else { format!("{first} {last}") }
}

/// A defence, for this viewer: visitors read students by their initials.
#[must_use]
pub fn defence(row: DefenceDetail, viewer: Option<&Actor>) -> Defence {
    let call = row.call();
    let keeps = viewer.is_some_and(|actor| actor.keeps_degree(DegreeId(row.degree_id)));
    let student = DefenceStudent {
        id: viewer.map(|_| UserId(row.student_id)),
        name: student_name(&row, viewer.is_none()),
    };
    let tutor = person(row.tutor_id, row.tutor_name);
    let cotutor = row.cotutor_id.zip(row.cotutor_name).map(|(id, name)| person(id, name));
    let room = row.room_id.zip(row.room_name).map(|(id, name)| DefenceRoom {
        id: RoomId(id),
        name,
        building: row.room_building.unwrap_or_default(),
    });
    Defence {
        id: DefenceId(row.id),
        call,
        evaluation_request_id: EvaluationRequestId(row.evaluation_request_id),
        project_id: ProjectId(row.project_id),
        project_title: row.project_title,
        tutors: std::iter::once(tutor).chain(cotutor).collect(),
        student,
        committee_id: CommitteeId(row.committee_id),
        committee_number: row.committee_number,
        room,
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        remarks: row.remarks,
        state: DefenceState::from_name(&row.state).unwrap_or(DefenceState::Cancelled),
        version: row.version,
        allowed_actions: if keeps { vec![DefenceAction::Edit] } else { Vec::new() },
    }
}

/// A committee, for this viewer: why a substitute was called in is for its people and those who
/// keep the degree.
#[must_use]
pub fn committee(row: &CommitteeDetail, call: CallRef, viewer: Option<&Actor>) -> Committee {
    let keeps = viewer.is_some_and(|actor| actor.keeps_degree(call.degree.id));
    let seats = row.seats();
    let may_call_in = viewer.is_some_and(|actor| {
        policy::may_call_in(actor, call.degree.id, row.is_presided_by(actor.id)).is_ok()
    });
    let sits = viewer.is_some_and(|actor| seats.iter().any(|seat| seat.professor_id == actor.id.0));
    let seat = |seat: crate::models::defence::SeatDetail| CommitteeSeat {
        seat: seat.seat,
        professor: person(seat.professor_id, seat.name),
        department: seat.department,
        acting_for: seat.acting_for,
        called_in_at: seat.called_in_at,
        called_in_reason: seat.called_in_reason.filter(|_| keeps || sits),
    };
    Committee {
        id: CommitteeId(row.id),
        call,
        number: row.number,
        seats: seats.into_iter().map(seat).collect(),
        defence_count: row.defence_count,
        version: row.version,
        allowed_actions: if may_call_in { vec![CommitteeAction::CallIn] } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_every_name() {
        assert_eq!(initials("Eva María", "Muestra Ñíguez"), "E. M. M. Ñ.");
    }
}
