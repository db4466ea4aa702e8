//! Published committees and defences, as they are read.

use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{committee_seats, committees, defences};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{CallRef, SittingRef};
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{CallId, CommitteeId, DefenceId, DegreeId, RoomId, SittingId, UserId};
use gestfg_types::session::DegreeRef;
use serde::{Deserialize, Serialize};

/// A defence with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct DefenceDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Of which evaluation request.
    #[diesel(sql_type = BigInt)]
    pub evaluation_request_id: i64,
    /// In which call.
    #[diesel(sql_type = BigInt)]
    pub call_id: i64,
    /// The call's degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// The degree's code.
    #[diesel(sql_type = Text)]
    pub degree_code: String,
    /// The degree's name.
    #[diesel(sql_type = Text)]
    pub degree_name: String,
    /// The call's year.
    #[diesel(sql_type = SmallInt)]
    pub academic_year: i16,
    /// The call's sitting.
    #[diesel(sql_type = BigInt)]
    pub sitting_id: i64,
    /// The sitting's code.
    #[diesel(sql_type = Text)]
    pub sitting_code: String,
    /// The sitting's name.
    #[diesel(sql_type = Text)]
    pub sitting_name: String,
    /// The project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub project_title: String,
    /// Its tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// Its co-tutor.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub cotutor_id: Option<i64>,
    /// The co-tutor's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub cotutor_name: Option<String>,
    /// Who defends.
    #[diesel(sql_type = BigInt)]
    pub student_id: i64,
    /// Their given name.
    #[diesel(sql_type = Text)]
    pub student_first_name: String,
    /// Their family names.
    #[diesel(sql_type = Text)]
    pub student_last_name: String,
    /// Before which committee.
    #[diesel(sql_type = BigInt)]
    pub committee_id: i64,
    /// The committee's number.
    #[diesel(sql_type = SmallInt)]
    pub committee_number: i16,
    /// In which room.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub room_id: Option<i64>,
    /// The room's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub room_name: Option<String>,
    /// The room's building.
    #[diesel(sql_type = Nullable<Text>)]
    pub room_building: Option<String>,
    /// When it begins.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ends_at: Option<DateTime<Utc>>,
    /// What is to be known about it.
    #[diesel(sql_type = Text)]
    pub remarks: String,
    /// How it stands.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// When it was last changed.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    /// Its place in lists: those without a time last.
    #[diesel(sql_type = Timestamptz)]
    pub place: DateTime<Utc>,
}

impl DefenceDetail {
    /// The call, in passing.
    #[must_use]
    pub fn call(&self) -> CallRef {
        CallRef {
            id: CallId(self.call_id),
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

    /// Where the room is, for those who look for it.
    #[must_use]
    pub fn location(&self) -> String {
        let parts = [self.room_name.clone(), self.room_building.clone().filter(|name| !name.is_empty())];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Which defences to list.
#[derive(Debug, Clone, Default)]
pub struct DefenceFilter {
    /// Of this call.
    pub call: Option<CallId>,
    /// Before this committee.
    pub committee: Option<CommitteeId>,
    /// In this room.
    pub room: Option<RoomId>,
    /// Of this student, of a project this professor tutors, or of a committee they sit in.
    pub person: Option<UserId>,
    /// Whether that person is not looked for among the students.
    pub hides_students: bool,
    /// That end after this moment.
    pub from: Option<DateTime<Utc>>,
    /// That begin before this moment.
    pub to: Option<DateTime<Utc>>,
    /// Also those that are not held.
    pub cancelled: bool,
}

const SELECT: &str = "SELECT f.id, f.evaluation_request_id, k.call_id, c.degree_id, d.code AS degree_code,
    d.name AS degree_name, c.academic_year, c.sitting_id, g.code AS sitting_code, g.name AS sitting_name, r.project_id,
    p.title AS project_title, p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name, p.cotutor_id,
    o.first_name || ' ' || o.last_name AS cotutor_name, f.student_id, u.first_name AS student_first_name,
    u.last_name AS student_last_name, f.committee_id, k.number AS committee_number, f.room_id, m.name AS room_name,
    m.building AS room_building, f.starts_at, f.ends_at, f.remarks, f.state, f.version, f.updated_at,
    COALESCE(f.starts_at, '9999-01-01 00:00:00+00') AS place ";
const TABLES: &str = "FROM defences f JOIN committees k ON k.id = f.committee_id JOIN calls c ON c.id = k.call_id
    JOIN degrees d ON d.id = c.degree_id JOIN sittings g ON g.id = c.sitting_id
    JOIN evaluation_requests r ON r.id = f.evaluation_request_id JOIN projects p ON p.id = r.project_id
    JOIN users t ON t.id = p.tutor_id LEFT JOIN users o ON o.id = p.cotutor_id JOIN users u ON u.id = f.student_id
    LEFT JOIN rooms m ON m.id = f.room_id WHERE ";

fn conditions(filter: &DefenceFilter) -> Statement {
    let mut s = Statement::new();
    s.sql(if filter.cancelled { "true" } else { "f.state <> 'cancelled'" });
    if let Some(call) = filter.call {
        s.sql(" AND k.call_id = ").bind(call.0);
    }
    if let Some(committee) = filter.committee {
        s.sql(" AND f.committee_id = ").bind(committee.0);
    }
    if let Some(room) = filter.room {
        s.sql(" AND f.room_id = ").bind(room.0);
    }
    if let Some(person) = filter.person {
        s.sql(" AND (");
        if !filter.hides_students {
            s.sql("f.student_id = ").bind(person.0).sql(" OR ");
        }
        s.bind(person.0).sql(" IN (p.tutor_id, p.cotutor_id) OR EXISTS (SELECT 1 FROM committee_seats s WHERE s.committee_id = k.id");
        s.sql(" AND s.professor_id = ").bind(person.0).sql("))");
    }
    if let Some(from) = filter.from {
        s.sql(" AND f.ends_at > ").bind(Value::Moment(from));
    }
    if let Some(to) = filter.to {
        s.sql(" AND f.starts_at < ").bind(Value::Moment(to));
    }
    s
}

/// Keys of a list of defences: beginning, id.
pub type Position = (DateTime<Utc>, i64);

/// A page of defences by time, those without a time last.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &DefenceFilter,
    page: &PageParams<Position>,
) -> QueryResult<Window<DefenceDetail>> {
    let wanted = conditions(filter);
    let mut counting = Statement::new();
    counting.sql(format!("SELECT count(*) AS count {TABLES}")).append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql(format!("SELECT * FROM ({SELECT} {TABLES}")).append(&wanted).sql(") f");
    if let Some((place, id)) = page.after {
        listing.sql(" WHERE (f.place, f.id) > (").bind(Value::Moment(place)).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY f.place, f.id LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<DefenceDetail>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.place, row.id))))
}

