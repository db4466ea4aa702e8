//! Removing people: wholly, or only what names them.

use crate::models::{one_time_link, session};
use crate::schema::{
    api_tokens, audit_log, availability_answers, conflicts_of_interest, identity_claims, notifications,
    outgoing_mails, professors, student_degrees, students, unavailability, users,
};
use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Numeric};
use gestfg_types::ids::UserId;

/// Remove an account and its roles.
///
/// # Errors
/// When something still refers to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: UserId) -> QueryResult<()> {
    // Keeps new references out until the end of the transaction.
    users::table.find(id.0).select(users::id).for_update().first::<i64>(conn)?;
    diesel::delete(student_degrees::table.filter(student_degrees::student_id.eq(id.0))).execute(conn)?;
    diesel::delete(students::table.find(id.0)).execute(conn)?;
    forget_availability(conn, id)?;
    diesel::delete(professors::table.find(id.0)).execute(conn)?;
    diesel::delete(users::table.find(id.0)).execute(conn).map(drop)
}

/// When somebody could not come is nobody's business once they are gone.
///
/// # Errors
/// When the database cannot answer.
pub fn forget_availability(conn: &mut PgConnection, id: UserId) -> QueryResult<()> {
    use availability_answers as a;
    diesel::delete(a::table.filter(a::professor_id.eq(id.0))).execute(conn)?;
    diesel::delete(unavailability::table.filter(unavailability::professor_id.eq(id.0)))
        .execute(conn)
        .map(drop)
}

/// Remove what names a person and every key to their account; what they did
/// stays, by nobody's name.
///
/// # Errors
/// When the database cannot answer.
pub fn anonymise(conn: &mut PgConnection, id: UserId, now: DateTime<Utc>) -> QueryResult<()> {
    let address: Option<String> = users::table.find(id.0).select(users::email).first(conn)?;
    let nobody = format!("Anónimo {id}");
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
        .execute(conn)?;
    session::end_all(conn, id, None, now)?;
    one_time_link::delete_all(conn, id)?;
    diesel::delete(api_tokens::table.filter(api_tokens::user_id.eq(id.0))).execute(conn)?;
    diesel::delete(
        identity_claims::table
            .filter(identity_claims::claimant_id.eq(id.0).or(identity_claims::preloaded_id.eq(id.0))),
    )
    .execute(conn)?;
    diesel::delete(notifications::table.filter(notifications::user_id.eq(id.0))).execute(conn)?;
    forget_availability(conn, id)?;
    // That there is a conflict keeps its meaning; why may name them.
    let involved = conflicts_of_interest::professor_id
        .eq(id.0)
        .or(conflicts_of_interest::student_id.assume_not_null().eq(id.0))
        .or(conflicts_of_interest::other_professor_id.assume_not_null().eq(id.0));
    diesel::update(conflicts_of_interest::table.filter(involved))
        .set(conflicts_of_interest::reason.eq(""))
        .execute(conn)?;
    // Why somebody wanted a project is theirs; that a team applied is the team's.
    diesel::sql_query(
        "UPDATE applications SET statement = '' WHERE id IN (
             SELECT application_id FROM application_members WHERE student_id = $1 AND is_author)",
    )
    .bind::<BigInt, _>(id.0)
    .execute(conn)?;
    diesel::update(students::table.find(id.0))
        .set(students::record.eq(sql::<Nullable<Numeric>>("NULL")))
        .execute(conn)?;
    if let Some(address) = address {
        diesel::delete(outgoing_mails::table.filter(outgoing_mails::recipient.eq(address))).execute(conn)?;
    }
    diesel::update(audit_log::table.filter(audit_log::actor_id.eq(id.0)))
        .set(audit_log::actor_name.eq(&nobody))
        .execute(conn)?;
    diesel::update(
        audit_log::table.filter(audit_log::entity.eq("user")).filter(audit_log::entity_id.eq(id.0)),
    )
    .set((
        audit_log::before.eq(diesel::dsl::sql::<diesel::sql_types::Nullable<Jsonb>>("NULL")),
        audit_log::after.eq(diesel::dsl::sql::<diesel::sql_types::Nullable<Jsonb>>("NULL")),
    ))
    .execute(conn)
    .map(drop)
}
