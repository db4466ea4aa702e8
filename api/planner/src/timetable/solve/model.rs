//! The instance as numbers: one running count of slots over all days, jobs instead of defences
//! (a team is one job), and for each job the starts at which nothing but other jobs is in its way.

use crate::id::{DayId, PersonId, RoomId, TeamId};
use crate::timetable::instance::{Answer, Availability, Committee, Defence, Instance, Pin, Seat};
use std::collections::BTreeMap;
use std::ops::Range;

pub(crate) struct Model<'a> {
    pub(crate) instance: &'a Instance,
    /// Slots of all days.
    pub(crate) slots: usize,
    /// Day of each slot.
    pub(crate) day_of: Vec<usize>,
    /// The slots of each day.
    pub(crate) days: Vec<Range<usize>>,
    /// By slot: nothing takes place.
    pub(crate) closed: Vec<bool>,
    pub(crate) gap: usize,
    pub(crate) rooms: usize,
    pub(crate) people: usize,
    /// Answer of each person for each slot: `None` is no, otherwise its cost.
    pub(crate) answers: Vec<Vec<Option<u32>>>,
    pub(crate) room_open: Vec<Vec<bool>>,
    pub(crate) max_total: Vec<usize>,
    pub(crate) max_day: Vec<usize>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) person_index: BTreeMap<&'a PersonId, usize>,
    pub(crate) room_index: BTreeMap<&'a RoomId, usize>,
}

/// What is placed as a whole: a defence, or the defences of a team.
#[derive(Clone)]
pub(crate) struct Job {
    /// Its defences in order, by index in the instance.
    pub(crate) defences: Vec<usize>,
    /// First slot of each defence, from the start of the job.
    pub(crate) offsets: Vec<usize>,
    /// From its first slot to its last.
    pub(crate) len: usize,
    /// People who attend whatever happens.
    pub(crate) fixed: Vec<Attendance>,
    /// Who may take each seat, with what it costs.
    pub(crate) seats: Vec<Vec<(usize, u32)>>,
    /// Where it could begin if it were alone.
    pub(crate) starts: Vec<Start>,
    pub(crate) pinned: bool,
}

#[derive(Clone, Copy)]
pub(crate) struct Attendance {
    pub(crate) person: usize,
    /// Slots from the start of the job.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Defences of the job attended.
    pub(crate) load: usize,
}

#[derive(Clone)]
pub(crate) struct Start {
    pub(crate) slot: usize,
    pub(crate) rooms: Vec<usize>,
    /// For each seat who is free, as an index into the seat's list.
    pub(crate) seats: Vec<Vec<usize>>,
    /// What its fixed people and its window ask for this time.
    pub(crate) cost: u32,
}

impl Job {
    pub(crate) fn weight(&self) -> usize {
        self.defences.len()
    }
}

impl<'a> Model<'a> {
    pub(crate) fn new(instance: &'a Instance) -> Self {
        let mut model = Self::empty(instance);
        let mut teams: BTreeMap<&TeamId, usize> = BTreeMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (index, defence) in instance.defences.iter().enumerate() {
            match &defence.team {
                Some(team) => {
                    let at = *teams.entry(team).or_insert_with(|| {
                        groups.push(Vec::new());
                        groups.len() - 1
                    });
                    groups[at].push(index);
                }
                None => groups.push(vec![index]),
            }
        }
        model.jobs = groups.into_iter().map(|group| model.job(group)).collect();
        model
    }

    fn empty(instance: &'a Instance) -> Self {
        let mut days = Vec::new();
        let mut day_of = Vec::new();
        let mut closed = Vec::new();
        for (index, day) in instance.days.iter().enumerate() {
            let first = day_of.len();
            days.push(first..first + day.slots);
            day_of.resize(first + day.slots, index);
            closed.extend((0..day.slots).map(|s| day.closed.iter().any(|&(a, b)| a <= s && s < b)));
        }
        let row = |given: Option<&Availability>| -> Vec<Option<u32>> {
            instance
                .days
                .iter()
                .flat_map(|day| (0..day.slots).map(move |slot| (day, slot)))
                .map(|(day, slot)| given.map_or(Some(0), |given| cost(given, &day.id, slot)))
                .collect()
        };
        Self {
            instance,
            slots: day_of.len(),
            day_of,
            days,
            closed,
            gap: instance.gap,
            rooms: instance.rooms.len(),
            people: instance.people.len(),
            answers: instance.people.iter().map(|p| row(p.availability.as_ref())).collect(),
            room_open: instance
                .rooms
                .iter()
                .map(|r| row(r.availability.as_ref()).iter().map(Option::is_some).collect())
                .collect(),
            max_total: instance.people.iter().map(|p| p.max_defences.unwrap_or(usize::MAX)).collect(),
            max_day: instance.people.iter().map(|p| p.max_per_day.unwrap_or(usize::MAX)).collect(),
            jobs: Vec::new(),
            person_index: instance.people.iter().enumerate().map(|(i, p)| (&p.id, i)).collect(),
            room_index: instance.rooms.iter().enumerate().map(|(i, r)| (&r.id, i)).collect(),
        }
    }

