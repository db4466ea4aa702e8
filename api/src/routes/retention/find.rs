use crate::app::AppState;
use crate::auth::Admin;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::retention;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::retention::RetentionSettings;

/// How long everything is kept, and what the latest night removed. Admin only.
#[utoipa::path(
    tag = "retention",
    responses((status = 200, body = RetentionSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/retention-settings")]
pub(super) async fn find_retention(_: Admin, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let (kept, night) =
        state.db.run(|conn| Ok((retention::find(conn)?, retention::last_night(conn)?))).await?;
    Ok(versioned(kept.version, &views::retention::settings(kept, night.as_ref())))
}
