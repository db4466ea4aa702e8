//! Who may do what: named questions asked of pure values.
//!
//! The table is that of the domain specification. Every answer is a yes or a
//! [`Denied`] with the rule in a sentence; none of them asks the database.

use crate::domain::actor::Actor;
use crate::error::AppError;
use gestfg_types::documents::HandedInBy;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::projects::ProjectState;
use gestfg_types::session::Permission;

/// A no, with its code and the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Denied {
    /// `forbidden`, `own_project` or `not_found`.
    pub code: ErrorCode,
    /// The rule in a sentence.
    pub rule: &'static str,
}

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        Self::refuse(denied.code, denied.rule)
    }
}

/// A yes, or a no with its reason.
pub type Answer = Result<(), Denied>;

const fn forbidden(rule: &'static str) -> Answer {
    Err(Denied { code: ErrorCode::Forbidden, rule })
}

fn when(condition: bool, rule: &'static str) -> Answer {
    if condition { Ok(()) } else { forbidden(rule) }
}

/// What rules need to know of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectFacts {
    /// Its tutor.
    pub tutor: UserId,
    /// Its co-tutor.
    pub cotutor: Option<UserId>,
    /// Its tutor's department.
    pub department: DepartmentId,
    /// Its degree.
    pub degree: DegreeId,
    /// Its state.
    pub state: ProjectState,
}

impl ProjectFacts {
    /// Whether this person tutors or co-tutors it.
    #[must_use]
    pub fn is_own(&self, actor: &Actor) -> bool {
        self.tutor == actor.id || self.cotutor == Some(actor.id)
    }

    /// Whether this person has a duty over it: admin, coordinator of its degree,
    /// head of its tutor's department.
    #[must_use]
    pub fn is_kept_by(&self, actor: &Actor) -> bool {
        actor.is_admin || actor.coordinates(self.degree) || actor.heads(self.department)
    }
}

/// See it at all: published ones everybody; others its tutors, the head of
/// their department, the coordinators of its degree, admin.
#[must_use]
pub fn may_see_project(actor: Option<&Actor>, project: &ProjectFacts) -> bool {
    project.state == ProjectState::Published
        || actor.is_some_and(|actor| project.is_own(actor) || project.is_kept_by(actor))
}

/// Create one with this tutor, of this department, in this degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_create_project(
    actor: &Actor,
    tutor: UserId,
    department: DepartmentId,
    degree: DegreeId,
) -> Answer {
    when(
        actor.is_admin
            || actor.coordinates(degree)
            || actor.heads(department)
            || (actor.is_professor() && tutor == actor.id),
        "Projects are created by their tutor, the head of the tutor's department, a coordinator of the degree or an admin.",
    )
}

/// Edit everything, submit, reopen, withdraw.
///
/// # Errors
/// The rule that stands against it.
pub fn may_edit_project(actor: &Actor, project: &ProjectFacts) -> Answer {
    when(
        project.tutor == actor.id || project.is_kept_by(actor),
        "Only its tutor, the head of the tutor's department, a coordinator of its degree or an admin may do this.",
    )
}

/// Edit title and texts: co-tutors too.
///
/// # Errors
/// The rule that stands against it.
pub fn may_edit_project_text(actor: &Actor, project: &ProjectFacts) -> Answer {
    if project.cotutor == Some(actor.id) { Ok(()) } else { may_edit_project(actor, project) }
}

/// Give it to another tutor.
///
/// # Errors
/// The rule that stands against it.
pub fn may_change_tutor(actor: &Actor, project: &ProjectFacts) -> Answer {
    when(
        project.is_kept_by(actor),
        "Only the head of the tutor's department, a coordinator of its degree or an admin may change the tutor.",
    )
}

