//! The timetable of a version as the grid works on it, judged by the planner's own checker.

use super::board::{Board, Verdict, user, word};
use super::names::{Known, nothing, room_of};
use crate::format::Dates;
use chrono::Datelike;
use gestfg_planner::timetable::{Answer, Instance, Objective, Placement, Report, Solution, Violation, check};
use gestfg_types::ids::UserId;
use gestfg_types::planning::{
    CommitteePlan, DefenceMove, DefencePlace, MoveDefence, PinPlan, PlanFinding, PlanPart, UnplacedDefence,
};
use serde_json::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// A place in the grid, by the order of days and rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Cell {
    /// The day.
    pub(super) day: usize,
    /// The slot of the day.
    pub(super) slot: usize,
    /// The room.
    pub(super) room: usize,
}

/// A defence, by its order in the question, and where it goes; nowhere takes it out.
pub(super) type Step = (usize, Option<Cell>);

/// The timetable of a version, and the question it answers.
#[derive(Debug)]
pub(super) struct Grid {
    /// The question.
    pub(super) question: Instance,
    /// The answer.
    pub(super) answer: Solution,
    /// The committees and all names.
    pub(super) board: Rc<Board>,
    /// Why the rest has no place, with the names people know.
    pub(super) unplaced: Vec<UnplacedDefence>,
    /// What is shown of each defence, in the order of the question.
    pub(super) known: Vec<Known>,
    places: Vec<Option<Cell>>,
    taken: HashMap<Cell, usize>,
    report: Report,
}

/// Every version is read once, so that two of them are the same only if they are one: what is
/// drawn from it need not be compared while something is dragged about.
impl PartialEq for Grid {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Grid {
    /// Reads a version; none when it has no timetable.
    pub(super) fn read(plan: &CommitteePlan, board: &Rc<Board>) -> Option<Rc<Self>> {
        let question = serde_json::from_value(plan.timetable_instance.clone()?).ok()?;
        let answer = serde_json::from_value(plan.timetable_solution.clone()?).ok()?;
        let read = Self::new(question, answer, board);
        Some(Rc::new(Self { unplaced: plan.unplaced.clone(), ..read }))
    }

    /// Makes a grid of a question and its answer.
    pub(super) fn new(question: Instance, answer: Solution, board: &Rc<Board>) -> Self {
        let known = question.defences.iter().map(|defence| Known::of(board, &defence.id.0)).collect();
        let report = check(&question, &answer.placements);
        let (places, taken) = (Vec::new(), HashMap::new());
        let (board, unplaced) = (Rc::clone(board), Vec::new());
        let mut grid = Self { question, answer, board, unplaced, known, places, taken, report };
        grid.places = grid.question.defences.iter().map(|defence| grid.find(&defence.id.0)).collect();
        let placed = grid.places.iter().enumerate();
        grid.taken = placed.filter_map(|(defence, cell)| Some(((*cell)?, defence))).collect();
        grid
    }

    fn find(&self, name: &str) -> Option<Cell> {
        let placed = self.answer.placements.iter().find(|placed| placed.defence.0 == name)?;
        self.cell_of(placed)
    }

    /// The cell the planner speaks of.
    pub(super) fn cell_of(&self, placed: &Placement) -> Option<Cell> {
        Some(Cell {
            day: self.question.days.iter().position(|day| day.id == placed.day)?,
            slot: placed.slot,
            room: self.question.rooms.iter().position(|room| room.id == placed.room)?,
        })
    }

    /// The order of a defence the planner names.
    pub(super) fn order(&self, name: &str) -> Option<usize> {
        self.question.defences.iter().position(|defence| defence.id.0 == name)
    }

    /// How many defences there are.
    pub(super) fn count(&self) -> usize {
        self.question.defences.len()
    }

    /// The place of a defence.
    pub(super) fn place(&self, defence: usize) -> Option<Cell> {
        self.places.get(defence).copied().flatten()
    }

    /// The defence that begins in a cell.
    pub(super) fn at(&self, cell: Cell) -> Option<usize> {
        self.taken.get(&cell).copied()
    }

    /// Whether nothing takes place in a slot.
    pub(super) fn is_closed(&self, cell: Cell) -> bool {
        self.question.days.get(cell.day).is_none_or(|day| {
            cell.slot >= day.slots || day.closed.iter().any(|(from, to)| (*from..*to).contains(&cell.slot))
        })
    }

    /// Whether a room can be used in a slot at all.
    pub(super) fn is_open(&self, cell: Cell) -> bool {
        let (day, room) = (self.question.days.get(cell.day), self.question.rooms.get(cell.room));
        let open = day.zip(room).is_some_and(|(day, room)| {
            let given = room.availability.as_ref();
            given.is_none_or(|given| given.answer(&day.id, cell.slot) != Answer::No)
        });
        open && !self.is_closed(cell)
    }

