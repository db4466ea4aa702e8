//! Hints for those who are watching: what changed, and who may care.
//!
//! A hint is written in the transaction of the change. At its commit the
//! database numbers it in the order of commits and wakes every server.

use crate::schema::updates;
use diesel::prelude::*;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::updates::UpdateTopic;

/// Something that changed.
#[derive(Debug, Clone)]
pub struct Change {
    topic: UpdateTopic,
    subject: Option<i64>,
    people: Vec<UserId>,
    degree: Option<DegreeId>,
    department: Option<DepartmentId>,
    is_for_all: bool,
}

impl Change {
    /// A change of this kind, of nobody's concern yet.
    #[must_use]
    pub const fn of(topic: UpdateTopic) -> Self {
        Self { topic, subject: None, people: Vec::new(), degree: None, department: None, is_for_all: false }
    }

    /// Of this one.
    #[must_use]
    pub const fn subject(mut self, id: i64) -> Self {
        self.subject = Some(id);
        self
    }

    /// It concerns these people.
    #[must_use]
    pub fn people(mut self, people: impl IntoIterator<Item = UserId>) -> Self {
        self.people.extend(people);
        self
    }

    /// It concerns the coordinators of this degree, and admins.
    #[must_use]
    pub const fn degree(mut self, degree: DegreeId) -> Self {
        self.degree = Some(degree);
        self
    }

    /// It concerns the head of this department, and admins.
    #[must_use]
    pub const fn department(mut self, department: DepartmentId) -> Self {
        self.department = Some(department);
        self
    }

    /// It concerns everybody who is signed in.
    #[must_use]
    pub const fn everybody(mut self) -> Self {
        self.is_for_all = true;
        self
    }

    /// Tell it to all servers once this transaction has committed.
    ///
    /// # Errors
    /// When the database cannot take it.
    pub fn publish(self, conn: &mut PgConnection) -> QueryResult<()> {
        let people: Vec<i64> = self.people.iter().map(|id| id.0).collect();
        diesel::insert_into(updates::table)
            .values((
                updates::topic.eq(self.topic.as_str()),
                updates::subject_id.eq(self.subject),
                updates::user_ids.eq(people),
                updates::degree_id.eq(self.degree.map(|id| id.0)),
                updates::department_id.eq(self.department.map(|id| id.0)),
                updates::is_for_all.eq(self.is_for_all),
            ))
            .execute(conn)
            .map(drop)
    }
}
