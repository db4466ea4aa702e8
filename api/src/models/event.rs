//! Announcements and entries of the calendar.

use crate::domain::actor::Actor;
use crate::domain::events::Audience;
use crate::models::statement::Statement;
use crate::models::update::Change;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::events;
use crate::sql::contains_pattern;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use gestfg_types::events::{EventAudience, EventKind};
use gestfg_types::ids::{DegreeId, DepartmentId, EventId, UserId};
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};

/// A stored event.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, QueryableByName, Serialize)]
#[diesel(table_name = events, check_for_backend(diesel::pg::Pg))]
pub struct EventRow {
    /// Its id.
    pub id: i64,
    /// `announcement` or `entry`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Where it happens.
    pub location: String,
    /// For whom.
    pub audience: String,
    /// Of which degree.
    pub degree_id: Option<i64>,
    /// Of which department.
    pub department_id: Option<i64>,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// The first moment after it.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it takes whole days.
    pub is_all_day: bool,
    /// From when its audience sees it.
    pub publish_at: DateTime<Utc>,
    /// From when they see it no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it stays on top.
    pub is_pinned: bool,
    /// Who wrote it.
    pub author_id: Option<i64>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// Grows with every edit.
    pub version: i32,
}

impl EventRow {
    /// What kind it is; the schema lets no third in.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        EventKind::from_name(&self.kind).unwrap_or(EventKind::Announcement)
    }

    /// For whom it is.
    #[must_use]
    pub fn audience(&self) -> Audience {
        Audience {
            // A kind of people that only a later release knows is shown to no others.
            kind: EventAudience::from_name(&self.audience).unwrap_or(EventAudience::Department),
            degree: self.degree_id.map(DegreeId),
            department: self.department_id.map(DepartmentId),
        }
    }
}

/// An event with the names that are shown of it.
#[derive(Debug, Clone, QueryableByName)]
pub struct NamedEvent {
    /// The event.
    #[diesel(embed)]
    pub event: EventRow,
    /// Its degree's code.
    #[diesel(sql_type = Nullable<Text>)]
    pub degree_code: Option<String>,
    /// Its degree's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub degree_name: Option<String>,
    /// Its department's code.
    #[diesel(sql_type = Nullable<Text>)]
    pub department_code: Option<String>,
    /// Its department's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub department_name: Option<String>,
    /// Its author's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub author_name: Option<String>,
}

/// Everything of an event that can be written, of a new one or a stored one.
#[derive(Debug, Clone, Insertable, AsChangeset)]
#[diesel(table_name = events, treat_none_as_null = true)]
pub struct EventContent {
    /// Its title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Where it happens.
    pub location: String,
    /// For whom.
    pub audience: &'static str,
    /// Of which degree.
    pub degree_id: Option<i64>,
    /// Of which department.
    pub department_id: Option<i64>,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// The first moment after it.
    pub ends_at: Option<DateTime<Utc>>,
    /// Whether it takes whole days.
    pub is_all_day: bool,
    /// From when its audience sees it.
    pub publish_at: DateTime<Utc>,
    /// From when they see it no more.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether it stays on top.
    pub is_pinned: bool,
}

/// Somebody who reads events, and when.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Who; none for a visitor.
    pub actor: Option<&'a Actor>,
    /// The moment of reading.
    pub now: DateTime<Utc>,
    /// The academic year it is in.
    pub year: i16,
}

/// Which events to list.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Of one kind.
    pub kind: Option<EventKind>,
    /// Only what the reader keeps, unpublished and expired ones too.
    pub managed: bool,
    /// Part of the title, folded.
    pub q: Option<String>,
    /// For this degree.
    pub degree: Option<DegreeId>,
}

/// Where a page starts: behind an event of this place on the board.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Position(bool, DateTime<Utc>, i64);

const COLUMNS: &str = "\
SELECT e.id, e.kind, e.title, e.body, e.location, e.audience, e.degree_id, e.department_id, e.starts_at, e.ends_at, \
e.is_all_day, e.publish_at, e.expires_at, e.is_pinned, e.author_id, e.updated_at, e.version, \
d.code AS degree_code, d.name AS degree_name, dep.code AS department_code, dep.name AS department_name, \
a.first_name || ' ' || a.last_name AS author_name \
FROM events e LEFT JOIN degrees d ON d.id = e.degree_id LEFT JOIN departments dep ON dep.id = e.department_id \
LEFT JOIN users a ON a.id = e.author_id WHERE ";

