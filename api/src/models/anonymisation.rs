//! Forgetting a person: what names them and every key to their account goes
//! for good; what they did stays, by nobody's name, so that no count changes.
//!
//! Closed minutes keep their names: they are a record that the law asks for,
//! and their hash vouches for every letter. So do marks, with the words they
//! were given with, and claims, which are what minutes were made of.

use crate::models::removal::forget_availability;
use crate::models::{one_time_link, session};
use crate::schema::{
    api_tokens, calendar_feeds, conflicts_of_interest, idempotency_keys, identity_claims, message_reads,
    notification_preferences, notifications, outgoing_mails, sessions, students, users,
};
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Numeric, Text};
use gestfg_types::ids::UserId;
use gestfg_types::personal::{Trace, TraceKind};

/// Where people write freely about each other, or what they are told names somebody: table and
/// column. Whatever has the name, address or DNI of a forgotten person there says "Anónimo" instead.
const FREE_TEXTS: &[(&str, &str)] = &[
    ("allocation_pins", "reason"),
    ("assignments", "cancel_reason"),
    ("committee_seats", "called_in_reason"),
    ("conflicts_of_interest", "reason"),
    ("defences", "remarks"),
    ("document_extensions", "reason"),
    ("document_extensions", "decision_reason"),
    ("events", "title"),
    ("events", "body"),
    ("import_rows", "before"),
    ("import_rows", "cells"),
    ("import_rows", "problems"),
    ("messages", "body"),
    ("notifications", "letter"),
    ("outgoing_mails", "body"),
    ("outgoing_mails", "subject"),
    ("projects", "rejection_reason"),
    ("projects", "withdrawal_reason"),
];

/// What is said instead of words that were theirs, where something has to be said.
const UNSAID: &str = "—";

/// Forget a person. The caller has asked whether they are in the middle of something.
///
/// # Errors
/// When the database cannot answer.
pub fn anonymise(conn: &mut PgConnection, id: UserId, now: DateTime<Utc>) -> QueryResult<()> {
    let mentions = mentions(conn, id)?;
    let nobody = format!("Anónimo {id}");
    forget_imports(conn, id, &mentions)?;
    forget_words(conn, id)?;
    forget_keys(conn, id, now)?;
    for (table, column) in FREE_TEXTS {
        diesel::sql_query(format!(
            "UPDATE {table} SET {column} = without_mentions({column}, $1, $2) WHERE mentions_any({column}::text, $1)"
        ))
        .bind::<Array<Text>, _>(&mentions)
        .bind::<Text, _>(&nobody)
        .execute(conn)?;
    }
    diesel::sql_query("SELECT forget_in_audit_log($1, $2, $3)")
        .bind::<BigInt, _>(id.0)
        .bind::<Array<Text>, _>(&mentions)
        .bind::<Text, _>(&nobody)
        .execute(conn)?;
    diesel::update(users::table.find(id.0))
        .set((
            users::email.eq(None::<String>),
            users::dni.eq(None::<String>),
            users::first_name.eq("Anónimo"),
            users::last_name.eq(id.to_string()),
            users::password_hash.eq(None::<String>),
            users::is_admin.eq(false),
            users::is_active.eq(false),
            users::email_verified_at.eq(None::<DateTime<Utc>>),
            users::anonymised_at.eq(now),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .map(drop)
}

#[derive(QueryableByName)]
struct Mentions {
    #[diesel(sql_type = Array<Text>)]
    mentions: Vec<String>,
}

/// By what a person is named: DNI, and address and full name unless they are part of somebody
/// else's. What is said of a namesake must not become theirs.
fn mentions(conn: &mut PgConnection, id: UserId) -> QueryResult<Vec<String>> {
    diesel::sql_query(
        "SELECT array_remove(ARRAY[u.dni]
             || CASE WHEN NOT EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND strpos(o.email, u.email) > 0)
                THEN ARRAY[u.email] ELSE '{}' END
             || CASE WHEN NOT EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND strpos(o.name_folded, u.name_folded) > 0)
                THEN ARRAY[u.first_name || ' ' || u.last_name, u.last_name || ', ' || u.first_name] ELSE '{}' END, NULL) AS mentions
         FROM users u WHERE u.id = $1",
    )
    .bind::<BigInt, _>(id.0)
    .get_result::<Mentions>(conn)
    .map(|found| found.mentions)
}

