//! Messages: what the students and tutors of an assignment write to each other.
//!
//! Who takes part in a thread follows from the assignment and its project, and
//! nobody else reads it, whatever their duties.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::messages;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use gestfg_types::ids::{AssignmentId, UserId};

/// The threads somebody ($1) takes part in: as student, tutor or co-tutor.
const OWN: &str = "\
SELECT a.id, a.project_id, a.state FROM assignments a JOIN projects p ON p.id = a.project_id WHERE p.tutor_id = $1 OR p.cotutor_id = $1 \
UNION SELECT a.id, a.project_id, a.state FROM assignments a JOIN assignment_students s ON s.assignment_id = a.id WHERE s.student_id = $1";

/// What nobody ($1) has read of others, in the thread `t.id`.
const UNREAD: &str = "\
SELECT count(*) FROM messages m WHERE m.assignment_id = t.id AND m.author_id IS DISTINCT FROM $1 AND m.id > COALESCE( \
(SELECT r.last_read_id FROM message_reads r WHERE r.assignment_id = t.id AND r.user_id = $1), 0)";

/// The people of a thread `t.id` on the project `p`.
const PEOPLE: &str = "\
SELECT p.tutor_id AS id UNION SELECT p.cotutor_id UNION SELECT s.student_id FROM assignment_students s WHERE s.assignment_id = t.id";

/// A message with what is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct MessageRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Who wrote it, while they have an account.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub author_id: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub author_name: Option<String>,
    /// Plain text.
    #[diesel(sql_type = Text)]
    pub body: String,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

/// A thread as somebody sees it who takes part in it.
#[derive(Debug, Clone, QueryableByName)]
pub struct ThreadRow {
    /// Of which assignment.
    #[diesel(sql_type = BigInt)]
    pub assignment_id: i64,
    /// The assignment's state.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Its project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// The project's title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// The others: id and name.
    #[diesel(sql_type = Jsonb)]
    pub others: serde_json::Value,
    /// How many messages they have not read.
    #[diesel(sql_type = BigInt)]
    pub unread: i64,
    /// How far they have read.
    #[diesel(sql_type = BigInt)]
    pub last_read_id: i64,
    /// The last message, 0 while there is none.
    #[diesel(sql_type = BigInt)]
    pub last_id: i64,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn thread_columns() -> String {
    format!(
        "t.id AS assignment_id, t.state, t.project_id, p.title AS project_title, ({UNREAD}) AS unread, \
         COALESCE((SELECT r.last_read_id FROM message_reads r WHERE r.assignment_id = t.id AND r.user_id = $1), 0) AS last_read_id, \
         COALESCE((SELECT max(m.id) FROM messages m WHERE m.assignment_id = t.id), 0) AS last_id, \
         COALESCE((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name) ORDER BY u.last_name, u.first_name, u.id) \
         FROM ({PEOPLE}) x JOIN users u ON u.id = x.id WHERE u.id <> $1), '[]') AS others"
    )
}

/// How many messages of others somebody has not read, in all their threads.
///
/// # Errors
/// When the database cannot answer.
pub fn count_unread(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    let query = format!("SELECT COALESCE(sum(({UNREAD})), 0)::bigint AS number FROM ({OWN}) t");
    diesel::sql_query(query).bind::<BigInt, _>(user.0).get_result::<Number>(conn).map(|row| row.number)
}

/// A page of somebody's threads, the one written in last first. A cancelled
/// assignment is listed only if something was written.
///
/// # Errors
/// When the database cannot answer.
pub fn list_threads(
    conn: &mut PgConnection,
    user: UserId,
    only_unread: bool,
    page: &PageParams<(i64, i64)>,
) -> QueryResult<Window<ThreadRow>> {
    let threads =
        format!("SELECT {} FROM ({OWN}) t JOIN projects p ON p.id = t.project_id", thread_columns());
    let wanted = "(NOT $2 OR f.unread > 0) AND (f.state <> 'cancelled' OR f.last_id > 0)";
    let total = diesel::sql_query(format!("SELECT count(*) AS number FROM ({threads}) f WHERE {wanted}"))
        .bind::<BigInt, _>(user.0)
        .bind::<Bool, _>(only_unread)
        .get_result::<Number>(conn)?
        .number;
    let (last, id) = page.after.unwrap_or((i64::MAX, i64::MAX));
    let rows = diesel::sql_query(format!(
        "SELECT * FROM ({threads}) f WHERE {wanted} AND (f.last_id, f.assignment_id) < ($3, $4)
         ORDER BY f.last_id DESC, f.assignment_id DESC LIMIT $5"
    ))
    .bind::<BigInt, _>(user.0)
    .bind::<Bool, _>(only_unread)
    .bind::<BigInt, _>(last)
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(page.fetch())
    .load::<ThreadRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.last_id, row.assignment_id))))
}

