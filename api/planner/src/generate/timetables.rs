//! Timetables: availability comes in blocks (a Markov chain over slots), panels overlap as they do in
//! departments, and common hours can be made as thin as wanted.

use crate::id::{CommitteeId, DayId, DefenceId, PersonId, RoomId, SubjectId};
use crate::random::Random;
use crate::timetable::{Availability, Committee, Day, Defence, Instance, Objective, Person, Room, Seat};

/// How people's hours come about: each slot is like the one before with some inertia.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Share of slots in which somebody is free.
    pub free: f64,
    /// Probability that a slot is like the one before: near 1 gives long blocks.
    pub inertia: f64,
    /// Share of free slots that are only for need.
    pub if_needed: f64,
}

/// The size of an instance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Defences {
    /// How many.
    pub defences: usize,
    /// Over how many rooms.
    pub rooms: usize,
    /// Over how many days.
    pub days: usize,
    /// Of how many slots each.
    pub slots: usize,
    /// Professors to draw panels from.
    pub people: usize,
    /// Slots a defence takes.
    pub duration: usize,
}

fn availability(random: &mut Random, size: &Defences, hours: Hours) -> Availability {
    let mut free = random.chance(hours.free);
    let mut days = std::collections::BTreeMap::new();
    for day in 0..size.days {
        let row: String = (0..size.slots)
            .map(|_| {
                if !random.chance(hours.inertia) {
                    free = random.chance(hours.free);
                }
                match free {
                    true if random.chance(hours.if_needed) => '?',
                    true => 'y',
                    false => 'n',
                }
            })
            .collect();
        days.insert(day_id(day), row);
    }
    Availability { days, otherwise: None }
}

fn day_id(day: usize) -> DayId {
    DayId(format!("day-{:02}", day + 1))
}

fn person_id(person: usize) -> PersonId {
    PersonId(format!("prof-{:03}", person + 1))
}

fn frame(random: &mut Random, size: &Defences, hours: Hours) -> Instance {
    Instance {
        name: String::new(),
        days: (0..size.days).map(|d| Day { id: day_id(d), slots: size.slots, closed: Vec::new() }).collect(),
        duration: size.duration,
        gap: 0,
        rooms: (0..size.rooms)
            .map(|r| Room { id: RoomId(format!("room-{}", r + 1)), capacity: None, availability: None })
            .collect(),
        people: (0..size.people)
            .map(|p| Person {
                id: person_id(p),
                availability: Some(availability(random, size, hours)),
                max_defences: None,
                max_per_day: None,
                subjects: Vec::new(),
            })
            .collect(),
        committees: Vec::new(),
        defences: Vec::new(),
        objectives: Objective::usual_order(),
        pins: Vec::new(),
        present: Vec::new(),
    }
}

fn defence(index: usize) -> Defence {
    Defence {
        id: DefenceId(format!("defence-{:03}", index + 1)),
        duration: None,
        team: None,
        people: Vec::new(),
        committee: None,
        seats: Vec::new(),
        excluded: Vec::new(),
        rooms: Vec::new(),
        size: None,
        window: None,
        subjects: Vec::new(),
    }
}

/// Some of `count` people, all different, the first ones far busier than the last.
fn skewed(random: &mut Random, count: usize, wanted: usize) -> Vec<usize> {
    let mut chosen = Vec::new();
    while chosen.len() < wanted.min(count) {
        let person = (random.unit().powf(1.7) * count as f64) as usize;
        if !chosen.contains(&person) {
            chosen.push(person);
        }
    }
    chosen
}

/// Fixed panels of `panel` people: a few supervise much, many little.
pub fn fixed_panels(seed: u64, size: &Defences, panel: usize, hours: Hours) -> Instance {
    let mut random = Random::seeded(seed);
    let mut instance = frame(&mut random, size, hours);
    for index in 0..size.defences {
        let people = skewed(&mut random, size.people, panel).into_iter().map(person_id).collect();
        instance.defences.push(Defence { people, ..defence(index) });
    }
    instance
}

/// Free panels of three roles: a chair from a senior third, the supervisor, who is given, and a member
/// who should know the subject; everybody has a limit.
pub fn free_panels(seed: u64, size: &Defences, hours: Hours) -> Instance {
    let mut random = Random::seeded(seed);
    let mut instance = frame(&mut random, size, hours);
    let subjects: Vec<SubjectId> = (0..8).map(|s| SubjectId(format!("subject-{}", s + 1))).collect();
    let fair = (3 * size.defences).div_ceil(size.people);
    for person in &mut instance.people {
        person.max_defences = Some(fair + 1 + random.below(3));
        person.subjects = (0..2).map(|_| random.pick(&subjects).clone()).collect();
        person.subjects.dedup();
    }
    let seniors: Vec<usize> = (0..size.people.div_ceil(3)).collect();
    for index in 0..size.defences {
        let supervisor = random.below(size.people);
        let about: Vec<SubjectId> = (0..2).map(|_| random.pick(&subjects).clone()).collect();
        let knows = |p: usize| instance.people[p].subjects.iter().any(|s| about.contains(s));
        let members: Vec<_> =
            (0..size.people).filter(|&p| p != supervisor && knows(p)).map(person_id).collect();
        let chairs = seniors.iter().filter(|&&p| p != supervisor).map(|&p| person_id(p)).collect();
        let seat = |role: &str, eligible| Seat { role: role.to_owned(), eligible, costs: Default::default() };
        let seats = vec![
            seat("chair", chairs),
            seat("supervisor", vec![person_id(supervisor)]),
            seat("member", members),
        ];
        instance.defences.push(Defence { seats, subjects: about, ..defence(index) });
    }
    instance
}

/// Standing committees of three with two substitutes; each defence brings its tutor along.
pub fn standing_committees(seed: u64, size: &Defences, committees: usize, hours: Hours) -> Instance {
    let mut random = Random::seeded(seed);
    let mut instance = frame(&mut random, size, hours);
    let mut people: Vec<usize> = (0..size.people).collect();
    random.shuffle(&mut people);
    for (index, seats) in people.chunks(5).filter(|c| c.len() == 5).take(committees).enumerate() {
        let ids: Vec<PersonId> = seats.iter().map(|&p| person_id(p)).collect();
        instance.committees.push(Committee {
            id: CommitteeId(format!("committee-{}", index + 1)),
            seats: ids[..3].to_vec(),
            substitutes: ids[3..].to_vec(),
        });
    }
    let count = instance.committees.len().max(1);
    for index in 0..size.defences {
        let committee = instance.committees.get(index % count).map(|c| c.id.clone());
        instance.defences.push(Defence { committee, ..defence(index) });
    }
    instance
}
