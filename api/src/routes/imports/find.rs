use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::ImportId;
use gestfg_types::imports::Import;

/// One import: how its file was understood and what it would do, or did.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = Import), Problems),
    security(("bearer" = []))
)]
#[get("/imports/{id}")]
pub(super) async fn find_import(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| super::find_own(conn, &user, id)).await?;
    Ok(HttpResponse::Ok().json(views::imports::import(found)?))
}
