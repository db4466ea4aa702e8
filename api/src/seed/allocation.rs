//! Academic records, and a round in which students are applying.

use super::Dice;
use super::people::Faculty;
use crate::models::allocation_round::{self, RoundRow, RoundTerms};
use crate::models::{application, application_ranking};
use crate::schema::{assignment_students, assignments, calls, projects};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use gestfg_types::applications::Wish;
use gestfg_types::ids::{ApplicationId, CallId, DegreeId, ProjectId, UserId};
use std::collections::BTreeSet;

/// How many students have applied so far.
const APPLICATIONS: usize = 36;

/// Why they would like their projects.
const STATEMENTS: &[&str] = &[
    "He cursado las asignaturas de la rama y me gustaría trabajar en un problema con datos reales.",
    "Hice las prácticas de empresa en un tema cercano y quiero seguir por ahí.",
    "Me interesa sobre todo la parte de evaluación con personas.",
    "",
];

pub(super) fn fill(conn: &mut PgConnection, faculty: &Faculty, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query("UPDATE students SET record = round(5.2 + 4.6 * ((user_id * 7919) % 997) / 997.0, 2)")
        .execute(conn)?;
    let Some(&(degree, _)) = faculty.degrees.first() else { return Ok(()) };
    let call = calls::table
        .filter(calls::degree_id.eq(degree))
        .filter(calls::opened_at.is_not_null())
        .order(calls::id)
        .select(calls::id)
        .first::<i64>(conn)
        .optional()?;
    let Some(call) = call else { return Ok(()) };
    let terms = RoundTerms {
        opens_at: now - Duration::days(3),
        closes_at: now + Duration::days(4),
        tutors_close_at: now + Duration::days(5),
        max_preferences: 5,
        ties_allowed: true,
        tutor_view: "ranking".to_owned(),
        show_counts: true,
        team_max: 2,
        tutor_limit: None,
    };
    let key = (CallId(call), DegreeId(degree));
    let round = allocation_round::create(conn, key, &terms, UserId(faculty.admin))?;
    let offered = offered(conn, degree, faculty.professors.get(3).copied().unwrap_or_default())?;
    let students = free_students(conn, faculty)?;
    apply(conn, &round, &students, &offered, now)?;
    rank(conn, &round, &offered)
}

/// Students of the first degree without a project; the one who comes last has a log-in.
fn free_students(conn: &mut PgConnection, faculty: &Faculty) -> QueryResult<Vec<i64>> {
    let taken: BTreeSet<i64> = assignment_students::table
        .filter(assignment_students::is_active)
        .select(assignment_students::student_id)
        .load(conn)?
        .into_iter()
        .collect();
    let of_first = faculty.students.iter().filter(|(_, degree)| *degree == 0).map(|(id, _)| *id);
    Ok(of_first.filter(|id| !taken.contains(id)).collect())
}

/// Projects that can be asked for, those of the demonstration professor first.
fn offered(conn: &mut PgConnection, degree: i64, professor: i64) -> QueryResult<Vec<(i64, i16, bool)>> {
    let assigned = assignments::table.filter(assignments::is_active).select(assignments::project_id);
    let rows: Vec<(i64, i16, i64)> = projects::table
        .filter(projects::degree_id.eq(degree))
        .filter(projects::state.eq("published"))
        .filter(
            projects::academic_year
                .eq_any(calls::table.filter(calls::degree_id.eq(degree)).select(calls::academic_year)),
        )
        .filter(projects::id.ne_all(assigned))
        .order((projects::tutor_id.eq(professor).desc(), projects::id))
        .select((projects::id, projects::student_count, projects::tutor_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, places, tutor)| (id, places, tutor == professor)).collect())
}

fn apply(
    conn: &mut PgConnection,
    round: &RoundRow,
    students: &[i64],
    offered: &[(i64, i16, bool)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    if offered.len() < 6 || students.len() < 4 {
        return Ok(());
    }
    let mut dice = Dice(15);
    let degree = DegreeId(round.degree_id);
    let last = students.len() - 1;
    for (n, student) in students[..last].iter().take(APPLICATIONS).enumerate() {
        let at = now - Duration::minutes(i64::try_from(60 + 97 * n).unwrap_or(60));
        let statement = *dice.pick(STATEMENTS);
        let key = (round.round_id(), degree);
        let row = application::create(conn, key, statement, UserId(*student), at)?;
        application::add_member(conn, &row, UserId(*student), true, Some(at))?;
        let mut wishes: Vec<Wish> = Vec::new();
        while wishes.len() < 3 + n % 3 {
            // Some projects are wanted much more than others.
            let at = dice.roll(offered.len()).min(dice.roll(offered.len())).min(dice.roll(offered.len()));
            let project_id = ProjectId(offered[at].0);
            if wishes.iter().all(|wish| wish.project_id != project_id) {
                let rank = i16::try_from(wishes.len() + 1).unwrap_or(1);
                wishes.push(Wish { project_id, rank });
            }
        }
        // The first of them wants the one with the log-in in the team, who has not answered.
        if n == 0 {
            let two = offered.iter().filter(|(_, places, _)| *places > 1).take(3);
            wishes =
                two.zip(1i16..).map(|((id, ..), rank)| Wish { project_id: ProjectId(*id), rank }).collect();
            application::add_member(conn, &row, UserId(students[last]), false, None)?;
        }
        application::set_wishes(conn, &row, &wishes)?;
    }
    Ok(())
}

/// The demonstration professor has put those who ask for one project in order.
fn rank(conn: &mut PgConnection, round: &RoundRow, offered: &[(i64, i16, bool)]) -> QueryResult<()> {
    for (id, ..) in offered.iter().filter(|(.., own)| *own) {
        let project = ProjectId(*id);
        let asking = application_ranking::asking(conn, round.round_id(), project)?;
        if asking.len() > 2 {
            let first: Vec<Vec<ApplicationId>> =
                asking.into_iter().rev().take(2).map(|one| vec![one]).collect();
            application_ranking::lock(conn, round.round_id(), project)?;
            let tutor: i64 = projects::table.find(id).select(projects::tutor_id).first(conn)?;
            application_ranking::write(conn, (round.round_id(), project), &first, UserId(tutor))?;
            return Ok(());
        }
    }
    Ok(())
}
