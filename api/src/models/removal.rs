//! Removing accounts wholly, with what concerns nobody else.

use crate::schema::{availability_answers, professors, student_degrees, students, unavailability, users};
use diesel::prelude::*;
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
