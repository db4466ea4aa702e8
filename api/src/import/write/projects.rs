//! Projects made and changed, and the assignments and accounts that come with
//! those that have their students.
//!
//! Whoever validates is not written to for every project of an import; the
//! queue shows them. Students and tutors of assigned projects are.

use super::accounts::{self, NewAccount};
use super::{Trace, Writing, Written};
use crate::import::plan::{ProjectPlan, StudentPlan};
use crate::mail::{Letter, Recipient};
use crate::models::bulk::{self, AuditLine};
use crate::notices::{self, News};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::ids::{AssignmentId, UserId};
use gestfg_types::projects::ProjectState;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Projects written with one statement.
const CHUNK: usize = 1_000;

type Rows<'a> = [(u32, &'a ProjectPlan)];

pub(super) fn projects(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &Rows<'_>,
    written: &mut Written,
) -> QueryResult<()> {
    let accounts = student_accounts(conn, writing, plans, written)?;
    let mut traces: HashMap<u32, (i64, Trace)> = HashMap::new();
    let new: Vec<(u32, &ProjectPlan)> =
        plans.iter().filter(|(_, plan)| plan.existing.is_none()).copied().collect();
    let ids = bulk::reserve_ids(conn, "projects", new.len())?;
    for (rows, ids) in new.chunks(CHUNK).zip(ids.chunks(CHUNK)) {
        insert(conn, writing, rows, ids)?;
    }
    for ((row, plan), id) in new.iter().zip(ids) {
        written.audit.push(line(writing, "project.create", id, plan, None));
        traces.insert(*row, (id, Trace { created: true, version: 1, ..Trace::default() }));
    }
    let old: Vec<(u32, &ProjectPlan)> =
        plans.iter().filter(|(_, plan)| plan.existing.is_some()).copied().collect();
    for rows in old.chunks(CHUNK) {
        let mut changed = update(conn, writing, rows)?;
        for (row, plan) in rows {
            let Some(Changed { id, version, before }) = plan.existing.and_then(|id| changed.remove(&id))
            else {
                continue;
            };
            written.audit.push(line(writing, "project.update", id, plan, Some(before.clone())));
            traces.insert(
                *row,
                (id, Trace { created: false, version, before: Some(before), ..Trace::default() }),
            );
        }
    }
    assign(conn, writing, plans, &accounts, &mut traces, written)?;
    for (row, _) in plans {
        if let Some((id, trace)) = traces.get(row) {
            written.note(*row, *id, trace);
        }
    }
    Ok(())
}

/// Makes the accounts of students nobody knew yet, once per address.
fn student_accounts(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &Rows<'_>,
    written: &mut Written,
) -> QueryResult<HashMap<String, i64>> {
    let mut new: Vec<NewAccount> = Vec::new();
    let mut degrees: Vec<(String, i64)> = Vec::new();
    let mut known = HashSet::new();
    for (_, plan) in plans {
        for student in &plan.students {
            let StudentPlan::New { email, first_name, last_name } = student else { continue };
            degrees.push((email.clone(), plan.degree));
            if known.insert(email) {
                let (first_name, last_name) = (first_name.clone(), last_name.clone());
                new.push(NewAccount { id: 0, email: Some(email.clone()), dni: None, first_name, last_name });
            }
        }
    }
    if new.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = bulk::reserve_ids(conn, "users", new.len())?;
    for (account, id) in new.iter_mut().zip(&ids) {
        account.id = *id;
    }
    accounts::create(conn, writing, &new)?;
    let by_email: HashMap<String, i64> =
        new.iter().filter_map(|account| Some((account.email.clone()?, account.id))).collect();
    let enrolments: Vec<(i64, i64)> =
        degrees.iter().filter_map(|(email, degree)| Some((*by_email.get(email)?, *degree))).collect();
    accounts::make_students(conn, &ids, &enrolments)?;
    let recipients = new.iter().filter_map(|account| {
        let email = account.email.clone()?;
        Some((
            account.id,
            Recipient {
                email,
                first_name: account.first_name.clone(),
                language: writing.config.default_language,
            },
        ))
    });
    accounts::invite(conn, writing, recipients)?;
    let enrolled: HashMap<i64, i64> = enrolments.iter().copied().collect();
    for account in &new {
        let after = json!({
            "email": account.email,
            "first_name": account.first_name,
            "last_name": account.last_name,
            "import_id": writing.import,
        });
        let degree = enrolled.get(&account.id).copied();
        written.audit.push(AuditLine {
            action: "user.create",
            id: account.id,
            degree,
            before: None,
            after: Some(after),
        });
    }
    Ok(by_email)
}