/// One thread, for somebody who takes part in it.
///
/// # Errors
/// `NotFound`, for everybody else too; or when the database cannot answer.
pub fn find_thread(conn: &mut PgConnection, user: UserId, thread: AssignmentId) -> QueryResult<ThreadRow> {
    diesel::sql_query(format!(
        "SELECT {} FROM assignments t JOIN projects p ON p.id = t.project_id WHERE t.id = $2 AND $1 IN ({PEOPLE})",
        thread_columns()
    ))
    .bind::<BigInt, _>(user.0)
    .bind::<BigInt, _>(thread.0)
    .get_result(conn)
}

/// Keep other writers out of a thread until the transaction ends: messages
/// appear in the order of their ids, so that nobody reads past one unseen, and
/// none slips into an assignment that is being cancelled.
///
/// # Errors
/// When the database cannot answer.
pub fn lock_thread(conn: &mut PgConnection, thread: AssignmentId) -> QueryResult<()> {
    use crate::schema::assignments;
    assignments::table.find(thread.0).select(assignments::id).for_no_key_update().first::<i64>(conn).map(drop)
}

const SHOWN: &str = "\
SELECT m.id, m.author_id, u.first_name || ' ' || u.last_name AS author_name, m.body, m.created_at \
FROM messages m LEFT JOIN users u ON u.id = m.author_id";

/// A page of a thread, the latest first, and how many messages it has.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    thread: AssignmentId,
    page: &PageParams<i64>,
) -> QueryResult<Window<MessageRow>> {
    let total =
        messages::table.filter(messages::assignment_id.eq(thread.0)).count().get_result::<i64>(conn)?;
    let rows = diesel::sql_query(format!(
        "{SHOWN} WHERE m.assignment_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3"
    ))
    .bind::<BigInt, _>(thread.0)
    .bind::<BigInt, _>(page.after.unwrap_or(i64::MAX))
    .bind::<BigInt, _>(page.fetch())
    .load::<MessageRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

/// These messages, in no order.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<MessageRow>> {
    diesel::sql_query(format!("{SHOWN} WHERE m.id = ANY($1)"))
        .bind::<diesel::sql_types::Array<BigInt>, _>(ids)
        .load(conn)
}

/// Write a message; says its id.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    thread: AssignmentId,
    author: UserId,
    body: &str,
    now: DateTime<Utc>,
) -> QueryResult<i64> {
    diesel::insert_into(messages::table)
        .values((
            messages::assignment_id.eq(thread.0),
            messages::author_id.eq(author.0),
            messages::body.eq(body),
            messages::created_at.eq(now),
        ))
        .returning(messages::id)
        .get_result(conn)
}

/// The others of a thread who have nothing unread in it that came after this
/// moment, the message of this id aside: who has, knows already.
///
/// # Errors
/// When the database cannot answer.
pub fn list_unaware(
    conn: &mut PgConnection,
    thread: AssignmentId,
    author: UserId,
    message: i64,
    since: DateTime<Utc>,
) -> QueryResult<Vec<UserId>> {
    let rows = diesel::sql_query(format!(
        "SELECT x.id AS number FROM assignments t JOIN projects p ON p.id = t.project_id CROSS JOIN LATERAL ({PEOPLE}) x
         WHERE t.id = $1 AND x.id <> $2 AND NOT EXISTS (
             SELECT 1 FROM messages m LEFT JOIN message_reads r ON r.assignment_id = m.assignment_id AND r.user_id = x.id
             WHERE m.assignment_id = t.id AND m.id < $3 AND m.created_at > $4
                 AND m.author_id IS DISTINCT FROM x.id AND m.id > COALESCE(r.last_read_id, 0))
         ORDER BY x.id"
    ))
    .bind::<BigInt, _>(thread.0)
    .bind::<BigInt, _>(author.0)
    .bind::<BigInt, _>(message)
    .bind::<Timestamptz, _>(since)
    .load::<Number>(conn)?;
    Ok(rows.into_iter().map(|row| UserId(row.number)).collect())
}

/// Note how far somebody has read; never back, and never beyond what there
/// is. Says whether that was further than before.
///
/// # Errors
/// When the database cannot take it.
pub fn set_read(
    conn: &mut PgConnection,
    thread: AssignmentId,
    user: UserId,
    up_to: i64,
) -> QueryResult<bool> {
    diesel::sql_query(
        "INSERT INTO message_reads AS r (assignment_id, user_id, last_read_id)
         SELECT $1, $2, max(id) FROM messages WHERE assignment_id = $1 AND id <= $3 HAVING max(id) IS NOT NULL
         ON CONFLICT (assignment_id, user_id) DO UPDATE SET last_read_id = excluded.last_read_id
             WHERE r.last_read_id < excluded.last_read_id",
    )
    .bind::<BigInt, _>(thread.0)
    .bind::<BigInt, _>(user.0)
    .bind::<BigInt, _>(up_to)
    .execute(conn)
    .map(|count| count > 0)
}
