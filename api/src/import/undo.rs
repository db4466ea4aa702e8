//! Taking a commit back, as a whole, while nothing has been built on its rows.
//!
//! Each row kept what it made or replaced and the version that left behind: a
//! higher version, or anything that refers to what was made, stands against
//! the undo and is told row by row.

use super::write::{Trace, Writing};
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::bulk::{self, AuditLine};
use crate::models::{import, import_row};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{Array, BigInt, Integer, Text};
use gestfg_types::errors::{ErrorCode, Usage};
use gestfg_types::imports::ImportKind;
use serde_json::json;

/// Rows named for each thing that stands against an undo.
const NAMED_ROWS: usize = 50;

/// A row that was written.
struct Row {
    number: i32,
    target: i64,
    trace: Trace,
}

/// Takes back every row of a committed import, in the caller's transaction.
///
/// # Errors
/// `import_already_decided` unless it is committed, `import_built_upon` with
/// what stands against it.
pub fn undo(conn: &mut PgConnection, writing: &Writing) -> AppResult<()> {
    let id = writing.import;
    let record = import::lock(conn, id)?;
    if record.state != "committed" {
        return Err(AppError::refuse(
            ErrorCode::ImportAlreadyDecided,
            "Only a committed import can be undone.",
        ));
    }
    let kind = super::batch::kind_of(&record);
    let mut rows = Vec::new();
    for (number, target, trace) in import_row::done_rows(conn, id)? {
        rows.push(Row { number, target, trace: serde_json::from_value(trace).map_err(AppError::internal)? });
    }
    let used_by = find_uses(conn, kind, &rows)?;
    if !used_by.is_empty() {
        return Err(built_upon(used_by));
    }
    take_back(conn, kind, &rows).map_err(|error| match error {
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => built_upon(Vec::new()),
        other => other.into(),
    })?;
    bulk::audit(conn, &writing.author, &audit_lines(kind, &rows, writing))?;
    import::mark_undone(conn, id, writing.now)?;
    Entry::new("import.undo", id.0)
        .before(&json!({ "kind": kind.as_str(), "file_name": record.file_name, "rows": rows.len() }))
        .record(conn, &writing.author)?;
    Ok(())
}

fn built_upon(used_by: Vec<Usage>) -> AppError {
    AppError::used(
        ErrorCode::ImportBuiltUpon,
        "Something was built on the imported rows since, so they stay. Nothing was undone.",
        used_by,
    )
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Integer)]
    line: i32,
    #[diesel(sql_type = Text)]
    name: String,
}

