//! What was told of rounds, each once.

use crate::models::allocation_round::RoundRow;
use crate::schema::{allocation_rounds as r, calls, round_notices as n};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::{AllocationRoundId, UserId};

/// A moment of a round that some are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It opens.
    Opens,
    /// It closes in two days.
    ClosesInTwo,
    /// It has closed, and tutors can say whom they would rather have.
    TutorsBegin,
    /// They can for two more days.
    TutorsEndInTwo,
}

impl Moment {
    /// As it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opens => "opens",
            Self::ClosesInTwo => "closes_in_2",
            Self::TutorsBegin => "tutors_begin",
            Self::TutorsEndInTwo => "tutors_end_in_2",
        }
    }
}

/// Rounds of opened calls in which students apply now, or tutors order those who did.
///
/// # Errors
/// When the database cannot answer.
pub fn list_under_way(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<Vec<RoundRow>> {
    r::table
        .inner_join(calls::table.on(calls::id.eq(r::call_id)))
        .filter(calls::opened_at.is_not_null())
        .filter(r::state.eq("live"))
        .filter(r::opens_at.le(now))
        .filter(r::tutors_close_at.gt(now))
        .order(r::id)
        .select(RoundRow::as_select())
        .load(conn)
}

/// Tutors of projects that somebody asks for in a round and nobody has put in order, with how many
/// such projects they have.
///
/// # Errors
/// When the database cannot answer.
pub fn list_undecided(
    conn: &mut PgConnection,
    round: AllocationRoundId,
) -> QueryResult<Vec<(UserId, usize)>> {
    #[derive(QueryableByName)]
    struct Tutor {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = BigInt)]
        projects: i64,
    }
    let tutors = diesel::sql_query(
        "SELECT p.tutor_id AS id, count(DISTINCT p.id) AS projects
         FROM applications a JOIN application_preferences w ON w.application_id = a.id
         JOIN projects p ON p.id = w.project_id
         WHERE a.round_id = $1 AND a.is_live AND p.state = 'published'
           AND NOT EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active)
           -- Whoever emptied the order again has decided too.
           AND NOT EXISTS (SELECT 1 FROM application_ranking_versions v
                           WHERE v.round_id = a.round_id AND v.project_id = p.id AND v.version > 1)
         GROUP BY p.tutor_id ORDER BY p.tutor_id",
    )
    .bind::<BigInt, _>(round.0)
    .load::<Tutor>(conn)?;
    Ok(tutors
        .into_iter()
        .map(|row| (UserId(row.id), usize::try_from(row.projects).unwrap_or_default()))
        .collect())
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
