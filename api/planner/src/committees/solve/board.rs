//! Committees being worked on: seats and projects by number, with what each committee costs.

use crate::committees::instance::{Instance, Objective};
use crate::committees::solution::Committee;
use crate::random::Random;
use std::collections::{BTreeMap, BTreeSet};

/// Nobody sits here, or a project has no committee.
pub(crate) const NONE: usize = usize::MAX;

/// Hard rules broken, then every objective of [`Objective::all`].
pub(crate) type Costs = [i64; 7];

/// The instance as numbers.
pub(crate) struct Model<'a> {
    pub(crate) instance: &'a Instance,
    pub(crate) count: usize,
    pub(crate) seats: usize,
    pub(crate) full: usize,
    /// Professors who can be called, by index in the instance.
    pub(crate) free: Vec<usize>,
    pub(crate) area: Vec<usize>,
    pub(crate) areas: usize,
    pub(crate) tutors: Vec<bool>,
    pub(crate) subjects: Vec<Vec<usize>>,
    /// By project: who may not judge it.
    pub(crate) barred: Vec<Vec<usize>>,
    /// By professor: whom they may not sit beside.
    pub(crate) apart: Vec<Vec<usize>>,
    pub(crate) project_area: Vec<Option<usize>>,
    pub(crate) project_subjects: Vec<Vec<usize>>,
    pub(crate) students: Vec<usize>,
    total: usize,
    /// By committee and seat: who must sit there.
    pub(crate) seat_pins: Vec<usize>,
    pub(crate) project_pins: Vec<usize>,
    present_seat: Vec<usize>,
    present_project: Vec<usize>,
    pub(crate) order: Vec<usize>,
}

impl<'a> Model<'a> {
    pub(crate) fn new(instance: &'a Instance, count: usize) -> Self {
        let settings = &instance.settings;
        let people: BTreeMap<_, _> =
            instance.professors.iter().enumerate().map(|(i, p)| (&p.id, i)).collect();
        let projects: BTreeMap<_, _> =
            instance.projects.iter().enumerate().map(|(i, p)| (&p.id, i)).collect();
        let mut names: BTreeMap<_, usize> = BTreeMap::new();
        let mut area = Vec::new();
        for professor in &instance.professors {
            let next = names.len();
            area.push(*names.entry(&professor.area).or_insert(next));
        }
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        let mut number = |list: &'a [crate::id::SubjectId]| -> Vec<usize> {
            list.iter()
                .map(|s| {
                    let next = known.len();
                    *known.entry(s).or_insert(next)
                })
                .collect()
        };
        let tutors: BTreeSet<_> = instance.projects.iter().flat_map(|p| &p.tutors).collect();
        let seats = settings.seats();
        let mut model = Self {
            instance,
            count,
            seats,
            full: settings.full_seats,
            free: (0..instance.professors.len()).filter(|&p| instance.professors[p].is_free()).collect(),
            areas: names.len(),
            tutors: instance.professors.iter().map(|p| tutors.contains(&p.id)).collect(),
            subjects: instance.professors.iter().map(|p| number(&p.subjects)).collect(),
            barred: instance
                .projects
                .iter()
                .map(|p| p.barred().filter_map(|b| people.get(b).copied()).collect::<BTreeSet<_>>())
                .map(|set| set.into_iter().collect())
                .collect(),
            apart: vec![Vec::new(); instance.professors.len()],
            project_area: instance
                .projects
                .iter()
                .map(|p| p.area.as_ref().map(|a| names.get(a).copied().unwrap_or(NONE)))
                .collect(),
            project_subjects: instance.projects.iter().map(|p| number(&p.subjects)).collect(),
            students: instance.projects.iter().map(|p| p.students).collect(),
            total: instance.projects.iter().map(|p| p.students).sum(),
            seat_pins: vec![NONE; count * seats],
            project_pins: vec![NONE; instance.projects.len()],
            present_seat: vec![NONE; count * seats],
            present_project: vec![NONE; instance.projects.len()],
            area,
            order: instance
                .objectives
                .iter()
                .filter_map(|o| Objective::all().iter().position(|a| a == o))
                .map(|at| at + 1)
                .collect(),
        };
        for (one, other) in &instance.apart {
            let (one, other) = (people[one], people[other]);
            model.apart[one].push(other);
            model.apart[other].push(one);
        }
        for pin in &instance.seat_pins {
            // Who is pinned to a committee there is not is no seating's business: see `pins::beyond`.
            if pin.committee < count {
                model.seat_pins[pin.committee * seats + pin.seat] = people[&pin.professor];
            }
        }
        for pin in &instance.project_pins {
            model.project_pins[projects[&pin.project]] = pin.committee;
        }
        for (at, committee) in instance.present.iter().enumerate().take(count) {
            for (seat, person) in committee.seats.iter().enumerate().take(seats) {
                model.present_seat[at * seats + seat] = people.get(person).copied().unwrap_or(NONE);
            }
            for project in committee.projects.iter().filter_map(|p| projects.get(p)) {
                model.present_project[*project] = at;
            }
        }
        model
    }

    /// Seats of the committees in force whose holder cannot be called any more.
    pub(crate) fn forced_changes(&self) -> i64 {
        let gone = |&&p: &&usize| p != NONE && !self.instance.professors[p].is_free();
        self.present_seat.iter().filter(gone).count() as i64
    }

    /// Defences to be judged.
    pub(crate) fn total(&self) -> usize {
        self.total
    }
}

