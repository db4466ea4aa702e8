//! Attempts per window of time, counted where all servers see them.

use crate::schema::throttle_counters as t;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_dsl::methods::FilterDsl;

/// Count one attempt, unless the window has had its fill; says whether it was
/// counted. Atomic, so that simultaneous attempts cannot pass together.
///
/// # Errors
/// When the database cannot take it.
pub fn count(
    conn: &mut PgConnection,
    bucket: &[u8],
    window_start: DateTime<Utc>,
    limit: i32,
) -> QueryResult<bool> {
    let insert = diesel::insert_into(t::table)
        .values((t::bucket.eq(bucket), t::window_start.eq(window_start), t::hits.eq(1)))
        .on_conflict((t::bucket, t::window_start))
        .do_update()
        .set(t::hits.eq(t::hits + 1));
    Ok(FilterDsl::filter(insert, t::hits.lt(limit)).execute(conn)? == 1)
}

/// Take one attempt back.
///
/// # Errors
/// When the database cannot take it.
pub fn uncount(conn: &mut PgConnection, bucket: &[u8], window_start: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(QueryDsl::filter(t::table.find((bucket, window_start)), t::hits.gt(0)))
        .set(t::hits.eq(t::hits - 1))
        .execute(conn)
        .map(drop)
}

/// Forget every attempt in a bucket.
///
/// # Errors
/// When the database cannot take it.
pub fn forget(conn: &mut PgConnection, bucket: &[u8]) -> QueryResult<()> {
    diesel::delete(QueryDsl::filter(t::table, t::bucket.eq(bucket))).execute(conn).map(drop)
}
