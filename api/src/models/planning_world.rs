//! Everything the planning of a call depends on, read at once.

use crate::domain::planning::{Busy, Mode, Professor, Project, Room, Settings, World};
use crate::models::committee_settings;
use crate::models::settlement::NOT_PASSED_BEFORE;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::committee_settings::TimetableMode;
use gestfg_types::ids::{AreaId, CallId, DegreeId, EvaluationRequestId, RoomId, UserId};
use std::collections::HashMap;

type Span = (DateTime<Utc>, DateTime<Utc>);

/// A call with everything its planning depends on.
///
/// # Errors
/// `NotFound` without the call, or when the database cannot answer.
pub fn load(conn: &mut PgConnection, call: CallId, zone: Tz) -> QueryResult<World> {
    #[derive(QueryableByName)]
    struct Call {
        #[diesel(sql_type = BigInt)]
        degree_id: i64,
        #[diesel(sql_type = SmallInt)]
        academic_year: i16,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        starts_at: Option<DateTime<Utc>>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        ends_at: Option<DateTime<Utc>>,
    }
    let found: Call = diesel::sql_query(
        "SELECT c.degree_id, c.academic_year, p.starts_at, p.ends_at FROM calls c
         LEFT JOIN call_phases p ON p.call_id = c.id AND p.phase = 'defence' WHERE c.id = $1",
    )
    .bind::<BigInt, _>(call.0)
    .get_result(conn)?;
    let phase = found.starts_at.zip(found.ends_at);
    let professors = professors(conn, found.academic_year)?;
    Ok(World {
        settings: settings(conn, found.degree_id, found.academic_year)?,
        year: found.academic_year,
        zone,
        phase,
        apart: apart(conn)?,
        projects: known_subjects(projects(conn, call)?, &professors),
        professors,
        rooms: rooms(conn, call, phase)?,
        busy: busy(conn, call, phase)?,
    })
}

/// How committees of a degree are made in a year.
fn settings(conn: &mut PgConnection, degree: i64, year: i16) -> QueryResult<Settings> {
    let rules = committee_settings::in_force(conn, DegreeId(degree), year)?.rules;
    let count = |number: i16| usize::try_from(number).unwrap_or_default();
    let objectives = rules.objectives.iter().map(|objective| {
        // Both go by the same names.
        serde_json::from_value(objective.as_str().into())
            .map_err(|error| Error::DeserializationError(error.into()))
    });
    Ok(Settings {
        members: count(rules.members),
        substitutes: count(rules.substitutes),
        distinct_areas: rules.distinct_areas,
        one_seat_per_call: rules.one_seat_per_call,
        target_size: count(rules.target_size),
        slot_minutes: rules.slot_minutes.into(),
        break_minutes: rules.break_minutes.into(),
        day_starts: rules.day_starts,
        day_ends: rules.day_ends,
        pause: rules.pause_starts.zip(rules.pause_ends),
        mode: match rules.mode {
            TimetableMode::Standing => Mode::Standing,
            TimetableMode::FixedPanel => Mode::FixedPanel,
            TimetableMode::FreePanel => Mode::FreePanel,
        },
        objectives: objectives.collect::<QueryResult<_>>()?,
        presider_min_seniority: rules.presider_min_seniority,
    })
}

