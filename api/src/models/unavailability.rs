//! When professors cannot come: one answer at a time, the latest that was given.

use crate::domain::busy::{self, Time};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{professors, unavailability};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::availability::{AvailabilityAnswer, UnavailabilitySource};
use gestfg_types::ids::{UnavailabilityId, UserId};
use serde::Serialize;

/// A stored time in which a professor cannot come, or only if needed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = unavailability, check_for_backend(diesel::pg::Pg))]
pub struct UnavailabilityRow {
    /// Its id.
    pub id: i64,
    /// Whose.
    pub professor_id: i64,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// `no` or `if_needed`.
    pub answer: String,
    /// Who says so.
    pub source: String,
    /// Why, if they said so.
    pub note: String,
}

/// What is said of a time.
#[derive(Debug, Clone)]
pub struct Saying {
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Whether the professor can.
    pub answer: AvailabilityAnswer,
    /// Who says so.
    pub source: UnavailabilitySource,
    /// Why; not kept with a yes.
    pub note: String,
}

/// What of it a list is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct SayingFilter {
    /// Only what ends after this moment.
    pub from: Option<DateTime<Utc>>,
    /// Only what begins before this moment.
    pub to: Option<DateTime<Utc>>,
    /// Only what this source says.
    pub source: Option<UnavailabilitySource>,
}

/// Have nobody else write what this professor says until the transaction ends.
///
/// # Errors
/// `NotFound` when they are no professor, or when the database cannot answer.
pub fn lock_professor(conn: &mut PgConnection, professor: UserId) -> QueryResult<()> {
    professors::table
        .find(professor.0)
        .select(professors::user_id)
        .for_no_key_update()
        .first::<i64>(conn)
        .map(drop)
}

/// Say something of a time, in place of all that was said of it. What reaches
/// out of it on either side stays; the same answer just before or after is
/// joined with it. To be called under [`lock_professor`].
///
/// # Errors
/// When the database cannot answer.
pub fn say(conn: &mut PgConnection, professor: UserId, saying: &Saying) -> QueryResult<()> {
    use unavailability as u;
    let Saying { mut starts_at, mut ends_at, answer, source, ref note } = *saying;
    let touching: Vec<UnavailabilityRow> = u::table
        .filter(u::professor_id.eq(professor.0))
        .filter(u::starts_at.le(ends_at))
        .filter(u::ends_at.ge(starts_at))
        .order(u::starts_at)
        .select(UnavailabilityRow::as_select())
        .load(conn)?;
    let is_same = |row: &UnavailabilityRow| {
        (row.answer.as_str(), row.source.as_str(), &row.note) == (answer.as_str(), source.as_str(), note)
    };
    let mut rest = Vec::new();
    let mut gone = Vec::new();
    for row in touching {
        if is_same(&row) {
            starts_at = starts_at.min(row.starts_at);
            ends_at = ends_at.max(row.ends_at);
        } else if row.ends_at == saying.starts_at || row.starts_at == saying.ends_at {
            continue;
        } else {
            for (from, to) in [(row.starts_at, saying.starts_at), (saying.ends_at, row.ends_at)] {
                if from < to {
                    rest.push(values(professor, (from, to), &row.answer, &row.source, &row.note));
                }
            }
        }
        gone.push(row.id);
    }
    diesel::delete(u::table.filter(u::id.eq_any(gone))).execute(conn)?;
    if answer != AvailabilityAnswer::Yes {
        rest.push(values(professor, (starts_at, ends_at), answer.as_str(), source.as_str(), note));
    }
    diesel::insert_into(u::table).values(rest).execute(conn).map(drop)
}

type Values = (
    diesel::dsl::Eq<unavailability::professor_id, i64>,
    diesel::dsl::Eq<unavailability::starts_at, DateTime<Utc>>,
    diesel::dsl::Eq<unavailability::ends_at, DateTime<Utc>>,
    diesel::dsl::Eq<unavailability::answer, String>,
    diesel::dsl::Eq<unavailability::source, String>,
    diesel::dsl::Eq<unavailability::note, String>,
);

fn values(
    professor: UserId,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    answer: &str,
    source: &str,
    note: &str,
) -> Values {
    use unavailability as u;
    (
        u::professor_id.eq(professor.0),
        u::starts_at.eq(starts_at),
        u::ends_at.eq(ends_at),
        u::answer.eq(answer.to_owned()),
        u::source.eq(source.to_owned()),
        u::note.eq(note.to_owned()),
    )
}