    fn job(&self, defences: Vec<usize>) -> Job {
        let instance = self.instance;
        let mut offsets = Vec::new();
        let mut len = 0;
        let mut fixed: Vec<Attendance> = Vec::new();
        for &index in &defences {
            let defence = &instance.defences[index];
            let from = if offsets.is_empty() { 0 } else { len + self.gap };
            len = from + defence.duration.unwrap_or(instance.duration);
            offsets.push(from);
            for person in &defence.people {
                let person = self.person_index[person];
                match fixed.iter_mut().find(|a| a.person == person) {
                    Some(known) => {
                        known.to = len;
                        known.load += 1;
                    }
                    None => fixed.push(Attendance { person, from, to: len, load: 1 }),
                }
            }
        }
        let pins: Vec<Option<&Pin>> = defences
            .iter()
            .map(|&d| instance.pins.iter().find(|p| p.defence == instance.defences[d].id))
            .collect();
        let seats = self.seats(&defences, &fixed, &pins);
        let pinned = pins.iter().any(Option::is_some);
        let mut job = Job { defences, offsets, len, fixed, seats, starts: Vec::new(), pinned };
        for day in 0..self.days.len() {
            for slot in self.days[day].clone() {
                if pins
                    .iter()
                    .zip(&job.offsets)
                    .all(|(pin, &offset)| self.pin_allows(*pin, day, slot + offset))
                {
                    job.starts.extend(self.start(&job, slot, &pins));
                }
            }
        }
        job
    }

    fn seats(
        &self,
        defences: &[usize],
        fixed: &[Attendance],
        pins: &[Option<&Pin>],
    ) -> Vec<Vec<(usize, u32)>> {
        let instance = self.instance;
        let first: &Defence = &instance.defences[defences[0]];
        let committee = instance.committees.iter().find(|c| Some(&c.id) == first.committee.as_ref());
        let allowed = |person: &PersonId| {
            let index = self.person_index[person];
            !defences.iter().any(|&d| instance.defences[d].excluded.contains(person))
                && !fixed.iter().any(|a| a.person == index)
        };
        let seat = |(at, seat): (usize, &Seat)| {
            seat.eligible
                .iter()
                .filter(|p| allowed(p) && pinned_to(pins, at, p))
                .map(|p| (self.person_index[p], seat.costs.get(p).copied().unwrap_or(0)))
                .collect()
        };
        let committee_seat = |committee: &Committee, at: usize| {
            std::iter::once((&committee.seats[at], 0))
                .chain(committee.substitutes.iter().map(|p| (p, 1)))
                .filter(|(p, _)| allowed(p) && pinned_to(pins, at, p))
                .map(|(p, cost)| (self.person_index[p], cost))
                .collect()
        };
        match committee {
            Some(committee) => (0..committee.seats.len()).map(|at| committee_seat(committee, at)).collect(),
            None => first.seats.iter().enumerate().map(seat).collect(),
        }
    }

    fn pin_allows(&self, pin: Option<&Pin>, day: usize, slot: usize) -> bool {
        pin.is_none_or(|pin| {
            pin.day.as_ref().is_none_or(|id| self.instance.days[day].id == *id)
                && pin.slot.is_none_or(|s| self.days[day].start + s == slot)
        })
    }

    /// What is left of one start when the job is alone, if anything is.
    fn start(&self, job: &Job, slot: usize, pins: &[Option<&Pin>]) -> Option<Start> {
        let mut cost = self.window(job, slot)?;
        for a in &job.fixed {
            cost += self.presence(job, a.person, slot)?;
        }
        let rooms: Vec<usize> = (0..self.rooms)
            .filter(|&room| self.room_suits(job, room, slot))
            .filter(|&room| {
                pins.iter()
                    .flatten()
                    .all(|pin| pin.room.as_ref().is_none_or(|id| self.instance.rooms[room].id == *id))
            })
            .collect();
        let seats: Vec<Vec<usize>> = job
            .seats
            .iter()
            .map(|seat| (0..seat.len()).filter(|&i| self.presence(job, seat[i].0, slot).is_some()).collect())
            .collect();
        let chosen: Vec<Vec<usize>> = seats
            .iter()
            .zip(&job.seats)
            .map(|(free, seat)| free.iter().map(|&i| seat[i].0).collect())
            .collect();
        (!rooms.is_empty() && can_all_be_seated(&chosen)).then_some(Start { slot, rooms, seats, cost })
    }

