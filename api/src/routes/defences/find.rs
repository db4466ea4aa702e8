use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::defence;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::defences::Defence;
use gestfg_types::ids::DefenceId;

/// One published defence. Public: visitors read the student by initials.
#[utoipa::path(
    tag = "defences",
    params(("id" = DefenceId, Path)),
    responses((status = 200, body = Defence, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/defences/{id}")]
pub(super) async fn find_defence(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state
        .public_reads
        .of(&viewer)
        .run(move |conn| Ok(views::defences::defence(defence::find(conn, id)?, viewer.actor())))
        .await?;
    Ok(versioned(found.version, &found))
}
