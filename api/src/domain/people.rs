//! Who may keep whose account: an admin everybody's; a coordinator that of
//! the students of their degrees, as long as these are nothing but students.

use crate::domain::actor::Actor;
use crate::domain::policy::{Answer, Denied};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::session::Roles;
use gestfg_types::users::UserAction;

/// What rules need to know of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    /// Whose it is.
    pub id: UserId,
    /// Admin, professor, head or coordinator.
    pub is_staff: bool,
    /// Degrees they study.
    pub degrees: Vec<DegreeId>,
    /// May log in.
    pub is_active: bool,
    /// Has an address.
    pub has_email: bool,
    /// Was forgotten: nothing can be done with it any more.
    pub is_anonymised: bool,
}

impl PersonFacts {
    /// What follows from these roles.
    #[must_use]
    pub fn is_staff(roles: &Roles) -> bool {
        roles.admin || roles.professor.is_some() || roles.head_of.is_some() || !roles.coordinates.is_empty()
    }

    fn studies_under(&self, actor: &Actor) -> bool {
        self.degrees.iter().any(|degree| actor.coordinates(*degree))
    }
}

const fn forbidden(rule: &'static str) -> Answer {
    Err(Denied { code: ErrorCode::Forbidden, rule })
}

/// Look at accounts at all.
///
/// # Errors
/// The rule that stands against it.
pub fn may_keep_people(actor: &Actor) -> Answer {
    if actor.is_admin || !actor.coordinates.is_empty() {
        return Ok(());
    }
    forbidden("Only an admin, and coordinators for the students of their degrees, may keep accounts.")
}

/// See an account, DNI included.
///
/// # Errors
/// `not_found`: others need not know who exists.
pub fn may_see_person(actor: &Actor, person: &PersonFacts) -> Answer {
    if actor.is_admin || person.studies_under(actor) {
        return Ok(());
    }
    Err(Denied { code: ErrorCode::NotFound, rule: crate::error::NOTHING_TO_SEE })
}

/// Change an account. Whoever may set an address may take the account over by
/// a reset link, so no coordinator may change that of a colleague or an admin.
///
/// # Errors
/// `not_found`, or the rule that stands against it.
pub fn may_edit_person(actor: &Actor, person: &PersonFacts) -> Answer {
    may_see_person(actor, person)?;
    if actor.is_admin || !person.is_staff {
        return Ok(());
    }
    forbidden("Only an admin may change the account of someone who is more than a student.")
}

/// Give power, a department or degrees: an admin any, a coordinator only
/// degrees of their own (leaving those of others as they are).
///
/// # Errors
/// The rule that stands against it.
pub fn may_give_roles(
    actor: &Actor,
    staff_roles: bool,
    before: &[DegreeId],
    after: Option<&[DegreeId]>,
) -> Answer {
    if actor.is_admin {
        return Ok(());
    }
    if staff_roles {
        return forbidden("Only an admin may make admins and professors.");
    }
    let Some(after) = after else { return forbidden("Only an admin may end someone's being a student.") };
    let changed = before
        .iter()
        .filter(|degree| !after.contains(degree))
        .chain(after.iter().filter(|degree| !before.contains(degree)));
    for degree in changed {
        if !actor.coordinates(*degree) {
            return forbidden("A coordinator may enrol students only in their own degrees.");
        }
    }
    if after.iter().any(|degree| actor.coordinates(*degree)) {
        return Ok(());
    }
    forbidden("A coordinator keeps students of their own degrees: leave one of them.")
}

/// What this person may do with an account now.
#[must_use]
pub fn allowed_actions(actor: &Actor, person: &PersonFacts) -> Vec<UserAction> {
    if person.is_anonymised || may_edit_person(actor, person).is_err() {
        return Vec::new();
    }
    let own = actor.id == person.id;
    [
        (UserAction::Edit, true),
        (UserAction::Deactivate, person.is_active && !own),
        (UserAction::Reactivate, !person.is_active),
        (UserAction::Invite, person.is_active && person.has_email),
        (UserAction::Delete, !own),
        (UserAction::Anonymise, !own && actor.is_admin),
    ]
    .into_iter()
    .filter_map(|(action, allowed)| allowed.then_some(action))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: DegreeId = DegreeId(1);
    const OTHER: DegreeId = DegreeId(2);

    fn actor(is_admin: bool, coordinates: &[DegreeId]) -> Actor {
        Actor {
            id: UserId(1),
            is_admin,
            department: None,
            head_of: None,
            coordinates: coordinates.to_vec(),
            is_student: false,
        }
    }

    fn person(degrees: &[DegreeId], is_staff: bool) -> PersonFacts {
        PersonFacts {
            id: UserId(2),
            is_staff,
            degrees: degrees.to_vec(),
            is_active: true,
            has_email: true,
            is_anonymised: false,
        }
    }

    #[test]
    fn a_coordinator_keeps_the_mere_students_of_their_degrees() {
        let coordinator = actor(false, &[OWN]);
        assert!(may_edit_person(&coordinator, &person(&[OWN, OTHER], false)).is_ok());
        assert_eq!(
            may_edit_person(&coordinator, &person(&[OTHER], false)).unwrap_err().code,
            ErrorCode::NotFound
        );
        assert_eq!(
            may_edit_person(&coordinator, &person(&[OWN], true)).unwrap_err().code,
            ErrorCode::Forbidden
        );
        assert!(may_see_person(&coordinator, &person(&[OWN], true)).is_ok());
        assert!(may_keep_people(&actor(false, &[])).is_err());
        assert!(may_edit_person(&actor(true, &[]), &person(&[], true)).is_ok());
    }

    #[test]
    fn a_coordinator_gives_nothing_but_their_own_degrees() {
        let coordinator = actor(false, &[OWN]);
        for (staff, before, after, allowed) in [
            (false, vec![], Some(vec![OWN]), true),
            (false, vec![OTHER], Some(vec![OTHER, OWN]), true),
            (false, vec![OWN, OTHER], Some(vec![OWN]), false),
            (false, vec![], Some(vec![OTHER]), false),
            (false, vec![], Some(vec![]), false),
            (false, vec![OWN], None, false),
            (true, vec![OWN], Some(vec![OWN]), false),
        ] {
            let answer = may_give_roles(&coordinator, staff, &before, after.as_deref());
            assert_eq!(answer.is_ok(), allowed, "{staff} {before:?} {after:?}");
            assert!(may_give_roles(&actor(true, &[]), staff, &before, after.as_deref()).is_ok());
        }
    }
}
