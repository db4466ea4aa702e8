//! Taking rows back.

use super::{Row, Writing};
use crate::mail::Letter;
use crate::models::recipient;
use crate::notices::{self, News};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use gestfg_types::ids::UserId;
use gestfg_types::imports::ImportKind;
use gestfg_types::session::Language;

/// Rows taken back with one statement: each removal asks every table that
/// might refer to it, and a statement has to end before its timeout.
const CHUNK: usize = 2_000;

fn run(conn: &mut PgConnection, sql: &str, ids: &[i64]) -> QueryResult<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::sql_query(sql).bind::<Array<BigInt>, _>(chunk).execute(conn)?;
    }
    Ok(())
}

/// `sql` restores from `x(id, b)`: target and the values it had.
fn restore(conn: &mut PgConnection, sql: &str, rows: &[Row]) -> QueryResult<()> {
    let old: Vec<(i64, String)> =
        rows.iter().filter_map(|row| Some((row.target, row.trace.before.as_ref()?.to_string()))).collect();
    for chunk in old.chunks(CHUNK) {
        let (ids, befores): (Vec<i64>, Vec<&str>) =
            chunk.iter().map(|(id, before)| (*id, before.as_str())).unzip();
        diesel::sql_query(format!(
            "WITH x AS (SELECT i AS id, t::jsonb AS b FROM unnest($1, $2) AS y(i, t)) {sql}"
        ))
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(befores)
        .execute(conn)?;
    }
    Ok(())
}

/// Removes what was made and puts back what was replaced.
pub(super) fn take_back(conn: &mut PgConnection, kind: ImportKind, rows: &[Row]) -> QueryResult<()> {
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
                "DELETE FROM outgoing_mails m USING x, users u WHERE u.id = x.id AND b->>'email' IS NULL
                    AND m.recipient = u.email AND m.sent_at IS NULL",
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

#[derive(QueryableByName)]
struct Concerned {
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    language: String,
    #[diesel(sql_type = Array<BigInt>)]
    people: Vec<i64>,
}

/// Tells students and tutors whose assignment goes again; not those whose
/// account goes with it.
pub(super) fn tell_cancelled(conn: &mut PgConnection, writing: &Writing, rows: &[Row]) -> QueryResult<()> {
    let assignments: Vec<i64> = rows.iter().filter_map(|row| row.trace.assignment).collect();
    if assignments.is_empty() {
        return Ok(());
    }
    let gone: Vec<i64> = rows.iter().flat_map(|row| row.trace.accounts.iter().copied()).collect();
    let concerned: Vec<Concerned> = diesel::sql_query(
        "SELECT p.title, u.language, array_agg(u.id) AS people FROM assignments a JOIN projects p ON p.id = a.project_id
         JOIN users u ON u.id IN (p.tutor_id, p.cotutor_id)
            OR u.id IN (SELECT s.student_id FROM assignment_students s WHERE s.assignment_id = a.id)
         WHERE a.id = ANY($1) AND u.id <> ALL($2) GROUP BY a.id, p.title, u.language ORDER BY a.id, u.language",
    )
    .bind::<Array<BigInt>, _>(assignments)
    .bind::<Array<BigInt>, _>(gone)
    .load(conn)?;
    let news = concerned.into_iter().map(|Concerned { title, language, people }| {
        // The reason is ours, so it is in the language of each.
        let reason = match recipient::language(&language) {
            Language::En => "The import that assigned it was undone.",
            Language::Es => "Se ha deshecho la importación que lo asignó.",
        };
        News {
            people: people.into_iter().map(UserId).collect(),
            letter: Letter::AssignmentCancelled { title, reason: reason.to_owned() },
        }
    });
    notices::tell_all(conn, &writing.config, writing.now, &news.collect::<Vec<_>>())
}
