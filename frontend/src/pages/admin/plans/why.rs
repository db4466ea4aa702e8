//! Why a defence has no place or a run made nothing, and what would help, in words of the reader's
//! language: the planner's own sentences are English, but each has a code and what fills its places.

use super::board::user;
use super::grid::Grid;
use super::names::student;
use crate::format::Dates;
use crate::i18n::Texts;
use gestfg_planner::id::{DayId, DefenceId, PersonId};
use gestfg_planner::timetable::{Placement, Repair};
use gestfg_types::planning::{PlanParam, PlanningReason};
use std::collections::BTreeMap;

/// Names beyond these are only counted.
const NAMED: usize = 8;

/// Some names as one writes them in a sentence.
pub(super) fn list(t: Texts, names: &[String]) -> String {
    if names.len() > NAMED {
        return t.plan_and_others(&names[..NAMED - 1].join(", "), names.len() + 1 - NAMED);
    }
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => t.plan_and(&most.join(", "), last),
    }
}

/// People by their names.
pub(super) fn people(t: Texts, grid: &Grid, all: &[PersonId]) -> String {
    let name = |id: &PersonId| user(id).map_or_else(|| id.to_string(), |who| grid.board.name(who));
    list(t, &all.iter().map(name).collect::<Vec<_>>())
}

fn students(t: Texts, grid: &Grid, all: &[DefenceId]) -> String {
    let name = |id: &DefenceId| student(&grid.board.names, &id.0).unwrap_or_else(|| id.to_string());
    list(t, &all.iter().map(name).collect::<Vec<_>>())
}

/// What fills the places of a sentence of the planner.
struct Places<'a>(Texts, &'a BTreeMap<String, PlanParam>);

impl Places<'_> {
    fn names(&self, place: &str) -> &[String] {
        match self.1.get(place) {
            Some(PlanParam::Names(names)) => names,
            _ => &[],
        }
    }

    fn list(&self, place: &str) -> String {
        list(self.0, self.names(place))
    }

    fn count(&self, place: &str) -> i64 {
        match self.1.get(place) {
            Some(PlanParam::Count(count)) => *count,
            _ => 0,
        }
    }

    /// The areas that are short, each with how many professors are free in it.
    fn areas(&self) -> String {
        let free = match self.1.get("free") {
            Some(PlanParam::Counts(free)) => &free[..],
            _ => &[],
        };
        let each = self.names("areas").iter().zip(free).map(|(area, free)| format!("{area} {free}"));
        list(self.0, &each.collect::<Vec<_>>())
    }

    /// At which hour the fewest are missing, and who they are.
    fn nearest(&self, dates: &Dates) -> String {
        match self.1.get("at") {
            Some(PlanParam::Time(at)) if !self.names("ask").is_empty() => {
                format!(" {}", self.0.why_nearest(&dates.date_time(*at), &self.list("ask")))
            }
            _ => String::new(),
        }
    }
}

/// A reason of the planner; what has no form for other languages is said by its kind alone.
pub(super) fn reason(dates: &Dates, found: &PlanningReason) -> String {
    let t = dates.texts();
    let of = Places(t, &found.params);
    let (people, defences, hours) = (of.list("people"), of.list("defences"), of.count("hours"));
    let committees = of.count("committees");
    match found.code.as_str() {
        "professors_short" => {
            t.why_professors_short(committees, of.count("seats"), of.count("needed"), of.count("free"))
        }
        "committee_too_large" => t.why_committee_too_large(of.count("seats"), of.count("free")),
        "presidents_short" => t.why_presidents_short(committees, of.count("presidents")),
        "areas_short" => {
            t.why_areas_short(committees, of.count("full_seats"), &of.areas(), of.count("all_areas"))
        }
        "committee_pins" => {
            let things = [of.names("people"), of.names("projects")].concat();
            t.why_committee_pins(&list(t, &things))
        }
        "interests" => t.why_interests(committees, &people, &of.list("projects")),
        "committees_not_found" => t.why_committees_not_found(committees),
        "committees_unproved" => t.why_committees_unproved(committees),
        "outside_window" => t.why_outside_window(&defences),
        "never_free" => t.why_never_free(&people) + &of.nearest(dates),
        "no_common_hour" => t.why_no_common_hour(&people) + &of.nearest(dates),
        "no_room_suits" => t.why_no_room_suits().to_owned(),
        "rooms_closed" => t.why_rooms_closed(&of.list("rooms"), hours),
        "pinned_in_vain" => t.why_pinned_in_vain().to_owned(),
        "no_panel" => t.why_no_panel(&of.list("roles"), hours),
        "not_in_time" => t.why_not_in_time().to_owned(),
        "people_short" => t.why_people_short(&people, &defences, hours),
        "rooms_short" => t.why_rooms_short(&defences, hours),
        "workload" => t.why_workload(&people, &defences),
        "competition" if people.is_empty() => t.why_competition(&defences),
        "competition" => t.why_competition_for(&defences, &people),
        "committee_full" => t.why_committee_full(&of.list("committee"), &defences, hours),
        "committees_compete" => t.why_committees_compete(&of.list("committees"), &defences, hours),
        "defence_pins" => t.why_pins(&defences),
        "pins_not_kept" => t.why_pins_not_kept(&defences),
        "taken_out" => t.why_taken_out().to_owned(),
        "no_version" => t.why_no_version().to_owned(),
        "no_dates" => t.why_no_dates().to_owned(),
        "no_slots" => t.why_no_slots().to_owned(),
        "no_projects" => t.why_no_projects().to_owned(),
        "no_rooms" => t.why_no_rooms().to_owned(),
        _ => t.planning_reason(&found.kind).to_owned(),
    }
}

fn hour(dates: &Dates, grid: &Grid, day: &DayId, slot: usize) -> String {
    let known = grid.question.days.iter().position(|known| known.id == *day);
    known.map_or_else(|| day.to_string(), |day| grid.hour(dates, day, slot))
}

/// Where a defence would go.
pub(super) fn place(dates: &Dates, grid: &Grid, placed: &Placement) -> String {
    format!("{}, {}", hour(dates, grid, &placed.day, placed.slot), grid.board.room(&placed.room))
}

/// What a repair asks for, a step each, the first being where the defence would go.
pub(super) fn steps(dates: &Dates, grid: &Grid, repair: &Repair) -> Vec<String> {
    let t = dates.texts();
    let mut all = vec![t.repair_place(&place(dates, grid, &repair.placement))];
    if !repair.ask.is_empty() {
        all.push(t.repair_ask(&people(t, grid, &repair.ask)));
    }
    let rooms: Vec<String> = repair.open.iter().map(|room| grid.board.room(room)).collect();
    if !rooms.is_empty() {
        all.push(t.repair_open(&list(t, &rooms)));
    }
    let moves = repair.moves.iter().filter(|moved| !grid.answer.placements.contains(moved));
    all.extend(moves.map(|moved| {
        let name = student(&grid.board.names, &moved.defence.0).unwrap_or_else(|| moved.defence.to_string());
        t.plan_goes_to(&name, &place(dates, grid, moved))
    }));
    if !repair.also_places.is_empty() {
        all.push(t.repair_also(&students(t, grid, &repair.also_places)));
    }
    all
}
