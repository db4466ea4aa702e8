//! Marks: last year's closed minutes, and a call whose committee is marking.

use super::people::Faculty;
use super::{Dice, words};
use crate::domain::dates::moment;
use crate::domain::grading::{Exact, claims_until};
use crate::domain::planning::ids;
use crate::minutes_record::seal;
use crate::models::call::{CallChanges, NewCall, create, find, update};
use crate::models::call_marks::gather;
use crate::models::mark_sheet::{self, Written};
use crate::models::minutes::{self, NewEntry, NewMinutes};
use crate::models::rubric;
use crate::models::settlement;
use crate::schema::sittings;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, SmallInt, Text, Timestamptz};
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::grading::{Band, GradingRules};
use gestfg_types::ids::{CallId, DefenceId, DegreeId, EvaluationRequestId, MinutesId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::marks::CriterionMark;
use gestfg_types::rubrics::RubricRole;
use gestfg_types::users::PersonRef;
use serde_json::json;

/// A call to be invented: its year, its sitting by its place, and since when it defends, in days.
struct Plan {
    year: i16,
    place: usize,
    defends: i64,
    students: usize,
    is_over: bool,
}

pub(super) fn fill(
    conn: &mut PgConnection,
    faculty: &Faculty,
    year: i16,
    now: DateTime<Utc>,
    zone: Tz,
) -> anyhow::Result<()> {
    let last = Plan { year: year - 1, place: 1, defends: -160, students: 10, is_over: true };
    let present = Plan { year, place: 2, defends: -3, students: 6, is_over: false };
    let mut dice = Dice(17);
    for plan in [last, present] {
        invent(conn, faculty, &plan, (now, zone), &mut dice)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn invent(
    conn: &mut PgConnection,
    faculty: &Faculty,
    plan: &Plan,
    (now, zone): (DateTime<Utc>, Tz),
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let Some(&(degree, level)) = faculty.degrees.first() else { return Ok(()) };
    let places: Vec<i64> = sittings::table.order(sittings::position).select(sittings::id).load(conn)?;
    let Some(&sitting) = places.get(plan.place) else { return Ok(()) };
    let students: Vec<Made> = diesel::sql_query(
        "SELECT s.student_id AS id FROM student_degrees s WHERE s.degree_id = $1
         AND NOT EXISTS (SELECT 1 FROM assignment_students a WHERE a.student_id = s.student_id)
         AND NOT EXISTS (SELECT 1 FROM application_members m WHERE m.student_id = s.student_id)
         ORDER BY s.student_id DESC LIMIT $2",
    )
    .bind::<BigInt, _>(degree)
    .bind::<BigInt, _>(i64::try_from(plan.students)?)
    .load(conn)?;
    if students.is_empty() || faculty.professors.len() < 12 {
        return Ok(());
    }
    let day = |days: i64| midnight(now, zone, plan.defends + days);
    let dates = [
        (Phase::ProjectAssignment, -120, -60),
        (Phase::EvaluationRequest, -40, -30),
        (Phase::CommitteeFormation, -30, -20),
        (Phase::MaterialSubmission, -20, -10),
        (Phase::TutorReport, -10, 2),
        (Phase::Defence, 0, 7),
        (Phase::Grading, 0, 20),
    ]
    .map(|(phase, from, to)| PhaseDates { phase, starts_at: day(from), ends_at: day(to) });
    let new = NewCall { degree_id: degree, academic_year: plan.year, sitting_id: sitting, copied_from: None };
    let call = CallId(create(conn, &new, &dates)?.id);
    update(conn, call, &CallChanges { opened_at: Some(day(-130)), ..CallChanges::default() }, None)?;
    // The demonstration professor presides over the one that is marking now.
    let judges: Vec<i64> = faculty.professors[3..8].to_vec();
    let committee = diesel::sql_query("INSERT INTO committees (call_id, number) VALUES ($1, 1) RETURNING id")
        .bind::<BigInt, _>(call.0)
        .get_result::<Made>(conn)?
        .id;
    diesel::sql_query(
        "INSERT INTO committee_seats (committee_id, seat, professor_id)
         SELECT $1, s, p FROM unnest(ARRAY['president', 'member_1', 'member_2', 'substitute_1', 'substitute_2'], $2) AS t(s, p)",
    )
    .bind::<BigInt, _>(committee)
    .bind::<Array<BigInt>, _>(&judges)
    .execute(conn)?;
    let room = diesel::sql_query("SELECT id FROM rooms ORDER BY id LIMIT 1").get_result::<Made>(conn)?.id;
    for (n, student) in students.iter().enumerate() {
        let tutor = faculty.professors[8 + n % (faculty.professors.len() - 8)];
        let work = words::TOPICS[(n * 7 + 3 * plan.place + 11) % words::TOPICS.len()].0;
        let title =
            format!("{}: {work}", if plan.is_over { "Trabajo defendido" } else { "Trabajo en evaluación" });
        let starts_at = day(0) + Duration::hours(9) + Duration::minutes(i64::try_from(n)? * 45);
        let made = Entered { degree, level, year: plan.year, call, committee, student: student.id, tutor };
        let defence = enter(conn, &made, &title, (room, starts_at))?;
        let is_absent = plan.is_over && n == students.len() - 1;
        if is_absent {
            diesel::sql_query("UPDATE defences SET state = 'not_presented' WHERE id = $1")
                .bind::<BigInt, _>(defence.0)
                .execute(conn)?;
            continue;
        }
        let good = 55 + i16::try_from(dice.roll(42))?;
        mark(conn, &made, defence, (RubricRole::Tutor, tutor), good, dice)?;
        for (seat, judge) in judges[..3].iter().enumerate() {
            // Of the one that is marking, the president has three left to mark, the others none.
            if plan.is_over || seat > 0 || n < 3 {
                mark(conn, &made, defence, (RubricRole::Committee, *judge), good, dice)?;
            }
        }
        let state = if plan.is_over || n < 3 { "held" } else { "planned" };
        diesel::sql_query("UPDATE defences SET state = $2 WHERE id = $1")
            .bind::<BigInt, _>(defence.0)
            .bind::<Text, _>(state)
            .execute(conn)?;
    }
    publish_plan(conn, call, &judges, day(-20))?;
    if plan.is_over {
        close(conn, call, faculty.admin, (day(8) + Duration::hours(10), zone))?;
    }
    Ok(())
}

/// The beginning of a day of the institution, so many days from today.
fn midnight(now: DateTime<Utc>, zone: Tz, days: i64) -> DateTime<Utc> {
    let day = now.with_timezone(&zone).date_naive() + Duration::days(days);
    moment(zone, day.and_time(chrono::NaiveTime::MIN))
}

/// The version the committees came from: what was asked, and the answer.
fn publish_plan(
    conn: &mut PgConnection,
    call: CallId,
    judges: &[i64],
    at: DateTime<Utc>,
) -> anyhow::Result<()> {
    #[derive(QueryableByName)]
    struct Asked {
        #[diesel(sql_type = BigInt)]
        request: i64,
        #[diesel(sql_type = BigInt)]
        tutor: i64,
    }
    let asked: Vec<Asked> = diesel::sql_query(
        "SELECT r.id AS request, p.tutor_id AS tutor FROM evaluation_requests r JOIN projects p ON p.id = r.project_id
         WHERE r.call_id = $1 ORDER BY r.id",
    )
    .bind::<BigInt, _>(call.0)
    .load(conn)?;
    let person = |id: i64| ids::person(UserId(id));
    let professors =
        judges.iter().zip(1..).map(|(id, n)| json!({"id": person(*id), "area": format!("area-{n}")}));
    let projects: Vec<_> = asked
        .iter()
        .map(|one| json!({"id": ids::project(EvaluationRequestId(one.request)), "tutors": [person(one.tutor)]}))
        .collect();
    let question = json!({"professors": professors.collect::<Vec<_>>(), "projects": projects});
    let seats: Vec<_> = judges.iter().map(|id| person(*id)).collect();
    let judged: Vec<_> = projects.iter().map(|project| project["id"].clone()).collect();
    let answer = json!({"status": "feasible", "committees": [{"seats": seats, "projects": judged}]});
    diesel::sql_query(
        "INSERT INTO committee_plans (call_id, number, state, published_at, committees_instance, committees_solution)
         VALUES ($1, 1, 'published', $2, $3, $4)",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<Timestamptz, _>(at)
    .bind::<Jsonb, _>(question)
    .bind::<Jsonb, _>(answer)
    .execute(conn)?;
    Ok(())
}

/// Somebody who is entered in an invented call.
struct Entered {
    degree: i64,
    level: &'static str,
    year: i16,
    call: CallId,
    committee: i64,
    student: i64,
    tutor: i64,
}

fn enter(
    conn: &mut PgConnection,
    made: &Entered,
    title: &str,
    (room, starts_at): (i64, DateTime<Utc>),
) -> QueryResult<DefenceId> {
    diesel::sql_query(
        "WITH project AS (
            INSERT INTO projects (degree_id, level, academic_year, title, student_count, description, tutor_id, state,
                submitted_at, validated_at, published_at)
            VALUES ($1, $2, $3, $4, 1, 'Trabajo de demostración.', $5, 'published', $6 - interval '200 days',
                $6 - interval '190 days', $6 - interval '180 days') RETURNING id, level),
        assigned AS (
            INSERT INTO assignments (project_id, level, capacity, state, is_active, assigned_by, created_at)
            SELECT id, level, 1, 'active', true, $5, $6 - interval '100 days'
            FROM project RETURNING id, level, is_active),
        given AS (
            INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity, is_active)
            SELECT id, $7, 1, level, 1, is_active FROM assigned),
        requested AS (
            INSERT INTO evaluation_requests (call_id, degree_id, project_id, assignment_id, requested_by, created_at)
            SELECT $8, $1, project.id, assigned.id, $7, $6 - interval '35 days' FROM project, assigned RETURNING id)
        INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at)
        SELECT id, $7, $9, $10, $6, $6 + interval '45 minutes' FROM requested RETURNING id",
    )
    .bind::<BigInt, _>(made.degree)
    .bind::<Text, _>(made.level)
    .bind::<SmallInt, _>(made.year)
    .bind::<Text, _>(title)
    .bind::<BigInt, _>(made.tutor)
    .bind::<Timestamptz, _>(starts_at)
    .bind::<BigInt, _>(made.student)
    .bind::<BigInt, _>(made.call.0)
    .bind::<BigInt, _>(made.committee)
    .bind::<BigInt, _>(room)
    .get_result::<Made>(conn)
    .map(|row| DefenceId(row.id))
}

/// A sheet about so good, handed in.
fn mark(
    conn: &mut PgConnection,
    made: &Entered,
    defence: DefenceId,
    (role, author): (RubricRole, i64),
    good: i16,
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let by = rubric::settle(conn, made.call, DegreeId(made.degree), role)?;
    let mut marks = Vec::new();
    for criterion in 1..=i16::try_from(by.criteria().len())? {
        let tenths = (good + i16::try_from(dice.roll(13))? - 6).clamp(0, 100);
        marks.push(CriterionMark { criterion, mark: Mark::of_tenths(tenths), remark: String::new() });
    }
    let remarks = match role {
        RubricRole::Tutor => "Ha trabajado con constancia y ha respondido bien a las correcciones.",
        RubricRole::Committee => "",
    };
    let written = Written { marks, remarks: remarks.to_owned() };
    let at = made_at(conn, defence)?;
    if let Some(sheet) = mark_sheet::create(conn, defence, role, UserId(author), by.id, &written)? {
        mark_sheet::set_handed_in(conn, sheet, Some(at))?;
    }
    Ok(())
}

fn made_at(conn: &mut PgConnection, defence: DefenceId) -> QueryResult<DateTime<Utc>> {
    use crate::schema::defences as d;
    let at: Option<DateTime<Utc>> = d::table.find(defence.0).select(d::ends_at).first(conn)?;
    Ok(at.unwrap_or_default())
}

/// Publish and close, as somebody did then.
fn close(
    conn: &mut PgConnection,
    call: CallId,
    admin: i64,
    (published, zone): (DateTime<Utc>, Tz),
) -> anyhow::Result<()> {
    let found = find(conn, call)?;
    let rules = GradingRules::default();
    let entries = gather(conn, call, None)?.into_iter().filter_map(|one| {
        let outcome = one.candidate.outcome(&rules);
        Some(NewEntry {
            defence: one.candidate.defence?,
            student: one.candidate.student.id,
            tutor_mark: outcome.tutor.map(Exact::to_three_decimals),
            committee_mark: outcome.committee.map(Exact::to_three_decimals),
            mark: outcome.mark,
            band: outcome.band.unwrap_or(Band::NotPresented),
        })
    });
    let entries: Vec<_> = entries.collect();
    let claims_until = claims_until(&rules, published, zone);
    let new = NewMinutes {
        call,
        degree: DegreeId(found.degree_id),
        academic_year: found.academic_year,
        rules: &rules,
        at: published,
        by: UserId(admin),
        claims_until,
    };
    let row = minutes::create(conn, &new, &entries)?;
    let best =
        entries.iter().filter(|entry| entry.mark >= Some(rules.honours_mark)).max_by_key(|entry| entry.mark);
    let honours: Vec<_> = best.map(|entry| entry.defence).into_iter().collect();
    minutes::set_honours(conn, MinutesId(row.id), &honours)?;
    let by = PersonRef { id: UserId(admin), name: "Secretaría".to_owned() };
    let closing = seal(conn, &found, &row, by, claims_until + Duration::hours(10))?;
    minutes::close(conn, MinutesId(row.id), &closing)?;
    settlement::settle(conn, call, closing.at)?;
    Ok(())
}
