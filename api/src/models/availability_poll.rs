//! Polls among the professors of a call, and who has answered.

use crate::models::call;
use crate::models::statement::Statement;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{availability_answers, availability_polls};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use gestfg_types::calls::CallRef;
use gestfg_types::ids::{AvailabilityPollId, CallId, DegreeId, UserId};
use serde::Serialize;

/// A stored poll.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = availability_polls, check_for_backend(diesel::pg::Pg))]
pub struct PollRow {
    /// Its id.
    pub id: i64,
    /// Of which call.
    pub call_id: i64,
    /// Until when answers are asked for.
    pub deadline: DateTime<Utc>,
    /// To those who are asked.
    pub message: String,
    /// Who asks.
    pub asked_by: Option<i64>,
    /// Since when.
    pub asked_at: DateTime<Utc>,
    /// When the latest reminder that was told was due.
    pub reminded_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
}

/// A new poll.
#[derive(Debug, Insertable)]
#[diesel(table_name = availability_polls)]
pub struct NewPoll<'a> {
    /// Of which call.
    pub call_id: i64,
    /// Until when answers are asked for.
    pub deadline: DateTime<Utc>,
    /// To those who are asked.
    pub message: &'a str,
    /// Who asks.
    pub asked_by: i64,
    /// Since when.
    pub asked_at: DateTime<Utc>,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = availability_polls)]
pub struct PollChanges {
    /// New deadline.
    pub deadline: Option<DateTime<Utc>>,
    /// New message.
    pub message: Option<String>,
}

/// A poll with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct PollDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Of which call.
    #[diesel(sql_type = BigInt)]
    pub call_id: i64,
    /// Of which degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// When the defences begin.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub defences_start_at: Option<DateTime<Utc>>,
    /// When they are over.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub defences_end_at: Option<DateTime<Utc>>,
    /// Until when answers are asked for.
    #[diesel(sql_type = Timestamptz)]
    pub deadline: DateTime<Utc>,
    /// To those who are asked.
    #[diesel(sql_type = Text)]
    pub message: String,
    /// Who asks.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub asked_by: Option<i64>,
    /// Their name.
    #[diesel(sql_type = Nullable<Text>)]
    pub asked_by_name: Option<String>,
    /// Since when.
    #[diesel(sql_type = Timestamptz)]
    pub asked_at: DateTime<Utc>,
    /// When the latest reminder that was told was due.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub reminded_at: Option<DateTime<Utc>>,
    /// How many are asked.
    #[diesel(sql_type = BigInt)]
    pub asked_count: i64,
    /// How many of them have answered.
    #[diesel(sql_type = BigInt)]
    pub answered_count: i64,
    /// Whether the viewer is asked.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub is_mine: bool,
    /// When the viewer answered.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub my_answer_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl PollDetail {
    /// Its call in passing.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub fn call(&self, conn: &mut PgConnection) -> QueryResult<CallRef> {
        Ok(call::find(conn, CallId(self.call_id))?.reference())
    }
}

/// Somebody a poll asks.
#[derive(Debug, Clone, QueryableByName)]
pub struct RecipientRow {
    /// Their account.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family names.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// Their department.
    #[diesel(sql_type = BigInt)]
    pub department_id: i64,
    /// Its code.
    #[diesel(sql_type = Text)]
    pub department_code: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub department_name: String,
    /// When they answered.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub answered_at: Option<DateTime<Utc>>,
    /// Minutes of the defence phase for which they said no.
    #[diesel(sql_type = BigInt)]
    pub minutes_no: i64,
    /// Minutes for which they said only if needed.
    #[diesel(sql_type = BigInt)]
    pub minutes_if_needed: i64,
    /// Their name as lists are ordered by it.
    #[diesel(sql_type = Text)]
    pub order_name: String,
}

/// Professors `p` (accounts `u`) whom a poll of call `c` asks: they tutor a
/// project of its degree and year, are active and not exempt.
const IS_ASKED: &str = "u.is_active AND NOT p.exempt_from_committees AND EXISTS (SELECT 1 FROM projects t \
WHERE t.degree_id = c.degree_id AND t.academic_year = c.academic_year AND t.state <> 'withdrawn' \
AND (t.tutor_id = p.user_id OR t.cotutor_id = p.user_id))";

