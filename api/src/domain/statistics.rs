//! Who reads which statistics, and what everybody else reads instead.
//!
//! Whoever may read of each project reads the figures as they are. All others
//! read sums over the cells of `public_facts` and over nothing else. Hiding
//! small numbers in an answer does not do: they come back by subtracting answers
//! under different filters from each other. Instead
//!
//! - the smallest cells (projects of a department in a degree and year) are rounded
//!   **before** anything is added up, each to one of the two multiples of five next to
//!   it. Whatever answers are combined, what comes out is a sum of rounded cells;
//! - counts of a cell that lie within one another (honours, excellent, excellent or
//!   good, …, defended, called, students) are rounded with the same offset, and the bands
//!   of marks are the differences. So comparing them tells nothing either: of each
//!   count one knows five numbers in a row that it can be, at best;
//! - the offset comes from a secret of the database and is the same from one day to
//!   the next, so that asking again does not average it out; over all cells it
//!   favours neither side, so that sums over many cells stay close to the truth;
//! - figures of students (entered, defended, marks, choices, …) are only of cells with
//!   at least five of them. Smaller ones count, all together, for their degree and
//!   year, else for their year, else for all years, and are missing from what is
//!   narrower. A slice without such a cell has no figures of students at all, zeros included;
//! - the median of days and the loads are no sums of cells, and are not told.
//!
//! What remains: somebody who reads again and again sees at which moment a rounded
//! count steps to the next multiple.

use crate::domain::actor::Actor;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};

/// How figures are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// As they are.
    Whole,
    /// As everybody reads them.
    Rounded,
}

/// Of whom figures are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Of this degree alone.
    pub degree: Option<DegreeId>,
    /// Of this department alone.
    pub department: Option<DepartmentId>,
    /// Of this tutor alone.
    pub tutor: Option<UserId>,
}

/// Whether figures of these projects are read as they are.
#[must_use]
pub fn reads_whole(actor: Option<&Actor>, scope: &Scope) -> bool {
    actor.is_some_and(|actor| {
        actor.is_admin
            || scope.degree.is_some_and(|degree| actor.coordinates(degree))
            || scope.department.is_some_and(|department| actor.heads(department))
            || scope.tutor == Some(actor.id)
    })
}

/// The projects of which somebody may read figures by tutor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All.
    Everything,
    /// Those of these degrees, of this department and of this tutor.
    Own {
        /// The degrees.
        degrees: Vec<DegreeId>,
        /// The department.
        department: Option<DepartmentId>,
        /// The tutor.
        tutor: UserId,
    },
}

/// What somebody may read by tutor; none: nothing.
#[must_use]
pub fn reach(actor: Option<&Actor>) -> Option<Reach> {
    let actor = actor?;
    if actor.is_admin {
        return Some(Reach::Everything);
    }
    actor.is_professor().then(|| Reach::Own {
        degrees: actor.coordinates.clone(),
        department: actor.head_of,
        tutor: actor.id,
    })
}