    /// What the windows of its defences ask for a start, unless they or a pause forbid it.
    pub(crate) fn window(&self, job: &Job, slot: usize) -> Option<u32> {
        let day = self.day_of[slot];
        let end = slot + job.len;
        if end > self.days[day].end {
            return None;
        }
        let mut sum = 0;
        for (&index, &offset) in job.defences.iter().zip(&job.offsets) {
            let defence = &self.instance.defences[index];
            let duration = defence.duration.unwrap_or(self.instance.duration);
            for at in slot + offset..slot + offset + duration {
                if self.closed[at] {
                    return None;
                }
                if let Some(window) = &defence.window {
                    sum += cost(window, &self.instance.days[day].id, at - self.days[day].start)?;
                }
            }
        }
        Some(sum)
    }

    /// What somebody asks for these slots, unless they said no to one of them.
    pub(crate) fn attendance_cost(&self, person: usize, slots: Range<usize>) -> Option<u32> {
        self.answers[person].get(slots)?.iter().try_fold(0, |sum, answer| answer.map(|cost| sum + cost))
    }

    /// What somebody asks for the defences of a job that they attend; in the breaks of a team they need not be
    /// free.
    pub(crate) fn presence(&self, job: &Job, person: usize, slot: usize) -> Option<u32> {
        let instance = self.instance;
        let id = &instance.people[person].id;
        let attends = |d: usize| instance.defences[d].people.contains(id);
        let everywhere = job.weight() == 1 || !job.defences.iter().any(|&d| attends(d));
        let own = job.defences.iter().zip(&job.offsets).filter(|(d, _)| everywhere || attends(**d));
        own.into_iter().try_fold(0, |sum, (&d, &offset)| {
            let duration = instance.defences[d].duration.unwrap_or(instance.duration);
            let from = slot + offset;
            Some(sum + self.attendance_cost(person, from..from + duration)?)
        })
    }

    /// Whether the room is open, large enough and allowed for a job beginning here.
    pub(crate) fn room_suits(&self, job: &Job, room: usize, slot: usize) -> bool {
        self.room_fits(job, room) && self.room_is_open(job, room, slot)
    }

    pub(crate) fn room_fits(&self, job: &Job, room: usize) -> bool {
        let known = &self.instance.rooms[room];
        job.defences.iter().all(|&d| {
            let defence = &self.instance.defences[d];
            (defence.rooms.is_empty() || defence.rooms.contains(&known.id))
                && defence.size.is_none_or(|size| known.capacity.is_none_or(|capacity| size <= capacity))
        })
    }

    pub(crate) fn room_is_open(&self, job: &Job, room: usize, slot: usize) -> bool {
        job.defences.iter().zip(&job.offsets).all(|(&d, &offset)| {
            let duration = self.instance.defences[d].duration.unwrap_or(self.instance.duration);
            let from = slot + offset;
            self.room_open[room].get(from..from + duration).is_some_and(|row| row.iter().all(|&open| open))
        })
    }

    /// Slots a span of work keeps somebody or something from other work: the gap after it included,
    /// the next day not.
    pub(crate) fn busy(&self, from: usize, to: usize) -> Range<usize> {
        from..(to + self.gap).min(self.days[self.day_of[from]].end)
    }

    /// All defences that have a start of their own.
    pub(crate) fn placeable(&self) -> usize {
        self.jobs.iter().filter(|job| !job.starts.is_empty()).map(Job::weight).sum()
    }
}

fn pinned_to(pins: &[Option<&Pin>], seat: usize, person: &PersonId) -> bool {
    pins.iter()
        .flatten()
        .all(|pin| pin.panel.get(seat).is_none_or(|fixed| fixed.as_ref().is_none_or(|fixed| fixed == person)))
}

fn cost(given: &Availability, day: &DayId, slot: usize) -> Option<u32> {
    match given.answer(day, slot) {
        Answer::Yes => Some(0),
        Answer::IfNeeded(cost) => Some(cost),
        Answer::No => None,
    }
}

/// Whether each seat can be given a different person (augmenting paths).
pub(crate) fn can_all_be_seated(seats: &[Vec<usize>]) -> bool {
    fn seat_one(
        at: usize,
        seats: &[Vec<usize>],
        holder: &mut BTreeMap<usize, usize>,
        tried: &mut Vec<usize>,
    ) -> bool {
        for &person in &seats[at] {
            if tried.contains(&person) {
                continue;
            }
            tried.push(person);
            let free = match holder.get(&person) {
                None => true,
                Some(&other) => seat_one(other, seats, holder, tried),
            };
            if free {
                holder.insert(person, at);
                return true;
            }
        }
        false
    }
    let mut holder = BTreeMap::new();
    (0..seats.len()).all(|at| seat_one(at, seats, &mut holder, &mut Vec::new()))
}
