//! Minutes of calls: editions, their entries, their numbers.

use crate::schema::minutes as m;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text};
use gestfg_types::grading::{Band, GradingRules};
use gestfg_types::ids::{CallId, DefenceId, DegreeId, MinutesId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::minutes::MinutesState;
use serde::Serialize;

/// Under this lock minutes are numbered and honours counted, one call after the other.
const NUMBERING_LOCK: i64 = 7_205_759_403_794;

/// An edition of the minutes of a call.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = m, check_for_backend(diesel::pg::Pg))]
pub struct MinutesRow {
    /// Its id.
    pub id: i64,
    /// Of which call.
    pub call_id: i64,
    /// Counts the editions of a call.
    pub edition: i32,
    /// How it stands.
    pub state: String,
    /// The rules its marks were made under.
    pub rules: serde_json::Value,
    /// Since when the marks are published.
    pub published_at: DateTime<Utc>,
    /// Until when students can claim.
    pub claims_until: DateTime<Utc>,
    /// Its number, once closed.
    pub number: Option<i32>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub closed_by: Option<i64>,
    /// Everything that was closed.
    #[serde(skip)]
    pub content: Option<String>,
    /// The hash of it.
    pub digest: Option<String>,
    /// The verification code.
    pub code: Option<String>,
    /// When it was opened again.
    pub reopened_at: Option<DateTime<Utc>>,
    /// Why.
    pub reopen_reason: Option<String>,
    /// Grows with every edit.
    pub version: i32,
}

impl MinutesRow {
    /// How it stands.
    #[must_use]
    pub fn state(&self) -> MinutesState {
        MinutesState::from_name(&self.state).unwrap_or(MinutesState::Reopened)
    }

    /// The rules its marks were made under.
    #[must_use]
    pub fn rules(&self) -> GradingRules {
        serde_json::from_value(self.rules.clone()).unwrap_or_default()
    }
}

/// The latest edition of a call.
///
/// # Errors
/// When the database cannot answer.
pub fn latest(conn: &mut PgConnection, call: CallId) -> QueryResult<Option<MinutesRow>> {
    m::table
        .filter(m::call_id.eq(call.0))
        .order(m::edition.desc())
        .select(MinutesRow::as_select())
        .first(conn)
        .optional()
}

/// One edition.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: MinutesId) -> QueryResult<MinutesRow> {
    m::table.find(id.0).select(MinutesRow::as_select()).first(conn)
}

/// The edition with this verification code.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_by_code(conn: &mut PgConnection, code: &str) -> QueryResult<MinutesRow> {
    m::table.filter(m::code.eq(code)).select(MinutesRow::as_select()).first(conn)
}

/// Editions of a call, or of the calls of these degrees, or of those somebody presides over; the
/// latest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    call: Option<CallId>,
    degrees: Option<&[DegreeId]>,
    president: UserId,
) -> QueryResult<Vec<MinutesRow>> {
    let presided = diesel::dsl::sql::<Bool>("EXISTS (SELECT 1 FROM committees k JOIN committee_seats s ON s.committee_id = k.id
            WHERE k.call_id = minutes.call_id AND COALESCE(s.acting_for, s.seat) = 'president' AND s.professor_id = ")
        .bind::<BigInt, _>(president.0)
        .sql(")");
    let mut query = m::table.into_boxed();
    if let Some(call) = call {
        query = query.filter(m::call_id.eq(call.0));
    }
    if let Some(degrees) = degrees {
        let ids: Vec<i64> = degrees.iter().map(|id| id.0).collect();
        query = query.filter(m::degree_id.eq_any(ids).or(presided));
    }
    query.order((m::published_at.desc(), m::id.desc())).limit(500).select(MinutesRow::as_select()).load(conn)
}

/// The final mark of a student, ready to be written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Of which defence.
    pub defence: DefenceId,
    /// Who.
    pub student: UserId,
    /// The tutor's mark, to three decimals.
    pub tutor_mark: Option<String>,
    /// The committee's mark, to three decimals.
    pub committee_mark: Option<String>,
    /// The final mark.
    pub mark: Option<Mark>,
    /// What it is called.
    pub band: Band,
}

/// What is published, when and by whom.
#[derive(Debug, Clone)]
pub struct NewMinutes<'a> {
    /// Of which call.
    pub call: CallId,
    /// The call's degree.
    pub degree: DegreeId,
    /// The call's year.
    pub academic_year: i16,
    /// The rules the marks were made under.
    pub rules: &'a GradingRules,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
    /// Until when students can claim.
    pub claims_until: DateTime<Utc>,
}

