//! Calls and their phases.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::{OpenPhases, Today, Window};
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window as PageWindow};
use crate::schema::{call_phases, calls};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{CallRef, Phase, PhaseDates, SittingRef};
use gestfg_types::errors::Usage;
use gestfg_types::ids::{CallId, DegreeId, SittingId, UserId};
use gestfg_types::session::DegreeRef;
use serde::Serialize;

/// A stored call.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = calls, check_for_backend(diesel::pg::Pg))]
pub struct CallRow {
    /// Its id.
    pub id: i64,
    /// Whose degree.
    pub degree_id: i64,
    /// Its academic year.
    pub academic_year: i16,
    /// Which sitting.
    pub sitting_id: i64,
    /// Since when everybody sees it.
    pub opened_at: Option<DateTime<Utc>>,
    /// The call it was copied from.
    pub copied_from: Option<i64>,
    /// Grows with every edit.
    pub version: i32,
}

/// A new call, a draft.
#[derive(Debug, Insertable)]
#[diesel(table_name = calls)]
pub struct NewCall {
    /// Whose degree.
    pub degree_id: i64,
    /// Its academic year.
    pub academic_year: i16,
    /// Which sitting.
    pub sitting_id: i64,
    /// The call it is copied from.
    pub copied_from: Option<i64>,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = calls)]
pub struct CallChanges {
    /// New year.
    pub academic_year: Option<i16>,
    /// New sitting.
    pub sitting_id: Option<i64>,
    /// When it was opened.
    pub opened_at: Option<DateTime<Utc>>,
}

/// A call with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct CallDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Whose degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// The degree's code.
    #[diesel(sql_type = Text)]
    pub degree_code: String,
    /// The degree's name.
    #[diesel(sql_type = Text)]
    pub degree_name: String,
    /// Its academic year.
    #[diesel(sql_type = SmallInt)]
    pub academic_year: i16,
    /// Which sitting.
    #[diesel(sql_type = BigInt)]
    pub sitting_id: i64,
    /// The sitting's code.
    #[diesel(sql_type = Text)]
    pub sitting_code: String,
    /// The sitting's name.
    #[diesel(sql_type = Text)]
    pub sitting_name: String,
    /// Since when everybody sees it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub opened_at: Option<DateTime<Utc>>,
    /// Its phases, as [`PhaseDates`].
    #[diesel(sql_type = Jsonb)]
    pub phases: serde_json::Value,
    /// When its first phase begins; the end of time without any.
    #[diesel(sql_type = Timestamptz)]
    pub begins_at: DateTime<Utc>,
    /// Live evaluation requests.
    #[diesel(sql_type = BigInt)]
    pub request_count: i64,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl CallDetail {
    /// Its phases, in the order of their kind.
    #[must_use]
    pub fn dates(&self) -> Vec<PhaseDates> {
        let mut dates: Vec<PhaseDates> = serde_json::from_value(self.phases.clone()).unwrap_or_default();
        dates.sort_by_key(|dates| dates.phase);
        dates
    }

    /// Whether this person may know of it: drafts only those who keep the degree.
    #[must_use]
    pub fn is_visible_to(&self, actor: Option<&Actor>) -> bool {
        self.opened_at.is_some() || actor.is_some_and(|actor| actor.keeps_degree(DegreeId(self.degree_id)))
    }

    /// It in passing.
    #[must_use]
    pub fn reference(&self) -> CallRef {
        CallRef {
            id: CallId(self.id),
            degree: DegreeRef {
                id: DegreeId(self.degree_id),
                code: self.degree_code.clone(),
                name: self.degree_name.clone(),
            },
            academic_year: self.academic_year,
            sitting: SittingRef {
                id: SittingId(self.sitting_id),
                code: self.sitting_code.clone(),
                name: self.sitting_name.clone(),
            },
        }
    }
}

