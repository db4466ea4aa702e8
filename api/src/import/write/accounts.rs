//! New accounts and the mails that open them.

use super::Writing;
use crate::auth::secret_token;
use crate::mail::{Letter, Message, Recipient};
use crate::models::bulk;
use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};

/// Rows written with one statement.
const CHUNK: usize = 5_000;

/// An account to be made.
#[derive(Debug, Clone)]
pub(super) struct NewAccount {
    pub(super) id: i64,
    pub(super) email: Option<String>,
    pub(super) dni: Option<String>,
    pub(super) first_name: String,
    pub(super) last_name: String,
}

/// Makes accounts; nobody can log in to them before using the link.
pub(super) fn create(conn: &mut PgConnection, writing: &Writing, accounts: &[NewAccount]) -> QueryResult<()> {
    for chunk in accounts.chunks(CHUNK) {
        diesel::sql_query(
            "INSERT INTO users (id, email, dni, first_name, last_name, language) OVERRIDING SYSTEM VALUE
             SELECT i, e, d, f, l, $6 FROM unnest($1, $2, $3, $4, $5) AS t(i, e, d, f, l)",
        )
        .bind::<Array<BigInt>, _>(chunk.iter().map(|account| account.id).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            chunk.iter().map(|account| account.email.as_deref()).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            chunk.iter().map(|account| account.dni.as_deref()).collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(chunk.iter().map(|account| account.first_name.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(chunk.iter().map(|account| account.last_name.as_str()).collect::<Vec<_>>())
        .bind::<Text, _>(writing.config.default_language.as_str())
        .execute(conn)?;
    }
    Ok(())
}

/// Makes students of accounts, enrolled where said.
pub(super) fn make_students(
    conn: &mut PgConnection,
    ids: &[i64],
    enrolments: &[(i64, i64)],
) -> QueryResult<()> {
    for chunk in ids.chunks(CHUNK) {
        diesel::sql_query("INSERT INTO students (user_id) SELECT unnest($1)")
            .bind::<Array<BigInt>, _>(chunk)
            .execute(conn)?;
    }
    enrol(conn, enrolments)
}

/// Enrols students (first) in degrees (second).
pub(super) fn enrol(conn: &mut PgConnection, enrolments: &[(i64, i64)]) -> QueryResult<()> {
    for chunk in enrolments.chunks(CHUNK) {
        let (students, degrees): (Vec<i64>, Vec<i64>) = chunk.iter().copied().unzip();
        diesel::sql_query(
            "INSERT INTO student_degrees (student_id, degree_id) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind::<Array<BigInt>, _>(students)
        .bind::<Array<BigInt>, _>(degrees)
        .execute(conn)?;
    }
    Ok(())
}

/// Mails each of these people a link that sets their first password.
pub(super) fn invite(
    conn: &mut PgConnection,
    writing: &Writing,
    people: impl Iterator<Item = (i64, Recipient)>,
) -> QueryResult<()> {
    let (mut links, mut messages) = (Vec::new(), Vec::new());
    for (id, recipient) in people {
        let token = secret_token::generate();
        links.push((id, secret_token::digest(&token)));
        messages.push(Message::new(&writing.config.public_url, &recipient, &Letter::SetPassword { token }));
    }
    let expires = writing.now + Duration::hours(crate::models::one_time_link::HOURS);
    bulk::store_links(conn, &links, writing.now, expires)?;
    bulk::queue_mails(conn, &messages)
}
