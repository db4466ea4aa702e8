//! A plan as lists: who sits where, and what is defended when, with the names people know.

use super::publication::seat_name;
use super::{Draft, ids};
use chrono::{DateTime, Utc};
use gestfg_types::planning::PlanNames;

/// A committee of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// Its number, counted from 1.
    pub number: i16,
    /// Its seats in order: name of the seat, who has it, the code of their department.
    pub seats: Vec<(String, String, String)>,
    /// What it judges, in the order of time; without one last.
    pub defences: Vec<Judged>,
}

/// A defence of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// From when to when, once that is planned.
    pub time: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// In which room.
    pub room: String,
    /// Who defends.
    pub student: String,
    /// What.
    pub title: String,
    /// Tutor, then co-tutor.
    pub tutors: Vec<String>,
}

/// The committees of a plan with what each judges.
#[must_use]
pub fn sittings(draft: &Draft, names: &PlanNames) -> Vec<Sitting> {
    let full_seats = draft.question.settings.full_seats;
    let committees = draft.answer.committees.iter().enumerate();
    committees
        .map(|(at, committee)| {
            let seat = |(seat, id): (usize, &_)| {
                let person = ids::person_of(id);
                let known = names.people.iter().find(|known| Some(known.id) == person);
                let (name, department) =
                    known.map(|known| (known.name.clone(), known.department.clone())).unwrap_or_default();
                (seat_name(seat, full_seats), name, department)
            };
            let mut defences: Vec<Judged> =
                committee.projects.iter().flat_map(|project| judged(draft, names, project)).collect();
            defences.sort_by_key(|it| (it.time.is_none(), it.time, it.student.clone()));
            Sitting {
                number: i16::try_from(at + 1).unwrap_or(i16::MAX),
                seats: committee.seats.iter().enumerate().map(seat).collect(),
                defences,
            }
        })
        .collect()
}

fn judged(draft: &Draft, names: &PlanNames, project: &gestfg_planner::id::ProjectId) -> Vec<Judged> {
    let request = ids::request_of(project);
    let Some(known) = names.projects.iter().find(|known| Some(known.request_id) == request) else {
        return Vec::new();
    };
    let timetable = draft.timetable.as_ref();
    let one = |student: &gestfg_types::users::PersonRef| {
        let name = ids::defence(known.request_id, student.id);
        let placed = timetable.and_then(|timetable| {
            let placed = timetable.answer.placements.iter().find(|placed| placed.defence == name)?;
            Some((timetable.hours.time(&placed.day, placed.slot)?, ids::room_of(&placed.room)))
        });
        let room = placed.and_then(|(_, room)| names.rooms.iter().find(|it| Some(it.id) == room));
        Judged {
            time: placed.map(|(time, _)| time),
            room: room.map(|room| room.name.clone()).unwrap_or_default(),
            student: student.name.clone(),
            title: known.title.clone(),
            tutors: known.tutors.iter().map(|tutor| tutor.name.clone()).collect(),
        }
    };
    known.students.iter().map(one).collect()
}