    /// Whether somebody fixed where a defence is.
    pub(super) fn is_pinned(&self, defence: usize) -> bool {
        let found = self.question.defences.get(defence);
        found.is_some_and(|found| self.question.pins.iter().any(|pin| pin.defence == found.id))
    }

    /// Defences without a place.
    pub(super) fn left(&self) -> impl Iterator<Item = usize> {
        (0..self.count()).filter(|defence| self.place(*defence).is_none())
    }

    /// The defences of a day, in the order of time and room.
    pub(super) fn of_day(&self, day: usize) -> Vec<(Cell, usize)> {
        let mut all: Vec<_> = self.taken.iter().filter(|(cell, _)| cell.day == day).collect();
        all.sort();
        all.into_iter().map(|(cell, defence)| (*cell, *defence)).collect()
    }

    /// The name of a room.
    pub(super) fn room(&self, room: usize) -> String {
        self.question.rooms.get(room).map_or_else(String::new, |found| self.board.room(&found.id))
    }

    /// When a slot begins, by the clock.
    pub(super) fn time(&self, dates: &Dates, day: usize, slot: usize) -> String {
        let known = self.board.names.days.get(day).and_then(|day| day.slots.get(slot));
        known.map_or_else(|| dates.texts().plan_slot(slot + 1), |at| dates.time(*at))
    }

    /// When a slot begins, with its day.
    pub(super) fn hour(&self, dates: &Dates, day: usize, slot: usize) -> String {
        format!("{}, {}", self.day(dates, day), self.time(dates, day, slot))
    }

    /// The day as it is called.
    pub(super) fn day(&self, dates: &Dates, day: usize) -> String {
        let known = self.board.names.days.get(day).and_then(|day| day.slots.first());
        known.map_or_else(
            || self.question.days.get(day).map_or_else(String::new, |day| day.id.to_string()),
            |at| {
                let day = dates.zone().day(*at);
                format!("{} {}", dates.texts().short_weekday(day.weekday()), dates.day(day))
            },
        )
    }

    /// Day, time and room of a cell.
    pub(super) fn when(&self, dates: &Dates, cell: Cell) -> String {
        format!("{}, {}", self.hour(dates, cell.day, cell.slot), self.room(cell.room))
    }

    /// What goes with a defence: its team always, and if it is wished all that its committee
    /// judges on the same day. In the order of time.
    fn company(&self, defence: usize, session: bool) -> Vec<usize> {
        let Some(own) = self.question.defences.get(defence) else { return Vec::new() };
        let day = self.place(defence).map(|cell| cell.day);
        let goes = |other: &usize| {
            let known = &self.question.defences[*other];
            let together = session && day.is_some() && known.committee == own.committee;
            *other == defence
                || (own.team.is_some() && known.team == own.team)
                || (together && own.committee.is_some() && self.place(*other).map(|cell| cell.day) == day)
        };
        let mut all: Vec<usize> = (0..self.count()).filter(goes).collect();
        all.sort_by_key(|other| (self.place(*other), *other));
        all
    }

    /// The cell so many defences later (or earlier) in a room, beyond pauses when they may be skipped.
    fn later(&self, from: Cell, by: isize, skip: bool) -> Cell {
        let step = isize::try_from(self.question.duration + self.question.gap).unwrap_or(1).max(1);
        let slots = self.question.days.get(from.day).map_or(0, |day| day.slots);
        let mut cell = from;
        for _ in 0..by.abs() {
            loop {
                let next = isize::try_from(cell.slot).unwrap_or(0) + step * by.signum();
                // Before the first slot there is nothing: beyond the last is refused as well.
                cell.slot = usize::try_from(next).unwrap_or(slots);
                if !skip || cell.slot >= slots || !self.is_closed(cell) {
                    break;
                }
            }
        }
        cell
    }

    /// Where defences go when one is put into a cell: its company keeps its order around it, and
    /// what is there takes the places that become free.
    pub(super) fn moves(&self, defence: usize, to: Option<Cell>, session: bool) -> Vec<Step> {
        let company = self.company(defence, session);
        let Some(to) = to else { return company.into_iter().map(|other| (other, None)).collect() };
        let at = company.iter().position(|other| *other == defence).unwrap_or(0);
        let mut moves: Vec<Step> = company
            .iter()
            .enumerate()
            .map(|(order, other)| {
                let by = isize::try_from(order).unwrap_or(0) - isize::try_from(at).unwrap_or(0);
                (*other, Some(self.later(to, by, session)))
            })
            .collect();
        let wanted: Vec<Cell> = moves.iter().filter_map(|(_, cell)| *cell).collect();
        let mut free =
            company.iter().filter_map(|other| self.place(*other)).filter(|cell| !wanted.contains(cell));
        let others = wanted.iter().filter_map(|cell| self.at(*cell)).filter(|other| !company.contains(other));
        let others: Vec<usize> = others.collect();
        moves.extend(others.into_iter().map(|other| (other, free.next())));
        moves
    }