/// A spreadsheet cannot be mended, so the whole of it goes; its rows stay, without the person.
fn forget_imports(conn: &mut PgConnection, id: UserId, mentions: &[String]) -> QueryResult<()> {
    diesel::sql_query(format!("UPDATE imports SET file = '' WHERE id IN ({IMPORTS_NAMING})"))
        .bind::<BigInt, _>(id.0)
        .bind::<Array<Text>, _>(mentions)
        .execute(conn)?;
    // Names stand in cells of their own there, so the rows of the person go blank.
    diesel::sql_query(
        "UPDATE import_rows r SET cells = '{}', before = NULL FROM imports i
         WHERE i.id = r.import_id AND i.kind IN ('professors', 'students') AND r.target_id = $1",
    )
    .bind::<BigInt, _>(id.0)
    .execute(conn)
    .map(drop)
}

const IMPORTS_NAMING: &str = "SELECT i.id FROM imports i JOIN import_rows r ON r.import_id = i.id
    WHERE i.state <> 'previewed' AND i.file <> '' AND (
        (i.kind IN ('professors', 'students') AND r.target_id = $1)
        OR (i.kind = 'preassigned_projects' AND $1 = ANY(r.extra_ids)) OR mentions_any(r.cells::text, $2))";

/// What they wrote or was written of them alone.
fn forget_words(conn: &mut PgConnection, id: UserId) -> QueryResult<()> {
    // Why somebody wanted a project is theirs; that a team applied is the team's.
    let statements = [
        "UPDATE applications SET statement = '' WHERE id IN (
             SELECT application_id FROM application_members WHERE student_id = $1 AND is_author)",
        "UPDATE documents d SET file_name = neutral_file_name(d.kind, d.version, d.media_type)
         FROM evaluation_requests r WHERE r.id = d.evaluation_request_id AND (d.uploaded_by = $1 OR d.student_id = $1
             OR (d.handed_in_by = 'students' AND d.student_id IS NULL AND EXISTS (
                 SELECT 1 FROM assignment_students s WHERE s.assignment_id = r.assignment_id AND s.student_id = $1)))",
    ];
    for statement in statements {
        diesel::sql_query(statement).bind::<BigInt, _>(id.0).execute(conn)?;
    }
    let replaced = [
        "UPDATE messages SET body = $2 WHERE author_id = $1",
        "UPDATE document_extensions SET reason = $2,
             decision_reason = CASE WHEN decision_reason IS NOT NULL THEN $2 END WHERE asked_by = $1",
        "UPDATE allocation_pins SET reason = $2 WHERE application_id IN (
             SELECT application_id FROM application_members WHERE student_id = $1)",
    ];
    for statement in replaced {
        diesel::sql_query(statement).bind::<BigInt, _>(id.0).bind::<Text, _>(UNSAID).execute(conn)?;
    }
    // That there is a conflict keeps its meaning; why may name them.
    let involved = conflicts_of_interest::professor_id
        .eq(id.0)
        .or(conflicts_of_interest::student_id.assume_not_null().eq(id.0))
        .or(conflicts_of_interest::other_professor_id.assume_not_null().eq(id.0));
    diesel::update(conflicts_of_interest::table.filter(involved))
        .set(conflicts_of_interest::reason.eq(""))
        .execute(conn)?;
    diesel::update(students::table.find(id.0))
        .set(students::record.eq(sql::<Nullable<Numeric>>("NULL")))
        .execute(conn)?;
    forget_availability(conn, id)
}