/// `users` has the columns `line` and `name`; `$1`, `$2` and `$3` are row numbers, targets and versions.
fn uses(
    conn: &mut PgConnection,
    kind: &str,
    users: &str,
    rows: &[(i32, i64, i32)],
) -> QueryResult<Option<Usage>> {
    if rows.is_empty() {
        return Ok(None);
    }
    let query = format!(
        "WITH x AS (SELECT * FROM unnest($1, $2, $3) AS x(line, id, version)) SELECT DISTINCT line, name FROM ({users}) AS used ORDER BY line"
    );
    let found: Vec<Named> = diesel::sql_query(query)
        .bind::<Array<Integer>, _>(rows.iter().map(|row| row.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(rows.iter().map(|row| row.1).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(rows.iter().map(|row| row.2).collect::<Vec<_>>())
        .load(conn)?;
    Ok((!found.is_empty()).then(|| Usage {
        kind: kind.to_owned(),
        count: i64::try_from(found.len()).unwrap_or(i64::MAX),
        examples: found
            .iter()
            .take(NAMED_ROWS)
            .map(|named| format!("row {}: {}", named.line, named.name))
            .collect(),
    }))
}

const USER_NAME: &str = "u.first_name || ' ' || u.last_name AS name";

fn find_uses(conn: &mut PgConnection, kind: ImportKind, rows: &[Row]) -> QueryResult<Vec<Usage>> {
    let all: Vec<_> = rows.iter().map(|row| (row.number, row.target, row.trace.version)).collect();
    let made: Vec<_> = rows
        .iter()
        .filter(|row| row.trace.created)
        .map(|row| (row.number, row.target, row.trace.version))
        .collect();
    let mut found = Vec::new();
    match kind {
        ImportKind::Departments => {
            let areas: Vec<_> =
                rows.iter().filter_map(|row| Some((row.number, row.trace.area?, 1))).collect();
            found.push(uses(conn, "changes", "SELECT x.line, d.code AS name FROM x JOIN departments d ON d.id = x.id AND d.version <> x.version", &all)?);
            found.push(uses(conn, "professors", "SELECT x.line, d.code AS name FROM x JOIN departments d ON d.id = x.id JOIN professors p ON p.department_id = d.id", &made)?);
            let made: Vec<String> = made.iter().map(|row| row.1.to_string()).collect();
            let others = format!(
                "SELECT x.line, a.name FROM x JOIN areas a ON a.id = x.id JOIN departments d ON d.area_id = a.id
                 WHERE d.id <> ALL ('{{{}}}'::bigint[])",
                rows.iter().map(|row| row.target.to_string()).chain(made).collect::<Vec<_>>().join(",")
            );
            found.push(uses(conn, "departments", &others, &areas)?);
        }
        ImportKind::Degrees => {
            found.push(uses(conn, "changes", "SELECT x.line, d.code AS name FROM x JOIN degrees d ON d.id = x.id AND d.version <> x.version", &all)?);
            for (kind, table) in [
                ("projects", "projects"),
                ("students", "student_degrees"),
                ("coordinators", "degree_coordinators"),
                ("rules", "degree_rules"),
            ] {
                let query = format!(
                    "SELECT x.line, d.code AS name FROM x JOIN degrees d ON d.id = x.id JOIN {table} t ON t.degree_id = d.id"
                );
                found.push(uses(conn, kind, &query, if kind == "projects" { &all } else { &made })?);
            }
        }
        ImportKind::Professors | ImportKind::Students => {
            found.push(uses(
                conn,
                "changes",
                &format!(
                    "SELECT x.line, {USER_NAME} FROM x JOIN users u ON u.id = x.id AND u.version <> x.version"
                ),
                &all,
            )?);
            found.extend(account_uses(conn, &made)?);
            let enrolled: Vec<_> = rows
                .iter()
                .filter_map(|row| Some((row.number, row.target, i32::try_from(row.trace.enrolled?).ok()?)))
                .collect();
            let query = format!(
                "SELECT x.line, {USER_NAME} FROM x JOIN users u ON u.id = x.id JOIN assignment_students s ON s.student_id = u.id
                 JOIN assignments a ON a.id = s.assignment_id JOIN projects p ON p.id = a.project_id AND p.degree_id = x.version"
            );
            found.push(uses(conn, "assignments", &query, &enrolled)?);
        }
        ImportKind::Projects | ImportKind::PreassignedProjects => {
            found.push(uses(conn, "changes", "SELECT x.line, p.title AS name FROM x JOIN projects p ON p.id = x.id AND p.version <> x.version", &all)?);
            let ours: Vec<_> =
                rows.iter().filter_map(|row| Some((row.number, row.trace.assignment?, 1))).collect();
            let own: Vec<String> = ours.iter().map(|row| row.1.to_string()).collect();
            let others = format!(
                "SELECT x.line, p.title AS name FROM x JOIN projects p ON p.id = x.id JOIN assignments a ON a.project_id = p.id
                 WHERE a.id <> ALL ('{{{}}}'::bigint[])",
                own.join(",")
            );
            found.push(uses(conn, "assignments", &others, &made)?);
            let decided = "SELECT x.line, p.title AS name FROM x JOIN assignments a ON a.id = x.id AND (a.version <> 1 OR NOT a.is_active)
                 JOIN projects p ON p.id = a.project_id";
            found.push(uses(conn, "changed_assignments", decided, &ours)?);
            let accounts: Vec<_> = rows
                .iter()
                .flat_map(|row| row.trace.accounts.iter().map(|id| (row.number, *id, 1)))
                .collect();
            let elsewhere = format!(
                "SELECT x.line, {USER_NAME} FROM x JOIN users u ON u.id = x.id JOIN assignment_students s ON s.student_id = u.id
                 WHERE s.assignment_id <> ALL ('{{{}}}'::bigint[])",
                own.join(",")
            );
            found.push(uses(conn, "student_assignments", &elsewhere, &accounts)?);
            found.extend(account_uses(conn, &accounts)?);
        }
    }
    Ok(found.into_iter().flatten().collect())
}

/// What stands against removing accounts: that people use them, or that work
/// hangs on them.
fn account_uses(conn: &mut PgConnection, made: &[(i32, i64, i32)]) -> QueryResult<Vec<Option<Usage>>> {
    [
        ("accounts", "u.password_hash IS NOT NULL OR u.is_admin OR EXISTS (SELECT 1 FROM sessions s WHERE s.user_id = u.id)"),
        ("projects", "EXISTS (SELECT 1 FROM projects p WHERE u.id IN (p.tutor_id, p.cotutor_id))"),
        ("degrees", "EXISTS (SELECT 1 FROM degree_coordinators c WHERE c.professor_id = u.id)"),
        ("departments", "EXISTS (SELECT 1 FROM departments d WHERE d.head_id = u.id)"),
        ("claims", "EXISTS (SELECT 1 FROM identity_claims c WHERE u.id IN (c.claimant_id, c.preloaded_id))"),
    ]
    .into_iter()
    .map(|(kind, condition)| {
        let query = format!("SELECT x.line, {USER_NAME} FROM x JOIN users u ON u.id = x.id WHERE {condition}");
        uses(conn, kind, &query, made)
    })
    .collect()
}

fn run(conn: &mut PgConnection, sql: &str, ids: &[i64]) -> QueryResult<()> {
    if ids.is_empty() {
        return Ok(());
    }
    diesel::sql_query(sql).bind::<Array<BigInt>, _>(ids).execute(conn).map(drop)
}

/// `sql` restores from `x(id, b)`: target and the values it had.
fn restore(conn: &mut PgConnection, sql: &str, rows: &[Row]) -> QueryResult<()> {
    let old: Vec<(i64, String)> =
        rows.iter().filter_map(|row| Some((row.target, row.trace.before.as_ref()?.to_string()))).collect();
    if old.is_empty() {
        return Ok(());
    }
    let (ids, befores): (Vec<i64>, Vec<String>) = old.into_iter().unzip();
    diesel::sql_query(format!(
        "WITH x AS (SELECT i AS id, t::jsonb AS b FROM unnest($1, $2) AS y(i, t)) {sql}"
    ))
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<Text>, _>(befores)
    .execute(conn)
    .map(drop)
}

fn take_back(conn: &mut PgConnection, kind: ImportKind, rows: &[Row]) -> QueryResult<()> {
    let made: Vec<i64> = rows.iter().filter(|row| row.trace.created).map(|row| row.target).collect();
    match kind {
        ImportKind::Departments => {
            run(conn, "DELETE FROM departments WHERE id = ANY($1)", &made)?;
            restore(
                conn,
                "UPDATE departments d SET name = b->>'name', area_id = (b->>'area_id')::bigint, version = d.version + 1 FROM x WHERE d.id = x.id",
                rows,
            )?;
            let areas: Vec<i64> = rows.iter().filter_map(|row| row.trace.area).collect();
            run(conn, "DELETE FROM areas WHERE id = ANY($1)", &areas)
        }
        ImportKind::Degrees => {
            run(conn, "DELETE FROM degrees WHERE id = ANY($1)", &made)?;
            restore(
                conn,
                "UPDATE degrees d SET name = b->>'name', level = b->>'level', version = d.version + 1 FROM x WHERE d.id = x.id",
                rows,
            )
        }
        ImportKind::Professors | ImportKind::Students => {
            for row in rows.iter().filter(|row| !row.trace.created) {
                if let Some(degree) = row.trace.enrolled {
                    diesel::sql_query("DELETE FROM student_degrees WHERE student_id = $1 AND degree_id = $2")
                        .bind::<BigInt, _>(row.target)
                        .bind::<BigInt, _>(degree)
                        .execute(conn)?;
                }
            }
            restore(
                conn,
                "UPDATE professors p SET department_id = (b->>'department_id')::bigint FROM x WHERE p.user_id = x.id AND b->>'department_id' IS NOT NULL",
                rows,
            )?;
            restore(
                conn,
                "DELETE FROM professors p USING x WHERE p.user_id = x.id AND b->>'department_id' IS NULL",
                rows,
            )?;
            restore(
                conn,
                "DELETE FROM one_time_links l USING x WHERE l.user_id = x.id AND b->>'email' IS NULL",
                rows,
            )?;
            restore(
                conn,
                "UPDATE users u SET email = b->>'email', dni = b->>'dni', first_name = b->>'first_name', last_name = b->>'last_name', version = u.version + 1 FROM x WHERE u.id = x.id",
                rows,
            )?;
            remove_accounts(conn, &made)
        }
        ImportKind::Projects | ImportKind::PreassignedProjects => {
            let assignments: Vec<i64> = rows.iter().filter_map(|row| row.trace.assignment).collect();
            run(conn, "DELETE FROM assignments WHERE id = ANY($1)", &assignments)?;
            run(conn, "DELETE FROM projects WHERE id = ANY($1)", &made)?;
            restore(
                conn,
                "UPDATE projects p SET title = b->>'title', kind = b->>'kind', student_count = (b->>'student_count')::smallint,
                    description = b->>'description', prior_knowledge = b->>'prior_knowledge', resources = b->>'resources',
                    tutor_id = (b->>'tutor_id')::bigint, cotutor_id = (b->>'cotutor_id')::bigint, state = b->>'state',
                    submitted_at = (b->>'submitted_at')::timestamptz, validated_at = (b->>'validated_at')::timestamptz,
                    validated_by = (b->>'validated_by')::bigint, published_at = (b->>'published_at')::timestamptz,
                    version = p.version + 1 FROM x WHERE p.id = x.id",
                rows,
            )?;
            let accounts: Vec<i64> = rows.iter().flat_map(|row| row.trace.accounts.iter().copied()).collect();
            remove_accounts(conn, &accounts)
        }
    }
}

/// Accounts nobody used, with the mails that wait for them.
fn remove_accounts(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<()> {
    run(
        conn,
        "DELETE FROM outgoing_mails m USING users u WHERE u.id = ANY($1) AND m.recipient = u.email AND m.sent_at IS NULL",
        ids,
    )?;
    run(conn, "DELETE FROM student_degrees WHERE student_id = ANY($1)", ids)?;
    run(conn, "DELETE FROM students WHERE user_id = ANY($1)", ids)?;
    run(conn, "DELETE FROM professors WHERE user_id = ANY($1)", ids)?;
    run(conn, "DELETE FROM users WHERE id = ANY($1)", ids)
}

fn audit_lines(kind: ImportKind, rows: &[Row], writing: &Writing) -> Vec<AuditLine> {
    let (made, changed) = match kind {
        ImportKind::Departments => ("department.delete", "department.update"),
        ImportKind::Degrees => ("degree.delete", "degree.update"),
        ImportKind::Professors | ImportKind::Students => ("user.delete", "user.update"),
        ImportKind::Projects | ImportKind::PreassignedProjects => ("project.delete", "project.update"),
    };
    let note = || Some(json!({ "undone_import_id": writing.import }));
    let line = |action, id, after| AuditLine { action, id, degree: None, before: note(), after };
    let mut lines = Vec::new();
    for row in rows {
        let action = if row.trace.created { made } else { changed };
        lines.push(line(action, row.target, row.trace.before.clone()));
        lines.extend(row.trace.assignment.map(|id| line("assignment.delete", id, None)));
        lines.extend(row.trace.accounts.iter().map(|id| line("user.delete", *id, None)));
        lines.extend(row.trace.area.map(|id| line("area.delete", id, None)));
    }
    lines
}