/// Validate or reject: never one's own, except as admin.
///
/// # Errors
/// `own_project`, or the rule that stands against it.
pub fn may_decide_on_project(actor: &Actor, project: &ProjectFacts) -> Answer {
    if actor.is_admin {
        return Ok(());
    }
    if !project.is_kept_by(actor) {
        return forbidden(
            "Only the head of the tutor's department, a coordinator of its degree or an admin may validate or reject it.",
        );
    }
    if project.is_own(actor) {
        return Err(Denied {
            code: ErrorCode::OwnProject,
            rule: "Nobody validates or rejects a project they tutor or co-tutor.",
        });
    }
    Ok(())
}

/// Publish or unpublish a validated one: as for editing it.
///
/// # Errors
/// The rule that stands against it.
pub fn may_publish_project(actor: &Actor, project: &ProjectFacts) -> Answer {
    may_edit_project(actor, project)
}

/// Give it to students or take it from them.
///
/// # Errors
/// The rule that stands against it.
pub fn may_assign(actor: &Actor, project: &ProjectFacts) -> Answer {
    when(
        project.tutor == actor.id || project.is_kept_by(actor),
        "Only its tutor, the head of the tutor's department, a coordinator of its degree or an admin may assign it.",
    )
}

/// Enter it in a call or take it back: its students, its tutor, and those who
/// keep the degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_request_evaluation(actor: &Actor, project: &ProjectFacts, students: &[UserId]) -> Answer {
    when(
        students.contains(&actor.id) || project.tutor == actor.id || actor.keeps_degree(project.degree),
        "Only its students, its tutor, a coordinator of its degree or an admin may enter it in a call.",
    )
}

/// Read what was handed in: its students, its tutors, its committee and those
/// who keep the degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_read_documents(actor: &Actor, project: &ProjectFacts, students: &[UserId], sits: bool) -> Answer {
    when(
        students.contains(&actor.id) || project.is_own(actor) || sits || actor.keeps_degree(project.degree),
        "Only its students, its tutors, its committee, a coordinator of its degree or an admin may read its documents.",
    )
}

/// Whether somebody who may read documents reads this one: what a student
/// hands in alone is not for the others, and what the tutor hands in is not
/// for students.
#[must_use]
pub fn sees_document(
    actor: &Actor,
    project: &ProjectFacts,
    sits: bool,
    by: HandedInBy,
    student: Option<UserId>,
) -> bool {
    project.is_own(actor)
        || sits
        || actor.keeps_degree(project.degree)
        || (by == HandedInBy::Students && student.is_none_or(|student| student == actor.id))
}

/// Hand a document in: its students, each their own; the tutor what is asked
/// of the tutor; those who keep the degree on behalf.
///
/// # Errors
/// The rule that stands against it.
pub fn may_hand_in(
    actor: &Actor,
    project: &ProjectFacts,
    students: &[UserId],
    by: HandedInBy,
    student: Option<UserId>,
) -> Answer {
    let own = match by {
        HandedInBy::Students => {
            students.contains(&actor.id) && student.is_none_or(|student| student == actor.id)
        }
        HandedInBy::Tutor => project.tutor == actor.id,
    };
    when(
        own || actor.keeps_degree(project.degree),
        "Only who is asked for the document, a coordinator of the degree or an admin may hand it in.",
    )
}

/// Ask for more time to hand in: its students and its tutor.
///
/// # Errors
/// The rule that stands against it.
pub fn may_ask_extension(actor: &Actor, project: &ProjectFacts, students: &[UserId]) -> Answer {
    when(
        students.contains(&actor.id) || project.tutor == actor.id,
        "Only its students and its tutor may ask for more time.",
    )
}

/// Grant or refuse more time.
///
/// # Errors
/// The rule that stands against it.
pub fn may_decide_extension(actor: &Actor, degree: DegreeId) -> Answer {
    when(actor.keeps_degree(degree), "Only a coordinator of the degree or an admin may decide on more time.")
}

/// Make, change, open and remove calls of a degree, and act outside their
/// dates with a written reason.
///
/// # Errors
/// The rule that stands against it.
pub fn may_manage_calls(actor: &Actor, degree: DegreeId) -> Answer {
    when(actor.keeps_degree(degree), "Only a coordinator of the degree or an admin may manage its calls.")
}

