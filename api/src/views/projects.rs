//! Projects.

use crate::domain::actor::Actor;
use crate::domain::markdown;
use crate::domain::phase_gate::Today;
use crate::domain::policy;
use crate::domain::project_actions;
use crate::models::degree::level_of;
use crate::models::project::state_of;
use crate::models::project_view::{DetailRow, SummaryRow};
use gestfg_types::ids::{AssignmentId, DegreeId, DepartmentId, ProjectId, UserId};
use gestfg_types::projects::{Project, ProjectSummary};
use gestfg_types::session::{DegreeRef, DepartmentRef};
use gestfg_types::users::PersonRef;

/// Characters of an excerpt at most.
const EXCERPT: usize = 240;

/// A project in a list, for this viewer today.
#[must_use]
pub fn summary(row: SummaryRow, viewer: Option<&Actor>, today: &Today) -> ProjectSummary {
    let rules = row.rules();
    let allowed_actions = project_actions::allowed(viewer, &row.situation(&rules, today));
    let SummaryRow {
        id,
        title,
        kind,
        level,
        degree_id,
        degree_code,
        degree_name,
        department_id,
        department_code,
        department_name,
        tutor_id,
        tutor_name,
        cotutor_id,
        cotutor_name,
        student_count,
        keywords,
        opening,
        state,
        assigned,
        academic_year,
        title_folded: _,
        created_at: _,
        updated_at,
        submitted_at: _,
        published_at: _,
        version,
        rules: _,
    } = row;
    let shows_tutors = viewer.is_some() || rules.tutors_public;
    let shown = |person: PersonRef| shows_tutors.then_some(person);
    ProjectSummary {
        id: ProjectId(id),
        title,
        kind,
        level: level_of(&level),
        degree: DegreeRef { id: DegreeId(degree_id), code: degree_code, name: degree_name },
        department: DepartmentRef {
            id: DepartmentId(department_id),
            code: department_code,
            name: department_name,
        },
        tutor: shown(PersonRef { id: UserId(tutor_id), name: tutor_name }),
        cotutor: cotutor_id
            .zip(cotutor_name)
            .and_then(|(id, name)| shown(PersonRef { id: UserId(id), name })),
        student_count,
        keywords,
        excerpt: markdown::excerpt(&opening, EXCERPT),
        state: state_of(&state),
        is_assigned: assigned == Some(true),
        academic_year,
        updated_at,
        version,
        allowed_actions,
    }
}

/// A project whole, for this viewer today.
#[must_use]
pub fn project(row: DetailRow, viewer: Option<&Actor>, today: &Today) -> Project {
    let DetailRow {
        summary: inner,
        description,
        prior_knowledge,
        resources,
        rejection_reason,
        withdrawal_reason,
        duplicated_from,
        validated_at,
        withdrawn_at,
        assignment_id,
        student_ids,
    } = row;
    let facts = inner.facts();
    let works_on_it = viewer.is_some_and(|actor| facts.is_own(actor) || facts.is_kept_by(actor));
    let students: Vec<_> = student_ids.into_iter().map(UserId).collect();
    let sees_students = viewer.is_some_and(|actor| policy::may_see_assignment(actor, &facts, &students));
    let (created_at, submitted_at, published_at) = (inner.created_at, inner.submitted_at, inner.published_at);
    Project {
        description_html: markdown::render(&description),
        description,
        prior_knowledge_html: markdown::render(&prior_knowledge),
        prior_knowledge,
        resources_html: markdown::render(&resources),
        resources,
        rejection_reason: rejection_reason.filter(|_| works_on_it),
        withdrawal_reason: withdrawal_reason.filter(|_| works_on_it),
        assignment_id: assignment_id.filter(|_| sees_students).map(AssignmentId),
        duplicated_from: duplicated_from.filter(|_| works_on_it).map(ProjectId),
        created_at,
        submitted_at: submitted_at.filter(|_| works_on_it),
        validated_at: validated_at.filter(|_| works_on_it),
        published_at,
        withdrawn_at,
        summary: summary(inner, viewer, today),
    }
}
