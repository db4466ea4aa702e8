//! Professors and students: accounts made and changed.

use super::accounts::{self, NewAccount};
use super::{Trace, Writing, Written};
use crate::import::plan::{PersonPlan, Role};
use crate::mail::Recipient;
use crate::models::bulk::{self, AuditLine};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, Text};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

pub(super) fn people(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &[(u32, &PersonPlan)],
    written: &mut Written,
) -> QueryResult<()> {
    let (changed, new): (Vec<_>, Vec<_>) = plans.iter().partition(|(_, plan)| plan.existing.is_some());
    create(conn, writing, &new, written)?;
    update(conn, writing, &changed, written)
}

fn create(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &[&(u32, &PersonPlan)],
    written: &mut Written,
) -> QueryResult<()> {
    if plans.is_empty() {
        return Ok(());
    }
    // A student of several degrees has a row for each: the first of them makes the account.
    let mut makers: HashMap<_, usize> = HashMap::new();
    let (plans, further): (Vec<_>, Vec<_>) = plans
        .iter()
        .copied()
        .enumerate()
        .partition(|(at, (_, plan))| *makers.entry((&plan.email, &plan.dni)).or_insert(*at) == *at);
    let plans: Vec<_> = plans.into_iter().map(|(_, plan)| plan).collect();
    let ids = bulk::reserve_ids(conn, "users", plans.len())?;
    let made: HashMap<_, i64> =
        plans.iter().zip(&ids).map(|((_, plan), id)| ((&plan.email, &plan.dni), *id)).collect();
    let further: Vec<(u32, i64, &PersonPlan)> = further
        .into_iter()
        .filter_map(|(_, (row, plan))| Some((*row, *made.get(&(&plan.email, &plan.dni))?, *plan)))
        .collect();
    let of = |(id, (_, plan)): (&i64, &&(u32, &PersonPlan))| NewAccount {
        id: *id,
        email: plan.email.clone(),
        dni: plan.dni.clone(),
        first_name: plan.first_name.clone(),
        last_name: plan.last_name.clone(),
    };
    let new: Vec<NewAccount> = ids.iter().zip(&plans).map(of).collect();
    accounts::create(conn, writing, &new)?;
    let by_id: Vec<(i64, &PersonPlan)> =
        ids.iter().copied().zip(plans.iter().map(|(_, plan)| *plan)).collect();
    set_departments(conn, &by_id)?;
    let students: Vec<i64> =
        by_id.iter().filter(|(_, plan)| plan.role == Role::Student).map(|(id, _)| *id).collect();
    let others = further.iter().filter_map(|(_, id, plan)| Some((*id, plan.enrol?)));
    let enrolled: Vec<_> = enrolments(&by_id).into_iter().chain(others).collect();
    accounts::make_students(conn, &students, &enrolled)?;
    accounts::invite(
        conn,
        writing,
        by_id.iter().filter_map(|(id, plan)| Some((*id, recipient(writing, plan)?))),
    )?;
    for (row, id, plan) in further {
        let after = Some(shown(writing, plan));
        written.audit.push(AuditLine { action: "user.update", id, degree: plan.enrol, before: None, after });
        written.note(row, id, &Trace { version: 1, enrolled: plan.enrol, ..Trace::default() });
    }
    for (id, (row, plan)) in ids.iter().zip(plans) {
        written.audit.push(AuditLine {
            action: "user.create",
            id: *id,
            degree: plan.enrol,
            before: None,
            after: Some(shown(writing, plan)),
        });
        let trace = Trace { created: true, version: 1, enrolled: plan.enrol, ..Trace::default() };
        written.note(*row, *id, &trace);
    }
    Ok(())
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

fn update(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &[&(u32, &PersonPlan)],
    written: &mut Written,
) -> QueryResult<()> {
    if plans.is_empty() {
        return Ok(());
    }
    let rows: Vec<(i64, &PersonPlan)> =
        plans.iter().filter_map(|(_, plan)| Some((plan.existing?, *plan))).collect();
    // Rows for further degrees say the same of the person.
    let mut met = HashSet::new();
    let by_id: Vec<_> = rows.iter().copied().filter(|(id, _)| met.insert(*id)).collect();
    let changed: Vec<Changed> = diesel::sql_query(
        "UPDATE users u SET email = n.e, dni = n.d, first_name = n.f, last_name = n.l, version = u.version + 1
         FROM unnest($1, $2, $3, $4, $5) AS n(i, e, d, f, l)
         JOIN users o ON o.id = n.i LEFT JOIN professors p ON p.user_id = n.i
         WHERE u.id = n.i
         RETURNING u.id, u.version, jsonb_build_object('email', o.email, 'dni', o.dni, 'first_name', o.first_name,
            'last_name', o.last_name, 'department_id', p.department_id) AS before",
    )
    .bind::<Array<BigInt>, _>(by_id.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(by_id.iter().map(|(_, plan)| plan.email.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(by_id.iter().map(|(_, plan)| plan.dni.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(by_id.iter().map(|(_, plan)| plan.first_name.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(by_id.iter().map(|(_, plan)| plan.last_name.as_str()).collect::<Vec<_>>())
    .load(conn)?;
    set_departments(conn, &by_id)?;
    accounts::enrol(conn, &enrolments(&rows))?;
    let invited = by_id.iter().filter(|(_, plan)| plan.invite);
    accounts::invite(conn, writing, invited.filter_map(|(id, plan)| Some((*id, recipient(writing, plan)?))))?;
    let changed: HashMap<i64, Changed> = changed.into_iter().map(|row| (row.id, row)).collect();
    for (row, plan) in plans {
        let Some(Changed { id, version, before }) = plan.existing.and_then(|id| changed.get(&id)) else {
            continue;
        };
        let (id, version) = (*id, *version);
        written.audit.push(AuditLine {
            action: "user.update",
            id,
            degree: plan.enrol,
            before: Some(before.clone()),
            after: Some(shown(writing, plan)),
        });
        // What was replaced is put back by the first row.
        let before = met.remove(&id).then(|| before.clone());
        let trace = Trace { created: false, version, before, enrolled: plan.enrol, ..Trace::default() };
        written.note(*row, id, &trace);
    }
    Ok(())
}

fn set_departments(conn: &mut PgConnection, people: &[(i64, &PersonPlan)]) -> QueryResult<()> {
    let (ids, departments): (Vec<i64>, Vec<i64>) =
        people.iter().filter_map(|(id, plan)| Some((*id, plan.department?))).unzip();
    diesel::sql_query(
        "INSERT INTO professors (user_id, department_id) SELECT * FROM unnest($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET department_id = EXCLUDED.department_id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<BigInt>, _>(departments)
    .execute(conn)
    .map(drop)
}

fn enrolments(people: &[(i64, &PersonPlan)]) -> Vec<(i64, i64)> {
    people.iter().filter_map(|(id, plan)| Some((*id, plan.enrol?))).collect()
}

fn recipient(writing: &Writing, plan: &PersonPlan) -> Option<Recipient> {
    Some(Recipient {
        email: plan.email.clone()?,
        first_name: plan.first_name.clone(),
        language: writing.config.default_language,
    })
}

fn shown(writing: &Writing, plan: &PersonPlan) -> Value {
    json!({
        "email": plan.email,
        "dni": plan.dni,
        "first_name": plan.first_name,
        "last_name": plan.last_name,
        "department_id": plan.department,
        "enrolled_in": plan.enrol,
        "import_id": writing.import,
    })
}
