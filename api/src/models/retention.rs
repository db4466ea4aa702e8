//! How long things are kept, what is past its time, and removing it.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{retention_nights as n, retention_settings as s};
use chrono::{DateTime, Months, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use gestfg_types::ids::UserId;
use gestfg_types::retention::{RetentionCount, RetentionKind, RetentionRule};
use serde_json::{Map, Value, json};

/// How long everything is kept, and the version of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Every kind, in order.
    pub rules: Vec<RetentionRule>,
    /// Grows with every edit.
    pub version: i32,
}

impl Kept {
    fn of(months: &Value, version: i32) -> Self {
        let rule = |kind: &RetentionKind| RetentionRule {
            kind: *kind,
            months: months.get(kind.as_str()).and_then(Value::as_u64).and_then(|found| found.try_into().ok()),
        };
        Self { rules: RetentionKind::ALL.iter().map(rule).collect(), version }
    }
}

/// How long everything is kept.
///
/// # Errors
/// When the database cannot answer.
pub fn find(conn: &mut PgConnection) -> QueryResult<Kept> {
    let (months, version): (Value, i32) = s::table.select((s::months, s::version)).first(conn)?;
    Ok(Kept::of(&months, version))
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// When the database cannot answer.
pub fn lock(conn: &mut PgConnection) -> QueryResult<Kept> {
    let (months, version): (Value, i32) =
        s::table.select((s::months, s::version)).for_update().first(conn)?;
    Ok(Kept::of(&months, version))
}

/// Set how long everything is kept.
///
/// # Errors
/// When the database cannot take it.
pub fn write(conn: &mut PgConnection, rules: &[RetentionRule]) -> QueryResult<Kept> {
    let months: Map<String, Value> =
        rules.iter().filter_map(|rule| Some((rule.kind.as_str().to_owned(), json!(rule.months?)))).collect();
    diesel::update(s::table)
        .set((s::months.eq(Value::Object(months)), s::version.eq(s::version + 1)))
        .execute(conn)?;
    find(conn)
}

/// Since when the time of what is past it runs, if it is kept for so many months.
#[must_use]
pub fn before(now: DateTime<Utc>, months: u16) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(months.into())).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// Something past its time.
#[derive(Debug, Clone, QueryableByName)]
pub struct DueRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// What people know it by.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Since when its time runs.
    #[diesel(sql_type = Timestamptz)]
    pub since: DateTime<Utc>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// A page of what has run since before this moment, the oldest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list_due(
    conn: &mut PgConnection,
    kind: RetentionKind,
    before: DateTime<Utc>,
    page: &PageParams<(DateTime<Utc>, i64)>,
) -> QueryResult<Window<DueRow>> {
    let due = due(kind);
    let total = diesel::sql_query(format!("SELECT count(*) AS count FROM ({due}) d"))
        .bind::<Timestamptz, _>(before)
        .get_result::<Count>(conn)?
        .count;
    let rows = diesel::sql_query(format!(
        "SELECT d.id, d.name, d.since FROM ({due}) d WHERE $2::timestamptz IS NULL OR (d.since, d.id) > ($2, $3)
         ORDER BY d.since, d.id LIMIT $4"
    ))
    .bind::<Timestamptz, _>(before)
    .bind::<Nullable<Timestamptz>, _>(page.after.map(|after| after.0))
    .bind::<BigInt, _>(page.after.map_or(0, |after| after.1))
    .bind::<BigInt, _>(page.fetch())
    .load::<DueRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.since, row.id))))
}

