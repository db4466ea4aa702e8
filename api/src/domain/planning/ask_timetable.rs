//! The question of the timetable of some committees.

use super::{Busy, Draft, Hours, Mode, Timetable, World, free_panels, ids};
use gestfg_planner::committees as formed;
use gestfg_planner::id::{DayId, ProjectId};
use gestfg_planner::timetable::{
    Availability, Committee, Day, Defence, Instance, Objective, Person, Pin, Placement, Room,
};
use gestfg_types::ids::UserId;
use std::collections::BTreeSet;

/// The question of when and where these committees judge, in these hours. Pins of `base` are
/// kept, and its defences stay where they are if that is possible.
#[must_use]
pub fn ask(world: &World, hours: &Hours, draft: &Draft, base: Option<&Timetable>) -> Instance {
    let named: Vec<Objective> = world.settings.objectives.clone();
    let mut objectives = if named.is_empty() { Objective::usual_order() } else { named };
    objectives.retain(|objective| *objective != Objective::Changes);
    objectives.insert(0, Objective::Changes);
    let mut question = Instance {
        name: String::new(),
        days: hours
            .days
            .iter()
            .map(|day| Day {
                id: DayId(day.day.to_string()),
                slots: day.slots.len(),
                closed: day.closed.clone(),
            })
            .collect(),
        duration: 1,
        gap: 0,
        rooms: world.rooms.iter().map(|room| self::room(hours, room)).collect(),
        people: world
            .professors
            .iter()
            .map(|professor| Person {
                id: ids::person(professor.id),
                availability: world.busy.get(&professor.id).and_then(|busy| hours.availability(busy)),
                max_defences: free_panels::most_defences(&world.settings),
                max_per_day: None,
                subjects: professor.subjects.iter().map(|subject| subject.as_str().into()).collect(),
            })
            .collect(),
        committees: Vec::new(),
        defences: Vec::new(),
        objectives,
        pins: Vec::new(),
        present: Vec::new(),
    };
    for project in &world.projects {
        for student in &project.students {
            question.defences.push(Defence {
                id: ids::defence(project.request, *student),
                duration: None,
                team: (project.students.len() > 1).then(|| ids::team(project.request)),
                people: Vec::new(),
                committee: None,
                seats: Vec::new(),
                excluded: Vec::new(),
                rooms: Vec::new(),
                size: u32::try_from(size(world, project)).ok(),
                window: window(world, hours, *student),
                subjects: project.subjects.iter().map(|subject| subject.as_str().into()).collect(),
            });
        }
    }
    if world.settings.mode == Mode::FreePanel {
        free_panels::open_seats(&mut question, &draft.question);
    }
    seat(&mut question, &draft.question, &draft.answer.committees, world.settings.mode);
    if let Some(base) = base {
        keep(&mut question, &draft.question, base);
    }
    if world.settings.mode == Mode::FreePanel {
        free_panels::pin_seats(&mut question, draft);
    }
    question
}

/// Who is in the room at least: who judges, who defends and who tutored them.
fn size(world: &World, project: &super::Project) -> usize {
    world.settings.members + 1 + project.students.len() + project.tutors.len()
}

/// What of the hours of a plan lies outside the phase as it is now, or is taken by another defence of the
/// student: one may finish two degrees at once.
fn window(world: &World, hours: &Hours, student: UserId) -> Option<Availability> {
    let (from, to) = world.phase?;
    let (first, last) = (chrono::DateTime::<chrono::Utc>::MIN_UTC, chrono::DateTime::<chrono::Utc>::MAX_UTC);
    let outside = [(first, from), (to, last)];
    let mut taken: Vec<Busy> =
        outside.into_iter().map(|(from, to)| Busy { from, to, if_needed: false }).collect();
    taken.extend(world.busy.get(&student).into_iter().flatten().copied());
    hours.availability(&taken)
}

fn room(hours: &Hours, room: &super::Room) -> Room {
    let closed = |(from, to): &(_, _)| Busy { from: *from, to: *to, if_needed: false };
    let closed: Vec<Busy> = room.closed.iter().map(closed).collect();
    Room { id: ids::room(room.id), capacity: room.capacity, availability: hours.availability(&closed) }
}