/// Everybody active who teaches, with the seats they held in the years before this one.
fn professors(conn: &mut PgConnection, year: i16) -> QueryResult<Vec<Professor>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = BigInt)]
        area_id: i64,
        #[diesel(sql_type = Bool)]
        may_preside: bool,
        #[diesel(sql_type = Bool)]
        exempt_from_committees: bool,
        #[diesel(sql_type = Nullable<SmallInt>)]
        seniority_year: Option<i16>,
        #[diesel(sql_type = BigInt)]
        service: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT p.user_id AS id, d.area_id, p.may_preside, p.exempt_from_committees, p.seniority_year,
             COALESCE((SELECT sum(s.seats) FROM committee_service s
                 WHERE s.professor_id = p.user_id AND s.academic_year < $1), 0)
             + (SELECT count(*) FROM committee_seats s JOIN committees k ON k.id = s.committee_id
                 JOIN calls c ON c.id = k.call_id WHERE s.professor_id = p.user_id AND c.academic_year < $1) AS service
         FROM professors p JOIN users u ON u.id = p.user_id JOIN departments d ON d.id = p.department_id
         WHERE u.is_active ORDER BY p.user_id",
    )
    .bind::<SmallInt, _>(year)
    .load(conn)?;
    let mut expertise = expertise(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| Professor {
            id: UserId(row.id),
            area: AreaId(row.area_id),
            may_preside: row.may_preside,
            exempt: row.exempt_from_committees,
            seniority_year: row.seniority_year,
            service: u32::try_from(row.service).unwrap_or_default(),
            subjects: expertise.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}

/// What was entered and not taken back, with those who may not judge it.
fn projects(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<Project>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = BigInt)]
        tutor_id: i64,
        #[diesel(sql_type = Nullable<BigInt>)]
        cotutor_id: Option<i64>,
        #[diesel(sql_type = BigInt)]
        area_id: i64,
        #[diesel(sql_type = Array<BigInt>)]
        students: Vec<i64>,
        #[diesel(sql_type = Array<BigInt>)]
        conflicts: Vec<i64>,
        #[diesel(sql_type = Array<Text>)]
        subjects: Vec<String>,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT r.id, p.tutor_id, p.cotutor_id, d.area_id, s.students,
             ARRAY(SELECT x.professor_id FROM conflicts_of_interest x
                 WHERE x.project_id = p.id OR x.student_id = ANY(s.students)
                    OR x.other_professor_id IN (p.tutor_id, p.cotutor_id)
                 UNION SELECT x.other_professor_id FROM conflicts_of_interest x
                 WHERE x.other_professor_id IS NOT NULL AND x.professor_id IN (p.tutor_id, p.cotutor_id)
                 ORDER BY 1) AS conflicts,
             ARRAY(SELECT DISTINCT fold_text(word) FROM unnest(p.keywords) word ORDER BY 1) AS subjects
         FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
         JOIN professors t ON t.user_id = p.tutor_id JOIN departments d ON d.id = t.department_id
         CROSS JOIN LATERAL (SELECT array_agg(s.student_id ORDER BY s.position) AS students
             FROM assignment_students s WHERE s.assignment_id = r.assignment_id AND {NOT_PASSED_BEFORE}) s
         WHERE r.call_id = $1 AND r.state = 'requested' ORDER BY r.id",
    ))
    .bind::<BigInt, _>(call.0)
    .load(conn)?;
    let people = |ids: Vec<i64>| ids.into_iter().map(UserId).collect::<Vec<_>>();
    Ok(rows
        .into_iter()
        .map(|row| Project {
            request: EvaluationRequestId(row.id),
            tutors: people(std::iter::once(row.tutor_id).chain(row.cotutor_id).collect()),
            students: people(row.students),
            area: AreaId(row.area_id),
            conflicts: people(row.conflicts),
            subjects: row.subjects,
        })
        .collect())
}

/// What professors are expert in, as far as it is known: the keywords of the projects they tutor.
fn expertise(conn: &mut PgConnection) -> QueryResult<HashMap<i64, Vec<String>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Array<Text>)]
        subjects: Vec<String>,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT x.id, array_agg(DISTINCT fold_text(word) ORDER BY fold_text(word)) AS subjects
         FROM projects t CROSS JOIN LATERAL unnest(t.keywords) word
         CROSS JOIN LATERAL (VALUES (t.tutor_id), (t.cotutor_id)) x (id)
         WHERE x.id IS NOT NULL AND t.state <> 'withdrawn' GROUP BY x.id",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (row.id, row.subjects)).collect())
}

/// Leaves out what nobody but their own tutors knows: no committee could cover it.
fn known_subjects(mut projects: Vec<Project>, professors: &[Professor]) -> Vec<Project> {
    let mut known: HashMap<&str, Vec<UserId>> = HashMap::new();
    for professor in professors {
        for subject in &professor.subjects {
            known.entry(subject).or_default().push(professor.id);
        }
    }
    for project in &mut projects {
        let tutors = &project.tutors;
        project.subjects.retain(|subject| {
            known.get(subject.as_str()).is_some_and(|who| who.iter().any(|id| !tutors.contains(id)))
        });
    }
    projects
}

