//! Sheets of marks: tutors' reports and those of committees.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::marks::{CriterionMark, SheetState};
use gestfg_types::rubrics::RubricRole;
use serde::Serialize;

/// A sheet with its marks.
#[derive(Debug, Clone, QueryableByName, Serialize)]
pub struct SheetRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Of which defence.
    #[diesel(sql_type = BigInt)]
    pub defence_id: i64,
    /// As what its author marks.
    #[diesel(sql_type = Text)]
    pub role: String,
    /// Who marks.
    #[diesel(sql_type = BigInt)]
    pub author_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub author_name: String,
    /// By which rubric.
    #[diesel(sql_type = BigInt)]
    pub rubric_id: i64,
    /// What they say in words.
    #[diesel(sql_type = Text)]
    pub remarks: String,
    /// How far it is.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// When it was handed in.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub handed_in_at: Option<DateTime<Utc>>,
    /// Its marks, as [`CriterionMark`].
    #[diesel(sql_type = Jsonb)]
    pub marks: serde_json::Value,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl SheetRow {
    /// Its marks, by criterion.
    #[must_use]
    pub fn marks(&self) -> Vec<CriterionMark> {
        serde_json::from_value(self.marks.clone()).unwrap_or_default()
    }

    /// How far it is.
    #[must_use]
    pub fn state(&self) -> SheetState {
        SheetState::from_name(&self.state).unwrap_or(SheetState::Draft)
    }
}

const SELECT: &str = "SELECT s.id, s.defence_id, s.role, s.author_id, u.first_name || ' ' || u.last_name AS author_name,
    s.rubric_id, s.remarks, s.state, s.handed_in_at, s.version, COALESCE((
        SELECT jsonb_agg(jsonb_build_object('criterion', m.position, 'mark', m.mark::text, 'remark', m.remark) ORDER BY m.position)
        FROM sheet_marks m WHERE m.sheet_id = s.id), '[]') AS marks
    FROM mark_sheets s JOIN users u ON u.id = s.author_id ";

/// The sheets of a defence, the tutor's report first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, defence: DefenceId) -> QueryResult<Vec<SheetRow>> {
    diesel::sql_query(format!("{SELECT} WHERE s.defence_id = $1 ORDER BY s.role DESC, s.id"))
        .bind::<BigInt, _>(defence.0)
        .load(conn)
}

/// Somebody's sheet, locked until the transaction ends; none while nothing was
/// written. Of the tutor's report there is one, whoever the tutor was then.
///
/// # Errors
/// When the database cannot answer.
pub fn lock(
    conn: &mut PgConnection,
    defence: DefenceId,
    role: RubricRole,
    author: UserId,
) -> QueryResult<Option<SheetRow>> {
    let condition = "WHERE s.defence_id = $1 AND s.role = $2 AND (s.role = 'tutor' OR s.author_id = $3)";
    let ask = |sql: String| {
        diesel::sql_query(sql)
            .bind::<BigInt, _>(defence.0)
            .bind::<Text, _>(role.as_str())
            .bind::<BigInt, _>(author.0)
    };
    ask(format!("SELECT s.id FROM mark_sheets s {condition} FOR UPDATE")).execute(conn)?;
    // In a statement of its own: it sees what the lock waited for.
    ask(format!("{SELECT} {condition}")).get_result(conn).optional()
}

/// What a sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Marks and words by criterion.
    pub marks: Vec<CriterionMark>,
    /// Words on the whole.
    pub remarks: String,
}

/// Begin a sheet; none: somebody did so at the same time.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    defence: DefenceId,
    role: RubricRole,
    author: UserId,
    rubric: i64,
    written: &Written,
) -> QueryResult<Option<i64>> {
    use crate::schema::mark_sheets as s;
    let id = diesel::insert_into(s::table)
        .values((
            s::defence_id.eq(defence.0),
            s::role.eq(role.as_str()),
            s::author_id.eq(author.0),
            s::rubric_id.eq(rubric),
            s::remarks.eq(&written.remarks),
        ))
        .on_conflict_do_nothing()
        .returning(s::id)
        .get_result(conn)
        .optional()?;
    if let Some(id) = id {
        write_marks(conn, id, rubric, &written.marks)?;
    }
    Ok(id)
}

