//! What was built on imported rows.

use super::Row;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use gestfg_types::errors::Usage;
use gestfg_types::imports::ImportKind;

/// Rows named for each thing that stands against an undo.
const NAMED_ROWS: usize = 50;

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

/// Everything that stands against an undo, row by row.
pub(super) fn find(conn: &mut PgConnection, kind: ImportKind, rows: &[Row]) -> QueryResult<Vec<Usage>> {
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
            let written = "SELECT x.line, p.title AS name FROM x JOIN assignments a ON a.id = x.id
                 JOIN projects p ON p.id = a.project_id WHERE EXISTS (SELECT 1 FROM messages m WHERE m.assignment_id = a.id)";
            found.push(uses(conn, "messages", written, &ours)?);
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
