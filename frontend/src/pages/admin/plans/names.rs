//! What the planner's names stand for, and how each defence is called on the screen.

use super::board::Board;
use gestfg_planner::id::RoomId as PlannerRoom;
use gestfg_types::ids::{EvaluationRequestId, RoomId, UserId};
use gestfg_types::planning::{PlanFinding, PlanNames, PlanPart};

/// Whose defence of which project a name of the planner's stands for.
pub(super) fn defence_of(name: &str) -> Option<(EvaluationRequestId, UserId)> {
    let (request, student) = name.strip_prefix("defence-")?.split_once('-')?;
    Some((EvaluationRequestId(request.parse().ok()?), UserId(student.parse().ok()?)))
}

/// Which room a name of the planner's stands for.
pub(super) fn room_of(id: &PlannerRoom) -> Option<RoomId> {
    id.0.strip_prefix("room-")?.parse().ok().map(RoomId)
}

/// The name of the student of a defence.
pub(super) fn student(names: &PlanNames, defence: &str) -> Option<String> {
    let (request, student) = defence_of(defence)?;
    let project = names.projects.iter().find(|project| project.request_id == request)?;
    project.students.iter().find(|known| known.id == student).map(|known| known.name.clone())
}

/// The first letters of somebody's names.
pub(super) fn initials(name: &str) -> String {
    let words = name.split_whitespace().filter(|word| word.chars().next().is_some_and(char::is_uppercase));
    words.filter_map(|word| word.chars().next()).collect()
}

/// What is shown of a defence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Its student.
    pub(super) student: String,
    /// The title of its project.
    pub(super) title: String,
    /// The initials of its tutors.
    pub(super) initials: String,
    /// Their names.
    pub(super) tutors: String,
    /// The committee that judges it, counted from 0.
    pub(super) committee: Option<usize>,
}

impl Known {
    /// Looks it up.
    pub(super) fn of(board: &Board, defence: &str) -> Self {
        let request = defence_of(defence).map(|(request, _)| request);
        let mut all = board.names.projects.iter();
        let project = all.find(|project| Some(project.request_id) == request);
        let tutors = project.map_or(&[][..], |project| &project.tutors);
        let each = |name: fn(&str) -> String, between: &str| {
            tutors.iter().map(|tutor| name(&tutor.name)).collect::<Vec<_>>().join(between)
        };
        Self {
            student: student(&board.names, defence).unwrap_or_else(|| defence.to_owned()),
            title: project.map_or_else(String::new, |project| project.title.clone()),
            initials: each(initials, " · "),
            tutors: each(str::to_owned, ", "),
            committee: request.and_then(|request| board.home(request)),
        }
    }
}

/// A finding that says nothing yet.
pub(super) fn nothing(part: PlanPart) -> PlanFinding {
    PlanFinding {
        part,
        rule: String::new(),
        text: String::new(),
        committees: Vec::new(),
        people: Vec::new(),
        requests: Vec::new(),
        defences: Vec::new(),
        rooms: Vec::new(),
    }
}
