//! A timetable being worked on: who and what is busy with which job.

use super::model::Model;
use crate::timetable::instance::Placement;

/// Nobody is busy.
pub(crate) const FREE: u32 = u32::MAX;

/// Where a job is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index into the job's starts.
    pub(crate) start: usize,
    pub(crate) room: usize,
    /// For each seat an index into the seat's list.
    pub(crate) panel: Vec<usize>,
}

#[derive(Clone)]
pub(crate) struct State<'m> {
    pub(crate) model: &'m Model<'m>,
    pub(crate) places: Vec<Option<Place>>,
    person_busy: Vec<u32>,
    room_busy: Vec<u32>,
    pub(crate) load: Vec<usize>,
    day_load: Vec<usize>,
    pub(crate) placed: usize,
}

impl<'m> State<'m> {
    pub(crate) fn new(model: &'m Model<'m>) -> Self {
        Self {
            model,
            places: vec![None; model.jobs.len()],
            person_busy: vec![FREE; model.people * model.slots],
            room_busy: vec![FREE; model.rooms * model.slots],
            load: vec![0; model.people],
            day_load: vec![0; model.people * model.days.len()],
            placed: 0,
        }
    }

    pub(crate) fn of(model: &'m Model<'m>, places: &[Option<Place>]) -> Self {
        let mut state = Self::new(model);
        for (job, place) in places.iter().enumerate() {
            if let Some(place) = place {
                state.put(job, place.clone());
            }
        }
        state
    }

    /// Whether something a person fixed has no place.
    pub(crate) fn lacks_a_pin(&self) -> bool {
        self.model.jobs.iter().zip(&self.places).any(|(job, place)| job.pinned && place.is_none())
    }

    /// First slot of a placed job.
    pub(crate) fn slot(&self, job: usize) -> Option<usize> {
        self.places[job].as_ref().map(|place| self.model.jobs[job].starts[place.start].slot)
    }

    /// What somebody does on a day, slot by slot.
    pub(crate) fn day_row(&self, person: usize, day: usize) -> &[u32] {
        let first = person * self.model.slots;
        let range = &self.model.days[day];
        &self.person_busy[first + range.start..first + range.end]
    }

    pub(crate) fn person_at(&self, person: usize, slot: usize) -> u32 {
        self.person_busy[person * self.model.slots + slot]
    }

    pub(crate) fn room_at(&self, room: usize, slot: usize) -> u32 {
        self.room_busy[room * self.model.slots + slot]
    }

    /// Everybody who attends a job at a place: person, first slot, end, defences.
    pub(crate) fn attendees<'s>(
        model: &'s Model<'_>,
        job: usize,
        place: &'s Place,
    ) -> impl Iterator<Item = (usize, usize, usize, usize)> + 's {
        let job = &model.jobs[job];
        let slot = job.starts[place.start].slot;
        let fixed = job.fixed.iter().map(move |a| (a.person, slot + a.from, slot + a.to, a.load));
        let seated = place
            .panel
            .iter()
            .zip(&job.seats)
            .map(move |(&i, seat)| (seat[i].0, slot, slot + job.len, job.weight()));
        fixed.chain(seated)
    }

    pub(crate) fn put(&mut self, job: usize, place: Place) {
        self.mark(job, &place, true);
        self.placed += self.model.jobs[job].weight();
        self.places[job] = Some(place);
    }

    pub(crate) fn take(&mut self, job: usize) -> Option<Place> {
        let place = self.places[job].take()?;
        self.mark(job, &place, false);
        self.placed -= self.model.jobs[job].weight();
        Some(place)
    }

    fn mark(&mut self, job: usize, place: &Place, coming: bool) {
        let model = self.model;
        let (from, to) = if coming { (FREE, job as u32) } else { (job as u32, FREE) };
        let slot = model.jobs[job].starts[place.start].slot;
        let day = model.day_of[slot];
        for (person, start, end, load) in Self::attendees(model, job, place) {
            for at in model.busy(start, end) {
                let cell = &mut self.person_busy[person * model.slots + at];
                debug_assert_eq!(*cell, from);
                *cell = to;
            }
            let of_day = &mut self.day_load[person * model.days.len() + day];
            if coming {
                self.load[person] += load;
                *of_day += load;
            } else {
                self.load[person] -= load;
                *of_day -= load;
            }
        }
        for at in model.busy(slot, slot + model.jobs[job].len) {
            self.room_busy[place.room * model.slots + at] = to;
        }
    }

    /// Whether somebody has time and work left for this.
    pub(crate) fn person_can(&self, person: usize, start: usize, end: usize, load: usize) -> bool {
        let model = self.model;
        let first = person * model.slots;
        let busy = model.busy(start, end);
        self.person_busy[first + busy.start..first + busy.end].iter().all(|&cell| cell == FREE)
            && self.load[person].saturating_add(load) <= model.max_total[person]
            && self.day_load[person * model.days.len() + model.day_of[start]].saturating_add(load)
                <= model.max_day[person]
    }

    pub(crate) fn room_is_free(&self, room: usize, start: usize, end: usize) -> bool {
        let first = room * self.model.slots;
        let busy = self.model.busy(start, end);
        self.room_busy[first + busy.start..first + busy.end].iter().all(|&cell| cell == FREE)
    }

    /// Whether a job that is not placed fits there as things are.
    pub(crate) fn fits(&self, job: usize, place: &Place) -> bool {
        let start = self.model.jobs[job].starts[place.start].slot;
        let seats = &self.model.jobs[job].seats;
        let person = |seat: usize| seats[seat][place.panel[seat]].0;
        let is_spread = (1..seats.len()).all(|a| (0..a).all(|b| person(a) != person(b)));
        is_spread
            && self.room_is_free(place.room, start, start + self.model.jobs[job].len)
            && Self::attendees(self.model, job, place)
                .all(|(p, from, to, load)| self.person_can(p, from, to, load))
    }

    pub(crate) fn over_total(&self, person: usize, load: usize) -> bool {
        self.load[person].saturating_add(load) > self.model.max_total[person]
    }

    pub(crate) fn over_day(&self, person: usize, day: usize, load: usize) -> bool {
        self.day_load[person * self.model.days.len() + day].saturating_add(load) > self.model.max_day[person]
    }

    /// The timetable in the words of the instance, in order of time.
    pub(crate) fn placements(&self) -> Vec<Placement> {
        let (model, instance) = (self.model, self.model.instance);
        let mut list = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            let Some(place) = place else { continue };
            let job = &model.jobs[index];
            let slot = job.starts[place.start].slot;
            let day = model.day_of[slot];
            let panel: Vec<_> = place
                .panel
                .iter()
                .zip(&job.seats)
                .map(|(&i, seat)| instance.people[seat[i].0].id.clone())
                .collect();
            for (&defence, &offset) in job.defences.iter().zip(&job.offsets) {
                list.push(Placement {
                    defence: instance.defences[defence].id.clone(),
                    day: instance.days[day].id.clone(),
                    slot: slot + offset - model.days[day].start,
                    room: instance.rooms[place.room].id.clone(),
                    panel: panel.clone(),
                });
            }
        }
        let day_of = |p: &Placement| instance.days.iter().position(|d| d.id == p.day);
        list.sort_by(|a, b| {
            (day_of(a), a.slot, &a.room, &a.defence).cmp(&(day_of(b), b.slot, &b.room, &b.defence))
        });
        list
    }
}
