//! Announcements and entries: for whom they are, and who keeps them.

use crate::domain::actor::Actor;
use crate::domain::policy::{Answer, Denied};
use gestfg_types::errors::ErrorCode;
use gestfg_types::events::{EventAction, EventAudience};
use gestfg_types::ids::{DegreeId, DepartmentId};

/// For whom an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience {
    /// Which kind of people.
    pub kind: EventAudience,
    /// Of which degree, for audience `degree`.
    pub degree: Option<DegreeId>,
    /// Of which department, for audience `department`.
    pub department: Option<DepartmentId>,
}

/// Whether this person keeps the events for this audience: an admin all of
/// them, coordinators those of their degrees, heads those of their department.
#[must_use]
pub fn keeps(actor: &Actor, audience: Audience) -> bool {
    match audience.kind {
        _ if actor.is_admin => true,
        EventAudience::Degree => audience.degree.is_some_and(|degree| actor.coordinates(degree)),
        EventAudience::Department => audience.department.is_some_and(|department| actor.heads(department)),
        EventAudience::Public | EventAudience::Students | EventAudience::Professors => false,
    }
}

/// Write, change or remove an event for this audience.
///
/// # Errors
/// The rule that stands against it.
pub fn may_keep(actor: &Actor, audience: Audience) -> Answer {
    if keeps(actor, audience) {
        return Ok(());
    }
    Err(Denied {
        code: ErrorCode::Forbidden,
        rule: "Admins keep all events; coordinators those for one of their degrees, heads those for their department.",
    })
}

/// What this person may do with an event for this audience.
#[must_use]
pub fn allowed_actions(actor: Option<&Actor>, audience: Audience) -> Vec<EventAction> {
    if actor.is_some_and(|actor| keeps(actor, audience)) {
        vec![EventAction::Edit, EventAction::Delete]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gestfg_types::ids::UserId;

    #[test]
    fn keepers_write_for_their_own_people_only() {
        let nobody = Actor {
            id: UserId(1),
            is_admin: false,
            department: Some(DepartmentId(1)),
            head_of: None,
            coordinates: vec![],
            is_student: false,
        };
        let coordinator = Actor { coordinates: vec![DegreeId(5)], ..nobody.clone() };
        let head = Actor { head_of: Some(DepartmentId(1)), ..nobody.clone() };
        let admin = Actor { is_admin: true, ..nobody.clone() };
        let of = |kind, degree, department| Audience {
            kind,
            degree: Option::map(degree, DegreeId),
            department: Option::map(department, DepartmentId),
        };
        for (audience, kept) in [
            (of(EventAudience::Public, None, None), [false, false, false, true]),
            (of(EventAudience::Students, None, None), [false, false, false, true]),
            (of(EventAudience::Professors, None, None), [false, false, false, true]),
            (of(EventAudience::Degree, Some(5), None), [false, true, false, true]),
            (of(EventAudience::Degree, Some(6), None), [false, false, false, true]),
            (of(EventAudience::Department, None, Some(1)), [false, false, true, true]),
            (of(EventAudience::Department, None, Some(2)), [false, false, false, true]),
        ] {
            let got = [&nobody, &coordinator, &head, &admin].map(|actor| keeps(actor, audience));
            assert_eq!(got, kept, "{audience:?}");
        }
    }
}
