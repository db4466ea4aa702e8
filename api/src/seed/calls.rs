//! Calls in the middle of their dates, requests, announcements, a thread.

use super::people::Faculty;
use crate::mail::Letter;
use crate::models::call::{CallChanges, NewCall, create, find, name_of, update};
use crate::schema::{
    assignment_students, assignments, evaluation_requests, events, messages, notifications, projects,
    sittings,
};
use chrono::{DateTime, Days, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::ids::{AssignmentId, CallId};

/// Days from today on which each phase begins and ends, in a call that takes
/// requests now.
const DATES: &[(Phase, i64, i64)] = &[
    (Phase::ProjectAssignment, -45, 6),
    (Phase::EvaluationRequest, -4, 9),
    (Phase::CommitteeFormation, 9, 16),
    (Phase::MaterialSubmission, 16, 26),
    (Phase::TutorReport, 26, 33),
    (Phase::Defence, 33, 47),
    (Phase::Grading, 47, 57),
];
/// The next call begins so many days later, and is still being drawn up.
const NEXT_CALL: i64 = 130;

pub(super) fn fill(
    conn: &mut PgConnection,
    faculty: &Faculty,
    year: i16,
    now: DateTime<Utc>,
    zone: Tz,
) -> anyhow::Result<()> {
    let places: Vec<i64> = sittings::table.order(sittings::position).select(sittings::id).load(conn)?;
    for (n, (degree, _)) in faculty.degrees.iter().enumerate() {
        let [present, next] = [0, 1].map(|place| places.get(place).copied().unwrap_or_default());
        let id = draw_up(conn, (*degree, year, present), &dates(now, zone, 0))?;
        let opened_at = Some(midnight(now, zone, -45));
        update(conn, id, &CallChanges { opened_at, ..CallChanges::default() }, None)?;
        enter(conn, faculty, *degree, id, now)?;
        if n == 0 {
            draw_up(conn, (*degree, year, next), &dates(now, zone, NEXT_CALL))?;
            tell(conn, faculty, id, now)?;
        }
    }
    announce(conn, faculty, now, zone)?;
    converse(conn, faculty, now)?;
    Ok(())
}

fn draw_up(
    conn: &mut PgConnection,
    (degree_id, academic_year, sitting_id): (i64, i16, i64),
    dates: &[PhaseDates],
) -> QueryResult<CallId> {
    let new = NewCall { degree_id, academic_year, sitting_id, copied_from: None };
    Ok(CallId(create(conn, &new, dates)?.id))
}

fn dates(now: DateTime<Utc>, zone: Tz, later: i64) -> Vec<PhaseDates> {
    let at = |days| midnight(now, zone, days + later);
    DATES
        .iter()
        .map(|&(phase, from, to)| PhaseDates { phase, starts_at: at(from), ends_at: at(to) })
        .collect()
}

/// The beginning of a day of the institution, so many days from today.
fn midnight(now: DateTime<Utc>, zone: Tz, days: i64) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    let count = Days::new(days.unsigned_abs());
    let day = if days < 0 { today.checked_sub_days(count) } else { today.checked_add_days(count) };
    let local = day.unwrap_or(today).and_time(chrono::NaiveTime::MIN);
    zone.from_local_datetime(&local).earliest().map_or(now, |at| at.with_timezone(&Utc))
}

/// Most of those who have a project have entered; the demonstration student has not.
fn enter(
    conn: &mut PgConnection,
    faculty: &Faculty,
    degree: i64,
    call: CallId,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    use evaluation_requests as r;
    let me = faculty.students.first().map_or(0, |(id, _)| *id);
    let active = assignments::table
        .inner_join(assignment_students::table.on(assignment_students::assignment_id.eq(assignments::id)))
        .inner_join(projects::table.on(projects::id.eq(assignments::project_id)))
        .filter(projects::degree_id.eq(degree))
        .filter(assignments::is_active)
        .filter(assignment_students::position.eq(1))
        .filter(assignment_students::student_id.ne(me))
        .order(assignments::id)
        .select((assignments::id, projects::id, assignment_students::student_id))
        .load::<(i64, i64, i64)>(conn)?;
    let rows: Vec<_> = active
        .iter()
        .zip(0i64..)
        .filter(|(_, n)| n % 5 != 4)
        .map(|((assignment, project, student), n)| {
            (
                r::call_id.eq(call.0),
                r::degree_id.eq(degree),
                r::project_id.eq(project),
                r::assignment_id.eq(assignment),
                r::requested_by.eq(student),
                r::created_at.eq(now - chrono::Duration::minutes(90 + 37 * n)),
            )
        })
        .collect();
    diesel::insert_into(r::table).values(rows).execute(conn).map(drop)
}

