//! Rooms, and when they are closed.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{room_closures, rooms};
use crate::sql::{contains_pattern, fold_text};
use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use gestfg_types::ids::{RoomClosureId, RoomId};
use serde::Serialize;
use std::collections::HashMap;

/// A stored room.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = rooms, check_for_backend(diesel::pg::Pg))]
pub struct RoomRow {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The building it is in.
    pub building: String,
    /// How many people fit in.
    pub capacity: Option<i16>,
    /// For those who plan.
    pub notes: String,
    /// Whether it is offered for choice.
    pub is_active: bool,
    /// Grows with every edit.
    pub version: i32,
}

/// A new room.
#[derive(Debug, Insertable)]
#[diesel(table_name = rooms)]
pub struct NewRoom<'a> {
    /// Its name.
    pub name: &'a str,
    /// The building it is in.
    pub building: &'a str,
    /// How many people fit in.
    pub capacity: Option<i16>,
    /// For those who plan.
    pub notes: &'a str,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = rooms)]
pub struct RoomChanges {
    /// New name.
    pub name: Option<String>,
    /// New building.
    pub building: Option<String>,
    /// New capacity; `Some(None)` clears it.
    pub capacity: Option<Option<i16>>,
    /// New notes.
    pub notes: Option<String>,
    /// New standing.
    pub is_active: Option<bool>,
}

/// A time in which a room cannot be used.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = room_closures, check_for_backend(diesel::pg::Pg))]
pub struct ClosureRow {
    /// Its id.
    pub id: i64,
    /// Of which room.
    pub room_id: i64,
    /// Its first moment.
    pub starts_at: DateTime<Utc>,
    /// The first moment after it.
    pub ends_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// Which rooms to list.
#[derive(Debug, Clone, Default)]
pub struct RoomFilter {
    /// Part of the name or building, folded.
    pub q: Option<String>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
}

/// A page of rooms by name, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &RoomFilter,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<RoomRow>> {
    let filtered = || {
        let mut query = rooms::table.into_boxed();
        if let Some(q) = &filter.q {
            let pattern = contains_pattern(q);
            let found = fold_text(rooms::name).like(pattern.clone());
            query = query.filter(found.or(fold_text(rooms::building).like(pattern)));
        }
        if let Some(active) = filter.is_active {
            query = query.filter(rooms::is_active.eq(active));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((name, id)) = page.after.clone() {
        let name = fold_text(name);
        query = query.filter(
            fold_text(rooms::name).gt(name.clone()).or(fold_text(rooms::name).eq(name).and(rooms::id.gt(id))),
        );
    }
    let rows = query
        .order((fold_text(rooms::name), rooms::id))
        .limit(page.fetch())
        .select(RoomRow::as_select())
        .load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(&row.name, row.id))))
}

/// One room.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: RoomId) -> QueryResult<RoomRow> {
    rooms::table.find(id.0).select(RoomRow::as_select()).first(conn)
}

/// One room, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: RoomId) -> QueryResult<RoomRow> {
    rooms::table.find(id.0).select(RoomRow::as_select()).for_update().first(conn)
}

/// A new room.
///
/// # Errors
/// When the name is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewRoom<'_>) -> QueryResult<RoomRow> {
    diesel::insert_into(rooms::table).values(new).returning(RoomRow::as_returning()).get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the name is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: RoomId, changes: &RoomChanges) -> QueryResult<RoomRow> {
    diesel::update(rooms::table.find(id.0))
        .set((changes, rooms::version.eq(rooms::version + 1)))
        .returning(RoomRow::as_returning())
        .get_result(conn)
}

/// Remove one, with its closures.
///
/// # Errors
/// When something is held in it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: RoomId) -> QueryResult<()> {
    diesel::delete(rooms::table.find(id.0)).execute(conn).map(drop)
}

/// How many closures of these rooms have not ended at a moment.
///
/// # Errors
/// When the database cannot answer.
pub fn count_closures_ahead(
    conn: &mut PgConnection,
    rooms: &[i64],
    now: DateTime<Utc>,
) -> QueryResult<HashMap<i64, i64>> {
    use room_closures as c;
    let counts: Vec<(i64, i64)> = c::table
        .filter(c::room_id.eq_any(rooms))
        .filter(c::ends_at.gt(now))
        .group_by(c::room_id)
        .select((c::room_id, count_star()))
        .load(conn)?;
    Ok(counts.into_iter().collect())
}

/// A page of the closures of a room that end after a moment, in the order of time.
///
/// # Errors
/// When the database cannot answer.
pub fn list_closures(
    conn: &mut PgConnection,
    room: RoomId,
    from: Option<DateTime<Utc>>,
    page: &PageParams<(DateTime<Utc>, i64)>,
) -> QueryResult<Window<ClosureRow>> {
    use room_closures as c;
    let filtered = || {
        let mut query = c::table.filter(c::room_id.eq(room.0)).into_boxed();
        if let Some(from) = from {
            query = query.filter(c::ends_at.gt(from));
        }
        query
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some((starts_at, id)) = page.after {
        query = query.filter(c::starts_at.gt(starts_at).or(c::starts_at.eq(starts_at).and(c::id.gt(id))));
    }
    let rows =
        query.order((c::starts_at, c::id)).limit(page.fetch()).select(ClosureRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.starts_at, row.id))))
}

/// Close a room for a time.
///
/// # Errors
/// When there is no such room or the database cannot answer.
pub fn create_closure(
    conn: &mut PgConnection,
    room: RoomId,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    reason: &str,
) -> QueryResult<ClosureRow> {
    use room_closures as c;
    diesel::insert_into(c::table)
        .values((
            c::room_id.eq(room.0),
            c::starts_at.eq(starts_at),
            c::ends_at.eq(ends_at),
            c::reason.eq(reason),
        ))
        .returning(ClosureRow::as_returning())
        .get_result(conn)
}

/// Open a room again; what was removed.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn delete_closure(conn: &mut PgConnection, room: RoomId, id: RoomClosureId) -> QueryResult<ClosureRow> {
    use room_closures as c;
    diesel::delete(c::table.find(id.0).filter(c::room_id.eq(room.0)))
        .returning(ClosureRow::as_returning())
        .get_result(conn)
}

/// Open a room for a time: closures are cut to what reaches out of it on either side. Returns the closures
/// that met it, as they were. To be called with the room locked.
///
/// # Errors
/// When the database cannot answer.
pub fn open(
    conn: &mut PgConnection,
    room: RoomId,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<ClosureRow>> {
    use room_closures as c;
    let met = c::room_id.eq(room.0).and(c::starts_at.lt(to)).and(c::ends_at.gt(from));
    let closed: Vec<ClosureRow> =
        c::table.filter(met).order((c::starts_at, c::id)).select(ClosureRow::as_select()).load(conn)?;
    let ids: Vec<i64> = closed.iter().map(|row| row.id).collect();
    diesel::delete(c::table.filter(c::id.eq_any(ids))).execute(conn)?;
    for row in &closed {
        for (starts_at, ends_at) in [(row.starts_at, from), (to, row.ends_at)] {
            if starts_at < ends_at {
                create_closure(conn, room, (starts_at, ends_at), &row.reason)?;
            }
        }
    }
    Ok(closed)
}
