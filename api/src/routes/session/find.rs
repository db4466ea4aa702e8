use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{roles, user};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::session::Me;

/// Who am I, with roles and permissions.
#[utoipa::path(
    tag = "session",
    responses((status = 200, body = Me, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/session")]
pub(super) async fn find_session(caller: CurrentUser, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let id = caller.id;
    let (row, roles) = state.db.run(move |conn| Ok((user::find(conn, id)?, roles::find(conn, id)?))).await?;
    Ok(versioned(row.version, &views::users::me(row, roles, &caller.actor)))
}
