//! Committees and defences as everybody sees them, written whole.

use crate::domain::planning::publication::{DefenceKey, Place, Published};
use crate::schema::{committee_seats as s, committees as k, defences as d};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, SmallInt, Timestamptz};
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{CallId, DefenceId, EvaluationRequestId, RoomId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What is published of a call, and which defences are settled: held, or not presented.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, call: CallId) -> QueryResult<(Published, BTreeSet<DefenceKey>)> {
    type Row = (i64, i64, i16, Option<i64>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, String);
    let seats: Vec<(i16, String, i64)> = s::table
        .inner_join(k::table)
        .filter(k::call_id.eq(call.0))
        .select((k::number, s::seat, s::professor_id))
        .load(conn)?;
    let rows: Vec<Row> = d::table
        .inner_join(k::table)
        .filter(k::call_id.eq(call.0))
        .filter(d::state.ne(DefenceState::Cancelled.as_str()))
        .select((
            d::evaluation_request_id,
            d::student_id,
            k::number,
            d::room_id,
            d::starts_at,
            d::ends_at,
            d::state,
        ))
        .load(conn)?;
    let mut published = Published::default();
    for (number, seat, professor) in seats {
        published.seats.insert((number, seat), UserId(professor));
    }
    let mut settled = BTreeSet::new();
    for (request, student, committee, room, starts_at, ends_at, state) in rows {
        let key = (EvaluationRequestId(request), UserId(student));
        let at = room.zip(starts_at).zip(ends_at).map(|((room, from), to)| (RoomId(room), from, to));
        published.defences.insert(key, Place { committee, at });
        if state != DefenceState::Planned.as_str() {
            settled.insert(key);
        }
    }
    Ok((published, settled))
}

/// Make what is published of a call this. What stays as it was is not written.
///
/// # Errors
/// When it breaks a rule of the schema, or the database cannot answer.
pub fn write(
    conn: &mut PgConnection,
    call: CallId,
    before: &Published,
    after: &Published,
) -> QueryResult<()> {
    let ids = committees(conn, call, after)?;
    seats(conn, &ids, before, after)?;
    for (key, place) in &after.defences {
        let Some(committee) = ids.get(&place.committee) else { continue };
        if before.defences.get(key) != Some(place) {
            defence(conn, *key, *committee, place)?;
        }
    }
    for (request, student) in before.defences.keys().filter(|key| !after.defences.contains_key(*key)) {
        diesel::update(
            d::table.filter(d::evaluation_request_id.eq(request.0)).filter(d::student_id.eq(student.0)),
        )
        .set((d::state.eq(DefenceState::Cancelled.as_str()), d::version.eq(d::version + 1)))
        .execute(conn)?;
    }
    dissolve(conn, call, after)?;
    // Now rather than at the commit, so that a refusal says what was wrong.
    diesel::sql_query("SET CONSTRAINTS ALL IMMEDIATE").execute(conn).map(drop)
}

fn committees(conn: &mut PgConnection, call: CallId, after: &Published) -> QueryResult<BTreeMap<i16, i64>> {
    let numbers: BTreeSet<i16> = after.seats.keys().map(|(number, _)| *number).collect();
    let rows: Vec<_> = numbers.iter().map(|number| (k::call_id.eq(call.0), k::number.eq(*number))).collect();
    diesel::insert_into(k::table).values(rows).on_conflict_do_nothing().execute(conn)?;
    let found: Vec<(i16, i64)> =
        k::table.filter(k::call_id.eq(call.0)).select((k::number, k::id)).load(conn)?;
    Ok(found.into_iter().collect())
}

fn seats(
    conn: &mut PgConnection,
    ids: &BTreeMap<i16, i64>,
    before: &Published,
    after: &Published,
) -> QueryResult<()> {
    let mut changed = BTreeSet::new();
    for (number, seat) in before.seats.keys().filter(|seat| after.seats.get(*seat) != before.seats.get(*seat))
    {
        let Some(committee) = ids.get(number) else { continue };
        changed.insert(*committee);
        diesel::delete(s::table.find((*committee, seat))).execute(conn)?;
        // Nobody acts any more for a seat that is somebody else's.
        diesel::update(s::table.filter(s::committee_id.eq(*committee)).filter(s::acting_for.eq(seat)))
            .set((
                s::acting_for.eq(None::<String>),
                s::called_in_at.eq(None::<DateTime<Utc>>),
                s::called_in_reason.eq(None::<String>),
            ))
            .execute(conn)?;
    }
    let new = after.seats.iter().filter(|(seat, who)| before.seats.get(*seat) != Some(*who));
    let rows: Vec<_> = new
        .filter_map(|((number, seat), who)| {
            let committee = *ids.get(number)?;
            changed.insert(committee);
            Some((s::committee_id.eq(committee), s::seat.eq(seat), s::professor_id.eq(who.0)))
        })
        .collect();
    diesel::insert_into(s::table).values(rows).execute(conn)?;
    diesel::update(k::table.filter(k::id.eq_any(changed)))
        .set(k::version.eq(k::version + 1))
        .execute(conn)
        .map(drop)
}

fn defence(conn: &mut PgConnection, key: DefenceKey, committee: i64, place: &Place) -> QueryResult<()> {
    let at = place.at.as_ref();
    diesel::sql_query(
        "INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (evaluation_request_id, student_id) DO UPDATE SET committee_id = EXCLUDED.committee_id,
             room_id = EXCLUDED.room_id, starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
             state = 'planned', version = defences.version + 1",
    )
    .bind::<BigInt, _>(key.0.0)
    .bind::<BigInt, _>(key.1.0)
    .bind::<BigInt, _>(committee)
    .bind::<Nullable<BigInt>, _>(at.map(|(room, ..)| room.0))
    .bind::<Nullable<Timestamptz>, _>(at.map(|(_, from, _)| *from))
    .bind::<Nullable<Timestamptz>, _>(at.map(|(.., to)| *to))
    .execute(conn)
    .map(drop)
}

/// Committees that are no more; those with cancelled defences stay on record without people.
fn dissolve(conn: &mut PgConnection, call: CallId, after: &Published) -> QueryResult<()> {
    let last = after.seats.keys().map(|(number, _)| *number).max().unwrap_or_default();
    diesel::sql_query(
        "DELETE FROM committees k WHERE k.call_id = $1 AND k.number > $2
           AND NOT EXISTS (SELECT 1 FROM defences d WHERE d.committee_id = k.id)",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<SmallInt, _>(last)
    .execute(conn)?;
    let gone = k::table.filter(k::call_id.eq(call.0)).filter(k::number.gt(last)).select(k::id);
    diesel::delete(s::table.filter(s::committee_id.eq_any(gone))).execute(conn).map(drop)
}

/// The defences of a call that are not cancelled.
///
/// # Errors
/// When the database cannot answer.
pub fn defence_ids(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<DefenceId>> {
    let ids: Vec<i64> = d::table
        .inner_join(k::table)
        .filter(k::call_id.eq(call.0))
        .filter(d::state.ne(DefenceState::Cancelled.as_str()))
        .order(d::id)
        .select(d::id)
        .load(conn)?;
    Ok(ids.into_iter().map(DefenceId).collect())
}
