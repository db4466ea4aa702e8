//! Where time is short, computed from the question and the timetable as it is: who is free when,
//! and which people, rooms and days have the least left.

use super::board::user;
use super::grid::{Cell, Grid};
use gestfg_planner::timetable::Answer;
use gestfg_types::ids::UserId;
use std::collections::{BTreeMap, BTreeSet};

/// Whose common hours are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everybody needed by a defence without a place.
    Unplaced,
    /// The people of a defence.
    Defence(usize),
    /// Those who judge in a committee.
    Committee(usize),
}

impl Scope {
    /// The defences that are looked at.
    pub(super) fn defences(self, grid: &Grid) -> Vec<usize> {
        match self {
            Self::Unplaced => grid.left().collect(),
            Self::Defence(defence) => vec![defence],
            Self::Committee(at) => {
                (0..grid.count()).filter(|defence| grid.known[*defence].committee == Some(at)).collect()
            }
        }
    }

    /// The people whose hours are counted.
    pub(super) fn people(self, grid: &Grid) -> Vec<UserId> {
        let all: BTreeSet<UserId> =
            self.defences(grid).into_iter().flat_map(|defence| grid.people_of(defence)).collect();
        all.into_iter().collect()
    }
}

/// Why somebody is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Away {
    /// They said no.
    SaidNo,
    /// They are at another defence.
    Judging,
}

/// An hour of some people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hour {
    /// How many of them are free.
    pub(super) free: usize,
    /// Who is not, and why.
    pub(super) away: Vec<(UserId, Away)>,
    /// How many rooms are open and empty.
    pub(super) rooms: usize,
}

/// When everybody is taken, by day and slot.
struct Diary(BTreeMap<(usize, usize), BTreeSet<UserId>>);

impl Diary {
    fn of(grid: &Grid, but: &[usize]) -> Self {
        let mut all: BTreeMap<(usize, usize), BTreeSet<UserId>> = BTreeMap::new();
        for defence in (0..grid.count()).filter(|defence| !but.contains(defence)) {
            let Some(cell) = grid.place(defence) else { continue };
            let long = grid.question.defences[defence].duration.unwrap_or(grid.question.duration);
            for slot in cell.slot..cell.slot + long {
                all.entry((cell.day, slot)).or_default().extend(grid.people_of(defence));
            }
        }
        Self(all)
    }

    fn has(&self, who: UserId, day: usize, slot: usize) -> bool {
        self.0.get(&(day, slot)).is_some_and(|all| all.contains(&who))
    }
}

fn says_no(grid: &Grid, who: UserId, day: usize, slot: usize) -> bool {
    let person = grid.question.people.iter().find(|person| user(&person.id) == Some(who));
    let given = person.and_then(|person| person.availability.as_ref());
    let day = grid.question.days.get(day);
    given.zip(day).is_some_and(|(given, day)| given.answer(&day.id, slot) == Answer::No)
}

/// The map of common hours: for each day its slots, none where nothing takes place.
pub(super) fn hours(grid: &Grid, scope: Scope) -> Vec<Vec<Option<Hour>>> {
    let people = scope.people(grid);
    let diary = Diary::of(grid, &scope.defences(grid));
    let hour = |day: usize, slot: usize| {
        let cell = Cell { day, slot, room: 0 };
        if grid.is_closed(cell) {
            return None;
        }
        let away = people.iter().filter_map(|who| {
            if says_no(grid, *who, day, slot) {
                Some((*who, Away::SaidNo))
            } else {
                diary.has(*who, day, slot).then_some((*who, Away::Judging))
            }
        });
        let away: Vec<_> = away.collect();
        let rooms = (0..grid.question.rooms.len()).map(|room| Cell { room, ..cell });
        let rooms = rooms.filter(|cell| grid.is_open(*cell) && grid.at(*cell).is_none()).count();
        Some(Hour { free: people.len() - away.len(), away, rooms })
    };
    let days = grid.question.days.iter().enumerate();
    days.map(|(day, known)| (0..known.slots).map(|slot| hour(day, slot)).collect()).collect()
}

/// How much time somebody, a room or a day has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Supply<T> {
    /// Whose.
    pub(super) of: T,
    /// Hours there are.
    pub(super) open: usize,
    /// Hours that are wanted, or taken.
    pub(super) wanted: usize,
}

impl<T> Supply<T> {
    /// What is left over; negative when it cannot suffice.
    pub(super) fn spare(&self) -> i64 {
        i64::try_from(self.open).unwrap_or(i64::MAX) - i64::try_from(self.wanted).unwrap_or(i64::MAX)
    }
}

/// Most of a kind that are listed.
const LISTED: usize = 8;

fn scarcest<T>(mut all: Vec<Supply<T>>) -> Vec<Supply<T>> {
    all.sort_by_key(Supply::spare);
    all.truncate(LISTED);
    all
}

/// People by what is left of their hours after all the defences that need them.
pub(super) fn people(grid: &Grid) -> Vec<Supply<UserId>> {
    let mut needed: BTreeMap<UserId, usize> = BTreeMap::new();
    for defence in 0..grid.count() {
        let long = grid.question.defences[defence].duration.unwrap_or(grid.question.duration);
        for who in grid.people_of(defence) {
            *needed.entry(who).or_default() += long;
        }
    }
    let open = |who: UserId| {
        let days = grid.question.days.iter().enumerate();
        days.flat_map(|(day, known)| (0..known.slots).map(move |slot| (day, slot)))
            .filter(|(day, slot)| !grid.is_closed(Cell { day: *day, slot: *slot, room: 0 }))
            .filter(|(day, slot)| !says_no(grid, who, *day, *slot))
            .count()
    };
    scarcest(needed.into_iter().map(|(of, wanted)| Supply { of, open: open(of), wanted }).collect())
}

fn open_cells(grid: &Grid) -> impl Iterator<Item = Cell> {
    let days = grid.question.days.iter().enumerate();
    let slots = days.flat_map(|(day, known)| (0..known.slots).map(move |slot| (day, slot)));
    slots
        .flat_map(|(day, slot)| (0..grid.question.rooms.len()).map(move |room| Cell { day, slot, room }))
        .filter(|cell| grid.is_open(*cell))
}

fn cells_by(grid: &Grid, key: fn(&Cell) -> usize, count: usize) -> Vec<Supply<usize>> {
    let mut all: Vec<Supply<usize>> = (0..count).map(|of| Supply { of, open: 0, wanted: 0 }).collect();
    for cell in open_cells(grid) {
        if let Some(found) = all.get_mut(key(&cell)) {
            found.open += 1;
            found.wanted += usize::from(grid.at(cell).is_some());
        }
    }
    scarcest(all)
}

/// Rooms by how many of their open hours are not in use.
pub(super) fn rooms(grid: &Grid) -> Vec<Supply<usize>> {
    cells_by(grid, |cell| cell.room, grid.question.rooms.len())
}

/// Days by how many open hours of rooms are not in use.
pub(super) fn days(grid: &Grid) -> Vec<Supply<usize>> {
    cells_by(grid, |cell| cell.day, grid.question.days.len())
}
