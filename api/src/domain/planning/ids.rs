//! The planner's names of things, which say what they are: `person-12`, `project-45`.

use gestfg_planner::id::{
    AreaId as Area, CommitteeId, DefenceId, PersonId, ProjectId, RoomId as Place, TeamId,
};
use gestfg_types::ids::{AreaId, EvaluationRequestId, RoomId, UserId};

/// Somebody.
#[must_use]
pub fn person(id: UserId) -> PersonId {
    PersonId(format!("person-{id}"))
}

/// An area.
#[must_use]
pub fn area(id: AreaId) -> Area {
    Area(format!("area-{id}"))
}

/// A project, by its evaluation request.
#[must_use]
pub fn project(request: EvaluationRequestId) -> ProjectId {
    ProjectId(format!("project-{request}"))
}

/// The students who defend one project together.
#[must_use]
pub fn team(request: EvaluationRequestId) -> TeamId {
    TeamId(format!("team-{request}"))
}

/// One student's defence.
#[must_use]
pub fn defence(request: EvaluationRequestId, student: UserId) -> DefenceId {
    DefenceId(format!("defence-{request}-{student}"))
}

/// A committee, counted from 0.
#[must_use]
pub fn committee(at: usize) -> CommitteeId {
    CommitteeId(format!("committee-{}", at + 1))
}

/// A room.
#[must_use]
pub fn room(id: RoomId) -> Place {
    Place(format!("room-{id}"))
}

fn number(name: &str, prefix: &str) -> Option<i64> {
    name.strip_prefix(prefix)?.parse().ok().filter(|id| *id > 0)
}

/// Who a name means.
#[must_use]
pub fn person_of(name: &PersonId) -> Option<UserId> {
    number(&name.0, "person-").map(UserId)
}

/// Which area a name means.
#[must_use]
pub fn area_of(name: &Area) -> Option<AreaId> {
    number(&name.0, "area-").map(AreaId)
}

/// Which evaluation request a name means.
#[must_use]
pub fn request_of(name: &ProjectId) -> Option<EvaluationRequestId> {
    number(&name.0, "project-").map(EvaluationRequestId)
}

/// Which room a name means.
#[must_use]
pub fn room_of(name: &Place) -> Option<RoomId> {
    number(&name.0, "room-").map(RoomId)
}

/// Whose defence of which request a name means.
#[must_use]
pub fn defence_of(name: &str) -> Option<(EvaluationRequestId, UserId)> {
    let (request, student) = name.strip_prefix("defence-")?.split_once('-')?;
    let id = |text: &str| text.parse().ok().filter(|id: &i64| *id > 0);
    Some((EvaluationRequestId(id(request)?), UserId(id(student)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        assert_eq!(person_of(&person(UserId(12))), Some(UserId(12)));
        assert_eq!(request_of(&project(EvaluationRequestId(4))), Some(EvaluationRequestId(4)));
        assert_eq!(room_of(&room(RoomId(7))), Some(RoomId(7)));
        assert_eq!(area_of(&area(AreaId(3))), Some(AreaId(3)));
        let name = defence(EvaluationRequestId(4), UserId(9)).0;
        assert_eq!(defence_of(&name), Some((EvaluationRequestId(4), UserId(9))));
        for wrong in ["defence-4", "defence--4-9", "defence-0-1", "person-4-9", ""] {
            assert_eq!(defence_of(wrong), None, "{wrong}");
        }
    }
}
