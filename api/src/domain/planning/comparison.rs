//! How one version of a plan differs from another.

use super::{Draft, ids};
use gestfg_planner::id::{PersonId, ProjectId};
use gestfg_planner::timetable::Placement;
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::{DefenceDifference, DefencePlace, MeasureDifference, PlanReport, PlanSeat};
use std::collections::BTreeMap;

/// A seat with who had it and who has it.
pub type SeatChange = (PlanSeat, Option<UserId>, Option<UserId>);

/// Seats held by somebody else.
#[must_use]
pub fn seats(before: &Draft, after: &Draft) -> Vec<SeatChange> {
    let all = |draft: &Draft| -> BTreeMap<(usize, usize), PersonId> {
        let committees = draft.answer.committees.iter().enumerate();
        committees
            .flat_map(|(at, committee)| {
                committee.seats.iter().enumerate().map(move |(seat, who)| ((at, seat), who.clone()))
            })
            .collect()
    };
    let (old, new) = (all(before), all(after));
    let mut places: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    places.sort_unstable();
    places.dedup();
    places
        .into_iter()
        .filter(|at| old.get(at) != new.get(at))
        .map(|(committee, seat)| {
            let who = |of: &BTreeMap<_, PersonId>| of.get(&(committee, seat)).and_then(ids::person_of);
            (PlanSeat { committee, seat }, who(&old), who(&new))
        })
        .collect()
}

/// Projects judged by another committee, with both.
#[must_use]
pub fn projects(before: &Draft, after: &Draft) -> Vec<(EvaluationRequestId, Option<usize>, Option<usize>)> {
    let all = |draft: &Draft| -> BTreeMap<ProjectId, usize> {
        let committees = draft.answer.committees.iter().enumerate();
        committees
            .flat_map(|(at, committee)| committee.projects.iter().map(move |id| (id.clone(), at)))
            .collect()
    };
    let (old, new) = (all(before), all(after));
    let mut both: Vec<&ProjectId> = old.keys().chain(new.keys()).collect();
    both.sort();
    both.dedup();
    both.into_iter()
        .filter(|id| old.get(*id) != new.get(*id))
        .filter_map(|id| Some((ids::request_of(id)?, old.get(id).copied(), new.get(id).copied())))
        .collect()
}

/// Where a placement is.
#[must_use]
pub fn place(placed: &Placement) -> Option<DefencePlace> {
    let room_id = ids::room_of(&placed.room)?;
    Some(DefencePlace { day: placed.day.0.clone(), slot: placed.slot, room_id })
}

/// Defences elsewhere.
#[must_use]
pub fn defences(before: &Draft, after: &Draft) -> Vec<DefenceDifference> {
    let all = |draft: &Draft| -> BTreeMap<String, DefencePlace> {
        let timetable = draft.timetable.iter();
        let placed = timetable.flat_map(|timetable| &timetable.answer.placements);
        placed.filter_map(|placed| Some((placed.defence.0.clone(), place(placed)?))).collect()
    };
    let (old, new) = (all(before), all(after));
    let mut both: Vec<&String> = old.keys().chain(new.keys()).collect();
    both.sort();
    both.dedup();
    both.into_iter()
        .filter(|name| old.get(*name) != new.get(*name))
        .map(|name| DefenceDifference {
            defence: name.clone(),
            before: old.get(name).cloned(),
            after: new.get(name).cloned(),
        })
        .collect()
}

/// The objectives of both.
#[must_use]
pub fn measures(before: &PlanReport, after: &PlanReport) -> Vec<MeasureDifference> {
    let mut all: Vec<MeasureDifference> = Vec::new();
    for (is_after, report) in [(false, before), (true, after)] {
        for measure in &report.measures {
            let known = all
                .iter()
                .position(|known| (known.part, &known.objective) == (measure.part, &measure.objective));
            let at = known.unwrap_or_else(|| {
                all.push(MeasureDifference {
                    part: measure.part,
                    objective: measure.objective.clone(),
                    before: None,
                    after: None,
                });
                all.len() - 1
            });
            let side = if is_after { &mut all[at].after } else { &mut all[at].before };
            *side = Some(measure.value);
        }
    }
    all
}
