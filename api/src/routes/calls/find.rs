use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::call;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::calls::Call;
use gestfg_types::ids::CallId;

/// One call. Drafts are seen by those who keep the degree.
#[utoipa::path(
    tag = "calls",
    params(("id" = CallId, Path)),
    responses((status = 200, body = Call, headers(("ETag"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/calls/{id}")]
pub(super) async fn find_call(
    viewer: Viewer,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let row = call::find_visible(conn, id, viewer.actor())?;
            Ok(views::calls::call(&row, viewer.actor(), now))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
