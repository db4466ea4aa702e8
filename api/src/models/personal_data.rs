//! Everything kept about a person, for that person: part by part, row by row.

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Text, Uuid as SqlUuid};
use gestfg_types::ids::UserId;
use gestfg_types::personal::PersonalSection;
use serde_json::Value;
use uuid::Uuid;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Jsonb)]
    row: Value,
}

/// Hand each row of a part to `take`, none of them kept in memory.
///
/// # Errors
/// Those of `take`, or when the database cannot answer.
pub fn each<E: From<diesel::result::Error>>(
    conn: &mut PgConnection,
    person: UserId,
    section: PersonalSection,
    mut take: impl FnMut(Value) -> Result<(), E>,
) -> Result<(), E> {
    let query = format!("SELECT to_jsonb(r) AS row FROM ({}) r", query_of(section));
    let query = diesel::sql_query(query).bind::<BigInt, _>(person.0);
    for found in query.load_iter::<Row, PgRowByRowLoadingMode>(conn)? {
        take(found?.row)?;
    }
    Ok(())
}

/// A document whose bytes belong in the copy.
#[derive(Debug, Clone, QueryableByName)]
pub struct OwnDocument {
    /// Where in the copy.
    #[diesel(sql_type = Text)]
    pub path: String,
    /// Its bytes.
    #[diesel(sql_type = SqlUuid)]
    pub content_id: Uuid,
    /// Whether they are in the bucket.
    #[diesel(sql_type = Bool)]
    pub is_in_bucket: bool,
    /// How many they are.
    #[diesel(sql_type = BigInt)]
    pub size: i64,
}

/// The documents whose bytes belong in the copy, in order.
///
/// # Errors
/// When the database cannot answer.
pub fn documents(conn: &mut PgConnection, person: UserId) -> QueryResult<Vec<OwnDocument>> {
    let query = format!(
        "SELECT d.path, d.content_id, c.store = 'bucket' AS is_in_bucket, c.size
         FROM ({DOCUMENTS}) d JOIN document_contents c ON c.id = d.content_id
         WHERE d.path IS NOT NULL ORDER BY d.id"
    );
    diesel::sql_query(query)
        .bind::<BigInt, _>(person.0)
        .load_iter::<OwnDocument, DefaultLoadingMode>(conn)?
        .collect()
}

/// What a student may read of what was handed in for them, and what anybody handed in: bytes of
/// one's own work only, as what the office hands in on behalf of others is theirs.
const DOCUMENTS: &str = "
    SELECT d.id, d.evaluation_request_id, d.kind, d.version, d.file_name, d.media_type, c.size,
           encode(c.sha256, 'hex') AS sha256, d.uploaded_by = $1 AS is_uploaded_by_you, d.created_at, d.content_id, own.is_mine,
           CASE WHEN c.state = 'kept' AND (own.is_mine OR (d.handed_in_by = 'tutor' AND d.uploaded_by = $1))
               THEN 'documentos/' || d.evaluation_request_id || '-' || d.id || '-' || neutral_file_name(d.kind, d.version, d.media_type)
           END AS path
    FROM documents d JOIN document_contents c ON c.id = d.content_id
    JOIN evaluation_requests r ON r.id = d.evaluation_request_id
    CROSS JOIN LATERAL (SELECT d.handed_in_by = 'students' AND (d.student_id = $1 OR (d.student_id IS NULL AND EXISTS (
        SELECT 1 FROM assignment_students s WHERE s.assignment_id = r.assignment_id AND s.student_id = $1))) AS is_mine) own
    WHERE own.is_mine OR d.uploaded_by = $1";