/// That the reader keeps it: the counterpart of [`crate::domain::events::keeps`].
fn kept(query: &mut Statement, reader: Reader<'_>) {
    match reader.actor {
        None => query.sql("false"),
        Some(actor) if actor.is_admin => query.sql("true"),
        Some(actor) => query
            .sql("(e.audience = 'degree' AND e.degree_id = ANY(")
            .bind(actor.coordinates.iter().map(|id| id.0).collect::<Vec<_>>())
            .sql(") OR e.audience = 'department' AND e.department_id = ")
            .bind(actor.head_of.map_or(0, |id| id.0))
            .sql(")"),
    };
}

/// That the reader may see it: theirs to keep, or published for them.
///
/// The tutors of a degree are those who have a project of this year or the
/// last in it: last year's are still defended.
fn visible(query: &mut Statement, reader: Reader<'_>) {
    query.sql("(");
    kept(query, reader);
    query.sql(" OR e.publish_at <= ").bind(reader.now);
    query.sql(" AND (e.expires_at IS NULL OR e.expires_at > ").bind(reader.now);
    query.sql(") AND (e.audience = 'public'");
    if let Some(actor) = reader.actor {
        if actor.is_student {
            query.sql(" OR e.audience = 'students'");
            query.sql(" OR e.audience = 'degree' AND e.degree_id IN (SELECT s.degree_id FROM student_degrees s WHERE s.student_id = ");
            query.bind(actor.id.0).sql(")");
        }
        if let Some(department) = actor.department {
            query
                .sql(" OR e.audience = 'professors' OR e.audience = 'department' AND e.department_id = ")
                .bind(department.0);
            query.sql(" OR e.audience = 'degree' AND e.degree_id IN (SELECT p.degree_id FROM projects p WHERE p.academic_year >= ");
            query
                .bind(reader.year - 1)
                .sql(" AND p.state <> 'withdrawn' AND (p.tutor_id = ")
                .bind(actor.id.0);
            query.sql(" OR p.cotutor_id = ").bind(actor.id.0).sql("))");
        }
    }
    query.sql("))");
}

/// A page of events, pinned ones first, then the latest, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    reader: Reader<'_>,
    filter: &EventFilter,
    page: &PageParams<Position>,
) -> QueryResult<Window<NamedEvent>> {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        total: i64,
    }
    let mut condition = Statement::new();
    if filter.managed {
        kept(&mut condition, reader);
    } else {
        visible(&mut condition, reader);
    }
    if let Some(kind) = filter.kind {
        condition.sql(" AND e.kind = ").bind(kind.as_str());
    }
    if let Some(q) = &filter.q {
        condition.sql(" AND e.title_folded LIKE ").bind(contains_pattern(q).as_str());
    }
    if let Some(degree) = filter.degree {
        condition.sql(" AND e.degree_id = ").bind(degree.0);
    }
    let mut count = Statement::new();
    count.sql("SELECT count(*) AS total FROM events e WHERE ").append(&condition);
    let total = count.get_result::<Counted>(conn)?.total;
    let mut query = Statement::new();
    query.sql(COLUMNS).append(&condition);
    if let Some(Position(is_pinned, publish_at, id)) = &page.after {
        query.sql(if *is_pinned { " AND (NOT e.is_pinned OR " } else { " AND (NOT e.is_pinned AND " });
        query.sql("(e.publish_at, e.id) < (").bind(*publish_at).sql(", ").bind(*id).sql("))");
    }
    query.sql(" ORDER BY e.is_pinned DESC, e.publish_at DESC, e.id DESC LIMIT ").bind(page.fetch());
    let rows = query.load::<NamedEvent>(conn)?;
    Ok(page.window(rows, total, |NamedEvent { event, .. }| {
        Cursor::of(&Position(event.is_pinned, event.publish_at, event.id))
    }))
}

