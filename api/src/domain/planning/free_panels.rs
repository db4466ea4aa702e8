//! Free panels: every project gets people of its own when its defences are timed.
//!
//! To the rest of the house such a panel is a committee that judges one project. The planner's
//! timetable knows eligible people for each seat, not that full seats are of different areas or
//! who may not sit beside whom; so each area is dealt to one seat of each defence before the
//! question is asked, and of two who may not sit together one is left out. By hand, everybody
//! eligible may take every seat, and the rules of committees judge.

use super::run::{Failure, faults, hours, unsound};
use super::{Draft, Mode, Settings, Timetable, World, ask_committees, ask_timetable, calling, ids};
use gestfg_planner::committees::{self as formed, Committee, Note, NoteKind};
use gestfg_planner::control::Control;
use gestfg_planner::id::{AreaId, PersonId, ProjectId};
use gestfg_planner::sentence::Sentence;
use gestfg_planner::status::Status;
use gestfg_planner::timetable::{self, Defence, Instance, Pin, Seat};
use gestfg_types::planning::PlanningKind;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of committees that judge one project each.
#[must_use]
pub fn rules(settings: &Settings, projects: &[formed::Project]) -> formed::Settings {
    formed::Settings {
        full_seats: settings.members + 1,
        substitutes: settings.substitutes,
        target: projects.iter().map(|project| project.students).max().unwrap_or(1),
        committees: Some(projects.len()),
        may_exceed_target: false,
        spread_areas: settings.distinct_areas,
        one_seat: false,
    }
}

/// The most defences somebody attends: as many as in the one committee they would sit in.
#[must_use]
pub fn most_defences(settings: &Settings) -> Option<usize> {
    (settings.mode == Mode::FreePanel && settings.one_seat_per_call).then_some(settings.target_size)
}

/// Gives each defence the seats to be filled, for everybody who may take them; who served least
/// in past years costs least.
pub fn open_seats(question: &mut Instance, rules: &formed::Instance) {
    let known: BTreeSet<&PersonId> = question.people.iter().map(|person| &person.id).collect();
    let free: Vec<_> = rules.professors.iter().filter(|p| p.is_free() && known.contains(&p.id)).collect();
    let least = free.iter().map(|professor| professor.service).min().unwrap_or_default();
    let seat = |at: usize| {
        let eligible = free.iter().filter(|professor| at > 0 || professor.may_preside);
        let cost = |p: &&&formed::Professor| (p.service > least).then(|| (p.id.clone(), p.service - least));
        Seat {
            role: super::publication::seat_name(at, rules.settings.full_seats),
            costs: eligible.clone().filter_map(|p| cost(&p)).collect(),
            eligible: eligible.map(|professor| professor.id.clone()).collect(),
        }
    };
    let seats: Vec<Seat> = (0..rules.settings.full_seats).map(seat).collect();
    for defence in &mut question.defences {
        defence.seats.clone_from(&seats);
        let barred = project_of(rules, defence).into_iter().flat_map(formed::Project::barred);
        let barred: BTreeSet<_> = barred.filter(|id| known.contains(id)).cloned().collect();
        defence.excluded = barred.into_iter().collect();
    }
}

/// Who was fixed in a seat stays in it.
pub fn pin_seats(question: &mut Instance, draft: &Draft) {
    let full = draft.question.settings.full_seats;
    for pin in draft.question.seat_pins.iter().filter(|pin| pin.seat < full) {
        let Some(committee) = draft.answer.committees.get(pin.committee) else { continue };
        let judged = |defence: &&Defence| {
            ids::defence_of(&defence.id.0)
                .is_some_and(|(id, _)| committee.projects.contains(&ids::project(id)))
        };
        for defence in question.defences.iter().filter(judged) {
            let at = question.pins.iter().position(|known| known.defence == defence.id);
            let at = at.unwrap_or_else(|| {
                let (day, slot, room) = (None, None, None);
                question.pins.push(Pin { defence: defence.id.clone(), day, slot, room, panel: Vec::new() });
                question.pins.len() - 1
            });
            question.pins[at].panel.resize(full, None);
            question.pins[at].panel[pin.seat] = Some(pin.professor.clone());
        }
    }
}

fn project_of<'a>(rules: &'a formed::Instance, defence: &Defence) -> Option<&'a formed::Project> {
    let judged = ids::project(ids::defence_of(&defence.id.0)?.0);
    rules.projects.iter().find(|project| project.id == judged)
}

