//! Whom a change concerns.

use crate::domain::actor::Actor;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};

/// The people a hint is for. A hint tells that something changed, never what
/// it is now; reading that again is guarded as ever.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concern {
    /// These people.
    pub people: Vec<UserId>,
    /// The coordinators of this degree, and admins.
    pub degree: Option<DegreeId>,
    /// The head of this department, and admins.
    pub department: Option<DepartmentId>,
    /// Everybody who is signed in.
    pub is_for_all: bool,
}

impl Concern {
    /// Whether this person is among them.
    #[must_use]
    pub fn includes(&self, actor: &Actor) -> bool {
        let keeps = |degree| actor.keeps_degree(degree);
        let heads = |department| actor.is_admin || actor.heads(department);
        self.is_for_all
            || self.people.contains(&actor.id)
            || self.degree.is_some_and(keeps)
            || self.department.is_some_and(heads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_reaches_those_it_concerns() {
        let person = Actor {
            id: UserId(1),
            is_admin: false,
            department: Some(DepartmentId(1)),
            head_of: None,
            coordinates: vec![],
            is_student: false,
        };
        let coordinator = Actor { id: UserId(2), coordinates: vec![DegreeId(5)], ..person.clone() };
        let head = Actor { id: UserId(3), head_of: Some(DepartmentId(1)), ..person.clone() };
        let admin = Actor { id: UserId(4), is_admin: true, ..person.clone() };
        let none = Concern::default();
        for (concern, reached) in [
            (none.clone(), [false, false, false, false]),
            (Concern { people: vec![UserId(1), UserId(3)], ..none.clone() }, [true, false, true, false]),
            (Concern { degree: Some(DegreeId(5)), ..none.clone() }, [false, true, false, true]),
            (Concern { degree: Some(DegreeId(6)), ..none.clone() }, [false, false, false, true]),
            (Concern { department: Some(DepartmentId(1)), ..none.clone() }, [false, false, true, true]),
            (Concern { is_for_all: true, ..none }, [true; 4]),
        ] {
            let got = [&person, &coordinator, &head, &admin].map(|actor| concern.includes(actor));
            assert_eq!(got, reached, "{concern:?}");
        }
    }
}
