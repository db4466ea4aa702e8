use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::import::{batch, undo};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::ImportId;
use gestfg_types::imports::Import;

/// Take a commit back as a whole, while nothing has been built on its rows.
#[utoipa::path(
    tag = "imports",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = Import), Problems),
    security(("bearer" = []))
)]
#[post("/imports/{id}/undo")]
pub(super) async fn undo_import(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ImportId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let writing = batch::writing(&state, &user, id, None);
    let found = state
        .db
        .write(move |conn| {
            let found = super::find_own(conn, &user, id)?;
            batch::may_import(&user, batch::kind_of(&found.record))?;
            undo::undo(conn, &writing)?;
            super::find_own(conn, &user, id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(views::imports::import(found)?))
}