/// Works panels and times out together, whatever was asked for: there is nothing to form before.
///
/// # Errors
/// Why there is no plan.
pub fn panels(
    kind: PlanningKind,
    world: &World,
    base: Option<&Draft>,
    control: &Control<'_>,
) -> Result<Draft, Failure> {
    let base = base.filter(|base| base.mode() == Some(Mode::FreePanel));
    let known = base.and_then(|base| base.timetable.as_ref());
    let hours = match known.filter(|_| kind == PlanningKind::Repair) {
        Some(known) => known.hours.clone(),
        None => hours(world)?,
    };
    let known = known.filter(|known| known.hours == hours);
    let mut draft = outline(world, base);
    if draft.question.projects.is_empty() {
        return Err(unsound("no_projects", "no project is entered in the call"));
    }
    if world.rooms.is_empty() {
        return Err(unsound("no_rooms", "there is no room to hold defences in"));
    }
    if let Some(note) = areas_short(&draft.question) {
        draft.answer.notes.push(note);
        return Err(Failure::Committees(Box::new(draft)));
    }
    let question = ask_timetable::ask(world, &hours, &draft, known);
    let answer = timetable::solve::solve(&dealt(&question, &draft.question), control).map_err(faults)?;
    let failed = answer.status == Status::Infeasible;
    draft.answer.status = answer.status;
    draft.timetable = Some(Timetable { question, answer, hours });
    if failed {
        return Err(Failure::Timetable(Box::new(draft)));
    }
    calling::take_seats(&mut draft, base);
    Ok(draft)
}

/// A committee for each project, still without people. Those of `base` keep their numbers.
fn outline(world: &World, base: Option<&Draft>) -> Draft {
    let mut question = ask_committees::ask(world, base);
    question.present.clear();
    question.project_pins.clear();
    let is_entered = |id: &&ProjectId| question.projects.iter().any(|project| project.id == **id);
    let old = base.map_or(&[][..], |base| &base.answer.committees);
    let mut places: Vec<Option<ProjectId>> =
        old.iter().map(|committee| committee.projects.iter().find(is_entered).cloned()).collect();
    let kept: BTreeSet<ProjectId> = places.iter().flatten().cloned().collect();
    let new = question.projects.iter().map(|project| &project.id).filter(|id| !kept.contains(id));
    let mut new = new.cloned().collect::<Vec<_>>().into_iter();
    for place in places.iter_mut().filter(|place| place.is_none()) {
        *place = new.next();
    }
    // What was taken back leaves its number to the last.
    while let Some(gap) = places.iter().position(Option::is_none) {
        places.swap_remove(gap);
    }
    places.extend(new.map(Some));
    let order: Vec<ProjectId> = places.into_iter().flatten().collect();
    question.seat_pins.retain_mut(|pin| {
        let judged = old.get(pin.committee).and_then(|committee| committee.projects.first());
        let at = judged.and_then(|id| order.iter().position(|other| other == id));
        pin.committee = at.unwrap_or_default();
        at.is_some()
    });
    let committee = |id: ProjectId| Committee { seats: Vec::new(), projects: vec![id] };
    let answer = formed::Solution {
        status: Status::Infeasible,
        committees: order.into_iter().map(committee).collect(),
        objectives: Vec::new(),
        notes: Vec::new(),
        seed: 0,
        interrupted: false,
        time_ms: 0,
    };
    Draft { question, answer, timetable: None }
}

/// Full seats cannot be of different areas when there are fewer areas than seats.
fn areas_short(question: &formed::Instance) -> Option<Note> {
    let settings = &question.settings;
    let areas: BTreeSet<&AreaId> =
        question.professors.iter().filter(|p| p.is_free()).map(|professor| &professor.area).collect();
    if !settings.spread_areas || areas.len() >= settings.full_seats {
        return None;
    }
    let said = Sentence::AreasShort {
        committees: question.projects.len(),
        full_seats: settings.full_seats,
        areas: Vec::new(),
        free: Vec::new(),
        all_areas: areas.len(),
    };
    Some(Note {
        kind: NoteKind::AreasShort,
        text: said.to_string(),
        said: Some(said),
        committees: question.projects.len(),
        areas: areas.into_iter().cloned().collect(),
        professors: Vec::new(),
        projects: Vec::new(),
        proved: true,
    })
}