/// The polls, as this person sees them.
fn select(viewer: UserId) -> Statement {
    let asked = format!("FROM professors p JOIN users u ON u.id = p.user_id WHERE {IS_ASKED}");
    let mut s = Statement::new();
    s.sql(format!(
        "SELECT q.id, q.call_id, c.degree_id, h.starts_at AS defences_start_at, h.ends_at AS defences_end_at, q.deadline, q.message, \
         q.asked_by, w.first_name || ' ' || w.last_name AS asked_by_name, q.asked_at, q.reminded_at, \
         (SELECT count(*) {asked}) AS asked_count, \
         (SELECT count(*) {asked} AND EXISTS (SELECT 1 FROM availability_answers a WHERE a.poll_id = q.id AND a.professor_id = p.user_id)) AS answered_count, \
         EXISTS (SELECT 1 {asked} AND p.user_id = "
    ))
    .bind(viewer.0)
    .sql(") AS is_mine, (SELECT a.answered_at FROM availability_answers a WHERE a.poll_id = q.id AND a.professor_id = ")
    .bind(viewer.0)
    .sql(
        ") AS my_answer_at, q.version FROM availability_polls q JOIN calls c ON c.id = q.call_id \
         LEFT JOIN call_phases h ON h.call_id = c.id AND h.phase = 'defence' LEFT JOIN users w ON w.id = q.asked_by",
    );
    s
}

/// A page of polls, the latest deadline first: those of the degrees one keeps
/// (all for `None`), and those that ask oneself.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: UserId,
    keeps: Option<&[DegreeId]>,
    call: Option<CallId>,
    page: &PageParams<(DateTime<Utc>, i64)>,
) -> QueryResult<Window<PollDetail>> {
    let mut wanted = select(viewer);
    wanted.sql(" WHERE true");
    if let Some(call) = call {
        wanted.sql(" AND q.call_id = ").bind(call.0);
    }
    let visible = |s: &mut Statement| {
        s.sql(" WHERE true");
        if let Some(degrees) = keeps {
            let degrees: Vec<i64> = degrees.iter().map(|id| id.0).collect();
            s.sql(" AND (x.is_mine OR x.degree_id = ANY(").bind(degrees).sql("))");
        }
    };
    let mut counting = Statement::new();
    counting.sql("SELECT count(*) AS count FROM (").append(&wanted).sql(") x");
    visible(&mut counting);
    counting.once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql("SELECT * FROM (").append(&wanted).sql(") x");
    visible(&mut listing);
    if let Some((deadline, id)) = page.after {
        listing.sql(" AND (x.deadline, x.id) < (").bind(deadline).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY x.deadline DESC, x.id DESC LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<PollDetail>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.deadline, row.id))))
}

/// One poll with everything that is shown of it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: AvailabilityPollId, viewer: UserId) -> QueryResult<PollDetail> {
    let mut query = select(viewer);
    query.sql(" WHERE q.id = ").bind(id.0);
    query.get_result(conn)
}

/// One poll, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: AvailabilityPollId) -> QueryResult<PollRow> {
    availability_polls::table.find(id.0).select(PollRow::as_select()).for_update().first(conn)
}

/// A new poll.
///
/// # Errors
/// When the call has one already or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewPoll<'_>) -> QueryResult<PollRow> {
    diesel::insert_into(availability_polls::table)
        .values(new)
        .returning(PollRow::as_returning())
        .get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn update(
    conn: &mut PgConnection,
    id: AvailabilityPollId,
    changes: &PollChanges,
) -> QueryResult<PollRow> {
    diesel::update(availability_polls::table.find(id.0))
        .set((changes, availability_polls::version.eq(availability_polls::version + 1)))
        .returning(PollRow::as_returning())
        .get_result(conn)
}

/// Remove one, with the note of who answered; what was said stays.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: AvailabilityPollId) -> QueryResult<()> {
    diesel::delete(availability_polls::table.find(id.0)).execute(conn).map(drop)
}

/// Note that somebody has said all they have to say; says whether it is the first time.
///
/// # Errors
/// When the database cannot answer.
pub fn answer(
    conn: &mut PgConnection,
    id: AvailabilityPollId,
    professor: UserId,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    use availability_answers as a;
    diesel::insert_into(a::table)
        .values((a::poll_id.eq(id.0), a::professor_id.eq(professor.0), a::answered_at.eq(now)))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|count| count > 0)
}

