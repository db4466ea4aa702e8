//! Rooms, and what people have said for the committees to come.

use super::Dice;
use super::people::Faculty;
use crate::domain::dates::moment;
use crate::schema::{committee_service, committee_settings, room_closures, rooms, unavailability};
use chrono::{DateTime, Datelike, Days, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use diesel::prelude::*;

/// Name, building, and how many people fit in.
const ROOMS: [(&str, &str, i16); 6] = [
    ("Aula 0.1", "Edificio principal", 60),
    ("Aula 1.4", "Edificio principal", 40),
    ("Aula 1.7", "Edificio principal", 40),
    ("Sala de grados", "Edificio principal", 90),
    ("Seminario A", "Edificio auxiliar", 20),
    ("Seminario B", "Edificio auxiliar", 20),
];

/// Weeks for which some professors have said when they cannot come.
const WEEKS: u64 = 4;

pub(super) fn fill(
    conn: &mut PgConnection,
    faculty: &Faculty,
    year: i16,
    now: DateTime<Utc>,
    zone: Tz,
) -> QueryResult<()> {
    let mut dice = Dice(6);
    fill_rooms(conn, now)?;
    for &(degree, _) in &faculty.degrees {
        use committee_settings as c;
        diesel::insert_into(c::table)
            .values((
                c::degree_id.eq(degree),
                c::academic_year.eq(year),
                c::pause_starts.eq(NaiveTime::from_hms_opt(14, 0, 0)),
                c::pause_ends.eq(NaiveTime::from_hms_opt(16, 0, 0)),
            ))
            .execute(conn)?;
    }
    for &professor in &faculty.professors {
        use committee_service as s;
        let seats = i16::try_from(dice.roll(4)).unwrap_or_default();
        if seats > 0 {
            diesel::insert_into(s::table)
                .values((s::professor_id.eq(professor), s::academic_year.eq(year - 1), s::seats.eq(seats)))
                .execute(conn)?;
        }
        // A third of them say so; the others can always come.
        if dice.roll(3) == 0 {
            fill_unavailability(conn, professor, &mut dice, now, zone)?;
        }
    }
    Ok(())
}

fn fill_rooms(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    let rows: Vec<_> = ROOMS
        .iter()
        .map(|&(name, building, capacity)| {
            (rooms::name.eq(name), rooms::building.eq(building), rooms::capacity.eq(capacity))
        })
        .collect();
    let made: Vec<i64> =
        diesel::insert_into(rooms::table).values(rows).returning(rooms::id).get_results(conn)?;
    for room in made.into_iter().take(1) {
        use room_closures as c;
        diesel::insert_into(c::table)
            .values((
                c::room_id.eq(room),
                c::starts_at.eq(now + Days::new(14)),
                c::ends_at.eq(now + Days::new(16)),
                c::reason.eq("Cambio del proyector"),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Classes, on one day of each of the coming weeks.
fn fill_unavailability(
    conn: &mut PgConnection,
    professor: i64,
    dice: &mut Dice,
    now: DateTime<Utc>,
    zone: Tz,
) -> QueryResult<()> {
    use unavailability as u;
    let weekday = *dice.pick(&[Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);
    let first = u32::try_from(9 + dice.roll(8)).unwrap_or(9);
    let answer = *dice.pick(&["no", "no", "if_needed"]);
    let today = now.with_timezone(&zone).date_naive();
    let days = (1..=7 * WEEKS).filter_map(|n| today.checked_add_days(Days::new(n)));
    let at = |day: chrono::NaiveDate, hour| Some(moment(zone, day.and_hms_opt(hour, 0, 0)?));
    let rows: Vec<_> = days
        .filter(|day| day.weekday() == weekday)
        .filter_map(|day| Some((at(day, first)?, at(day, first + 2)?)))
        .map(|(starts_at, ends_at)| {
            (
                u::professor_id.eq(professor),
                u::starts_at.eq(starts_at),
                u::ends_at.eq(ends_at),
                u::answer.eq(answer),
                u::source.eq("poll"),
            )
        })
        .collect();
    diesel::insert_into(u::table).values(rows).execute(conn).map(drop)
}