/// The question with each area dealt to one seat, and one of two who may not sit together left out.
fn dealt(question: &Instance, rules: &formed::Instance) -> Instance {
    let mut narrow = question.clone();
    let areas: BTreeMap<&PersonId, &AreaId> = rules.professors.iter().map(|p| (&p.id, &p.area)).collect();
    let mut teams: BTreeMap<String, usize> = BTreeMap::new();
    for (at, defence) in narrow.defences.iter_mut().enumerate() {
        // A team has one panel.
        let turn = match &defence.team {
            Some(team) => *teams.entry(team.0.clone()).or_insert(at),
            None => at,
        };
        let pinned =
            question.pins.iter().find(|pin| pin.defence == defence.id).map_or(&[][..], |pin| &pin.panel);
        let present = question.present.iter().find(|placed| placed.defence == defence.id);
        let present = present.map_or(&[][..], |placed| &placed.panel);
        for (pair, (one, other)) in rules.apart.iter().enumerate() {
            let rank = |id: &PersonId| (pinned.contains(&Some(id.clone())), present.contains(id));
            let leave_one = match rank(one).cmp(&rank(other)) {
                Ordering::Less => true,
                Ordering::Greater => false,
                Ordering::Equal => (turn + pair).is_multiple_of(2),
            };
            defence.excluded.push(if leave_one { one.clone() } else { other.clone() });
        }
        defence.excluded.sort();
        defence.excluded.dedup();
        if rules.settings.spread_areas {
            let home = project_of(rules, defence).and_then(|project| project.area.as_ref());
            deal_areas(defence, home, &areas, (pinned, present), turn);
        }
    }
    narrow
}

/// Deals the areas to the seats of a defence so that each seat has about as many people to choose
/// from: first those of who is fixed or sits there, then the project's own, then the largest.
fn deal_areas(
    defence: &mut Defence,
    home: Option<&AreaId>,
    areas: &BTreeMap<&PersonId, &AreaId>,
    (pinned, present): (&[Option<PersonId>], &[PersonId]),
    turn: usize,
) {
    let full = defence.seats.len();
    let excluded: BTreeSet<&PersonId> = defence.excluded.iter().collect();
    let mut sizes: BTreeMap<&AreaId, Vec<usize>> = BTreeMap::new();
    for (at, seat) in defence.seats.iter().enumerate() {
        for area in seat.eligible.iter().filter(|id| !excluded.contains(id)).filter_map(|id| areas.get(id)) {
            sizes.entry(*area).or_insert_with(|| vec![0; full])[at] += 1;
        }
    }
    let mut seat_of: BTreeMap<&AreaId, usize> = BTreeMap::new();
    let mut people = vec![0; full];
    for (at, who) in pinned.iter().enumerate().take(full) {
        if let Some(area) = who.as_ref().and_then(|id| areas.get(id)) {
            seat_of.insert(*area, at);
            // Nobody else is wanted there.
            people[at] = usize::MAX;
        }
    }
    for (at, who) in present.iter().enumerate().take(full) {
        if people[at] > 0 {
            continue;
        }
        let area =
            areas.get(who).filter(|_| defence.seats[at].eligible.contains(who) && !excluded.contains(who));
        if let Some(area) = area.filter(|area| !seat_of.contains_key(*area)) {
            seat_of.insert(*area, at);
            people[at] += sizes[*area][at];
        }
    }
    let mut order: Vec<&AreaId> = sizes.keys().copied().filter(|area| !seat_of.contains_key(area)).collect();
    order.sort_by_key(|area| {
        (Some(*area) != home, usize::MAX - sizes[area].iter().max().unwrap_or(&0), *area)
    });
    for area in order {
        let open = (0..full).filter(|at| people[*at] < usize::MAX && sizes[area][*at] > 0);
        // The president's seat has fewer to choose from, so it is not the project's own area's.
        let first = |at: usize| Some(area) == home && at == 0 && full > 1;
        if let Some(at) = open.min_by_key(|at| (first(*at), people[*at], (*at + turn) % full)) {
            people[at] += sizes[area][at];
            seat_of.insert(area, at);
        }
    }
    for (at, seat) in defence.seats.iter_mut().enumerate() {
        seat.eligible.retain(|id| areas.get(id).and_then(|area| seat_of.get(*area)) == Some(&at));
    }
}
