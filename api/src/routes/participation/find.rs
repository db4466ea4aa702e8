use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::participation;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::UserId;
use gestfg_types::participation::Participation;

/// One professor's service in committees. For themselves, coordinators and admins.
#[utoipa::path(
    tag = "participation",
    params(("professor_id" = UserId, Path)),
    responses((status = 200, body = Participation, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/participation/{professor_id}")]
pub(super) async fn find_participation(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    policy::may_speak_for(&user, id)?;
    let row = state.db.run(move |conn| Ok(participation::find(conn, id)?)).await?;
    Ok(versioned(row.version, &views::participation::participation(row.clone())))
}
