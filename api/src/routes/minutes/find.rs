use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::MinutesId;
use gestfg_types::minutes::Minutes;

/// The minutes of a call, in one edition: for the presidents of its committees,
/// coordinators of the degree and admins.
#[utoipa::path(
    tag = "minutes",
    params(("id" = MinutesId, Path)),
    responses((status = 200, body = Minutes, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/minutes/{id}")]
pub(super) async fn find_minutes(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<MinutesId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| shown(conn, id, &user)).await?;
    Ok(versioned(found.version, &found))
}
