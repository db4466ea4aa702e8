//! Academic records: decimals that travel as texts and never become floats.

use crate::schema::students;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use gestfg_types::ids::UserId;

/// The record of a student, if one is on file.
///
/// # Errors
/// `NotFound` when this is no student, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, student: UserId) -> QueryResult<Option<String>> {
    students::table.find(student.0).select(sql::<Nullable<Text>>("record::text")).first(conn)
}

/// Write the records of these students, in the stored form.
///
/// # Errors
/// When the database cannot take them.
pub fn set(conn: &mut PgConnection, records: &[(UserId, Option<String>)]) -> QueryResult<()> {
    let ids: Vec<i64> = records.iter().map(|(id, _)| id.0).collect();
    let texts: Vec<Option<&str>> = records.iter().map(|(_, record)| record.as_deref()).collect();
    diesel::sql_query(
        "UPDATE students s SET record = t.record::numeric(4, 2)
         FROM unnest($1, $2) AS t(id, record) WHERE s.user_id = t.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<Nullable<Text>>, _>(texts)
    .execute(conn)
    .map(drop)
}