/// Open rounds of applications of a degree, apply on behalf of its students, have them allocated.
///
/// # Errors
/// The rule that stands against it.
pub fn may_allocate(actor: &Actor, degree: DegreeId) -> Answer {
    when(
        actor.keeps_degree(degree),
        "Only a coordinator of the degree or an admin may open its rounds and allocate projects.",
    )
}

/// See who asks for a project, and put them in order: its tutors, and those who keep the degree.
///
/// # Errors
/// The rule that stands against it.
pub fn may_see_applicants(actor: &Actor, project: &ProjectFacts) -> Answer {
    when(
        project.is_own(actor) || actor.keeps_degree(project.degree),
        "Only its tutors, a coordinator of its degree or an admin may see who asks for it.",
    )
}

/// Plan committees and defences of a degree, read their drafts, publish them.
///
/// # Errors
/// The rule that stands against it.
pub fn may_plan(actor: &Actor, degree: DegreeId) -> Answer {
    when(actor.keeps_degree(degree), "Only a coordinator of the degree or an admin may plan its committees.")
}

/// Have a substitute of a published committee step in: whoever plans the degree, and whoever presides it,
/// who is there on the day.
///
/// # Errors
/// The rule that stands against it.
pub fn may_call_in(actor: &Actor, degree: DegreeId, presides: bool) -> Answer {
    when(
        presides || actor.keeps_degree(degree),
        "Only who presides the committee, a coordinator of the degree or an admin may call a substitute in.",
    )
}

/// Form the committees of a degree: write its settings, ask its professors.
///
/// # Errors
/// The rule that stands against it.
pub fn may_manage_committees(actor: &Actor, degree: DegreeId) -> Answer {
    when(
        actor.keeps_degree(degree),
        "Only a coordinator of the degree or an admin may decide on its committees.",
    )
}

/// Whether somebody forms committees of any degree: professors belong to none,
/// so what they may be called for concerns all who form them.
#[must_use]
pub fn plans_committees(actor: &Actor) -> bool {
    actor.is_admin || !actor.coordinates.is_empty()
}

/// Keep rooms: they belong to the faculty, so to whoever forms committees.
///
/// # Errors
/// The rule that stands against it.
pub fn may_manage_rooms(actor: &Actor) -> Answer {
    when(plans_committees(actor), "Only a coordinator or an admin may manage rooms.")
}

/// Read and write who has served in committees and who may be called.
///
/// # Errors
/// The rule that stands against it.
pub fn may_manage_participation(actor: &Actor) -> Answer {
    when(plans_committees(actor), "Only a coordinator or an admin may manage participation.")
}

/// Read and say when a professor can come, and with whom they are in conflict:
/// oneself, or on behalf by whoever forms committees.
///
/// # Errors
/// The rule that stands against it.
pub fn may_speak_for(actor: &Actor, professor: UserId) -> Answer {
    when(
        plans_committees(actor) || (actor.is_professor() && actor.id == professor),
        "Professors speak for themselves; for others a coordinator or an admin does.",
    )
}

/// Read an assignment: its students, its tutors and who keeps the project.
#[must_use]
pub fn may_see_assignment(actor: &Actor, project: &ProjectFacts, students: &[UserId]) -> bool {
    students.contains(&actor.id) || project.is_own(actor) || project.is_kept_by(actor)
}

/// See or change the account of a student of these degrees.
#[must_use]
pub fn may_keep_student(actor: &Actor, degrees: &[DegreeId]) -> bool {
    actor.is_admin || degrees.iter().any(|degree| actor.coordinates(*degree))
}

/// Change a degree: an admin; its coordinators only its rules.
///
/// # Errors
/// The rule that stands against it.
pub fn may_edit_degree(actor: &Actor, degree: DegreeId, only_rules: bool) -> Answer {
    when(
        actor.is_admin || (only_rules && actor.coordinates(degree)),
        "Only an admin may change a degree; its coordinators may change its rules.",
    )
}