#[allow(clippy::too_many_lines, reason = "one query for each part, and nothing else")]
fn query_of(section: PersonalSection) -> String {
    use PersonalSection as S;
    let text = match section {
        S::Account => {
            "SELECT id, email, dni, first_name, last_name, language, is_admin, is_active, password_hash IS NOT NULL AS has_password,
                 email_verified_at, created_at, updated_at FROM users WHERE id = $1"
        }
        S::Roles => {
            "SELECT u.is_admin AS admin,
                 (SELECT jsonb_build_object('department', d.code, 'may_preside', p.may_preside, 'seniority_year', p.seniority_year,
                      'exempt_from_committees', p.exempt_from_committees, 'since', p.created_at)
                  FROM professors p JOIN departments d ON d.id = p.department_id WHERE p.user_id = u.id) AS professor,
                 (SELECT d.code FROM departments d WHERE d.head_id = u.id) AS head_of,
                 ARRAY(SELECT g.code FROM degree_coordinators c JOIN degrees g ON g.id = c.degree_id
                       WHERE c.professor_id = u.id ORDER BY g.code) AS coordinates,
                 (SELECT jsonb_build_object('record', s.record, 'since', s.created_at, 'degrees',
                      ARRAY(SELECT g.code FROM student_degrees e JOIN degrees g ON g.id = e.degree_id
                            WHERE e.student_id = s.user_id ORDER BY g.code))
                  FROM students s WHERE s.user_id = u.id) AS student
             FROM users u WHERE u.id = $1"
        }
        S::Projects => {
            "SELECT p.id, g.code AS degree, p.academic_year, p.title, p.kind, p.student_count, p.description, p.prior_knowledge,
                 p.resources, p.keywords, CASE WHEN p.tutor_id = $1 THEN 'tutor' ELSE 'cotutor' END AS role, p.state,
                 p.rejection_reason, p.withdrawal_reason, p.submitted_at, p.validated_at, p.published_at, p.withdrawn_at, p.created_at
             FROM projects p JOIN degrees g ON g.id = p.degree_id WHERE $1 IN (p.tutor_id, p.cotutor_id) ORDER BY p.id"
        }
        S::Applications => {
            "SELECT a.id, a.round_id, g.code AS degree, a.state, a.statement, m.is_author, m.confirmed_at, a.withdrawn_at, a.created_at,
                 (SELECT jsonb_agg(jsonb_build_object('rank', w.rank, 'project_id', p.id, 'title', p.title) ORDER BY w.rank, p.id)
                  FROM application_preferences w JOIN projects p ON p.id = w.project_id WHERE w.application_id = a.id) AS preferences
             FROM application_members m JOIN applications a ON a.id = m.application_id JOIN degrees g ON g.id = a.degree_id
             WHERE m.student_id = $1 ORDER BY a.id"
        }
        S::Assignments => {
            "SELECT a.id, p.id AS project_id, p.title, CASE WHEN s.student_id IS NOT NULL THEN 'student' ELSE 'tutor' END AS role,
                 a.state, a.cancel_reason, a.cancelled_at, a.created_at,
                 ARRAY(SELECT u.first_name || ' ' || u.last_name FROM assignment_students o JOIN users u ON u.id = o.student_id
                       WHERE o.assignment_id = a.id ORDER BY o.position) AS students,
                 ARRAY(SELECT u.first_name || ' ' || u.last_name FROM users u
                       WHERE u.id IN (p.tutor_id, p.cotutor_id) ORDER BY u.id = p.cotutor_id) AS tutors
             FROM assignments a JOIN projects p ON p.id = a.project_id
             LEFT JOIN assignment_students s ON s.assignment_id = a.id AND s.student_id = $1
             WHERE s.student_id IS NOT NULL OR $1 IN (p.tutor_id, p.cotutor_id) ORDER BY a.id"
        }
        S::EvaluationRequests => {
            "SELECT r.id, r.assignment_id, g.code AS degree, c.academic_year, t.code AS sitting, r.state,
                 r.requested_by = $1 AS is_requested_by_you, r.created_at, r.withdrawn_at
             FROM evaluation_requests r JOIN calls c ON c.id = r.call_id JOIN degrees g ON g.id = c.degree_id
             JOIN sittings t ON t.id = c.sitting_id JOIN projects p ON p.id = r.project_id
             WHERE $1 IN (p.tutor_id, p.cotutor_id) OR EXISTS (
                 SELECT 1 FROM assignment_students s WHERE s.assignment_id = r.assignment_id AND s.student_id = $1) ORDER BY r.id"
        }
        S::Documents => {
            return format!(
                "SELECT d.id, d.evaluation_request_id, d.kind, d.version, d.file_name, d.media_type, d.size, d.sha256,
                     d.is_uploaded_by_you, d.path, d.created_at FROM ({DOCUMENTS}) d ORDER BY d.id"
            );
        }
        S::Similarity => {
            return format!(
                "SELECT t.document_id, t.state, t.share_permille, t.is_flagged, t.is_justified
                 FROM similarity_standings t JOIN ({DOCUMENTS}) d ON d.id = t.document_id WHERE d.is_mine ORDER BY t.document_id"
            );
        }
        S::SimilarityJustifications => {
            "SELECT id, document_id, text, share_permille, created_at FROM similarity_justifications
             WHERE signed_by = $1 ORDER BY id"
        }
        S::DocumentExtensions => {
            "SELECT id, evaluation_request_id, reason, wanted_until, state, granted_until, decision_reason, decided_at, created_at
             FROM document_extensions WHERE asked_by = $1 ORDER BY id"
        }
        S::Committees => {
            "SELECT c.id, g.code AS degree, k.academic_year, t.code AS sitting, c.number, s.seat, s.acting_for, s.called_in_at
             FROM committee_seats s JOIN committees c ON c.id = s.committee_id JOIN calls k ON k.id = c.call_id
             JOIN degrees g ON g.id = k.degree_id JOIN sittings t ON t.id = k.sitting_id WHERE s.professor_id = $1 ORDER BY c.id"
        }
        S::CommitteeService => {
            "SELECT academic_year, seats FROM committee_service WHERE professor_id = $1 ORDER BY academic_year"
        }
        S::Defences => {
            "SELECT d.id, d.evaluation_request_id, c.number AS committee, o.name AS room, d.starts_at, d.ends_at, d.state, d.remarks
             FROM defences d JOIN committees c ON c.id = d.committee_id LEFT JOIN rooms o ON o.id = d.room_id
             WHERE d.student_id = $1 ORDER BY d.id"
        }
        S::Marks => {
            "SELECT e.defence_id, m.id AS minutes_id, m.number AS minutes_number, m.edition, m.state, e.tutor_mark, e.committee_mark,
                 e.mark, e.band, e.has_honours, m.published_at, m.claims_until, m.closed_at
             FROM minutes_entries e JOIN minutes m ON m.id = e.minutes_id
             WHERE e.student_id = $1 AND m.state <> 'reopened' ORDER BY m.id, e.position"
        }
        S::MarkClaims => {
            "SELECT c.id, c.defence_id, c.text, c.state, c.answer, c.answered_at, c.mark_before, c.mark_after, c.created_at
             FROM mark_claims c JOIN defences d ON d.id = c.defence_id WHERE d.student_id = $1 ORDER BY c.id"
        }
        S::TutorReports => {
            "SELECT s.defence_id, u.first_name || ' ' || u.last_name AS tutor, s.remarks, s.handed_in_at,
                 (SELECT jsonb_agg(jsonb_build_object('criterion', k.name, 'weight', k.weight, 'mark', n.mark, 'remark', n.remark)
                      ORDER BY k.position)
                  FROM sheet_marks n JOIN rubric_criteria k ON k.rubric_id = n.rubric_id AND k.position = n.position
                  WHERE n.sheet_id = s.id) AS marks
             FROM mark_sheets s JOIN defences d ON d.id = s.defence_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
             JOIN users u ON u.id = s.author_id
             WHERE d.student_id = $1 AND s.role = 'tutor' AND s.state = 'handed_in'
               AND EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state = 'closed') ORDER BY s.id"
        }
        S::MarkSheets => {
            "SELECT defence_id, role, state, handed_in_at, created_at, updated_at FROM mark_sheets WHERE author_id = $1 ORDER BY id"
        }
        S::Unavailability => {
            "SELECT id, starts_at, ends_at, answer, source, note, created_at FROM unavailability WHERE professor_id = $1
             ORDER BY starts_at, id"
        }
        S::AvailabilityAnswers => {
            "SELECT poll_id, answered_at FROM availability_answers WHERE professor_id = $1 ORDER BY poll_id"
        }
        S::ConflictsOfInterest => {
            "SELECT id, professor_id = $1 AS is_about_you, declared_by = $1 AS is_declared_by_you, project_id,
                 CASE WHEN professor_id = $1 OR declared_by = $1 THEN reason END AS reason, declared_at
             FROM conflicts_of_interest WHERE professor_id = $1 OR declared_by = $1 ORDER BY id"
        }
        S::Messages => {
            "SELECT id, assignment_id, body, created_at FROM messages WHERE author_id = $1 ORDER BY id"
        }
        S::Notifications => {
            "SELECT id, kind, letter, is_in_app, created_at, read_at, digested_at FROM notifications WHERE user_id = $1 ORDER BY id"
        }
        S::NotificationPreferences => {
            "SELECT kind, in_app, mail FROM notification_preferences WHERE user_id = $1 ORDER BY kind"
        }
        // Not their text: it may hold a link that opens the account.
        S::Mails => {
            "SELECT m.id, m.kind, m.language, m.subject, m.created_at, m.sent_at FROM outgoing_mails m
             JOIN users u ON u.email = m.recipient WHERE u.id = $1 ORDER BY m.id"
        }
        S::Sessions => {
            "SELECT address, user_agent, created_at, last_used_at, expires_at, ended_at FROM sessions WHERE user_id = $1
             ORDER BY created_at, id"
        }
        S::ApiTokens => {
            "SELECT id, name, scope, created_at, expires_at, last_used_at, revoked_at FROM api_tokens WHERE user_id = $1 ORDER BY id"
        }
        S::CalendarFeed => "SELECT created_at, last_read_at FROM calendar_feeds WHERE user_id = $1",
        S::OneTimeLinks => {
            "SELECT purpose, created_at, expires_at, used_at FROM one_time_links WHERE user_id = $1 ORDER BY id"
        }
        S::IdentityClaims => {
            "SELECT id, claimant_id = $1 AS is_yours, created_at FROM identity_claims WHERE $1 IN (claimant_id, preloaded_id) ORDER BY id"
        }
        S::Imports => {
            "SELECT id, kind, state, file_name, created_at, committed_at, undone_at FROM imports WHERE created_by = $1 ORDER BY id"
        }
        S::Events => {
            "SELECT id, kind, title, body, location, audience, starts_at, ends_at, publish_at, created_at
             FROM events WHERE author_id = $1 ORDER BY id"
        }
        // The values are often those of others.
        S::Actions => {
            "SELECT id, at, address, action, entity, entity_id, reason FROM audit_log WHERE actor_id = $1 ORDER BY id"
        }
        S::AccountChanges => {
            "SELECT id, at, action, before, after FROM audit_log WHERE entity = 'user' AND entity_id = $1 ORDER BY id"
        }
    };
    text.to_owned()
}
