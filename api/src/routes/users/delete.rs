use super::Keeper;
use super::standing::refuse_last_admin;
use super::update::refuse_used;
use crate::app::AppState;
use crate::domain::people::may_edit_person;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::{people, person_usage, removal};
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::UserId;

/// Remove an account without history; with one, anonymise it instead.
///
/// Admin: anyone but themself; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/users/{id}")]
pub(super) async fn delete_user(
    keeper: Keeper,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let person = people::lock(conn, id)?;
            may_edit_person(&keeper, &person.facts())?;
            version.check(person.row.version)?;
            refuse_last_admin(conn, &keeper, &person)?;
            let used_by = person_usage::of_person(conn, id)?;
            refuse_used("The person has a history here: deactivate or anonymise them instead.", used_by)?;
            removal::delete(conn, id)?;
            let mut entry = Entry::new("user.delete", id.0).before(&person);
            if let Some(degree) = person.degrees().first() {
                entry = entry.degree(*degree);
            }
            entry.record(conn, &(&*keeper).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