#[derive(Clone)]
pub(crate) struct Board<'m> {
    pub(crate) model: &'m Model<'m>,
    /// By committee and seat.
    pub(crate) seats: Vec<usize>,
    /// By professor: how many seats.
    pub(crate) held: Vec<usize>,
    pub(crate) committee_of: Vec<usize>,
    pub(crate) projects: Vec<Vec<usize>>,
    pub(crate) loads: Vec<usize>,
}

impl<'m> Board<'m> {
    /// A first guess: those to be called first, dealt by area; projects in order of size to the least load.
    pub(crate) fn first(model: &'m Model<'m>, random: &mut Random) -> Self {
        let mut board = Self {
            model,
            seats: vec![NONE; model.count * model.seats],
            held: vec![0; model.instance.professors.len()],
            committee_of: vec![NONE; model.students.len()],
            projects: vec![Vec::new(); model.count],
            loads: vec![0; model.count],
        };
        board.keep_what_is();
        board.deal_full_seats(random);
        board.deal_the_rest(random);
        board.deal_projects(random);
        board
    }

    fn keep_what_is(&mut self) {
        let model = self.model;
        for at in 0..self.seats.len() {
            let pinned = model.seat_pins[at];
            let present = model.present_seat[at];
            if pinned != NONE {
                self.sit(at, pinned);
            } else if present != NONE
                && self.can_take(present)
                && !model.seat_pins.contains(&present)
                && self.seat_suits(at, present)
            {
                self.sit(at, present);
            }
        }
        for project in 0..model.students.len() {
            let pinned = model.project_pins[project];
            let present = model.present_project[project];
            if pinned < model.count {
                self.assign(project, pinned);
            } else if pinned == NONE && present != NONE {
                let clash = model.barred[project].iter().any(|p| self.sits_in(*p, present));
                if !clash {
                    self.assign(project, present);
                }
            }
        }
    }

    /// Whether somebody free has no seat yet, or may have another.
    pub(crate) fn can_take(&self, person: usize) -> bool {
        self.model.instance.professors[person].is_free()
            && (self.held[person] == 0 || !self.model.instance.settings.one_seat)
    }

    pub(crate) fn sits_in(&self, person: usize, committee: usize) -> bool {
        let seats = self.model.seats;
        self.seats[committee * seats..(committee + 1) * seats].contains(&person)
    }

    /// Whether a seat keeps its committee spread and presided with this person in it.
    pub(crate) fn seat_suits(&self, at: usize, person: usize) -> bool {
        let model = self.model;
        let (committee, seat) = (at / model.seats, at % model.seats);
        let first = committee * model.seats;
        if (first..first + model.seats).any(|k| k != at && self.seats[k] == person) {
            return false;
        }
        if (first..first + model.seats).any(|k| k != at && model.apart[person].contains(&self.seats[k])) {
            return false;
        }
        if seat == 0 && !model.instance.professors[person].may_preside {
            return false;
        }
        seat >= model.full
            || !model.instance.settings.spread_areas
            || !(first..first + model.full)
                .any(|k| k != at && self.seats[k] != NONE && model.area[self.seats[k]] == model.area[person])
    }