/// Every way in, and everything that came to them.
fn forget_keys(conn: &mut PgConnection, id: UserId, now: DateTime<Utc>) -> QueryResult<()> {
    let address: Option<String> = users::table.find(id.0).select(users::email).first(conn)?;
    // Ended first, so that open streams hear of it.
    session::end_all(conn, id, None, now)?;
    diesel::delete(sessions::table.filter(sessions::user_id.eq(id.0))).execute(conn)?;
    one_time_link::delete_all(conn, id)?;
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(id.0))).execute(conn)?;
    diesel::delete(calendar_feeds::table.find(id.0)).execute(conn)?;
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::user_id.eq(id.0))).execute(conn)?;
    let claims = identity_claims::claimant_id.eq(id.0).or(identity_claims::preloaded_id.eq(id.0));
    diesel::delete(identity_claims::table.filter(claims)).execute(conn)?;
    diesel::delete(message_reads::table.filter(message_reads::user_id.eq(id.0))).execute(conn)?;
    diesel::delete(notification_preferences::table.filter(notification_preferences::user_id.eq(id.0)))
        .execute(conn)?;
    diesel::delete(notifications::table.filter(notifications::user_id.eq(id.0))).execute(conn)?;
    if let Some(address) = address {
        diesel::delete(outgoing_mails::table.filter(outgoing_mails::recipient.eq(address))).execute(conn)?;
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(
    conn: &mut PgConnection,
    id: UserId,
    mentions: &[String],
    traces: &[(TraceKind, &str)],
) -> QueryResult<Vec<Trace>> {
    let mut found = Vec::new();
    for (kind, query) in traces {
        // The second parameter, used or not, has a type.
        let query = format!("SELECT ({query})::bigint AS count WHERE $2::text[] IS NOT NULL");
        let Count { count } = diesel::sql_query(query)
            .bind::<BigInt, _>(id.0)
            .bind::<Array<Text>, _>(mentions)
            .get_result(conn)?;
        if count > 0 {
            found.push(Trace { kind: *kind, count });
        }
    }
    Ok(found)
}

/// What would be removed, and what would stay: nothing is done.
///
/// # Errors
/// When the database cannot answer.
pub fn preview(conn: &mut PgConnection, id: UserId) -> QueryResult<(Vec<Trace>, Vec<Trace>)> {
    let mentions = mentions(conn, id)?;
    let imports = format!("SELECT count(*) FROM imports WHERE id IN ({IMPORTS_NAMING})");
    let removed: Vec<(TraceKind, &str)> =
        REMOVED.iter().copied().chain([(TraceKind::ImportFiles, imports.as_str())]).collect();
    Ok((count(conn, id, &mentions, &removed)?, count(conn, id, &mentions, KEPT)?))
}

const REMOVED: &[(TraceKind, &str)] = &[
    (TraceKind::Identity, "SELECT 1 + num_nonnulls(email, dni) FROM users WHERE id = $1"),
    (TraceKind::Sessions, "SELECT count(*) FROM sessions WHERE user_id = $1"),
    (
        TraceKind::Keys,
        "(SELECT count(*) FROM api_tokens WHERE user_id = $1) + (SELECT count(*) FROM calendar_feeds WHERE user_id = $1)
         + (SELECT count(*) FROM one_time_links WHERE user_id = $1)",
    ),
    (
        TraceKind::Notifications,
        "(SELECT count(*) FROM notifications WHERE user_id = $1)
         + (SELECT count(*) FROM notification_preferences WHERE user_id = $1)",
    ),
    (
        TraceKind::Mails,
        "SELECT count(*) FROM outgoing_mails m JOIN users u ON u.email = m.recipient WHERE u.id = $1",
    ),
    (
        TraceKind::Availability,
        "(SELECT count(*) FROM unavailability WHERE professor_id = $1)
         + (SELECT count(*) FROM availability_answers WHERE professor_id = $1)",
    ),
    (
        TraceKind::Statements,
        "SELECT count(*) FROM applications a JOIN application_members m ON m.application_id = a.id
         WHERE m.student_id = $1 AND m.is_author AND a.statement <> ''",
    ),
    (TraceKind::Record, "SELECT count(record) FROM students WHERE user_id = $1"),
    (TraceKind::Messages, "SELECT count(*) FROM messages WHERE author_id = $1"),
    (TraceKind::FileNames, "SELECT count(*) FROM documents WHERE uploaded_by = $1 OR student_id = $1"),
    (
        TraceKind::AuditMentions,
        "SELECT count(*) FROM audit_log WHERE actor_id = $1 OR (entity = 'user' AND entity_id = $1)
             OR mentions_any(concat(reason, before, after), $2)",
    ),
];

const KEPT: &[(TraceKind, &str)] = &[
    (TraceKind::Projects, "SELECT count(*) FROM projects WHERE $1 IN (tutor_id, cotutor_id)"),
    (
        TraceKind::Assignments,
        "SELECT count(*) FROM assignments a JOIN projects p ON p.id = a.project_id
         WHERE $1 IN (p.tutor_id, p.cotutor_id) OR EXISTS (
             SELECT 1 FROM assignment_students s WHERE s.assignment_id = a.id AND s.student_id = $1)",
    ),
    (TraceKind::Applications, "SELECT count(*) FROM application_members WHERE student_id = $1"),
    (TraceKind::Documents, "SELECT count(*) FROM documents WHERE uploaded_by = $1 OR student_id = $1"),
    (TraceKind::Defences, "SELECT count(*) FROM defences WHERE student_id = $1"),
    (
        TraceKind::Marks,
        "(SELECT count(*) FROM minutes_entries WHERE student_id = $1)
         + (SELECT count(*) FROM mark_sheets WHERE author_id = $1)",
    ),
    (
        TraceKind::Minutes,
        "SELECT count(DISTINCT m.id) FROM minutes m WHERE m.content IS NOT NULL AND (mentions_any(m.content, $2)
             OR EXISTS (SELECT 1 FROM minutes_entries e WHERE e.minutes_id = m.id AND e.student_id = $1))",
    ),
    (TraceKind::Committees, "SELECT count(*) FROM committee_seats WHERE professor_id = $1"),
    (
        TraceKind::AuditEntries,
        "SELECT count(*) FROM audit_log WHERE actor_id = $1 OR (entity = 'user' AND entity_id = $1)",
    ),
];