fn announce(conn: &mut PgConnection, faculty: &Faculty, now: DateTime<Utc>, zone: Tz) -> QueryResult<()> {
    use events as e;
    let degree = faculty.degrees.first().map(|(id, _)| *id);
    let text = |title: &str, body: &str, audience: &str, degree: Option<i64>, days: i64, pinned: bool| {
        (
            e::kind.eq("announcement"),
            e::title.eq(title.to_owned()),
            e::body.eq(body.to_owned()),
            e::audience.eq(audience.to_owned()),
            e::degree_id.eq(degree),
            e::publish_at.eq(now - chrono::Duration::days(days)),
            e::is_pinned.eq(pinned),
            e::told_at.eq(now),
            e::author_id.eq(faculty.admin),
        )
    };
    diesel::insert_into(e::table)
        .values(vec![
            text(
                "Normativa y plantillas del curso",
                "Ya están disponibles la **normativa de trabajos fin de estudios** y las plantillas de la memoria.\n\n- La memoria se entrega en PDF.\n- La defensa dura 20 minutos, más 10 de preguntas.\n\nLas dudas se resuelven en la secretaría.",
                "public", None, 30, true,
            ),
            text(
                "Abierto el plazo para presentarse a la convocatoria",
                "Quien tenga un trabajo asignado puede presentarse desde la página de su trabajo. Antes de hacerlo, **habla con tu tutor o tutora**.",
                "degree", degree, 4, false,
            ),
            text(
                "Disponibilidad para formar comisiones",
                "En unos días empezará la formación de comisiones. Revisad vuestras fechas de ausencia.",
                "professors", None, 2, false,
            ),
        ])
        .execute(conn)?;
    let starts_at = midnight(now, zone, 6) + chrono::Duration::hours(12);
    diesel::insert_into(e::table)
        .values((
            e::kind.eq("entry"),
            e::title.eq("Sesión informativa: cómo preparar la defensa"),
            e::body.eq("Abierta a todo el mundo. Habrá turno de preguntas."),
            e::location.eq("Salón de actos"),
            e::audience.eq("public"),
            e::starts_at.eq(starts_at),
            e::ends_at.eq(starts_at + chrono::Duration::minutes(90)),
            e::publish_at.eq(now - chrono::Duration::days(3)),
            e::told_at.eq(now),
            e::author_id.eq(faculty.admin),
        ))
        .execute(conn)
        .map(drop)
}

/// The demonstration student's thread with their tutor.
fn converse(conn: &mut PgConnection, faculty: &Faculty, now: DateTime<Utc>) -> QueryResult<()> {
    let Some((student, _)) = faculty.students.first() else { return Ok(()) };
    let found = assignment_students::table
        .inner_join(assignments::table.on(assignments::id.eq(assignment_students::assignment_id)))
        .inner_join(projects::table.on(projects::id.eq(assignments::project_id)))
        .filter(assignment_students::student_id.eq(student))
        .filter(assignments::is_active)
        .select((assignments::id, projects::tutor_id))
        .first::<(i64, i64)>(conn)
        .optional()?;
    let Some((assignment, tutor)) = found else { return Ok(()) };
    let lines = [
        (tutor, 50, "Bienvenido al proyecto. ¿Te va bien que nos veamos el martes a las once?"),
        (*student, 47, "Perfecto. Llevaré el esquema de los capítulos y una primera planificación."),
        (
            tutor,
            3,
            "He leído el capítulo de diseño: está muy bien. Cuando quieras, puedes presentarte a esta convocatoria.",
        ),
    ];
    let rows: Vec<_> = lines
        .iter()
        .map(|(author, hours, body)| {
            (
                messages::assignment_id.eq(assignment),
                messages::author_id.eq(*author),
                messages::body.eq(*body),
                messages::created_at.eq(now - chrono::Duration::hours(*hours)),
            )
        })
        .collect();
    diesel::insert_into(messages::table).values(rows).execute(conn).map(drop)
}

/// The log-ins of the demonstration have something in their inbox.
fn tell(conn: &mut PgConnection, faculty: &Faculty, call: CallId, now: DateTime<Utc>) -> anyhow::Result<()> {
    let name = name_of(&find(conn, call)?.reference());
    let opened = serde_json::to_value(Letter::CallOpened { call, name: name.clone() })?;
    let requested: Vec<(i64, i64, String)> = evaluation_requests::table
        .inner_join(projects::table.on(projects::id.eq(evaluation_requests::project_id)))
        .filter(evaluation_requests::call_id.eq(call.0))
        .order(evaluation_requests::id.desc())
        .select((evaluation_requests::assignment_id, projects::tutor_id, projects::title))
        .load(conn)?;
    let people = faculty.professors[..4].iter().copied().chain(faculty.students.first().map(|(id, _)| *id));
    let row = |user: i64, kind: &str, letter: serde_json::Value, hours: i64| {
        (
            notifications::user_id.eq(user),
            notifications::kind.eq(kind.to_owned()),
            notifications::letter.eq(letter),
            notifications::is_in_app.eq(true),
            notifications::is_for_digest.eq(false),
            notifications::created_at.eq(now - chrono::Duration::hours(hours)),
        )
    };
    let mut rows: Vec<_> = people.map(|user| row(user, "call_opened", opened.clone(), 26)).collect();
    for (assignment, tutor, title) in requested {
        if faculty.professors[..4].contains(&tutor) {
            let letter = Letter::EvaluationRequested {
                assignment: AssignmentId(assignment),
                title,
                call: name.clone(),
            };
            rows.push(row(tutor, "evaluation_requested", serde_json::to_value(letter)?, 2));
        }
    }
    diesel::insert_into(notifications::table).values(rows).execute(conn)?;
    Ok(())
}