/// What a call is called in letters and sheets, e.g. `GII · Junio · 2026/27`.
#[must_use]
pub fn name_of(call: &CallRef) -> String {
    let CallRef { degree, academic_year, sitting, .. } = call;
    format!("{} · {} · {academic_year}/{:02}", degree.code, sitting.name, (academic_year + 1).rem_euclid(100))
}

/// Which calls to list.
#[derive(Debug, Clone, Default)]
pub struct CallFilter {
    /// Of this degree.
    pub degree: Option<DegreeId>,
    /// Of this academic year.
    pub year: Option<i16>,
    /// Of this sitting.
    pub sitting: Option<SittingId>,
    /// Opened ones, or drafts.
    pub opened: Option<bool>,
    /// Only those with a phase that has not ended at this moment.
    pub going_on_at: Option<DateTime<Utc>>,
    /// Only those whose defences were published.
    pub has_defences: bool,
}

const SELECT: &str = "\
SELECT c.id, c.degree_id, d.code AS degree_code, d.name AS degree_name, c.academic_year, c.sitting_id, s.code AS sitting_code, \
s.name AS sitting_name, c.opened_at, \
COALESCE((SELECT jsonb_agg(jsonb_build_object('phase', p.phase, 'starts_at', p.starts_at, 'ends_at', p.ends_at)) \
FROM call_phases p WHERE p.call_id = c.id), '[]') AS phases, \
COALESCE((SELECT min(p.starts_at) FROM call_phases p WHERE p.call_id = c.id), '9999-01-01 00:00:00+00') AS begins_at, \
(SELECT count(*) FROM evaluation_requests r WHERE r.call_id = c.id AND r.state = 'requested') AS request_count, c.version \
FROM calls c JOIN degrees d ON d.id = c.degree_id JOIN sittings s ON s.id = c.sitting_id";

/// Keys of a list of calls: year, beginning, id.
pub type Position = (i16, DateTime<Utc>, i64);

/// A page of the calls this person may see: later years first, in a year by
/// their beginning.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: Option<&Actor>,
    filter: &CallFilter,
    page: &PageParams<Position>,
) -> QueryResult<PageWindow<CallDetail>> {
    let wanted = conditions(viewer, filter);
    let mut counting = Statement::new();
    counting.sql("SELECT count(*) AS count FROM calls c WHERE ").append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql(format!("SELECT * FROM ({SELECT} WHERE ")).append(&wanted).sql(") c");
    if let Some((year, begins_at, id)) = page.after {
        listing.sql(" WHERE (-c.academic_year, c.begins_at, c.id) > (").bind(-year).sql(", ");
        listing.bind(Value::Moment(begins_at)).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY -c.academic_year, c.begins_at, c.id LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<CallDetail>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.academic_year, row.begins_at, row.id))))
}

fn conditions(viewer: Option<&Actor>, filter: &CallFilter) -> Statement {
    let mut s = Statement::new();
    // The SQL of `CallDetail::is_visible_to`; a test compares them.
    match viewer {
        Some(actor) if actor.is_admin => s.sql("true"),
        Some(actor) => {
            let degrees: Vec<i64> = actor.coordinates.iter().map(|degree| degree.0).collect();
            s.sql("(c.opened_at IS NOT NULL OR c.degree_id = ANY(").bind(degrees).sql("))")
        }
        None => s.sql("c.opened_at IS NOT NULL"),
    };
    if let Some(degree) = filter.degree {
        s.sql(" AND c.degree_id = ").bind(degree.0);
    }
    if let Some(year) = filter.year {
        s.sql(" AND c.academic_year = ").bind(year);
    }
    if let Some(sitting) = filter.sitting {
        s.sql(" AND c.sitting_id = ").bind(sitting.0);
    }
    if let Some(opened) = filter.opened {
        s.sql(if opened { " AND c.opened_at IS NOT NULL" } else { " AND c.opened_at IS NULL" });
    }
    if let Some(now) = filter.going_on_at {
        s.sql(" AND EXISTS (SELECT 1 FROM call_phases p WHERE p.call_id = c.id AND p.ends_at > ");
        s.bind(Value::Moment(now)).sql(")");
    }
    if filter.has_defences {
        s.sql(" AND EXISTS (SELECT 1 FROM committees k WHERE k.call_id = c.id)");
    }
    s
}

