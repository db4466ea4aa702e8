//! What keeps a person, or one of their roles, from being removed.

use crate::models::usage;
use diesel::prelude::*;
use gestfg_types::errors::Usage;
use gestfg_types::ids::UserId;

type Question = (&'static str, &'static str);

const HEADS: Question = ("departments", "SELECT code AS name, id FROM departments WHERE head_id = $1");

const TEACHES: &[Question] = &[
    ("projects", "SELECT title AS name, id FROM projects WHERE tutor_id = $1 OR cotutor_id = $1"),
    HEADS,
    (
        "degrees",
        "SELECT g.code AS name, g.id FROM degree_coordinators c JOIN degrees g ON g.id = c.degree_id WHERE c.professor_id = $1",
    ),
    (
        "conflicts_of_interest",
        "SELECT reason AS name, id FROM conflicts_of_interest WHERE professor_id = $1 OR other_professor_id = $1",
    ),
    (
        "committee_service",
        "SELECT academic_year::text AS name, academic_year::bigint AS id FROM committee_service WHERE professor_id = $1",
    ),
];

const STUDIES: &[Question] = &[
    (
        "assignments",
        "SELECT p.title AS name, a.id FROM assignment_students s JOIN assignments a ON a.id = s.assignment_id
         JOIN projects p ON p.id = a.project_id WHERE s.student_id = $1",
    ),
    ("conflicts_of_interest", "SELECT reason AS name, id FROM conflicts_of_interest WHERE student_id = $1"),
    (
        "applications",
        "SELECT a.id::text AS name, a.id FROM application_members m JOIN applications a ON a.id = m.application_id WHERE m.student_id = $1",
    ),
    ("documents", "SELECT file_name AS name, id FROM documents WHERE student_id = $1"),
];

/// What they did to others. What concerns nobody but themselves (logging in,
/// setting a password) is no history that anyone needs.
const DID: &[Question] = &[
    ("validations", "SELECT title AS name, id FROM projects WHERE validated_by = $1"),
    (
        "assigned",
        "SELECT p.title AS name, a.id FROM assignments a JOIN projects p ON p.id = a.project_id WHERE a.assigned_by = $1",
    ),
    ("documents", "SELECT file_name AS name, id FROM documents WHERE uploaded_by = $1"),
    (
        "document_extensions",
        "SELECT reason AS name, id FROM document_extensions WHERE asked_by = $1 OR decided_by = $1",
    ),
    ("imports", "SELECT file_name AS name, id FROM imports WHERE created_by = $1"),
    (
        "audit_log",
        "SELECT action AS name, id FROM audit_log WHERE actor_id = $1 AND NOT (entity = 'user' AND entity_id = $1)",
    ),
];

const IN_FORCE: &[Question] = &[
    HEADS,
    TEACHES[2],
    (
        "projects",
        "SELECT title AS name, id FROM projects WHERE (tutor_id = $1 OR cotutor_id = $1) AND state IN ('submitted', 'validated', 'published')",
    ),
    (
        "assignments",
        "SELECT p.title AS name, a.id FROM assignments a JOIN projects p ON p.id = a.project_id
         WHERE a.is_active AND ($1 IN (p.tutor_id, p.cotutor_id) OR EXISTS (
             SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND s.student_id = $1))",
    ),
    (
        "applications",
        "SELECT a.id::text AS name, a.id FROM application_members m JOIN applications a ON a.id = m.application_id
         JOIN allocation_rounds r ON r.id = a.round_id WHERE m.student_id = $1 AND a.is_live AND r.state = 'live'",
    ),
    // Until its minutes are closed, somebody may still have to write, read or answer to them.
    (
        "evaluation_requests",
        "SELECT p.title AS name, r.id FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
         WHERE r.state = 'requested' AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state = 'closed')
           AND ($1 IN (p.tutor_id, p.cotutor_id) OR EXISTS (
               SELECT 1 FROM assignment_students s WHERE s.assignment_id = r.assignment_id AND s.student_id = $1))",
    ),
    (
        "committees",
        "SELECT g.code || ' ' || c.number AS name, c.id FROM committee_seats s JOIN committees c ON c.id = s.committee_id
         JOIN calls k ON k.id = c.call_id JOIN degrees g ON g.id = k.degree_id
         WHERE s.professor_id = $1 AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = k.id AND m.state = 'closed')
           AND EXISTS (SELECT 1 FROM defences d WHERE d.committee_id = c.id AND d.state <> 'cancelled')",
    ),
    // Carried out, they would bring the person back.
    (
        "imports",
        "SELECT i.file_name AS name, i.id FROM imports i JOIN users u ON u.id = $1 WHERE i.state = 'previewed' AND EXISTS (
             SELECT 1 FROM import_rows r WHERE r.import_id = i.id
               AND mentions_any(r.cells::text, array_remove(ARRAY[u.email, u.dni], NULL)))",
    ),
];

/// What they do as a professor.
///
/// # Errors
/// When the database cannot answer.
pub fn of_professor(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, user.0, TEACHES)
}

/// The department they head.
///
/// # Errors
/// When the database cannot answer.
pub fn of_head(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, user.0, &[HEADS])
}

/// What they do as a student.
///
/// # Errors
/// When the database cannot answer.
pub fn of_student(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, user.0, STUDIES)
}

/// Everything that would lose its meaning without them.
///
/// # Errors
/// When the database cannot answer.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, user.0, &[TEACHES, STUDIES, DID].concat())
}

/// What they are in the middle of.
///
/// # Errors
/// When the database cannot answer.
pub fn in_force(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Usage>> {
    usage::find(conn, user.0, IN_FORCE)
}
