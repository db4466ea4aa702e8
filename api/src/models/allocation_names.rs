//! The names people know of what is in an allocation.

use crate::domain::allocation::ids;
use crate::domain::planning::words::Words;
use crate::schema::{projects, users};
use diesel::prelude::*;
use gestfg_planner::allocation::Instance;
use gestfg_types::allocation_runs::{NamedApplication, NamedProject};
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use gestfg_types::users::PersonRef;
use std::collections::{BTreeMap, BTreeSet};

/// Names of people and projects.
#[derive(Debug, Clone, Default)]
pub struct Names {
    people: BTreeMap<i64, String>,
    projects: BTreeMap<i64, (String, i64)>,
}

impl Names {
    /// Somebody.
    #[must_use]
    pub fn person(&self, id: UserId) -> PersonRef {
        PersonRef { id, name: self.people.get(&id.0).cloned().unwrap_or_default() }
    }

    /// A project.
    #[must_use]
    pub fn project(&self, id: ProjectId) -> NamedProject {
        let (title, tutor) = self.projects.get(&id.0).cloned().unwrap_or_default();
        NamedProject { id, title, tutor: self.person(UserId(tutor)) }
    }

    /// An application of these students.
    #[must_use]
    pub fn application(&self, id: ApplicationId, students: &[UserId]) -> NamedApplication {
        NamedApplication { id, members: students.iter().map(|student| self.person(*student)).collect() }
    }

    /// For sentences of the planner about this question.
    #[must_use]
    pub fn words(&self, instance: &Instance) -> Words {
        let mut words = Words::default();
        for applicant in &instance.applicants {
            let students = applicant.students.iter().filter_map(ids::student_of);
            let names: Vec<String> = students.map(|student| self.person(student).name).collect();
            words.call(applicant.id.0.clone(), names.join(", "));
        }
        for (id, (title, _)) in &self.projects {
            words.call(ids::project(ProjectId(*id)).0, format!("“{title}”"));
        }
        for tutor in &instance.tutors {
            if let Some(id) = ids::person_of(&tutor.id) {
                words.call(tutor.id.0.clone(), self.person(id).name);
            }
        }
        words
    }
}

/// The names of these projects, their tutors and these people.
///
/// # Errors
/// When the database cannot answer.
pub fn load(
    conn: &mut PgConnection,
    wanted: &BTreeSet<ProjectId>,
    people: &BTreeSet<UserId>,
) -> QueryResult<Names> {
    let ids: Vec<i64> = wanted.iter().map(|id| id.0).collect();
    let titles: Vec<(i64, String, i64)> = projects::table
        .filter(projects::id.eq_any(ids))
        .select((projects::id, projects::title, projects::tutor_id))
        .load(conn)?;
    let tutors = titles.iter().map(|(.., tutor)| *tutor);
    let everybody: Vec<i64> =
        people.iter().map(|id| id.0).chain(tutors).collect::<BTreeSet<_>>().into_iter().collect();
    let named: Vec<(i64, String, String)> = users::table
        .filter(users::id.eq_any(everybody))
        .select((users::id, users::first_name, users::last_name))
        .load(conn)?;
    Ok(Names {
        people: named.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect(),
        projects: titles.into_iter().map(|(id, title, tutor)| (id, (title, tutor))).collect(),
    })
}

/// The names of everything in a question.
///
/// # Errors
/// When the database cannot answer.
pub fn of(conn: &mut PgConnection, instance: &Instance) -> QueryResult<Names> {
    let projects = instance.projects.iter().filter_map(|project| ids::project_of(&project.id)).collect();
    let students = instance.students.iter().filter_map(|student| ids::student_of(&student.id)).collect();
    load(conn, &projects, &students)
}
