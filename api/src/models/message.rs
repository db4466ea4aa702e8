//! Messages: what the students and tutors of an assignment write to each other.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::UserId;

/// The assignments somebody ($1) takes part in: as student, tutor or co-tutor.
const OWN: &str = "\
SELECT a.id, a.project_id, a.state FROM assignments a JOIN projects p ON p.id = a.project_id WHERE p.tutor_id = $1 OR p.cotutor_id = $1 \
UNION SELECT a.id, a.project_id, a.state FROM assignments a JOIN assignment_students s ON s.assignment_id = a.id WHERE s.student_id = $1";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many messages of others somebody has not read, in all their threads.
///
/// # Errors
/// When the database cannot answer.
pub fn count_unread(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    diesel::sql_query(format!(
        "SELECT count(*) AS count FROM ({OWN}) o JOIN messages m ON m.assignment_id = o.id
         LEFT JOIN message_reads r ON r.assignment_id = o.id AND r.user_id = $1
         WHERE m.id > COALESCE(r.last_read_id, 0) AND m.author_id IS DISTINCT FROM $1"
    ))
    .bind::<BigInt, _>(user.0)
    .get_result::<Count>(conn)
    .map(|row| row.count)
}
