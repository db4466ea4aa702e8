//! The committees of a version as the board works on them: every change is judged here by the
//! planner's own checker before it is sent.

use super::names::{nothing, room_of};
use gestfg_planner::committees::{Committee, Instance, Solution, Violation, check};
use gestfg_planner::id::{PersonId, ProjectId, RoomId as PlannerRoom};
use gestfg_types::ids::{EvaluationRequestId, UserId};
use gestfg_types::planning::{
    CommitteePlan, MoveProject, PinPlan, PlanFinding, PlanNames, PlanPart, PlanSeat, SwapSeats,
};
use serde_json::Value;
use std::rc::Rc;

/// A change by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Two seats change their people.
    Swap(PlanSeat, PlanSeat),
    /// Somebody without a seat takes one.
    Replace(PlanSeat, UserId),
    /// A project goes to another committee.
    Project(EvaluationRequestId, usize),
    /// Two projects change committees.
    Exchange(EvaluationRequestId, EvaluationRequestId),
    /// Who sits there is fixed, or let go.
    PinSeat(PlanSeat, bool),
    /// Which committee judges it is fixed, or let go.
    PinProject(EvaluationRequestId, bool),
}

impl Change {
    /// The operation and its body.
    pub(super) fn request(self, board: &Board, override_reason: Option<String>) -> (&'static str, Value) {
        let body = match self {
            Self::Swap(from, to) => {
                serde_json::to_value(SwapSeats { from, to: Some(to), professor_id: None, override_reason })
            }
            Self::Replace(from, who) => {
                serde_json::to_value(SwapSeats { from, to: None, professor_id: Some(who), override_reason })
            }
            Self::Project(request_id, committee) => serde_json::to_value(MoveProject {
                request_id,
                committee,
                in_exchange_for: None,
                override_reason,
            }),
            Self::Exchange(request_id, other) => serde_json::to_value(MoveProject {
                request_id,
                committee: board.home(other).unwrap_or_default(),
                in_exchange_for: Some(other),
                override_reason,
            }),
            Self::PinSeat(seat, pinned) => {
                let (seat, request_id, defence) = (Some(seat), None, None);
                serde_json::to_value(PinPlan { seat, request_id, defence, pinned, override_reason })
            }
            Self::PinProject(request, pinned) => {
                let (seat, request_id, defence) = (None, Some(request), None);
                serde_json::to_value(PinPlan { seat, request_id, defence, pinned, override_reason })
            }
        };
        let path = match self {
            Self::Swap(..) | Self::Replace(..) => "swap-seats",
            Self::Project(..) | Self::Exchange(..) => "move-project",
            Self::PinSeat(..) | Self::PinProject(..) => "pin",
        };
        (path, body.unwrap_or_default())
    }
}

/// What a change would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Verdict {
    /// Hard rules it would break that are kept now: the server would refuse it.
    pub(super) broken: Vec<PlanFinding>,
    /// What would be allowed and not wished that is not so now.
    pub(super) warnings: Vec<PlanFinding>,
    /// Wishes that would be met less well: which, and their value before and after.
    pub(super) worse: Vec<(String, i64, i64)>,
}

/// The committees of a version, and the question they answer.
#[derive(Debug, PartialEq)]
pub(super) struct Board {
    /// The question.
    pub(super) question: Instance,
    /// The answer.
    pub(super) committees: Vec<Committee>,
    /// The names of everybody in it.
    pub(super) names: PlanNames,
}

impl Board {
    /// Reads a version; none when it is in a format this program does not know.
    pub(super) fn read(plan: &CommitteePlan) -> Option<Rc<Self>> {
        let question = serde_json::from_value(plan.committees_instance.clone()).ok()?;
        let answer: Solution = serde_json::from_value(plan.committees_solution.clone()).ok()?;
        Some(Rc::new(Self { question, committees: answer.committees, names: plan.names.clone() }))
    }

    /// Seats that judge, of each committee.
    pub(super) fn full_seats(&self) -> usize {
        self.question.settings.full_seats
    }

    /// Who sits there.
    pub(super) fn at(&self, seat: PlanSeat) -> Option<UserId> {
        self.committees.get(seat.committee)?.seats.get(seat.seat).and_then(user)
    }

    /// Which committee judges a project.
    pub(super) fn home(&self, request: EvaluationRequestId) -> Option<usize> {
        let id = project(request);
        self.committees.iter().position(|committee| committee.projects.contains(&id))
    }

    /// Somebody's name.
    pub(super) fn name(&self, who: UserId) -> String {
        let found = self.names.people.iter().find(|person| person.id == who);
        found.map_or_else(|| format!("#{who}"), |person| person.name.clone())
    }