/// All defences that fit, by time.
///
/// # Errors
/// When the database cannot answer.
pub fn all(conn: &mut PgConnection, filter: &DefenceFilter) -> QueryResult<Vec<DefenceDetail>> {
    let mut listing = Statement::new();
    listing.sql(format!("{SELECT} {TABLES}")).append(&conditions(filter)).sql(" ORDER BY place, f.id").once();
    listing.load::<DefenceDetail>(conn)
}

/// Planned defences of other committees within a time at which this professor judges.
///
/// # Errors
/// When the database cannot answer.
pub fn seated_elsewhere(
    conn: &mut PgConnection,
    professor: UserId,
    committee: CommitteeId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<DefenceDetail>> {
    let condition = "f.state = 'planned' AND f.committee_id <> $1 AND f.starts_at < $2 AND f.ends_at > $3
        AND EXISTS (SELECT 1 FROM committee_sitters s WHERE s.committee_id = k.id AND s.professor_id = $4)
        ORDER BY f.starts_at, f.id";
    diesel::sql_query(format!("{SELECT} {TABLES} {condition}"))
        .bind::<BigInt, _>(committee.0)
        .bind::<Timestamptz, _>(to)
        .bind::<Timestamptz, _>(from)
        .bind::<BigInt, _>(professor.0)
        .load(conn)
}

/// One defence.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: DefenceId) -> QueryResult<DefenceDetail> {
    diesel::sql_query(format!("{SELECT} {TABLES} f.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// A stored defence, as the audit log keeps it.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = defences, check_for_backend(diesel::pg::Pg))]
pub struct DefenceRow {
    /// Its id.
    pub id: i64,
    /// What is to be known about it.
    pub remarks: String,
    /// How it stands.
    pub state: String,
    /// Grows with every edit.
    pub version: i32,
}

/// One defence, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: DefenceId) -> QueryResult<DefenceRow> {
    defences::table.find(id.0).select(DefenceRow::as_select()).for_update().first(conn)
}

/// Change its remarks or how it stands; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn update(
    conn: &mut PgConnection,
    id: DefenceId,
    remarks: Option<&str>,
    state: Option<DefenceState>,
) -> QueryResult<DefenceRow> {
    diesel::update(defences::table.find(id.0))
        .set((
            remarks.map(|remarks| defences::remarks.eq(remarks.to_owned())),
            state.map(|state| defences::state.eq(state.as_str())),
            defences::version.eq(defences::version + 1),
        ))
        .returning(DefenceRow::as_returning())
        .get_result(conn)
}

/// A seat, as a committee is read with it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeatDetail {
    /// Its name.
    pub seat: String,
    /// Who has it.
    pub professor_id: i64,
    /// Their name.
    pub name: String,
    /// The code of their department.
    pub department: String,
    /// The full seat they were called in for.
    pub acting_for: Option<String>,
    /// When.
    pub called_in_at: Option<DateTime<Utc>>,
    /// Why.
    pub called_in_reason: Option<String>,
}