    fn ranked(&self, random: &mut Random) -> Vec<usize> {
        let model = self.model;
        let mut people = model.free.clone();
        random.shuffle(&mut people);
        people.sort_by_key(|&p| self.rank(p));
        people
    }

    /// Whom the objectives call first.
    pub(crate) fn rank(&self, person: usize) -> Vec<i64> {
        let model = self.model;
        let of = |o: &usize| match o {
            2 => i64::from(!model.tutors[person]),
            3 => i64::from(model.instance.professors[person].service),
            _ => 0,
        };
        model.order.iter().map(of).collect()
    }

    fn deal_full_seats(&mut self, random: &mut Random) {
        let model = self.model;
        let people = self.ranked(random);
        // Areas with the most people left give first: that is what lets the last committee be spread.
        for seat in 0..model.full {
            for committee in 0..model.count {
                let at = committee * model.seats + seat;
                if self.seats[at] != NONE {
                    continue;
                }
                let mut left = vec![0usize; model.areas];
                for &p in people.iter().filter(|&&p| self.can_take(p)) {
                    left[model.area[p]] += 1;
                }
                let need = model.count.saturating_sub(committee);
                let choice = people
                    .iter()
                    .enumerate()
                    .filter(|&(_, &p)| self.can_take(p) && self.seat_suits(at, p))
                    .min_by_key(|&(rank, &p)| {
                        let tight = left[model.area[p]] >= need;
                        (!tight, usize::MAX - left[model.area[p]].min(model.count), rank)
                    })
                    .map(|(_, &p)| p);
                if let Some(person) = choice {
                    self.sit(at, person);
                }
            }
        }
    }

    fn deal_the_rest(&mut self, random: &mut Random) {
        let people = self.ranked(random);
        let mut next = 0;
        for at in 0..self.seats.len() {
            if self.seats[at] != NONE {
                continue;
            }
            while next < people.len() && !self.can_take(people[next]) {
                next += 1;
            }
            let choice = if self.model.instance.settings.one_seat {
                people.get(next).copied()
            } else {
                let committee = at / self.model.seats;
                people.iter().copied().filter(|&p| !self.sits_in(p, committee)).min_by_key(|&p| self.held[p])
            };
            if let Some(person) = choice {
                self.sit(at, person);
            }
        }
    }

    fn deal_projects(&mut self, random: &mut Random) {
        let model = self.model;
        let mut left: Vec<usize> =
            (0..model.students.len()).filter(|&p| self.committee_of[p] == NONE).collect();
        random.shuffle(&mut left);
        left.sort_by_key(|&p| std::cmp::Reverse(model.students[p]));
        for project in left {
            let committee = (0..model.count).min_by_key(|&c| {
                let clashes = model.barred[project].iter().filter(|&&p| self.sits_in(p, c)).count();
                (self.loads[c] + 2 * clashes, c)
            });
            if let Some(committee) = committee {
                self.assign(project, committee);
            }
        }
    }

    pub(crate) fn sit(&mut self, at: usize, person: usize) {
        let was = std::mem::replace(&mut self.seats[at], person);
        if was != NONE {
            self.held[was] -= 1;
        }
        if person != NONE {
            self.held[person] += 1;
        }
    }

    pub(crate) fn assign(&mut self, project: usize, committee: usize) {
        let was = std::mem::replace(&mut self.committee_of[project], committee);
        if was != NONE {
            self.projects[was].retain(|&p| p != project);
            self.loads[was] -= self.model.students[project];
        }
        self.projects[committee].push(project);
        self.loads[committee] += self.model.students[project];
    }

