//! Whether an instance makes sense at all, before anybody works on it.

use super::instance::{Answer, Availability, Instance};
use std::collections::BTreeSet;
use std::fmt::Display;

/// The most slots of all days together, and so of a defence and of the gap after it.
const MOST_SLOTS: usize = 20_000;

/// Everything that contradicts itself or points nowhere, one sentence each; empty when sound.
pub fn validate(instance: &Instance) -> Vec<String> {
    let mut found = Findings::default();
    let days = found.unique("day", instance.days.iter().map(|d| &d.id));
    let rooms = found.unique("room", instance.rooms.iter().map(|r| &r.id));
    let people = found.unique("person", instance.people.iter().map(|p| &p.id));
    let committees = found.unique("committee", instance.committees.iter().map(|c| &c.id));
    let defences = found.unique("defence", instance.defences.iter().map(|d| &d.id));

    let slots = instance.days.iter().fold(0usize, |sum, day| sum.saturating_add(day.slots));
    found.at_most(slots, "the days have");
    found.at_most(instance.duration, "a defence takes");
    found.at_most(instance.gap, "the gap takes");
    for day in &instance.days {
        for &(from, to) in &day.closed {
            found.unless(from < to && to <= day.slots, || {
                format!("day {}: the pause [{from}, {to}) is not within its slots", day.id)
            });
        }
    }
    if instance.duration == 0 {
        found.say("a defence takes at least one slot".to_owned());
    }
    for person in &instance.people {
        found.availability(instance, &format!("person {}", person.id), person.availability.as_ref());
    }
    for room in &instance.rooms {
        found.availability(instance, &format!("room {}", room.id), room.availability.as_ref());
    }
    for committee in &instance.committees {
        let whose = format!("committee {}", committee.id);
        found.known(&whose, "person", &people, committee.seats.iter().chain(&committee.substitutes));
        let mut all: Vec<_> = committee.seats.iter().chain(&committee.substitutes).collect();
        all.sort();
        all.dedup();
        found.unless(all.len() == committee.seats.len() + committee.substitutes.len(), || {
            format!("{whose}: somebody is named twice")
        });
    }
    let standing = instance.defences.iter().filter(|d| d.committee.is_some()).count();
    found.unless(standing == 0 || standing == instance.defences.len(), || {
        "either every defence has a standing committee or none has".to_owned()
    });
    for defence in &instance.defences {
        let whose = format!("defence {}", defence.id);
        found.known(&whose, "person", &people, &defence.people);
        found.known(&whose, "person", &people, &defence.excluded);
        found.known(&whose, "room", &rooms, &defence.rooms);
        found.known(&whose, "committee", &committees, &defence.committee);
        for seat in &defence.seats {
            found.known(&format!("{whose}, {}", seat.role), "person", &people, &seat.eligible);
        }
        found.unless(defence.duration != Some(0), || format!("{whose}: takes at least one slot"));
        found.at_most(defence.duration.unwrap_or(0), &format!("{whose}: takes"));
        found.unless(defence.committee.is_none() || defence.seats.is_empty(), || {
            format!("{whose}: has a standing committee and seats to fill")
        });
        let mut own = defence.people.clone();
        own.sort();
        own.dedup();
        found.unless(own.len() == defence.people.len(), || format!("{whose}: somebody is named twice"));
        found.availability(instance, &whose, defence.window.as_ref());
    }
    teams(instance, &mut found);
    for pin in &instance.pins {
        let whose = format!("pin of {}", pin.defence);
        found.known(&whose, "defence", &defences, [&pin.defence]);
        found.known(&whose, "day", &days, &pin.day);
        found.known(&whose, "room", &rooms, &pin.room);
        found.known(&whose, "person", &people, pin.panel.iter().flatten());
        found.at_most(pin.slot.unwrap_or(0), &format!("{whose}: there are"));
        found.unless(pin.slot.is_none() || pin.day.is_some(), || format!("{whose}: a slot needs its day"));
    }
    found.unique("pin", instance.pins.iter().map(|p| &p.defence));
    found.unique("placement of the present plan:", instance.present.iter().map(|p| &p.defence));
    let mut order = instance.objectives.clone();
    order.sort();
    order.dedup();
    found.unless(order.len() == instance.objectives.len(), || "an objective is named twice".to_owned());
    found.list
}

/// A team shares its committee and its panel.
fn teams(instance: &Instance, found: &mut Findings) {
    for (i, a) in instance.defences.iter().enumerate() {
        let Some(team) = &a.team else { continue };
        let Some(b) = instance.defences[..i].iter().find(|d| d.team.as_ref() == Some(team)) else { continue };
        found.unless(a.committee == b.committee && a.seats == b.seats, || {
            format!("team {team}: {} and {} differ in committee or seats", b.id, a.id)
        });
    }
}

#[derive(Default)]
struct Findings {
    list: Vec<String>,
}

impl Findings {
    fn say(&mut self, text: String) {
        self.list.push(text);
    }

    fn unless(&mut self, holds: bool, text: impl FnOnce() -> String) {
        if !holds {
            self.say(text());
        }
    }

    /// Slots are counted in numbers that a machine can work through.
    fn at_most(&mut self, slots: usize, what: &str) {
        self.unless(slots <= MOST_SLOTS, || format!("{what} at most {MOST_SLOTS} slots, not {slots}"));
    }

    fn unique<'a, T: Ord + Display + 'a>(
        &mut self,
        what: &str,
        ids: impl Iterator<Item = &'a T>,
    ) -> BTreeSet<&'a T> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.say(format!("{what} {id} appears twice"));
            }
        }
        seen
    }

    fn known<'a, T: Ord + Display + 'a>(
        &mut self,
        whose: &str,
        what: &str,
        all: &BTreeSet<&'a T>,
        used: impl IntoIterator<Item = &'a T>,
    ) {
        for id in used {
            if !all.contains(id) {
                self.say(format!("{whose}: there is no {what} {id}"));
            }
        }
    }

    fn availability(&mut self, instance: &Instance, whose: &str, given: Option<&Availability>) {
        let Some(given) = given else { return };
        for (id, row) in &given.days {
            match instance.days.iter().find(|d| d.id == *id) {
                None => self.say(format!("{whose}: availability for {id}, which is not a day of the phase")),
                Some(day) if row.len() != day.slots => {
                    self.say(format!("{whose}: {} answers for the {} slots of {id}", row.len(), day.slots));
                }
                Some(_) => {}
            }
        }
        let letters = given.days.values().flat_map(|row| row.chars()).chain(given.otherwise);
        if let Some(bad) = letters.into_iter().find(|&c| Answer::from_char(c).is_none()) {
            self.say(format!("{whose}: `{bad}` is not an answer; write y, n, ? or 1 to 9"));
        }
    }
}