/// What has run since before `$1`: `id`, `name`, `since`.
const fn due(kind: RetentionKind) -> &'static str {
    match kind {
        RetentionKind::Students => {
            "SELECT u.id, u.first_name || ' ' || u.last_name AS name, greatest(c.closed_at, u.created_at, (
                 SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = u.id)) AS since
             FROM users u JOIN students t ON t.user_id = u.id
             CROSS JOIN LATERAL (SELECT max(m.closed_at) AS closed_at FROM minutes_entries e JOIN minutes m ON m.id = e.minutes_id
                 WHERE e.student_id = u.id AND m.state = 'closed') c
             WHERE u.anonymised_at IS NULL AND NOT u.is_admin AND c.closed_at < $1 AND u.created_at < $1
               AND NOT EXISTS (SELECT 1 FROM professors p WHERE p.user_id = u.id)
               AND NOT EXISTS (SELECT 1 FROM sessions x WHERE x.user_id = u.id AND x.last_used_at >= $1)
               AND NOT EXISTS (SELECT 1 FROM assignment_students a WHERE a.student_id = u.id AND a.is_active)
               AND NOT EXISTS (SELECT 1 FROM application_members a JOIN applications k ON k.id = a.application_id
                   JOIN allocation_rounds r ON r.id = k.round_id WHERE a.student_id = u.id AND k.is_live AND r.state = 'live')
               AND NOT EXISTS (SELECT 1 FROM assignment_students a JOIN evaluation_requests r ON r.assignment_id = a.assignment_id
                   WHERE a.student_id = u.id AND r.state = 'requested'
                     AND NOT EXISTS (SELECT 1 FROM minutes m WHERE m.call_id = r.call_id AND m.state = 'closed'))"
        }
        RetentionKind::Documents => {
            "SELECT d.id, d.file_name AS name, m.closed_at AS since FROM documents d
             JOIN document_contents c ON c.id = d.content_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
             JOIN minutes m ON m.call_id = r.call_id AND m.state = 'closed'
             WHERE c.state = 'kept' AND m.closed_at < $1"
        }
        RetentionKind::ImportFiles => {
            "SELECT id, file_name AS name, greatest(created_at, committed_at, undone_at) AS since FROM imports
             WHERE file <> '' AND greatest(created_at, committed_at, undone_at) < $1"
        }
        RetentionKind::Mails => {
            "SELECT id, subject AS name, COALESCE(sent_at, created_at) AS since FROM outgoing_mails
             WHERE (sent_at IS NOT NULL OR next_attempt_at IS NULL) AND COALESCE(sent_at, created_at) < $1"
        }
        RetentionKind::Notifications => {
            "SELECT id, kind AS name, created_at AS since FROM notifications WHERE created_at < $1"
        }
        RetentionKind::AuditAddresses => {
            "SELECT id, action AS name, at AS since FROM audit_log WHERE address IS NOT NULL AND at < $1"
        }
        RetentionKind::Availability => {
            "SELECT v.id, u.first_name || ' ' || u.last_name AS name, v.ends_at AS since FROM unavailability v
             JOIN users u ON u.id = v.professor_id WHERE v.ends_at < $1"
        }
    }
}

/// Remove the oldest few of what has run since before this moment; says how many.
///
/// # Errors
/// When the database cannot answer.
pub fn remove_due(
    conn: &mut PgConnection,
    kind: RetentionKind,
    before: DateTime<Utc>,
    limit: i64,
) -> QueryResult<usize> {
    let which = format!("SELECT d.id FROM ({}) d ORDER BY d.since, d.id LIMIT $2", due(kind));
    let remove = match kind {
        // Somebody decides on a person, not a statement: see `due_students`.
        RetentionKind::Students => return Ok(0),
        RetentionKind::Documents => format!(
            "UPDATE document_contents SET state = 'expiring'
             WHERE state = 'kept' AND id IN (SELECT content_id FROM documents WHERE id IN ({which}))"
        ),
        RetentionKind::ImportFiles => format!(
            "WITH due AS ({which}),
             cells AS (UPDATE import_rows SET cells = '{{}}', problems = '[]' WHERE import_id IN (SELECT id FROM due)
                      AND import_id IN (SELECT id FROM imports WHERE state <> 'previewed')),
             previews AS (DELETE FROM imports WHERE state = 'previewed' AND id IN (SELECT id FROM due) RETURNING id),
             files AS (UPDATE imports SET file = '' WHERE state <> 'previewed' AND id IN (SELECT id FROM due) RETURNING id)
             SELECT id FROM previews UNION ALL SELECT id FROM files"
        ),
        RetentionKind::Mails => format!("DELETE FROM outgoing_mails WHERE id IN ({which})"),
        RetentionKind::Notifications => format!("DELETE FROM notifications WHERE id IN ({which})"),
        RetentionKind::AuditAddresses => {
            format!("UPDATE audit_log SET address = NULL WHERE id IN ({which})")
        }
        RetentionKind::Availability => format!("DELETE FROM unavailability WHERE id IN ({which})"),
    };
    diesel::sql_query(remove).bind::<Timestamptz, _>(before).bind::<BigInt, _>(limit).execute(conn)
}