    /// What one committee costs.
    pub(crate) fn cost(&self, committee: usize) -> Costs {
        let model = self.model;
        let mut costs = [0; 7];
        let first = committee * model.seats;
        let seats = &self.seats[first..first + model.seats];
        let full = &seats[..model.full];
        let known = |p: &&usize| **p != NONE;
        for (seat, &person) in seats.iter().enumerate() {
            if person == NONE {
                costs[0] += 1;
                continue;
            }
            let professor = &model.instance.professors[person];
            costs[0] += i64::from(!professor.is_free());
            costs[0] += i64::from(seats[..seat].contains(&person));
            costs[0] += model.apart[person].iter().filter(|p| seats[..seat].contains(p)).count() as i64;
            costs[0] += i64::from(seat == 0 && !professor.may_preside);
            if seat < model.full && model.instance.settings.spread_areas {
                let again = full[..seat].iter().any(|&p| p != NONE && model.area[p] == model.area[person]);
                costs[0] += i64::from(again);
            }
            let (pinned, was) = (model.seat_pins[first + seat], model.present_seat[first + seat]);
            costs[0] += i64::from(pinned != NONE && pinned != person);
            costs[1] += i64::from(was != NONE && was != person);
            costs[2] += i64::from(!model.tutors[person]);
            costs[3] += i64::from(professor.service);
        }
        if let Some((&president, members)) = full.split_first()
            && president != NONE
        {
            let of = |p: usize| model.instance.professors[p].seniority;
            costs[6] += members.iter().filter(known).filter(|&&m| of(m) > of(president)).count() as i64;
        }
        for &project in &self.projects[committee] {
            costs[0] += model.barred[project].iter().filter(|p| seats.contains(p)).count() as i64;
            if let Some(area) = model.project_area[project] {
                costs[4] += i64::from(!full.iter().filter(known).any(|&p| model.area[p] == area));
            }
            let subjects = &model.project_subjects[project];
            let covered = |s: &usize| full.iter().filter(known).any(|&p| model.subjects[p].contains(s));
            costs[5] += subjects.iter().filter(|s| !covered(s)).count() as i64;
            let (pinned, was) = (model.project_pins[project], model.present_project[project]);
            costs[0] += i64::from(pinned != NONE && pinned != committee);
            costs[1] += i64::from(was != NONE && was != committee);
        }
        // Loads: squares pull them together; the best possible sum is subtracted by nobody.
        let ideal = model.total() / model.count;
        let load = self.loads[committee];
        costs[0] += (load.saturating_sub(ideal + 1) + ideal.saturating_sub(load)) as i64;
        costs
    }

    pub(crate) fn total(&self) -> Costs {
        let mut sum = [0; 7];
        for committee in 0..self.model.count {
            add(&mut sum, &self.cost(committee), 1);
        }
        sum
    }

    /// Hard rules broken, uneven loads that teams make unavoidable left aside.
    pub(crate) fn broken(&self) -> i64 {
        let model = self.model;
        let ideal = model.total() / model.count;
        let uneven: usize =
            self.loads.iter().map(|&l| l.saturating_sub(ideal + 1) + ideal.saturating_sub(l)).sum();
        let most = self.loads.iter().max().copied().unwrap_or(0);
        let least = self.loads.iter().min().copied().unwrap_or(0);
        let largest = model.students.iter().max().copied().unwrap_or(1);
        let free = !model.instance.project_pins.is_empty() || most - least <= largest;
        self.total()[0] - if free { uneven as i64 } else { 0 }
    }

    pub(crate) fn committees(&self) -> Vec<Committee> {
        let instance = self.model.instance;
        self.seats
            .chunks(self.model.seats)
            .zip(&self.projects)
            .map(|(seats, projects)| {
                let mut projects = projects.clone();
                projects.sort_unstable();
                Committee {
                    seats: seats
                        .iter()
                        .filter(|p| **p != NONE)
                        .map(|&p| instance.professors[p].id.clone())
                        .collect(),
                    projects: projects.iter().map(|&p| instance.projects[p].id.clone()).collect(),
                }
            })
            .collect()
    }
}

pub(crate) fn add(sum: &mut Costs, costs: &Costs, sign: i64) {
    for (a, b) in sum.iter_mut().zip(costs) {
        *a += sign * b;
    }
}
