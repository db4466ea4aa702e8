//! What holds now of a round: for the planner, and for publishing what it answered.

use crate::domain::allocation::answer::Grant;
use crate::domain::allocation::ask::{Applied, Offer, World};
use crate::domain::allocation::publication::Present;
use crate::models::allocation_round::RoundRow;
use crate::models::{application_view, assignment};
use crate::schema::degrees;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, SmallInt, Text};
use gestfg_types::applications::Wish;
use gestfg_types::ids::{ApplicationId, CallId, ProjectId, UserId};
use std::collections::BTreeMap;

#[derive(QueryableByName)]
struct Member {
    #[diesel(sql_type = BigInt)]
    application_id: i64,
    #[diesel(sql_type = BigInt)]
    student_id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    record: Option<String>,
}

#[derive(QueryableByName)]
struct Ranked {
    #[diesel(sql_type = BigInt)]
    application_id: i64,
    #[diesel(sql_type = BigInt)]
    project_id: i64,
    #[diesel(sql_type = SmallInt)]
    rank: i16,
}

#[derive(QueryableByName)]
struct Project {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    tutor_id: i64,
    #[diesel(sql_type = SmallInt)]
    places: i16,
    #[diesel(sql_type = Bool)]
    is_free: bool,
}

#[derive(QueryableByName)]
struct Pinned {
    #[diesel(sql_type = BigInt)]
    application_id: i64,
    #[diesel(sql_type = BigInt)]
    project_id: i64,
    #[diesel(sql_type = Text)]
    reason: String,
}

/// Students who take part: they said yes to a live application and have no project at its level.
const TAKING_PART: &str = "\
FROM applications a JOIN application_members m ON m.application_id = a.id JOIN degrees d ON d.id = a.degree_id \
JOIN students s ON s.user_id = m.student_id \
WHERE a.round_id = $1 AND a.is_live AND m.confirmed_at IS NOT NULL \
AND NOT EXISTS (SELECT 1 FROM assignment_students x WHERE x.student_id = m.student_id AND x.level = d.level AND x.is_active)";

const WISHES: &str = "\
SELECT w.application_id, w.project_id, w.rank FROM application_preferences w \
JOIN applications a ON a.id = w.application_id WHERE a.round_id = $1 AND a.is_live \
ORDER BY w.application_id, w.rank, w.project_id";

const RANKINGS: &str = "\
SELECT k.application_id, k.project_id, k.rank FROM application_rankings k \
JOIN applications a ON a.id = k.application_id WHERE a.round_id = $1 AND a.is_live \
ORDER BY k.project_id, k.rank, k.application_id";

const PROJECTS: &str = "\
SELECT p.id, p.tutor_id, p.student_count AS places, \
(p.state = 'published' AND p.academic_year = c.academic_year \
 AND NOT EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active)) AS is_free \
FROM allocation_rounds r JOIN calls c ON c.id = r.call_id JOIN projects p ON p.degree_id = c.degree_id \
WHERE r.id = $1 AND ((p.state = 'published' AND p.academic_year = c.academic_year \
  AND NOT EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active)) \
 OR EXISTS (SELECT 1 FROM application_preferences w JOIN applications a ON a.id = w.application_id \
            WHERE w.project_id = p.id AND a.round_id = r.id AND a.is_live) \
 OR EXISTS (SELECT 1 FROM allocation_pins n WHERE n.project_id = p.id AND n.round_id = r.id)) \
ORDER BY p.id";

const PINS: &str = "\
SELECT n.application_id, n.project_id, n.reason FROM allocation_pins n JOIN applications a ON a.id = n.application_id \
WHERE n.round_id = $1 AND a.is_live ORDER BY n.application_id";

/// Everything that counts for an allocation of a round, under this name.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, round: &RoundRow, name: String) -> QueryResult<World> {
    let ask = |sql: String| diesel::sql_query(sql).bind::<BigInt, _>(round.id);
    let order = "ORDER BY m.application_id, m.position";
    let select = "SELECT m.application_id, m.student_id, s.record::text AS record";
    let members: Vec<Member> = ask(format!("{select} {TAKING_PART} {order}")).load(conn)?;
    let wishes: Vec<Ranked> = ask(WISHES.to_owned()).load(conn)?;
    let mut applications: BTreeMap<i64, Applied> = BTreeMap::new();
    for Member { application_id, student_id, record } in members {
        let id = ApplicationId(application_id);
        let new = || Applied { id, students: Vec::new(), wishes: Vec::new() };
        applications.entry(application_id).or_insert_with(new).students.push((UserId(student_id), record));
    }
    for Ranked { application_id, project_id, rank } in wishes {
        if let Some(applied) = applications.get_mut(&application_id) {
            applied.wishes.push(Wish { project_id: ProjectId(project_id), rank });
        }
    }
    let projects: Vec<Project> = ask(PROJECTS.to_owned()).load(conn)?;
    // An order that the round does not ask for does not count.
    let asks_tutors = round.facts().tutor_view != gestfg_types::allocation_rounds::TutorView::None;
    let rankings: Vec<Ranked> = if asks_tutors { ask(RANKINGS.to_owned()).load(conn)? } else { Vec::new() };
    let pins: Vec<Pinned> = ask(PINS.to_owned()).load(conn)?;
    Ok(World {
        name,
        applications: applications.into_values().collect(),
        projects: projects
            .into_iter()
            .map(|row| Offer {
                id: ProjectId(row.id),
                tutor: UserId(row.tutor_id),
                places: row.places,
                is_free: row.is_free,
            })
            .collect(),
        rankings: rankings
            .into_iter()
            .map(|row| (ProjectId(row.project_id), ApplicationId(row.application_id), row.rank))
            .collect(),
        pins: pins
            .into_iter()
            .map(|row| (ApplicationId(row.application_id), ProjectId(row.project_id), row.reason))
            .collect(),
        tutor_limit: round.tutor_limit,
    })
}

/// What holds now of what an allocation of a round would give.
///
/// # Errors
/// When the database cannot answer.
pub fn present(conn: &mut PgConnection, round: &RoundRow, grants: &[Grant]) -> QueryResult<Present> {
    let level: String = degrees::table.find(round.degree_id).select(degrees::level).first(conn)?;
    let projects: Vec<ProjectId> = grants.iter().map(|grant| grant.project).collect();
    let students: Vec<UserId> = grants.iter().flat_map(|grant| grant.students.iter().copied()).collect();
    let confirmed: Vec<Member> = diesel::sql_query(
        "SELECT m.application_id, m.student_id, NULL::text AS record FROM applications a
         JOIN application_members m ON m.application_id = a.id
         WHERE a.round_id = $1 AND a.is_live AND m.confirmed_at IS NOT NULL",
    )
    .bind::<BigInt, _>(round.id)
    .load(conn)?;
    let mut present = Present {
        projects: application_view::asked(conn, CallId(round.call_id), &projects)?,
        busy: assignment::list_assigned(conn, &students, &level)?.into_iter().collect(),
        ..Present::default()
    };
    for member in confirmed {
        let team = present.teams.entry(ApplicationId(member.application_id)).or_default();
        team.insert(UserId(member.student_id));
    }
    Ok(present)
}
