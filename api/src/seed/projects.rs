//! Projects in every state, this year's and last year's, and their assignments.

use super::people::Faculty;
use super::words::{OPENINGS, PRIOR, RESOURCES, TOPICS, WORKS};
use super::{Dice, Size};
use crate::schema::{assignment_students, assignments, projects};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;

/// Of a hundred projects, how many are in each state.
const STATES: &[(&str, usize)] = &[
    ("published", 62),
    ("submitted", 12),
    ("draft", 10),
    ("validated", 8),
    ("rejected", 4),
    ("withdrawn", 4),
];

struct Draft {
    degree: usize,
    title: String,
    topic: &'static str,
    opening: &'static str,
    keywords: Vec<&'static str>,
    students: i16,
    tutor: i64,
    cotutor: Option<i64>,
    state: &'static str,
    year: i16,
}

pub(super) fn fill(
    conn: &mut PgConnection,
    faculty: &Faculty,
    size: Size,
    year: i16,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let drafts = invent(faculty, size.projects, year);
    let mut free: Vec<Vec<i64>> = vec![Vec::new(); faculty.degrees.len()];
    for (student, degree) in faculty.students.iter().rev() {
        free[*degree].push(*student);
    }
    let mut dice = Dice(7);
    let mut published = 0;
    for (n, draft) in drafts.iter().enumerate() {
        let id = insert(conn, faculty, draft, n, now, &mut dice)?;
        if draft.state != "published" {
            continue;
        }
        published += 1;
        // A third of what is offered has found its students.
        if draft.year == year && published % 3 == 0 {
            let team = usize::try_from(draft.students).unwrap_or(1).min(1 + dice.roll(3));
            let students: Vec<i64> = (0..team).filter_map(|_| free[draft.degree].pop()).collect();
            assign(conn, faculty, draft, id, &students)?;
        }
    }
    Ok(())
}

fn invent(faculty: &Faculty, count: usize, year: i16) -> Vec<Draft> {
    let mut dice = Dice(42);
    let mut drafts = Vec::with_capacity(count);
    for n in 0..count {
        // Every pair of work and topic once, before the first comes again.
        let column = n % WORKS.len();
        let (topic, keywords) = TOPICS[(n / WORKS.len() + 7 * column) % TOPICS.len()];
        let edition = n / (WORKS.len() * TOPICS.len());
        let mut title = format!("{} {topic}", WORKS[column]);
        if edition > 0 {
            title = format!("{title}: caso de estudio {}", edition + 1);
        }
        let mut share = (n * 37) % 100;
        let state = STATES
            .iter()
            .find(|(_, percent)| {
                let found = share < *percent;
                share = share.saturating_sub(*percent);
                found
            })
            .map_or("published", |(state, _)| *state);
        // One in six was offered last year.
        let last_year = n % 6 == 5 && matches!(state, "published" | "withdrawn");
        let tutor = if n % 25 == 3 { faculty.professors[3] } else { *dice.pick(&faculty.professors[4..]) };
        let cotutor =
            (dice.roll(4) == 0).then(|| *dice.pick(&faculty.professors[4..])).filter(|id| *id != tutor);
        drafts.push(Draft {
            degree: [0, 0, 1, 0, 2, 3][n % 6],
            title,
            topic,
            opening: OPENINGS[dice.roll(OPENINGS.len())],
            keywords: keywords.to_vec(),
            students: [1, 1, 1, 2, 1, 3][dice.roll(6)],
            tutor,
            cotutor,
            state,
            year: if last_year { year - 1 } else { year },
        });
    }
    drafts
}