/// Write a sheet anew; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn update(
    conn: &mut PgConnection,
    id: i64,
    rubric: i64,
    author: UserId,
    written: &Written,
) -> QueryResult<()> {
    use crate::schema::{mark_sheets as s, sheet_marks as m};
    diesel::update(s::table.find(id))
        .set((s::remarks.eq(&written.remarks), s::author_id.eq(author.0), s::version.eq(s::version + 1)))
        .execute(conn)?;
    diesel::delete(m::table.filter(m::sheet_id.eq(id))).execute(conn)?;
    write_marks(conn, id, rubric, &written.marks)
}

fn write_marks(conn: &mut PgConnection, id: i64, rubric: i64, marks: &[CriterionMark]) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO sheet_marks (sheet_id, rubric_id, position, mark, remark)
         SELECT $1, $2, position, mark::numeric, remark FROM unnest($3, $4, $5) AS t(position, mark, remark)",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(rubric)
    .bind::<Array<SmallInt>, _>(marks.iter().map(|mark| mark.criterion).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        marks.iter().map(|mark| mark.mark.map(|mark| mark.to_string())).collect::<Vec<_>>(),
    )
    .bind::<Array<Text>, _>(marks.iter().map(|mark| mark.remark.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .map(drop)
}

/// Hand it in at this moment, or take it back; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn set_handed_in(conn: &mut PgConnection, id: i64, at: Option<DateTime<Utc>>) -> QueryResult<()> {
    use crate::schema::mark_sheets as s;
    let state = if at.is_some() { SheetState::HandedIn } else { SheetState::Draft };
    diesel::update(s::table.find(id))
        .set((s::state.eq(state.as_str()), s::handed_in_at.eq(at), s::version.eq(s::version + 1)))
        .execute(conn)
        .map(drop)
}

/// The president's word, as it is stored.
#[derive(Debug, Clone, QueryableByName, Serialize)]
pub struct AgreedRow {
    /// The mark.
    #[diesel(sql_type = Text)]
    pub mark: String,
    /// What there is to say.
    #[diesel(sql_type = Text)]
    pub remarks: String,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

/// What the president of a committee said of a defence.
///
/// # Errors
/// When the database cannot answer.
pub fn find_agreed(conn: &mut PgConnection, defence: DefenceId) -> QueryResult<Option<AgreedRow>> {
    diesel::sql_query(
        "SELECT mark::text AS mark, remarks, version FROM agreed_marks WHERE defence_id = $1 FOR UPDATE",
    )
    .bind::<BigInt, _>(defence.0)
    .get_result(conn)
    .optional()
}

/// Write the president's word, of which the caller saw this version; 0: there
/// was none. Says whether nobody else was faster.
///
/// # Errors
/// When the database cannot take it.
pub fn write_agreed(
    conn: &mut PgConnection,
    defence: DefenceId,
    (mark, remarks): (gestfg_types::mark::Mark, &str),
    by: UserId,
    seen: i32,
) -> QueryResult<bool> {
    let sql = if seen == 0 {
        "INSERT INTO agreed_marks (defence_id, mark, remarks, agreed_by) VALUES ($1, $2::numeric, $3, $4)
         ON CONFLICT DO NOTHING"
    } else {
        "UPDATE agreed_marks SET mark = $2::numeric, remarks = $3, agreed_by = $4, version = version + 1 WHERE defence_id = $1"
    };
    diesel::sql_query(sql)
        .bind::<BigInt, _>(defence.0)
        .bind::<Text, _>(mark.to_string())
        .bind::<Text, _>(remarks)
        .bind::<BigInt, _>(by.0)
        .execute(conn)
        .map(|count| count > 0)
}
