use super::Keeper;
use crate::app::AppState;
use crate::domain::people::may_see_person;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::people;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::UserId;
use gestfg_types::users::User;

/// One account. Admin: any; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/users/{id}")]
pub(super) async fn find_user(
    keeper: Keeper,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let person = state.db.run(move |conn| Ok(people::find(conn, id)?)).await?;
    may_see_person(&keeper, &person.facts())?;
    Ok(versioned(person.row.version, &views::users::user(person, &keeper)))
}