/// Read the audit log: an admin all of it, a coordinator that of their degrees.
///
/// # Errors
/// The rule that stands against it.
pub fn may_read_audit_log(actor: &Actor) -> Answer {
    when(
        actor.is_admin || !actor.coordinates.is_empty(),
        "Only an admin, and coordinators for their degrees, may read the audit log.",
    )
}

/// What the menu offers.
#[must_use]
pub fn permissions(actor: &Actor) -> Vec<Permission> {
    let coordinator = !actor.coordinates.is_empty();
    let keeper = actor.is_admin || coordinator || actor.head_of.is_some();
    [
        (Permission::CreateProjects, actor.is_professor() || keeper),
        (Permission::ValidateProjects, keeper),
        (Permission::ImportProjects, actor.is_professor() || keeper),
        (Permission::ImportMasterData, actor.is_admin),
        (Permission::ImportStudents, actor.is_admin || coordinator),
        (Permission::ManageMasterData, actor.is_admin),
        (Permission::ManagePeople, actor.is_admin),
        (Permission::ManageStudents, actor.is_admin || coordinator),
        (Permission::ReadAuditLog, actor.is_admin || coordinator),
        (Permission::ReadOutbox, actor.is_admin),
        (Permission::ManageCalls, actor.is_admin || coordinator),
        (Permission::ManageEvents, keeper),
        (Permission::PlanCommittees, plans_committees(actor)),
    ]
    .into_iter()
    .filter_map(|(permission, held)| held.then_some(permission))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64) -> Actor {
        Actor {
            id: UserId(id),
            is_admin: false,
            department: Some(DepartmentId(id)),
            head_of: None,
            coordinates: vec![],
            is_student: false,
        }
    }

    const PROJECT: ProjectFacts = ProjectFacts {
        tutor: UserId(1),
        cotutor: Some(UserId(2)),
        department: DepartmentId(10),
        degree: DegreeId(20),
        state: ProjectState::Submitted,
    };

    #[test]
    fn nobody_decides_on_their_own_project() {
        let head = Actor { head_of: Some(DepartmentId(10)), ..person(3) };
        assert_eq!(may_decide_on_project(&head, &PROJECT), Ok(()));
        for own in [1, 2] {
            let head = Actor { head_of: Some(DepartmentId(10)), ..person(own) };
            assert_eq!(may_decide_on_project(&head, &PROJECT).unwrap_err().code, ErrorCode::OwnProject);
            let coordinator = Actor { coordinates: vec![DegreeId(20)], ..person(own) };
            assert_eq!(
                may_decide_on_project(&coordinator, &PROJECT).unwrap_err().code,
                ErrorCode::OwnProject
            );
            assert_eq!(may_decide_on_project(&person(own), &PROJECT).unwrap_err().code, ErrorCode::Forbidden);
        }
        assert_eq!(may_decide_on_project(&Actor { is_admin: true, ..person(1) }, &PROJECT), Ok(()));
    }

    #[test]
    fn duties_end_at_their_department_and_degree() {
        let elsewhere =
            Actor { head_of: Some(DepartmentId(11)), coordinates: vec![DegreeId(21)], ..person(3) };
        assert!(!may_see_project(Some(&elsewhere), &PROJECT));
        assert!(may_edit_project(&elsewhere, &PROJECT).is_err());
        assert!(may_decide_on_project(&elsewhere, &PROJECT).is_err());
        assert!(may_assign(&elsewhere, &PROJECT).is_err());
    }

    #[test]
    fn a_cotutor_edits_texts_only() {
        assert!(may_edit_project_text(&person(2), &PROJECT).is_ok());
        assert!(may_edit_project(&person(2), &PROJECT).is_err());
        assert!(may_assign(&person(2), &PROJECT).is_err());
        assert!(may_see_project(Some(&person(2)), &PROJECT));
        assert!(!may_see_project(None, &PROJECT));
    }
}