fn insert(
    conn: &mut PgConnection,
    faculty: &Faculty,
    draft: &Draft,
    n: usize,
    now: DateTime<Utc>,
    dice: &mut Dice,
) -> QueryResult<i64> {
    let (degree, level) = faculty.degrees[draft.degree];
    let made = now - Duration::days(if draft.year < now_year(now) { 400 } else { 60 })
        + Duration::minutes(i64::try_from(n).unwrap_or_default() * 7);
    let reached = |states: &[&str]| states.contains(&draft.state).then_some(made + Duration::days(3));
    let past_validation = matches!(draft.state, "validated" | "published");
    diesel::insert_into(projects::table)
        .values((
            (
                projects::degree_id.eq(degree),
                projects::level.eq(level),
                projects::academic_year.eq(draft.year),
                projects::title.eq(&draft.title),
                projects::kind.eq(["T1", "T2", "T3", "T4"][n % 4]),
                projects::student_count.eq(draft.students),
                projects::description.eq(description(draft)),
                projects::prior_knowledge.eq(*dice.pick(PRIOR)),
                projects::resources.eq(*dice.pick(RESOURCES)),
                projects::keywords.eq(draft.keywords.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()),
            ),
            (
                projects::tutor_id.eq(draft.tutor),
                projects::cotutor_id.eq(draft.cotutor),
                projects::state.eq(draft.state),
                projects::rejection_reason.eq((draft.state == "rejected")
                    .then_some("El alcance no cabe en los créditos del trabajo: concreta los objetivos y el método de evaluación.")),
                projects::withdrawal_reason
                    .eq((draft.state == "withdrawn").then_some("La empresa colaboradora ha dejado el proyecto.")),
                projects::validated_by.eq(past_validation.then_some(faculty.admin)),
                projects::submitted_at.eq(reached(&["submitted", "validated", "rejected", "published"])),
                projects::validated_at.eq(reached(&["validated", "published"])),
                projects::published_at.eq(reached(&["published"])),
                projects::withdrawn_at.eq(reached(&["withdrawn"])),
                projects::created_at.eq(made),
            ),
        ))
        .returning(projects::id)
        .get_result(conn)
}

fn now_year(now: DateTime<Utc>) -> i16 {
    crate::clock::academic_year(now, chrono_tz::Europe::Madrid)
}

fn description(draft: &Draft) -> String {
    let [one, two, three] = [0, 1, 2].map(|n| draft.keywords.get(n).copied().unwrap_or_default());
    let team = if draft.students > 1 {
        format!(
            "\n\nEl trabajo se reparte entre **{} estudiantes**, cada uno con una parte propia.",
            draft.students
        )
    } else {
        String::new()
    };
    let opening = draft.opening.replace("{}", draft.topic);
    format!(
        "{opening}\n\nEl trabajo parte de un problema real de *{one}* y lo aborda con técnicas de *{two}* y *{three}*.\n\n\
         ## Objetivos\n\n1. Estudiar las soluciones existentes y sus límites.\n2. Diseñar y construir un prototipo que se pueda usar.\n\
         3. Evaluarlo con personas o con datos reales y publicar los resultados.\n\n\
         ## Método\n\nDesarrollo iterativo, con entregas cada tres semanas y pruebas automáticas desde el primer día.{team}"
    )
}

fn assign(
    conn: &mut PgConnection,
    faculty: &Faculty,
    draft: &Draft,
    project: i64,
    students: &[i64],
) -> QueryResult<()> {
    if students.is_empty() {
        return Ok(());
    }
    let (_, level) = faculty.degrees[draft.degree];
    let id: i64 = diesel::insert_into(assignments::table)
        .values((
            assignments::project_id.eq(project),
            assignments::level.eq(level),
            assignments::capacity.eq(draft.students),
            assignments::assigned_by.eq(draft.tutor),
        ))
        .returning(assignments::id)
        .get_result(conn)?;
    let rows: Vec<_> = students
        .iter()
        .zip(1i16..)
        .map(|(student, position)| {
            (
                assignment_students::assignment_id.eq(id),
                assignment_students::student_id.eq(student),
                assignment_students::position.eq(position),
                assignment_students::level.eq(level),
                assignment_students::capacity.eq(draft.students),
            )
        })
        .collect();
    diesel::insert_into(assignment_students::table).values(rows).execute(conn).map(drop)
}