    /// A project's title.
    pub(super) fn title(&self, request: EvaluationRequestId) -> String {
        let found = self.names.projects.iter().find(|project| project.request_id == request);
        found.map_or_else(|| format!("#{request}"), |project| project.title.clone())
    }

    /// The name of a room.
    pub(super) fn room(&self, id: &PlannerRoom) -> String {
        let named = self.names.rooms.iter().find(|named| Some(named.id) == room_of(id));
        named.map_or_else(|| id.to_string(), |named| named.name.clone())
    }

    /// Whether somebody is fixed there.
    pub(super) fn is_seat_pinned(&self, seat: PlanSeat) -> bool {
        self.question.seat_pins.iter().any(|pin| (pin.committee, pin.seat) == (seat.committee, seat.seat))
    }

    /// Whether the committee of a project is fixed.
    pub(super) fn is_project_pinned(&self, request: EvaluationRequestId) -> bool {
        self.question.project_pins.iter().any(|pin| pin.project == project(request))
    }

    /// Professors who may be called upon and have no seat.
    pub(super) fn without_seat(&self) -> Vec<UserId> {
        let seated = |id: &PersonId| self.committees.iter().any(|committee| committee.seats.contains(id));
        let free = self.question.professors.iter().filter(|known| known.is_free() && !seated(&known.id));
        free.filter_map(|known| user(&known.id)).collect()
    }

    /// What a change would break or bring about that is not so already.
    pub(super) fn judge(&self, change: Change) -> Verdict {
        let Some(after) = self.after(change) else { return Verdict::default() };
        let (old, new) = (check(&self.question, &self.committees), check(&self.question, &after));
        let broken = new.violations.into_iter().filter(|found| !old.violations.contains(found));
        let warnings = new.warnings.into_iter().filter(|found| !old.warnings.contains(found));
        Verdict {
            worse: Vec::new(),
            broken: broken.map(finding).collect(),
            warnings: warnings
                .map(|warning| PlanFinding {
                    rule: word(&warning.kind),
                    ..finding(Violation {
                        rule: gestfg_planner::committees::Rule::Claim,
                        text: warning.text,
                        committees: warning.committees,
                        professors: warning.professors,
                        projects: warning.projects,
                    })
                })
                .collect(),
        }
    }

    fn after(&self, change: Change) -> Option<Vec<Committee>> {
        let mut after = self.committees.clone();
        match change {
            Change::Swap(from, to) => {
                let one = after.get(from.committee)?.seats.get(from.seat)?.clone();
                let other = after.get_mut(to.committee)?.seats.get_mut(to.seat)?;
                let other = std::mem::replace(other, one);
                *after.get_mut(from.committee)?.seats.get_mut(from.seat)? = other;
            }
            Change::Replace(seat, who) => {
                *after.get_mut(seat.committee)?.seats.get_mut(seat.seat)? = person(who);
            }
            Change::Project(request, committee) => {
                let id = project(request);
                after.iter_mut().for_each(|known| known.projects.retain(|found| *found != id));
                after.get_mut(committee)?.projects.push(id);
            }
            Change::Exchange(request, other) => {
                let (one, two) = (project(request), project(other));
                let (from, to) = (self.home(request)?, self.home(other)?);
                for (at, leaves, comes) in [(from, &one, &two), (to, &two, &one)] {
                    let list = &mut after.get_mut(at)?.projects;
                    list.retain(|found| found != leaves);
                    list.push(comes.clone());
                }
            }
            Change::PinSeat(..) | Change::PinProject(..) => return None,
        }
        Some(after)
    }
}

fn finding(found: Violation) -> PlanFinding {
    PlanFinding {
        rule: word(&found.rule),
        text: found.text,
        committees: found.committees,
        people: found.professors.iter().filter_map(user).collect(),
        requests: found.projects.iter().filter_map(request).collect(),
        ..nothing(PlanPart::Committees)
    }
}

/// The word an enum of the planner is written as.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The planner's name of somebody.
fn person(id: UserId) -> PersonId {
    PersonId(format!("person-{id}"))
}

/// Who a name of the planner's stands for.
pub(super) fn user(id: &PersonId) -> Option<UserId> {
    id.0.strip_prefix("person-")?.parse().ok().map(UserId)
}

/// The planner's name of a project.
fn project(id: EvaluationRequestId) -> ProjectId {
    ProjectId(format!("project-{id}"))
}

/// Which project a name of the planner's stands for.
pub(super) fn request(id: &ProjectId) -> Option<EvaluationRequestId> {
    id.0.strip_prefix("project-")?.parse().ok().map(EvaluationRequestId)
}
