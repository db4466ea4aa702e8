//! What was told of rounds, each once.

use crate::models::allocation_round::RoundRow;
use crate::schema::{allocation_rounds as r, calls, round_notices as n};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::AllocationRoundId;

/// A moment of a round that some are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It opens.
    Opens,
    /// It closes in two days.
    ClosesInTwo,
}

impl Moment {
    /// As it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::ClosesInTwo => "closes_in_2",
        }
    }
}

/// Rounds of opened calls in which students apply now.
///
/// # Errors
/// When the database cannot answer.
pub fn list_open(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<RoundRow>> {
    r::table
        .inner_join(calls::table.on(calls::id.eq(r::call_id)))
        .filter(calls::opened_at.is_not_null())
        .filter(r::state.eq("live"))
        .filter(r::opens_at.le(now))
        .filter(r::closes_at.gt(now))
        .order(r::id)
        .select(RoundRow::as_select())
        .load(conn)
}

/// Note that a moment is told. Says whether it was not yet.
///
/// # Errors
/// When the database cannot answer.
pub fn claim(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    moment: Moment,
    due_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let told = n::table.find((round.0, moment.as_str()));
    // The usual answer, without a write.
    if diesel::select(diesel::dsl::exists(told)).get_result(conn)? {
        return Ok(false);
    }
    diesel::insert_into(n::table)
        .values((
            n::round_id.eq(round.0),
            n::moment.eq(moment.as_str()),
            n::due_at.eq(due_at),
            n::told_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|count| count > 0)
}