fn insert(conn: &mut PgConnection, writing: &Writing, rows: &Rows<'_>, ids: &[i64]) -> QueryResult<()> {
    let states: Vec<&str> = rows.iter().map(|(_, plan)| plan.state.as_str()).collect();
    diesel::sql_query(
        "INSERT INTO projects (id, degree_id, level, academic_year, title, kind, student_count, description, prior_knowledge,
            resources, tutor_id, cotutor_id, state, submitted_at, validated_at, validated_by, published_at)
         OVERRIDING SYSTEM VALUE
         SELECT i, d, l, $13, t, k, n, a, p, r, tu, co, s,
                CASE WHEN s <> 'draft' THEN $14 END,
                CASE WHEN s IN ('validated', 'published') THEN $14 END,
                CASE WHEN s IN ('validated', 'published') THEN $15 END,
                CASE WHEN s = 'published' THEN $14 END
         FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS x(i, d, l, t, k, n, a, p, r, tu, co, s)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<BigInt>, _>(column(rows, |plan| plan.degree))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.level.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.title.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.kind.clone()))
    .bind::<Array<SmallInt>, _>(column(rows, |plan| plan.student_count))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.description.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.prior_knowledge.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.resources.clone()))
    .bind::<Array<BigInt>, _>(column(rows, |plan| plan.tutor))
    .bind::<Array<Nullable<BigInt>>, _>(column(rows, |plan| plan.cotutor))
    .bind::<Array<Text>, _>(states)
    .bind::<SmallInt, _>(writing.year)
    .bind::<Timestamptz, _>(writing.now)
    .bind::<Nullable<BigInt>, _>(writing.author.id.map(|id| id.0))
    .execute(conn)
    .map(drop)
}

#[derive(QueryableByName)]
struct Changed {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Integer)]
    version: i32,
    #[diesel(sql_type = Jsonb)]
    before: Value,
}

fn update(conn: &mut PgConnection, writing: &Writing, rows: &Rows<'_>) -> QueryResult<HashMap<i64, Changed>> {
    let changed: Vec<Changed> = diesel::sql_query(
        "UPDATE projects p SET title = x.t, kind = x.k, student_count = x.n, description = x.a, prior_knowledge = x.pk,
            resources = x.r, tutor_id = x.tu, cotutor_id = x.co, state = x.s, version = p.version + 1,
            submitted_at = CASE WHEN x.s = 'published' THEN coalesce(p.submitted_at, $12) ELSE p.submitted_at END,
            validated_at = CASE WHEN x.s = 'published' THEN coalesce(p.validated_at, $12) ELSE p.validated_at END,
            validated_by = CASE WHEN x.s = 'published' THEN coalesce(p.validated_by, $13) ELSE p.validated_by END,
            published_at = CASE WHEN x.s = 'published' THEN coalesce(p.published_at, $12) ELSE p.published_at END
         FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS x(i, t, k, n, a, pk, r, tu, co, s)
         JOIN projects o ON o.id = x.i
         WHERE p.id = x.i AND p.academic_year = $11
         RETURNING p.id, p.version, jsonb_build_object('title', o.title, 'kind', o.kind, 'student_count', o.student_count,
            'description', o.description, 'prior_knowledge', o.prior_knowledge, 'resources', o.resources, 'tutor_id', o.tutor_id,
            'cotutor_id', o.cotutor_id, 'state', o.state, 'submitted_at', o.submitted_at, 'validated_at', o.validated_at,
            'validated_by', o.validated_by, 'published_at', o.published_at) AS before",
    )
    .bind::<Array<BigInt>, _>(column(rows, |plan| plan.existing.unwrap_or_default()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.title.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.kind.clone()))
    .bind::<Array<SmallInt>, _>(column(rows, |plan| plan.student_count))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.description.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.prior_knowledge.clone()))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.resources.clone()))
    .bind::<Array<BigInt>, _>(column(rows, |plan| plan.tutor))
    .bind::<Array<Nullable<BigInt>>, _>(column(rows, |plan| plan.cotutor))
    .bind::<Array<Text>, _>(column(rows, |plan| plan.state.as_str()))
    .bind::<SmallInt, _>(writing.year)
    .bind::<Timestamptz, _>(writing.now)
    .bind::<Nullable<BigInt>, _>(writing.author.id.map(|id| id.0))
    .load(conn)?;
    Ok(changed.into_iter().map(|row| (row.id, row)).collect())
}

fn column<T>(rows: &Rows<'_>, of: impl Fn(&ProjectPlan) -> T) -> Vec<T> {
    rows.iter().map(|(_, plan)| of(plan)).collect()
}

