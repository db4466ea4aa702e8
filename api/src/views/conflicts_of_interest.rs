//! Declared conflicts of interest.

use crate::models::conflict_of_interest::ConflictRow;
use gestfg_types::conflicts_of_interest::{ConflictAction, ConflictOfInterest, ProjectRef};
use gestfg_types::ids::{ConflictOfInterestId, ProjectId, UserId};
use gestfg_types::users::PersonRef;

/// A declaration; whoever sees it may take it back.
#[must_use]
pub fn conflict(row: ConflictRow) -> ConflictOfInterest {
    let ConflictRow {
        id,
        professor_id,
        professor_name,
        project_id,
        project_title,
        student_id,
        student_name,
        other_professor_id,
        other_professor_name,
        reason,
        declared_by,
        declared_by_name,
        declared_at,
    } = row;
    let person = |(id, name)| PersonRef { id: UserId(id), name };
    ConflictOfInterest {
        id: ConflictOfInterestId(id),
        professor: person((professor_id, professor_name)),
        project: project_id.zip(project_title).map(|(id, title)| ProjectRef { id: ProjectId(id), title }),
        student: student_id.zip(student_name).map(person),
        other_professor: other_professor_id.zip(other_professor_name).map(person),
        reason,
        declared_by: declared_by.zip(declared_by_name).map(person),
        declared_at,
        allowed_actions: vec![ConflictAction::Delete],
    }
}
