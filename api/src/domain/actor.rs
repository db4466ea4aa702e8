//! A person, as far as rules about who may do what are concerned.

use gestfg_types::ids::{DegreeId, DepartmentId, UserId};

/// Who is asking, with the duties they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Their account.
    pub id: UserId,
    /// May do everything.
    pub is_admin: bool,
    /// Teaches in this department.
    pub department: Option<DepartmentId>,
    /// Heads this department.
    pub head_of: Option<DepartmentId>,
    /// Coordinates these degrees.
    pub coordinates: Vec<DegreeId>,
    /// Studies.
    pub is_student: bool,
}

impl Actor {
    /// Whether they teach.
    #[must_use]
    pub const fn is_professor(&self) -> bool {
        self.department.is_some()
    }

    /// Whether they coordinate this degree.
    #[must_use]
    pub fn coordinates(&self, degree: DegreeId) -> bool {
        self.coordinates.contains(&degree)
    }

    /// Whether they have duties over this degree.
    #[must_use]
    pub fn keeps_degree(&self, degree: DegreeId) -> bool {
        self.is_admin || self.coordinates(degree)
    }

    /// Whether they head this department.
    #[must_use]
    pub fn heads(&self, department: DepartmentId) -> bool {
        self.head_of == Some(department)
    }
}