/// Publish an edition with its entries in this order.
///
/// # Errors
/// When one is live already, or the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    new: &NewMinutes<'_>,
    entries: &[NewEntry],
) -> QueryResult<MinutesRow> {
    let edition = latest(conn, new.call)?.map_or(1, |row| row.edition + 1);
    let rules = serde_json::to_value(new.rules)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let row: MinutesRow = diesel::insert_into(m::table)
        .values((
            m::call_id.eq(new.call.0),
            m::degree_id.eq(new.degree.0),
            m::academic_year.eq(new.academic_year),
            m::edition.eq(edition),
            m::rules.eq(rules),
            m::published_at.eq(new.at),
            m::published_by.eq(new.by.0),
            m::claims_until.eq(new.claims_until),
        ))
        .returning(MinutesRow::as_returning())
        .get_result(conn)?;
    let each = entries.iter();
    diesel::sql_query(
        "INSERT INTO minutes_entries (minutes_id, position, defence_id, student_id, tutor_mark, committee_mark, mark, band)
         SELECT $1, n, d, s, t::numeric, c::numeric, m::numeric, b
         FROM unnest($2, $3, $4, $5, $6, $7) WITH ORDINALITY AS e(d, s, t, c, m, b, n)",
    )
    .bind::<BigInt, _>(row.id)
    .bind::<Array<BigInt>, _>(each.clone().map(|entry| entry.defence.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(each.clone().map(|entry| entry.student.0).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(each.clone().map(|entry| entry.tutor_mark.clone()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(each.clone().map(|entry| entry.committee_mark.clone()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        each.clone().map(|entry| entry.mark.map(|mark| mark.to_string())).collect::<Vec<_>>(),
    )
    .bind::<Array<Text>, _>(each.map(|entry| entry.band.as_str()).collect::<Vec<_>>())
    .execute(conn)?;
    Ok(row)
}

/// Write the mark of one student anew, after a claim; the version of the minutes grows.
///
/// # Errors
/// When the minutes are closed, or the database cannot take it.
pub fn update_entry(conn: &mut PgConnection, id: MinutesId, entry: &NewEntry) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE minutes_entries SET tutor_mark = $3::numeric, committee_mark = $4::numeric, mark = $5::numeric, band = $6
         WHERE minutes_id = $1 AND defence_id = $2",
    )
    .bind::<BigInt, _>(id.0)
    .bind::<BigInt, _>(entry.defence.0)
    .bind::<Nullable<Text>, _>(entry.tutor_mark.as_deref())
    .bind::<Nullable<Text>, _>(entry.committee_mark.as_deref())
    .bind::<Nullable<Text>, _>(entry.mark.map(|mark| mark.to_string()))
    .bind::<Text, _>(entry.band.as_str())
    .execute(conn)?;
    diesel::update(m::table.find(id.0)).set(m::version.eq(m::version + 1)).execute(conn).map(drop)
}

/// A student of the minutes, with what is shown of them.
#[derive(Debug, Clone, QueryableByName)]
pub struct EntryRow {
    /// Its number in the list.
    #[diesel(sql_type = Integer)]
    pub position: i32,
    /// Of which defence.
    #[diesel(sql_type = BigInt)]
    pub defence_id: i64,
    /// Who.
    #[diesel(sql_type = BigInt)]
    pub student_id: i64,
    /// Their name, family names first.
    #[diesel(sql_type = Text)]
    pub student_name: String,
    /// Their DNI.
    #[diesel(sql_type = Nullable<Text>)]
    pub student_dni: Option<String>,
    /// Their project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// Names of its tutors.
    #[diesel(sql_type = Jsonb)]
    pub tutors: serde_json::Value,
    /// The committee's number.
    #[diesel(sql_type = SmallInt)]
    pub committee_number: i16,
    /// The tutor's mark.
    #[diesel(sql_type = Nullable<Text>)]
    pub tutor_mark: Option<String>,
    /// The committee's mark.
    #[diesel(sql_type = Nullable<Text>)]
    pub committee_mark: Option<String>,
    /// The final mark.
    #[diesel(sql_type = Nullable<Text>)]
    pub mark: Option<String>,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub band: String,
    /// Whether it comes with honours.
    #[diesel(sql_type = Bool)]
    pub has_honours: bool,
}

/// The entries of an edition, in order.
///
/// # Errors
/// When the database cannot answer.
pub fn entries(conn: &mut PgConnection, id: MinutesId) -> QueryResult<Vec<EntryRow>> {
    diesel::sql_query(
        "SELECT e.position, e.defence_id, e.student_id, u.last_name || ', ' || u.first_name AS student_name, u.dni AS student_dni,
            p.id AS project_id, p.title AS project_title,
            jsonb_build_array(t.first_name || ' ' || t.last_name) || CASE WHEN o.id IS NULL THEN '[]'::jsonb
                ELSE jsonb_build_array(o.first_name || ' ' || o.last_name) END AS tutors,
            k.number AS committee_number, e.tutor_mark::text, e.committee_mark::text, e.mark::text, e.band, e.has_honours
         FROM minutes_entries e JOIN users u ON u.id = e.student_id JOIN defences d ON d.id = e.defence_id
         JOIN committees k ON k.id = d.committee_id JOIN evaluation_requests r ON r.id = d.evaluation_request_id
         JOIN projects p ON p.id = r.project_id JOIN users t ON t.id = p.tutor_id LEFT JOIN users o ON o.id = p.cotutor_id
         WHERE e.minutes_id = $1 ORDER BY e.position",
    )
    .bind::<BigInt, _>(id.0)
    .load(conn)
}

/// Take one's turn in numbering minutes and counting honours.
///
/// # Errors
/// When the database cannot answer.
pub fn take_turn(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(NUMBERING_LOCK)
        .execute(conn)
        .map(drop)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many honours the closed minutes of other calls of a degree and year have given.
///
/// # Errors
/// When the database cannot answer.
pub fn count_honours(
    conn: &mut PgConnection,
    degree: DegreeId,
    year: i16,
    besides: CallId,
) -> QueryResult<i64> {
    diesel::sql_query(
        "SELECT count(*) AS count FROM minutes_entries e JOIN minutes m ON m.id = e.minutes_id
         WHERE m.degree_id = $1 AND m.academic_year = $2 AND m.call_id <> $3 AND m.state = 'closed' AND e.has_honours",
    )
    .bind::<BigInt, _>(degree.0)
    .bind::<SmallInt, _>(year)
    .bind::<BigInt, _>(besides.0)
    .get_result::<Count>(conn)
    .map(|row| row.count)
}

/// The number minutes of a call get: that of its earlier editions, or else the next of the degree
/// and year. To be asked by whoever has the turn.
///
/// # Errors
/// When the database cannot answer.
pub fn next_number(conn: &mut PgConnection, degree: DegreeId, year: i16, call: CallId) -> QueryResult<i32> {
    use diesel::dsl::max;
    let own: Option<i32> = m::table.filter(m::call_id.eq(call.0)).select(max(m::number)).get_result(conn)?;
    if let Some(number) = own {
        return Ok(number);
    }
    let last: Option<i32> = m::table
        .filter(m::degree_id.eq(degree.0))
        .filter(m::academic_year.eq(year))
        .select(max(m::number))
        .get_result(conn)?;
    Ok(last.unwrap_or_default() + 1)
}

/// Give these entries honours, and no others.
///
/// # Errors
/// When the minutes are closed, or the database cannot take it.
pub fn set_honours(conn: &mut PgConnection, id: MinutesId, defences: &[DefenceId]) -> QueryResult<()> {
    use crate::schema::minutes_entries as e;
    let ids: Vec<i64> = defences.iter().map(|id| id.0).collect();
    diesel::update(e::table.filter(e::minutes_id.eq(id.0)))
        .set(e::has_honours.eq(e::defence_id.eq_any(ids)))
        .execute(conn)
        .map(drop)
}

/// What closing writes.
#[derive(Debug, Clone)]
pub struct Closing {
    /// The number.
    pub number: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
    /// Everything that is closed.
    pub content: String,
    /// The hash of it.
    pub digest: String,
    /// The verification code.
    pub code: String,
}

/// Close an edition: from now on the database lets nobody change what it was made of.
/// Whoever closes settles the call as well (`settlement`).
///
/// # Errors
/// When the database cannot take it.
pub fn close(conn: &mut PgConnection, id: MinutesId, closing: &Closing) -> QueryResult<MinutesRow> {
    diesel::update(m::table.find(id.0))
        .set((
            m::state.eq(MinutesState::Closed.as_str()),
            m::number.eq(closing.number),
            m::closed_at.eq(closing.at),
            m::closed_by.eq(closing.by.0),
            m::content.eq(&closing.content),
            m::digest.eq(&closing.digest),
            m::code.eq(&closing.code),
            m::version.eq(m::version + 1),
        ))
        .returning(MinutesRow::as_returning())
        .get_result(conn)
}

/// Open an edition again; it stays on record as it was.
///
/// # Errors
/// When the database cannot take it.
pub fn reopen(
    conn: &mut PgConnection,
    id: MinutesId,
    (at, by, reason): (DateTime<Utc>, UserId, &str),
) -> QueryResult<MinutesRow> {
    diesel::update(m::table.find(id.0))
        .set((
            m::state.eq(MinutesState::Reopened.as_str()),
            m::reopened_at.eq(at),
            m::reopened_by.eq(by.0),
            m::reopen_reason.eq(reason),
            m::version.eq(m::version + 1),
        ))
        .returning(MinutesRow::as_returning())
        .get_result(conn)
}

/// Somebody's published entries with their edition, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list_of_student(conn: &mut PgConnection, student: UserId) -> QueryResult<Vec<(MinutesRow, i64)>> {
    use crate::schema::minutes_entries as e;
    m::table
        .inner_join(e::table)
        .filter(e::student_id.eq(student.0))
        .filter(m::state.ne(MinutesState::Reopened.as_str()))
        .order((m::published_at.desc(), m::id.desc(), e::position))
        .select((MinutesRow::as_select(), e::defence_id))
        .load(conn)
}
