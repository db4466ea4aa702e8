//! Departments, with the areas they need, and degrees.

use super::{Trace, Writing, Written};
use crate::import::fold::fold;
use crate::import::plan::{AreaPlan, DegreePlan, DepartmentPlan};
use crate::models::bulk::AuditLine;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text};
use serde_json::{Value, json};
use std::collections::HashMap;

#[derive(QueryableByName)]
struct Stored {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    version: i32,
    #[diesel(sql_type = Nullable<Jsonb>)]
    before: Option<Value>,
}

pub(super) fn departments(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &[(u32, &DepartmentPlan)],
    written: &mut Written,
) -> QueryResult<()> {
    let mut made: HashMap<String, i64> = HashMap::new();
    for (row, plan) in plans {
        let (area, new_area) = match &plan.area {
            AreaPlan::Known(id) => (*id, None),
            AreaPlan::New(name) => match made.get(&fold(name)) {
                Some(id) => (*id, None),
                None => {
                    let id = make_area(conn, name)?;
                    made.insert(fold(name), id);
                    written.audit.push(line(writing, "area.create", id, None, json!({ "name": name })));
                    (id, Some(id))
                }
            },
        };
        let after = json!({ "code": plan.code, "name": plan.name, "area_id": area });
        let stored: Stored = match plan.existing {
            None => diesel::sql_query(
                "INSERT INTO departments (code, name, area_id) VALUES ($1, $2, $3) RETURNING id, version, NULL::jsonb AS before",
            )
            .bind::<Text, _>(&plan.code)
            .bind::<Text, _>(&plan.name)
            .bind::<BigInt, _>(area)
            .get_result(conn)?,
            Some(id) => diesel::sql_query(
                "UPDATE departments d SET name = $1, area_id = $2, version = d.version + 1 FROM departments o
                 WHERE d.id = $3 AND o.id = d.id
                 RETURNING d.id, d.version, jsonb_build_object('name', o.name, 'area_id', o.area_id) AS before",
            )
            .bind::<Text, _>(&plan.name)
            .bind::<BigInt, _>(area)
            .bind::<BigInt, _>(id)
            .get_result(conn)?,
        };
        let action = if plan.existing.is_none() { "department.create" } else { "department.update" };
        keep(writing, written, *row, action, stored, after, new_area);
    }
    Ok(())
}

fn make_area(conn: &mut PgConnection, name: &str) -> QueryResult<i64> {
    let made: Stored = diesel::sql_query(
        "INSERT INTO areas (name) VALUES ($1) RETURNING id, version, NULL::jsonb AS before",
    )
    .bind::<Text, _>(name)
    .get_result(conn)?;
    Ok(made.id)
}

pub(super) fn degrees(
    conn: &mut PgConnection,
    writing: &Writing,
    plans: &[(u32, &DegreePlan)],
    written: &mut Written,
) -> QueryResult<()> {
    for (row, plan) in plans {
        let after = json!({ "code": plan.code, "name": plan.name, "level": plan.level });
        let stored: Stored = match plan.existing {
            None => diesel::sql_query(
                "INSERT INTO degrees (code, name, level) VALUES ($1, $2, $3) RETURNING id, version, NULL::jsonb AS before",
            )
            .bind::<Text, _>(&plan.code)
            .bind::<Text, _>(&plan.name)
            .bind::<Text, _>(plan.level)
            .get_result(conn)?,
            Some(id) => diesel::sql_query(
                "UPDATE degrees d SET name = $1, level = $2, version = d.version + 1 FROM degrees o
                 WHERE d.id = $3 AND o.id = d.id
                 RETURNING d.id, d.version, jsonb_build_object('name', o.name, 'level', o.level) AS before",
            )
            .bind::<Text, _>(&plan.name)
            .bind::<Text, _>(plan.level)
            .bind::<BigInt, _>(id)
            .get_result(conn)?,
        };
        let action = if plan.existing.is_none() { "degree.create" } else { "degree.update" };
        keep(writing, written, *row, action, stored, after, None);
    }
    Ok(())
}

fn keep(
    writing: &Writing,
    written: &mut Written,
    row: u32,
    action: &'static str,
    stored: Stored,
    after: Value,
    area: Option<i64>,
) {
    let Stored { id, version, before } = stored;
    written.audit.push(line(writing, action, id, before.clone(), after));
    written.note(row, id, &Trace { created: before.is_none(), version, before, area, ..Trace::default() });
}

fn line(
    writing: &Writing,
    action: &'static str,
    id: i64,
    before: Option<Value>,
    mut after: Value,
) -> AuditLine {
    if let Some(object) = after.as_object_mut() {
        object.insert("import_id".to_owned(), json!(writing.import));
    }
    AuditLine { action, id, degree: None, before, after: Some(after) }
}
