use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{roles, user};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::session::Me;

/// One's own profile, roles and permissions.
#[utoipa::path(
    tag = "me",
    responses((status = 200, body = Me, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/me")]
pub(super) async fn find_me(caller: CurrentUser, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let id = caller.id;
    let (row, roles) = state.db.run(move |conn| Ok((user::find(conn, id)?, roles::find(conn, id)?))).await?;
    Ok(versioned(row.version, &views::users::me(row, roles, &caller.actor)))
}