/// Pairs of professors of whom one declared a conflict of interest with the other.
fn apart(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, UserId)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        one: i64,
        #[diesel(sql_type = BigInt)]
        other: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT least(professor_id, other_professor_id) AS one, greatest(professor_id, other_professor_id) AS other
         FROM conflicts_of_interest WHERE other_professor_id IS NOT NULL ORDER BY 1, 2",
    )
    .load(conn)?;
    Ok(rows.into_iter().map(|row| (UserId(row.one), UserId(row.other))).collect())
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Timestamptz)]
    starts_at: DateTime<Utc>,
    #[diesel(sql_type = Timestamptz)]
    ends_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    if_needed: bool,
}

/// Active rooms, closed where they are and where another call is in them.
fn rooms(conn: &mut PgConnection, call: CallId, phase: Option<Span>) -> QueryResult<Vec<Room>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Nullable<SmallInt>)]
        capacity: Option<i16>,
    }
    let rows: Vec<Row> =
        diesel::sql_query("SELECT id, capacity FROM rooms WHERE is_active ORDER BY fold_text(name), id")
            .load(conn)?;
    let mut closed: HashMap<i64, Vec<Span>> = HashMap::new();
    if let Some((from, to)) = phase {
        let taken: Vec<Taken> = diesel::sql_query(
            "SELECT room_id AS id, starts_at, ends_at, false AS if_needed FROM room_closures
             WHERE starts_at < $3 AND $2 < ends_at
             UNION ALL SELECT d.room_id, d.starts_at, d.ends_at, false FROM defences d
             JOIN committees k ON k.id = d.committee_id
             WHERE k.call_id <> $1 AND d.room_id IS NOT NULL AND d.state IN ('planned', 'held')
               AND d.starts_at < $3 AND $2 < d.ends_at ORDER BY 1, 2, 3",
        )
        .bind::<BigInt, _>(call.0)
        .bind::<Timestamptz, _>(from)
        .bind::<Timestamptz, _>(to)
        .load(conn)?;
        for taken in taken {
            closed.entry(taken.id).or_default().push((taken.starts_at, taken.ends_at));
        }
    }
    Ok(rows
        .into_iter()
        .map(|row| Room {
            id: RoomId(row.id),
            capacity: row.capacity.and_then(|count| u32::try_from(count).ok()),
            closed: closed.remove(&row.id).unwrap_or_default(),
        })
        .collect())
}

/// When people said they cannot come, and when they judge or defend in another call.
fn busy(
    conn: &mut PgConnection,
    call: CallId,
    phase: Option<Span>,
) -> QueryResult<HashMap<UserId, Vec<Busy>>> {
    let Some((from, to)) = phase else { return Ok(HashMap::new()) };
    let rows: Vec<Taken> = diesel::sql_query(
        "SELECT professor_id AS id, starts_at, ends_at, answer = 'if_needed' AS if_needed FROM unavailability
         WHERE starts_at < $3 AND $2 < ends_at
         UNION ALL SELECT s.professor_id, d.starts_at, d.ends_at, false FROM defences d
         JOIN committees k ON k.id = d.committee_id JOIN committee_sitters s ON s.committee_id = k.id
         WHERE k.call_id <> $1 AND d.state IN ('planned', 'held') AND d.starts_at < $3 AND $2 < d.ends_at
         UNION ALL SELECT d.student_id, d.starts_at, d.ends_at, false FROM defences d
         JOIN committees k ON k.id = d.committee_id
         WHERE k.call_id <> $1 AND d.state IN ('planned', 'held') AND d.starts_at < $3 AND $2 < d.ends_at
         ORDER BY 1, 2, 3",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<Timestamptz, _>(from)
    .bind::<Timestamptz, _>(to)
    .load(conn)?;
    let mut busy: HashMap<UserId, Vec<Busy>> = HashMap::new();
    for row in rows {
        busy.entry(UserId(row.id)).or_default().push(Busy {
            from: row.starts_at,
            to: row.ends_at,
            if_needed: row.if_needed,
        });
    }
    Ok(busy)
}