/// What is said of a time and of what touches it, in the order of time.
///
/// # Errors
/// When the database cannot answer.
pub fn list_touching(
    conn: &mut PgConnection,
    professor: UserId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<UnavailabilityRow>> {
    use unavailability as u;
    u::table
        .filter(u::professor_id.eq(professor.0))
        .filter(u::starts_at.le(to))
        .filter(u::ends_at.ge(from))
        .order((u::starts_at, u::id))
        .select(UnavailabilityRow::as_select())
        .load(conn)
}

/// What several professors say of a time, by professor and in the order of time.
///
/// # Errors
/// When the database cannot answer.
pub fn list_within(
    conn: &mut PgConnection,
    professors: &[i64],
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<UnavailabilityRow>> {
    use unavailability as u;
    u::table
        .filter(u::professor_id.eq_any(professors))
        .filter(u::starts_at.lt(to))
        .filter(u::ends_at.gt(from))
        .order((u::professor_id, u::starts_at, u::id))
        .select(UnavailabilityRow::as_select())
        .load(conn)
}

/// A page of what a professor says, in the order of time.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    professor: UserId,
    filter: &SayingFilter,
    page: &PageParams<(DateTime<Utc>, i64)>,
) -> QueryResult<Window<UnavailabilityRow>> {
    use unavailability as u;
    let filtered = || {
        let mut query = u::table.filter(u::professor_id.eq(professor.0)).into_boxed();
        if let Some(from) = filter.from {
            query = query.filter(u::ends_at.gt(from));
        }
        if let Some(to) = filter.to {
            query = query.filter(u::starts_at.lt(to));
        }
        if let Some(source) = filter.source {
            query = query.filter(u::source.eq(source.as_str()));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((starts_at, id)) = page.after {
        query = query.filter(u::starts_at.gt(starts_at).or(u::starts_at.eq(starts_at).and(u::id.gt(id))));
    }
    let rows = query
        .order((u::starts_at, u::id))
        .limit(page.fetch())
        .select(UnavailabilityRow::as_select())
        .load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.starts_at, row.id))))
}

/// Take one back; what it said.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: UnavailabilityId) -> QueryResult<UnavailabilityRow> {
    diesel::delete(unavailability::table.find(id.0))
        .returning(UnavailabilityRow::as_returning())
        .get_result(conn)
}

/// Whose it is.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: UnavailabilityId) -> QueryResult<UnavailabilityRow> {
    unavailability::table.find(id.0).select(UnavailabilityRow::as_select()).first(conn)
}

/// What of these times, sorted and apart from each other, nobody said anything of in person.
///
/// # Errors
/// When the database cannot answer.
pub fn without_own_answer(
    conn: &mut PgConnection,
    professor: UserId,
    window: Time,
    busy: &[Time],
) -> QueryResult<Vec<Time>> {
    let file = UnavailabilitySource::CalendarFile.as_str();
    let said = list_within(conn, &[professor.0], window)?.into_iter().filter(|row| row.source != file);
    let said: Vec<Time> = said.map(|row| (row.starts_at, row.ends_at)).collect();
    Ok(busy::apart_from(busy, &said))
}

/// Replace what calendar files said of a time by these times, sorted and apart
/// from each other. Where somebody said something in person, that stays.
/// Returns how many were kept. To be called under [`lock_professor`].
///
/// # Errors
/// When the database cannot answer.
pub fn replace_calendar_file(
    conn: &mut PgConnection,
    professor: UserId,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    busy: &[(DateTime<Utc>, DateTime<Utc>)],
) -> QueryResult<usize> {
    use unavailability as u;
    let source = UnavailabilitySource::CalendarFile.as_str();
    diesel::delete(
        u::table
            .filter(u::professor_id.eq(professor.0))
            .filter(u::source.eq(source))
            .filter(u::starts_at.lt(until))
            .filter(u::ends_at.gt(from)),
    )
    .execute(conn)?;
    let free = without_own_answer(conn, professor, (from, until), busy)?;
    let answer = AvailabilityAnswer::No.as_str();
    for some in free.chunks(1000) {
        let rows: Vec<_> = some.iter().map(|&time| values(professor, time, answer, source, "")).collect();
        diesel::insert_into(u::table).values(rows).execute(conn)?;
    }
    Ok(free.len())
}