/// A committee with everything that is shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct CommitteeDetail {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// For which call.
    #[diesel(sql_type = BigInt)]
    pub call_id: i64,
    /// Its number.
    #[diesel(sql_type = SmallInt)]
    pub number: i16,
    /// Its seats, as [`SeatDetail`].
    #[diesel(sql_type = Jsonb)]
    pub seats: serde_json::Value,
    /// How many defences it has.
    #[diesel(sql_type = BigInt)]
    pub defence_count: i64,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
}

impl CommitteeDetail {
    /// Its seats: the president, the members, then the substitutes.
    #[must_use]
    pub fn seats(&self) -> Vec<SeatDetail> {
        serde_json::from_value(self.seats.clone()).unwrap_or_default()
    }

    /// Whether somebody presides it, or was called in to do so.
    #[must_use]
    pub fn is_presided_by(&self, person: UserId) -> bool {
        let presides =
            |seat: &SeatDetail| seat.seat == "president" || seat.acting_for.as_deref() == Some("president");
        self.seats().iter().any(|seat| seat.professor_id == person.0 && presides(seat))
    }
}

const COMMITTEES: &str = "SELECT k.id, k.call_id, k.number, k.version,
    (SELECT count(*) FROM defences f WHERE f.committee_id = k.id AND f.state <> 'cancelled') AS defence_count,
    COALESCE((SELECT jsonb_agg(jsonb_build_object('seat', s.seat, 'professor_id', s.professor_id,
        'name', u.first_name || ' ' || u.last_name, 'department', d.code, 'acting_for', s.acting_for,
        'called_in_at', s.called_in_at, 'called_in_reason', s.called_in_reason)
        ORDER BY s.seat <> 'president', s.seat LIKE 'substitute%', s.seat)
     FROM committee_seats s JOIN users u ON u.id = s.professor_id JOIN professors p ON p.user_id = u.id
     JOIN departments d ON d.id = p.department_id WHERE s.committee_id = k.id), '[]') AS seats
    FROM committees k ";

/// The published committees of a call, in order.
///
/// # Errors
/// When the database cannot answer.
pub fn list_committees(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<CommitteeDetail>> {
    let condition = "WHERE k.call_id = $1 AND EXISTS (SELECT 1 FROM committee_seats s WHERE s.committee_id = k.id) ORDER BY k.number";
    diesel::sql_query(format!("{COMMITTEES} {condition}")).bind::<BigInt, _>(call.0).load(conn)
}

/// One committee.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_committee(conn: &mut PgConnection, id: CommitteeId) -> QueryResult<CommitteeDetail> {
    diesel::sql_query(format!("{COMMITTEES} WHERE k.id = $1")).bind::<BigInt, _>(id.0).get_result(conn)
}

/// The version of a committee, which is locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock_committee(conn: &mut PgConnection, id: CommitteeId) -> QueryResult<i32> {
    committees::table.find(id.0).select(committees::version).for_no_key_update().first(conn)
}

/// A substitute steps in for a full seat, or back; the version of the committee grows.
///
/// # Errors
/// When a rule of the schema stands against it, or the database cannot answer.
pub fn call_in(
    conn: &mut PgConnection,
    id: CommitteeId,
    substitute: &str,
    acting_for: Option<&str>,
    reason: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    use committee_seats as s;
    diesel::update(s::table.find((id.0, substitute)))
        .set((
            s::acting_for.eq(acting_for),
            s::called_in_at.eq(acting_for.map(|_| now)),
            s::called_in_reason.eq(acting_for.map(|_| reason)),
        ))
        .execute(conn)?;
    diesel::update(committees::table.find(id.0))
        .set(committees::version.eq(committees::version + 1))
        .execute(conn)?;
    diesel::sql_query("SET CONSTRAINTS ALL IMMEDIATE").execute(conn).map(drop)
}

/// These defences, in no order.
///
/// # Errors
/// When the database cannot answer.
pub fn of_ids(conn: &mut PgConnection, ids: &[DefenceId]) -> QueryResult<Vec<DefenceDetail>> {
    diesel::sql_query(format!("{SELECT} {TABLES} f.id = ANY($1)"))
        .bind::<diesel::sql_types::Array<BigInt>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
        .load(conn)
}