    /// Where everything would be.
    pub(super) fn after(&self, moves: &[Step]) -> Vec<Placement> {
        let mut after = self.answer.placements.clone();
        for (defence, to) in moves {
            let Some(defence) = self.question.defences.get(*defence) else { continue };
            let was = after.iter().find(|placed| placed.defence == defence.id);
            // Who was chosen for the seats of a free panel goes with the defence.
            let panel = was.map(|placed| placed.panel.clone()).unwrap_or_default();
            after.retain(|placed| placed.defence != defence.id);
            let committee = defence.committee.as_ref();
            let committee =
                committee.and_then(|id| self.question.committees.iter().find(|known| known.id == *id));
            let place = to.and_then(|cell| {
                Some((self.question.days.get(cell.day)?, self.question.rooms.get(cell.room)?, cell.slot))
            });
            after.extend(place.map(|(day, room, slot)| Placement {
                defence: defence.id.clone(),
                day: day.id.clone(),
                slot,
                room: room.id.clone(),
                panel: committee.map_or(panel, |committee| committee.seats.clone()),
            }));
        }
        after
    }

    /// What moves would break or bring about that is not so already.
    pub(super) fn judge(&self, moves: &[Step]) -> Verdict {
        let new = timed(|| check(&self.question, &self.after(moves)));
        let old = &self.report;
        let broken = new.violations.into_iter().filter(|found| {
            let known = |one: &Violation| {
                (one.rule, &one.defences, &one.people, &one.rooms)
                    == (found.rule, &found.defences, &found.people, &found.rooms)
            };
            !old.violations.iter().any(known)
        });
        let warnings = new.warnings.into_iter().filter(|found| !old.warnings.contains(found));
        let blank = || nothing(PlanPart::Timetable);
        let broken = broken.map(|found| PlanFinding {
            rule: word(&found.rule),
            text: found.text,
            people: found.people.iter().filter_map(user).collect(),
            defences: found.defences.iter().map(ToString::to_string).collect(),
            rooms: found.rooms.iter().filter_map(room_of).collect(),
            ..blank()
        });
        let warnings = warnings.map(|found| PlanFinding {
            rule: word(&found.kind),
            text: found.text,
            people: found.people.iter().filter_map(user).collect(),
            defences: found.defences.iter().map(ToString::to_string).collect(),
            ..blank()
        });
        let worse = old.objectives.iter().zip(&new.objectives).filter(|(was, is)| match was.objective {
            Objective::Changes => false,
            Objective::BackToBack => is.value < was.value,
            _ => is.value > was.value,
        });
        Verdict {
            broken: broken.collect(),
            warnings: warnings.collect(),
            worse: worse.map(|(was, is)| (word(&was.objective), was.value, is.value)).collect(),
        }
    }

    /// The body that asks the server for these moves.
    pub(super) fn request(&self, moves: &[Step], override_reason: Option<String>) -> Value {
        let step = |(defence, to): &Step| {
            let defence = self.question.defences.get(*defence)?.id.to_string();
            let to = match to {
                None => None,
                Some(cell) => Some(DefencePlace {
                    day: self.question.days.get(cell.day)?.id.to_string(),
                    slot: cell.slot,
                    room_id: room_of(&self.question.rooms.get(cell.room)?.id)?,
                }),
            };
            Some(DefenceMove { defence, to })
        };
        let moves = moves.iter().filter_map(step).collect();
        serde_json::to_value(MoveDefence { moves, override_reason }).unwrap_or_default()
    }

    /// The body that fixes a defence where it is, or lets it go.
    pub(super) fn pin(&self, defence: usize, pinned: bool, override_reason: Option<String>) -> Value {
        let defence = self.question.defences.get(defence).map(|found| found.id.to_string());
        let (seat, request_id) = (None, None);
        serde_json::to_value(PinPlan { seat, request_id, defence, pinned, override_reason })
            .unwrap_or_default()
    }

    /// Who has to be at a defence.
    pub(super) fn people_of(&self, defence: usize) -> Vec<UserId> {
        let Some(found) = self.question.defences.get(defence) else { return Vec::new() };
        let committee =
            self.question.committees.iter().find(|known| Some(&known.id) == found.committee.as_ref());
        let seats = committee.iter().flat_map(|committee| &committee.seats);
        let mut all: Vec<UserId> = found.people.iter().chain(seats).filter_map(user).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// How long the checker took is noted where the browser's tools and the bench find it.
fn timed<T>(check: impl FnOnce() -> T) -> T {
    if cfg!(target_arch = "wasm32")
        && let Some(watch) = gloo_utils::window().performance()
    {
        let _ = watch.mark("plan.check.begin");
        let found = check();
        let _ = watch.measure_with_start_mark("plan.check", "plan.check.begin");
        watch.clear_marks_with_mark_name("plan.check.begin");
        return found;
    }
    check()
}