/// Gives projects to their students and tells them.
fn assign(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &Rows<'_>,
    accounts: &HashMap<String, i64>,
    traces: &mut HashMap<u32, (i64, Trace)>,
    written: &mut Written,
) -> QueryResult<()> {
    let assigned: Vec<&(u32, &ProjectPlan)> = plans
        .iter()
        .filter(|(row, plan)| plan.assign && !plan.students.is_empty() && traces.contains_key(row))
        .collect();
    if assigned.is_empty() {
        return Ok(());
    }
    let ids = bulk::reserve_ids(conn, "assignments", assigned.len())?;
    let (mut projects, mut levels, mut capacities) = (vec![], vec![], vec![]);
    let mut seats: Vec<(i64, i64, i16, &str, i16)> = Vec::new();
    let made: HashSet<i64> = accounts.values().copied().collect();
    let mut owners: HashMap<i64, u32> = HashMap::new();
    for ((row, plan), id) in assigned.iter().zip(&ids) {
        let Some((project, trace)) = traces.get_mut(row) else { continue };
        projects.push(*project);
        levels.push(plan.level.as_str());
        capacities.push(plan.student_count);
        trace.assignment = Some(*id);
        let first_seat = seats.len();
        for (position, student) in (1..).zip(&plan.students) {
            let student = match student {
                StudentPlan::Known(student) => Some(*student),
                StudentPlan::New { email, .. } => accounts.get(email).copied(),
            };
            let Some(student) = student else { continue };
            if made.contains(&student) && *owners.entry(student).or_insert(*row) == *row {
                trace.accounts.push(student);
            }
            seats.push((*id, student, position, &plan.level, plan.student_count));
        }
        let students: Vec<i64> = seats.iter().skip(first_seat).map(|seat| seat.1).collect();
        let after = json!({ "project_id": project, "students": students, "import_id": writing.import });
        let degree = Some(plan.degree);
        written.audit.push(AuditLine {
            action: "assignment.create",
            id: *id,
            degree,
            before: None,
            after: Some(after),
        });
    }
    diesel::sql_query(
        "INSERT INTO assignments (id, project_id, level, capacity, assigned_by) OVERRIDING SYSTEM VALUE
         SELECT i, p, l, c, $5 FROM unnest($1, $2, $3, $4) AS x(i, p, l, c)",
    )
    .bind::<Array<BigInt>, _>(&ids)
    .bind::<Array<BigInt>, _>(projects)
    .bind::<Array<Text>, _>(levels)
    .bind::<Array<SmallInt>, _>(capacities)
    .bind::<Nullable<BigInt>, _>(writing.author.id.map(|id| id.0))
    .execute(conn)?;
    diesel::sql_query(
        "INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity) SELECT * FROM unnest($1, $2, $3, $4, $5)",
    )
    .bind::<Array<BigInt>, _>(seats.iter().map(|seat| seat.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(seats.iter().map(|seat| seat.1).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(seats.iter().map(|seat| seat.2).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(seats.iter().map(|seat| seat.3).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(seats.iter().map(|seat| seat.4).collect::<Vec<_>>())
    .execute(conn)?;
    tell(conn, writing, &assigned, &ids, &seats)
}

#[derive(QueryableByName)]
struct Person {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
}

fn tell(
    conn: &mut PgConnection,
    writing: &Writing,
    assigned: &[&(u32, &ProjectPlan)],
    ids: &[i64],
    seats: &[(i64, i64, i16, &str, i16)],
) -> QueryResult<()> {
    let named: Vec<i64> =
        assigned.iter().map(|(_, plan)| plan.tutor).chain(seats.iter().map(|seat| seat.1)).collect();
    let people: Vec<Person> =
        diesel::sql_query("SELECT id, first_name || ' ' || last_name AS name FROM users WHERE id = ANY($1)")
            .bind::<Array<BigInt>, _>(named)
            .load(conn)?;
    let names: HashMap<i64, String> =
        people.into_iter().map(|person| (person.id, person.name.trim().to_owned())).collect();
    let name = |id: &i64| names.get(id).cloned().unwrap_or_default();
    let mut seated: HashMap<i64, Vec<i64>> = HashMap::new();
    for seat in seats {
        seated.entry(seat.0).or_default().push(seat.1);
    }
    let news = assigned.iter().zip(ids).map(|((_, plan), id)| {
        let students = seated.remove(id).unwrap_or_default();
        let letter = Letter::Assigned {
            assignment: AssignmentId(*id),
            title: plan.title.clone(),
            tutor: name(&plan.tutor),
            students: students.iter().map(name).collect(),
        };
        let people = students.into_iter().chain([plan.tutor]).chain(plan.cotutor).map(UserId).collect();
        News { people, letter }
    });
    notices::tell_all(conn, &writing.config, writing.now, &news.collect::<Vec<_>>())
}

fn line(
    writing: &Writing,
    action: &'static str,
    id: i64,
    plan: &ProjectPlan,
    before: Option<Value>,
) -> AuditLine {
    let after = json!({
        "title": plan.title,
        "kind": plan.kind,
        "student_count": plan.student_count,
        "description": plan.description,
        "prior_knowledge": plan.prior_knowledge,
        "resources": plan.resources,
        "tutor_id": plan.tutor,
        "cotutor_id": plan.cotutor,
        "state": ProjectState::as_str(plan.state),
        "import_id": writing.import,
    });
    AuditLine { action, id, degree: Some(plan.degree), before, after: Some(after) }
}
