//! What a file of choices is held against, and writing what became of it.

use crate::import::choices_plan::{Entry, Ground, Known, title_key};
use crate::models::allocation_round::RoundRow;
use crate::models::{application, application_view, student_record};
use crate::schema::{application_preferences as w, applications as a, projects};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use gestfg_types::applications::Wish;
use gestfg_types::ids::{ApplicationId, CallId, DegreeId, ProjectId, UserId};
use std::collections::HashMap;

#[derive(QueryableByName)]
struct Student {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    dni: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    record: Option<String>,
    #[diesel(sql_type = Bool)]
    is_busy: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    application_id: Option<i64>,
}

/// The students of the degree of a round, what is on offer, and what is asked for.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, round: &RoundRow) -> QueryResult<Ground> {
    let students: Vec<Student> = diesel::sql_query(
        "SELECT u.id, u.first_name || ' ' || u.last_name AS name, u.email, u.dni, s.record::text AS record,
                EXISTS (SELECT 1 FROM assignment_students x WHERE x.student_id = u.id AND x.level = d.level AND x.is_active) AS is_busy,
                (SELECT m.application_id FROM application_members m WHERE m.round_id = r.id AND m.student_id = u.id
                 AND m.is_live AND m.confirmed_at IS NOT NULL) AS application_id
         FROM allocation_rounds r JOIN degrees d ON d.id = r.degree_id JOIN student_degrees e ON e.degree_id = r.degree_id
         JOIN students s ON s.user_id = e.student_id JOIN users u ON u.id = s.user_id
         WHERE r.id = $1 AND u.is_active",
    )
    .bind::<BigInt, _>(round.id)
    .load(conn)?;
    let titles: Vec<(i64, String)> = projects::table
        .filter(projects::degree_id.eq(round.degree_id))
        .filter(projects::published_at.is_not_null())
        .filter(projects::state.ne("withdrawn"))
        .order((projects::academic_year, projects::id))
        .select((projects::id, projects::title))
        .load(conn)?;
    let ids: Vec<ProjectId> = titles.iter().map(|(id, _)| ProjectId(*id)).collect();
    let wished: Vec<(i64, i64, i16)> = w::table
        .inner_join(a::table.on(a::id.eq(w::application_id)))
        .filter(a::round_id.eq(round.id))
        .filter(a::is_live)
        .order((w::application_id, w::rank, w::project_id))
        .select((w::application_id, w::project_id, w::rank))
        .load(conn)?;
    let mut ground = Ground {
        projects: application_view::asked(conn, CallId(round.call_id), &ids)?,
        // Of projects of two years with one title, that of the later.
        titles: titles.iter().map(|(id, title)| (title_key(title), ProjectId(*id))).collect(),
        ..Ground::default()
    };
    let mut wishes: HashMap<ApplicationId, Vec<Wish>> = HashMap::new();
    for (application, project, rank) in wished {
        let wish = Wish { project_id: ProjectId(project), rank };
        wishes.entry(ApplicationId(application)).or_default().push(wish);
    }
    ground.wishes = wishes;
    for row in students {
        let known = Known {
            id: UserId(row.id),
            name: row.name,
            record: row.record,
            is_busy: row.is_busy,
            application: row.application_id.map(ApplicationId),
        };
        for key in row.email.into_iter().chain(row.dni) {
            ground.students.insert(key, known.clone());
        }
    }
    Ok(ground)
}

/// Write what became of a file.
///
/// # Errors
/// When the database cannot take it.
pub fn write(
    conn: &mut PgConnection,
    round: &RoundRow,
    entries: &[Entry],
    by: UserId,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let records: Vec<(UserId, Option<String>)> = entries
        .iter()
        .flat_map(|entry| entry.records.iter().map(|(id, record)| (*id, Some(record.clone()))))
        .collect();
    student_record::set(conn, &records)?;
    for entry in entries {
        let Some(wishes) = &entry.wishes else { continue };
        let row = match entry.application {
            Some(id) => application::touch(conn, id, None)?,
            None => {
                let key = (round.round_id(), DegreeId(round.degree_id));
                let row = application::create(conn, key, "", by, now)?;
                for (n, student) in entry.students.iter().enumerate() {
                    application::add_member(conn, &row, *student, n == 0, Some(now))?;
                }
                row
            }
        };
        application::set_wishes(conn, &row, wishes)?;
    }
    Ok(())
}