/// One call with everything that is shown of it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: CallId) -> QueryResult<CallDetail> {
    diesel::sql_query(format!("{SELECT} WHERE c.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// One call, if this person may see it: to others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(conn: &mut PgConnection, id: CallId, viewer: Option<&Actor>) -> QueryResult<CallDetail> {
    let row = find(conn, id)?;
    if row.is_visible_to(viewer) { Ok(row) } else { Err(diesel::NotFound) }
}

/// One call, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: CallId) -> QueryResult<CallRow> {
    calls::table.find(id.0).select(CallRow::as_select()).for_update().first(conn)
}

/// Have a call stay as it is until the transaction ends, together with others who do.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn share(conn: &mut PgConnection, id: CallId) -> QueryResult<()> {
    calls::table.find(id.0).select(calls::id).for_share().first::<i64>(conn).map(drop)
}

/// A new draft with these dates.
///
/// # Errors
/// When there is one for this degree, year and sitting, or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewCall, dates: &[PhaseDates]) -> QueryResult<CallRow> {
    let row: CallRow =
        diesel::insert_into(calls::table).values(new).returning(CallRow::as_returning()).get_result(conn)?;
    insert_dates(conn, CallId(row.id), dates)?;
    Ok(row)
}

/// Edit one, with all its dates anew if they are given; its version grows.
///
/// # Errors
/// When there is another for its degree, year and sitting, or the database cannot answer.
pub fn update(
    conn: &mut PgConnection,
    id: CallId,
    changes: &CallChanges,
    dates: Option<&[PhaseDates]>,
) -> QueryResult<CallRow> {
    if let Some(dates) = dates {
        diesel::delete(call_phases::table.filter(call_phases::call_id.eq(id.0))).execute(conn)?;
        insert_dates(conn, id, dates)?;
    }
    diesel::update(calls::table.find(id.0))
        .set((changes, calls::version.eq(calls::version + 1)))
        .returning(CallRow::as_returning())
        .get_result(conn)
}

fn insert_dates(conn: &mut PgConnection, id: CallId, dates: &[PhaseDates]) -> QueryResult<()> {
    use call_phases as p;
    let rows: Vec<_> = dates
        .iter()
        .map(|dates| {
            (
                p::call_id.eq(id.0),
                p::phase.eq(dates.phase.as_str()),
                p::starts_at.eq(dates.starts_at),
                p::ends_at.eq(dates.ends_at),
            )
        })
        .collect();
    diesel::insert_into(p::table).values(rows).execute(conn).map(drop)
}

/// Remove one, with its dates.
///
/// # Errors
/// When requests refer to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: CallId) -> QueryResult<()> {
    diesel::delete(calls::table.find(id.0)).execute(conn).map(drop)
}

/// What uses it.
///
/// # Errors
/// When the database cannot answer.
pub fn usage(conn: &mut PgConnection, id: CallId) -> QueryResult<Vec<Usage>> {
    let requests = "SELECT p.title AS name, r.id FROM evaluation_requests r JOIN projects p ON p.id = r.project_id WHERE r.call_id = $1";
    let plans = "SELECT COALESCE(name, number::text) AS name, id FROM committee_plans WHERE call_id = $1";
    let rounds = "SELECT number::text AS name, id FROM allocation_rounds WHERE call_id = $1";
    let uses = [("evaluation_requests", requests), ("committee_plans", plans), ("allocation_rounds", rounds)];
    crate::models::usage::find(conn, id.0, &uses)
}