/// Puts the people of the committees before their defences: as standing committees, or as the
/// panel of each. Free panels have seats to fill instead.
pub fn seat(question: &mut Instance, rules: &formed::Instance, committees: &[formed::Committee], mode: Mode) {
    let full = |committee: &formed::Committee| -> Vec<_> {
        committee.seats.iter().take(rules.settings.full_seats).cloned().collect()
    };
    let known: BTreeSet<_> = question.people.iter().map(|person| person.id.clone()).collect();
    question.committees.clear();
    if mode == Mode::FreePanel {
        return;
    }
    if mode == Mode::Standing {
        for (at, committee) in committees.iter().enumerate() {
            let seats = full(committee).into_iter().filter(|id| known.contains(id)).collect();
            question.committees.push(Committee { id: ids::committee(at), seats, substitutes: Vec::new() });
        }
    }
    for defence in &mut question.defences {
        let Some((request, _)) = ids::defence_of(&defence.id.0) else { continue };
        let judged: ProjectId = ids::project(request);
        let at = committees.iter().position(|committee| committee.projects.contains(&judged));
        defence.committee = at.filter(|_| mode == Mode::Standing).map(ids::committee);
        defence.people = match at {
            Some(at) if mode != Mode::Standing => {
                full(&committees[at]).into_iter().filter(|id| known.contains(id)).collect()
            }
            _ => Vec::new(),
        };
    }
    // A defence without a committee would make the question unsound.
    if mode == Mode::Standing {
        question.defences.retain(|defence| defence.committee.is_some());
    }
}

/// Gives each placement the panel its committee has.
pub fn seat_placements(
    question: &Instance,
    (rules, committees): (&formed::Instance, &[formed::Committee]),
    placements: &mut [Placement],
) {
    for placement in placements {
        let defence = question.defences.iter().find(|defence| defence.id == placement.defence);
        if defence.is_some_and(|defence| !defence.seats.is_empty()) {
            let judged = ids::defence_of(&placement.defence.0).map(|(request, _)| ids::project(request));
            let own = committees
                .iter()
                .find(|committee| judged.as_ref().is_some_and(|id| committee.projects.contains(id)));
            let seats = own.map_or(&[][..], |committee| &committee.seats);
            placement.panel = seats.iter().take(rules.settings.full_seats).cloned().collect();
            continue;
        }
        let committee = defence
            .and_then(|defence| defence.committee.as_ref())
            .and_then(|id| question.committees.iter().find(|committee| committee.id == *id));
        placement.panel = committee.map(|committee| committee.seats.clone()).unwrap_or_default();
    }
}

fn keep(question: &mut Instance, rules: &formed::Instance, base: &Timetable) {
    let defences: BTreeSet<_> = question.defences.iter().map(|defence| &defence.id).collect();
    let rooms: BTreeSet<_> = question.rooms.iter().map(|room| &room.id).collect();
    let days: BTreeSet<_> = question.days.iter().map(|day| &day.id).collect();
    question.pins = base
        .question
        .pins
        .iter()
        .filter(|pin| {
            defences.contains(&pin.defence)
                && pin.room.as_ref().is_none_or(|room| rooms.contains(room))
                && pin.day.as_ref().is_none_or(|day| days.contains(day))
        })
        .cloned()
        .map(|pin| Pin { panel: Vec::new(), ..pin })
        .filter(|pin| pin.day.is_some() || pin.room.is_some())
        .collect();
    let kept = base.answer.placements.iter().filter(|placed| {
        defences.contains(&placed.defence) && rooms.contains(&placed.room) && days.contains(&placed.day)
    });
    let mut present: Vec<Placement> = kept.cloned().collect();
    if base.mode() != Mode::FreePanel {
        seat_placements(question, (rules, &[]), &mut present);
    }
    let known: BTreeSet<_> = question.people.iter().map(|person| &person.id).collect();
    present.retain(|placed| placed.panel.iter().all(|id| known.contains(id)));
    question.present = present;
}