/// The events with dates that the reader may see and that touch this time, by
/// their beginning.
///
/// # Errors
/// When the database cannot answer.
pub fn list_dated(
    conn: &mut PgConnection,
    reader: Reader<'_>,
    degrees: Option<&[DegreeId]>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> QueryResult<Vec<NamedEvent>> {
    let mut query = Statement::new();
    query.sql(COLUMNS);
    visible(&mut query, reader);
    query.sql(" AND e.kind = 'entry' AND e.starts_at < ").bind(to).sql(" AND e.ends_at > ").bind(from);
    if let Some(degrees) = degrees {
        let degrees: Vec<i64> = degrees.iter().map(|id| id.0).collect();
        query.sql(" AND (e.degree_id IS NULL OR e.degree_id = ANY(").bind(degrees).sql("))");
    }
    query.sql(" ORDER BY e.starts_at, e.id LIMIT 2000");
    query.load(conn)
}

/// One event, if the reader may see it: for others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(conn: &mut PgConnection, reader: Reader<'_>, id: EventId) -> QueryResult<NamedEvent> {
    let mut query = Statement::new();
    query.sql(COLUMNS);
    visible(&mut query, reader);
    query.sql(" AND e.id = ").bind(id.0);
    query.get_result(conn)
}

/// One event that the reader may see, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock_visible(conn: &mut PgConnection, reader: Reader<'_>, id: EventId) -> QueryResult<EventRow> {
    events::table.find(id.0).select(events::id).for_update().first::<i64>(conn)?;
    find_visible(conn, reader, id).map(|found| found.event)
}

/// A new event.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    kind: EventKind,
    author: UserId,
    content: &EventContent,
) -> QueryResult<EventRow> {
    diesel::insert_into(events::table)
        .values((content, events::kind.eq(kind.as_str()), events::author_id.eq(author.0)))
        .returning(EventRow::as_returning())
        .get_result(conn)
}

/// Edit one; its version grows. Who was told of it is not told again.
///
/// # Errors
/// When the database cannot take it.
pub fn update(conn: &mut PgConnection, id: EventId, content: &EventContent) -> QueryResult<EventRow> {
    diesel::update(events::table.find(id.0))
        .set((content, events::version.eq(events::version + 1)))
        .returning(EventRow::as_returning())
        .get_result(conn)
}

/// Remove one.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: EventId) -> QueryResult<()> {
    diesel::delete(events::table.find(id.0)).execute(conn).map(drop)
}

/// The active people an event is for, in no order; everybody for `public`.
///
/// # Errors
/// When the database cannot answer.
pub fn list_audience(conn: &mut PgConnection, audience: Audience, year: i16) -> QueryResult<Vec<UserId>> {
    #[derive(QueryableByName)]
    struct Person {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let mut query = Statement::new();
    query.sql("SELECT u.id FROM users u WHERE u.is_active AND ");
    match audience.kind {
        EventAudience::Public => query.sql("true"),
        EventAudience::Students => query.sql("EXISTS (SELECT 1 FROM students s WHERE s.user_id = u.id)"),
        EventAudience::Professors => query.sql("EXISTS (SELECT 1 FROM professors p WHERE p.user_id = u.id)"),
        EventAudience::Degree => {
            let degree = audience.degree.map_or(0, |id| id.0);
            query
                .sql("u.id IN (SELECT s.student_id FROM student_degrees s WHERE s.degree_id = ")
                .bind(degree)
                .sql(" UNION ALL SELECT c.professor_id FROM degree_coordinators c WHERE c.degree_id = ")
                .bind(degree)
                .sql(" UNION ALL SELECT unnest(ARRAY[p.tutor_id, p.cotutor_id]) FROM projects p WHERE p.state <> 'withdrawn' AND p.academic_year >= ")
                .bind(year - 1)
                .sql(" AND p.degree_id = ")
                .bind(degree)
                .sql(")")
        }
        EventAudience::Department => query
            .sql("EXISTS (SELECT 1 FROM professors p WHERE p.user_id = u.id AND p.department_id = ")
            .bind(audience.department.map_or(0, |id| id.0))
            .sql(")"),
    };
    Ok(query.load::<Person>(conn)?.into_iter().map(|person| UserId(person.id)).collect())
}

/// Have those look again who see an event for this audience.
///
/// # Errors
/// When the database cannot answer.
pub fn publish_change(
    conn: &mut PgConnection,
    id: EventId,
    audience: Audience,
    year: i16,
) -> QueryResult<()> {
    let mut change = Change::of(UpdateTopic::Events).subject(id.0);
    match (audience.kind, audience.degree, audience.department) {
        (EventAudience::Degree, Some(degree), _) => {
            change = change.degree(degree).people(list_audience(conn, audience, year)?);
        }
        (EventAudience::Department, _, Some(department)) => {
            change = change.department(department).people(list_audience(conn, audience, year)?);
        }
        _ => change = change.everybody(),
    }
    change.publish(conn)
}