#[derive(QueryableByName)]
struct Person {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Whom the poll of a call asks.
///
/// # Errors
/// When the database cannot answer.
pub fn list_asked(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<UserId>> {
    let sql = format!(
        "SELECT u.id FROM calls c CROSS JOIN professors p JOIN users u ON u.id = p.user_id \
         WHERE c.id = $1 AND {IS_ASKED} ORDER BY u.id"
    );
    let people = diesel::sql_query(sql).bind::<BigInt, _>(call.0).load::<Person>(conn)?;
    Ok(people.into_iter().map(|person| UserId(person.id)).collect())
}

/// Those of them who have not answered.
///
/// # Errors
/// When the database cannot answer.
pub fn list_silent(conn: &mut PgConnection, poll: &PollRow) -> QueryResult<Vec<UserId>> {
    use availability_answers as a;
    let answered: Vec<i64> = a::table.filter(a::poll_id.eq(poll.id)).select(a::professor_id).load(conn)?;
    let mut asked = list_asked(conn, CallId(poll.call_id))?;
    asked.retain(|id| !answered.contains(&id.0));
    Ok(asked)
}

/// A page of those a poll asks, by name; only those who have answered, or only the others.
///
/// # Errors
/// When the database cannot answer.
pub fn list_recipients(
    conn: &mut PgConnection,
    id: AvailabilityPollId,
    answered: Option<bool>,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<RecipientRow>> {
    let minutes = |answer: &str| {
        format!(
            "(SELECT COALESCE(sum(extract(epoch FROM least(n.ends_at, h.ends_at) - greatest(n.starts_at, h.starts_at))) / 60, 0)::bigint \
             FROM unavailability n WHERE n.professor_id = u.id AND n.answer = '{answer}' AND n.starts_at < h.ends_at AND n.ends_at > h.starts_at)"
        )
    };
    let mut wanted = Statement::new();
    wanted.sql(format!(
        "SELECT u.id, u.first_name, u.last_name, d.id AS department_id, d.code AS department_code, d.name AS department_name, a.answered_at, \
         {} AS minutes_no, {} AS minutes_if_needed, fold_text(u.last_name || ', ' || u.first_name) AS order_name \
         FROM availability_polls q JOIN calls c ON c.id = q.call_id LEFT JOIN call_phases h ON h.call_id = c.id AND h.phase = 'defence' \
         CROSS JOIN professors p JOIN users u ON u.id = p.user_id JOIN departments d ON d.id = p.department_id \
         LEFT JOIN availability_answers a ON a.poll_id = q.id AND a.professor_id = u.id WHERE {IS_ASKED} AND q.id = ",
        minutes("no"),
        minutes("if_needed"),
    ));
    wanted.bind(id.0);
    match answered {
        Some(true) => wanted.sql(" AND a.answered_at IS NOT NULL"),
        Some(false) => wanted.sql(" AND a.answered_at IS NULL"),
        None => &mut wanted,
    };
    let mut counting = Statement::new();
    counting.sql("SELECT count(*) AS count FROM (").append(&wanted).sql(") x").once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql("SELECT * FROM (").append(&wanted).sql(") x");
    if let Some((name, id)) = page.after.clone() {
        listing.sql(" WHERE (x.order_name, x.id) > (").bind(name.as_str()).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY x.order_name, x.id LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<RecipientRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(&row.order_name, row.id))))
}

/// The polls whose deadline is ahead.
///
/// # Errors
/// When the database cannot answer.
pub fn list_open(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<PollRow>> {
    use availability_polls as q;
    q::table.filter(q::deadline.gt(now)).order((q::deadline, q::id)).select(PollRow::as_select()).load(conn)
}

/// Take a reminder, so that nobody else tells it, now or later. Says whether
/// it was still to be told.
///
/// # Errors
/// When the database cannot take it.
pub fn claim_reminder(conn: &mut PgConnection, poll: &PollRow, due_at: DateTime<Utc>) -> QueryResult<bool> {
    use availability_polls as q;
    if poll.reminded_at.is_some_and(|last| last >= due_at) {
        return Ok(false);
    }
    diesel::update(
        q::table
            .find(poll.id)
            .filter(q::reminded_at.is_null().or(q::reminded_at.assume_not_null().lt(due_at))),
    )
    .set(q::reminded_at.eq(due_at))
    .execute(conn)
    .map(|count| count > 0)
}
