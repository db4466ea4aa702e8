//! The planner's names of what a round is about: `application-5`, `student-12`, `project-45`.

use gestfg_planner::id::{ApplicantId, PersonId, ProjectId as Project, StudentId};
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};

/// An application.
#[must_use]
pub fn applicant(id: ApplicationId) -> ApplicantId {
    ApplicantId(format!("application-{id}"))
}

/// A student.
#[must_use]
pub fn student(id: UserId) -> StudentId {
    StudentId(format!("student-{id}"))
}

/// A project.
#[must_use]
pub fn project(id: ProjectId) -> Project {
    Project(format!("project-{id}"))
}

/// A tutor with one order for all projects.
#[must_use]
pub fn tutor(id: UserId) -> PersonId {
    PersonId(format!("person-{id}"))
}

/// A tutor with an order for this project alone.
#[must_use]
pub fn tutor_of(id: UserId, project: ProjectId) -> PersonId {
    PersonId(format!("person-{id}-project-{project}"))
}

fn number(name: &str, prefix: &str) -> Option<i64> {
    name.strip_prefix(prefix)?.parse().ok().filter(|id| *id > 0)
}

/// Which application a name means.
#[must_use]
pub fn application_of(name: &ApplicantId) -> Option<ApplicationId> {
    number(&name.0, "application-").map(ApplicationId)
}

/// Which student a name means.
#[must_use]
pub fn student_of(name: &StudentId) -> Option<UserId> {
    number(&name.0, "student-").map(UserId)
}

/// Which project a name means.
#[must_use]
pub fn project_of(name: &Project) -> Option<ProjectId> {
    number(&name.0, "project-").map(ProjectId)
}

/// Which tutor a name means, for all projects or for one.
#[must_use]
pub fn person_of(name: &PersonId) -> Option<UserId> {
    let person = name.0.split_once("-project-").map_or(name.0.as_str(), |(person, _)| person);
    number(person, "person-").map(UserId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_what_they_name() {
        assert_eq!(application_of(&applicant(ApplicationId(5))), Some(ApplicationId(5)));
        assert_eq!(student_of(&student(UserId(12))), Some(UserId(12)));
        assert_eq!(project_of(&project(ProjectId(45))), Some(ProjectId(45)));
        assert_eq!(person_of(&tutor(UserId(3))), Some(UserId(3)));
        assert_eq!(person_of(&tutor_of(UserId(3), ProjectId(45))), Some(UserId(3)));
        assert_eq!(person_of(&PersonId("project-3".to_owned())), None);
    }
}