/// When a phase is, in every opened call of a degree. The calls stay as they
/// are until the transaction ends.
///
/// # Errors
/// When the database cannot answer.
pub fn windows(conn: &mut PgConnection, degree: DegreeId, phase: Phase) -> QueryResult<Vec<Window>> {
    let ids: Vec<i64> = calls::table
        .filter(calls::degree_id.eq(degree.0))
        .filter(calls::opened_at.is_not_null())
        .order(calls::id)
        .select(calls::id)
        .for_share()
        .load(conn)?;
    windows_of(conn, &ids, phase)
}

/// When a phase is in one call, which stays as it is until the transaction ends.
///
/// # Errors
/// When the database cannot answer.
pub fn windows_of_call(conn: &mut PgConnection, id: CallId, phase: Phase) -> QueryResult<Vec<Window>> {
    let ids: Vec<i64> = calls::table
        .filter(calls::id.eq(id.0))
        .filter(calls::opened_at.is_not_null())
        .select(calls::id)
        .for_share()
        .load(conn)?;
    windows_of(conn, &ids, phase)
}

fn windows_of(conn: &mut PgConnection, ids: &[i64], phase: Phase) -> QueryResult<Vec<Window>> {
    // After the locks, in a statement of its own: it sees what they waited for.
    let rows = call_phases::table
        .filter(call_phases::call_id.eq_any(ids))
        .filter(call_phases::phase.eq(phase.as_str()))
        .order(call_phases::call_id)
        .select((call_phases::call_id, call_phases::starts_at, call_phases::ends_at))
        .load::<(i64, DateTime<Utc>, DateTime<Utc>)>(conn)?;
    Ok(rows
        .into_iter()
        .map(|(call, starts_at, ends_at)| Window { call: CallId(call), starts_at, ends_at })
        .collect())
}

/// What of the calendar decides for this person now. Visitors decide nothing,
/// and are spared the question.
///
/// # Errors
/// When the database cannot answer.
pub fn today(
    conn: &mut PgConnection,
    viewer: Option<&Actor>,
    year: i16,
    now: DateTime<Utc>,
) -> QueryResult<Today> {
    let open = if viewer.is_some() { open_phases(conn, now)? } else { OpenPhases::default() };
    Ok(Today { year, open })
}

/// The phases that are open at a moment, in opened calls.
///
/// # Errors
/// When the database cannot answer.
pub fn open_phases(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<OpenPhases> {
    let rows = call_phases::table
        .inner_join(calls::table)
        .filter(calls::opened_at.is_not_null())
        .filter(call_phases::starts_at.le(now))
        .filter(call_phases::ends_at.gt(now))
        .select((calls::id, calls::degree_id, call_phases::phase))
        .load::<(i64, i64, String)>(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(call, degree, phase)| Some((CallId(call), DegreeId(degree), Phase::from_name(&phase)?)))
        .collect())
}

/// Who hears of a call that is opened: the students of its degree, those who
/// tutor projects of its degree and year, and its coordinators.
///
/// # Errors
/// When the database cannot answer.
pub fn audience(conn: &mut PgConnection, id: CallId) -> QueryResult<Vec<UserId>> {
    #[derive(QueryableByName)]
    struct Person {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let people = diesel::sql_query(
        "SELECT DISTINCT people.id FROM calls c, LATERAL (
             SELECT student_id AS id FROM student_degrees s WHERE s.degree_id = c.degree_id
             UNION ALL SELECT unnest(ARRAY[p.tutor_id, p.cotutor_id]) FROM projects p
                 WHERE p.degree_id = c.degree_id AND p.academic_year = c.academic_year AND p.state <> 'withdrawn'
             UNION ALL SELECT professor_id FROM degree_coordinators k WHERE k.degree_id = c.degree_id
         ) people WHERE c.id = $1 AND people.id IS NOT NULL ORDER BY people.id",
    )
    .bind::<BigInt, _>(id.0)
    .load::<Person>(conn)?;
    Ok(people.into_iter().map(|person| UserId(person.id)).collect())
}