/// The students who have been away the longest since before this moment.
///
/// # Errors
/// When the database cannot answer.
pub fn due_students(conn: &mut PgConnection, before: DateTime<Utc>, limit: i64) -> QueryResult<Vec<UserId>> {
    let page = PageParams { after: None, limit: u32::try_from(limit).unwrap_or(1) };
    let found = list_due(conn, RetentionKind::Students, before, &page)?;
    Ok(found.rows.into_iter().map(|row| UserId(row.id)).collect())
}

/// A night.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = n, check_for_backend(diesel::pg::Pg))]
pub struct NightRow {
    /// Which, by its date.
    pub day: NaiveDate,
    /// How many of what.
    pub removed: Value,
    /// When it was done.
    pub ended_at: Option<DateTime<Utc>>,
}

impl NightRow {
    /// How many of what.
    #[must_use]
    pub fn counts(&self) -> Vec<RetentionCount> {
        let count = |kind: &RetentionKind| {
            let count = self.removed.get(kind.as_str())?.as_i64()?;
            Some(RetentionCount { kind: *kind, count })
        };
        RetentionKind::ALL.iter().filter_map(count).collect()
    }
}

/// The latest night.
///
/// # Errors
/// When the database cannot answer.
pub fn last_night(conn: &mut PgConnection) -> QueryResult<Option<NightRow>> {
    n::table.order(n::day.desc()).select(NightRow::as_select()).first(conn).optional()
}

/// The night of this date, begun if it was not; none when it is over or another server is at it.
/// To be called within a transaction, until whose end it is the caller's.
///
/// # Errors
/// When the database cannot answer.
pub fn take_night(conn: &mut PgConnection, day: NaiveDate) -> QueryResult<Option<NightRow>> {
    diesel::insert_into(n::table).values(n::day.eq(day)).on_conflict_do_nothing().execute(conn)?;
    n::table
        .find(day)
        .filter(n::ended_at.is_null())
        .select(NightRow::as_select())
        .for_update()
        .skip_locked()
        .first(conn)
        .optional()
}

/// Note how many more of something were removed in a night.
///
/// # Errors
/// When the database cannot answer.
pub fn note(conn: &mut PgConnection, day: NaiveDate, kind: RetentionKind, more: usize) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE retention_nights SET removed = removed || jsonb_build_object($2::text, COALESCE((removed ->> $2)::bigint, 0) + $3)
         WHERE day = $1",
    )
    .bind::<diesel::sql_types::Date, _>(day)
    .bind::<Text, _>(kind.as_str())
    .bind::<BigInt, _>(i64::try_from(more).unwrap_or(i64::MAX))
    .execute(conn)
    .map(drop)
}

/// The night is over.
///
/// # Errors
/// When the database cannot answer.
pub fn end_night(conn: &mut PgConnection, day: NaiveDate, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(n::table.find(day)).set(n::ended_at.eq(now)).execute(conn).map(drop)
}
