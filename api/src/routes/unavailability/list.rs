use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::unavailability::{self, SayingFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::availability::{Unavailability, UnavailabilitySource};
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Whose; the caller's unless said. Others': for coordinators and admins.
    #[param(value_type = Option<i64>)]
    pub(super) professor_id: Option<UserId>,
    /// Only what ends after this moment.
    pub(super) from: Option<DateTime<Utc>>,
    /// Only what begins before this moment.
    pub(super) to: Option<DateTime<Utc>>,
    /// Only what this source says.
    pub(super) source: Option<UnavailabilitySource>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List when a professor cannot come, or only if needed, in the order of time.
#[utoipa::path(
    tag = "availability",
    params(Params),
    responses((status = 200, body = Page<Unavailability>), Problems),
    security(("bearer" = []))
)]
#[get("/unavailability")]
pub(super) async fn list_unavailability(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { professor_id, from, to, source, limit, cursor } = params.into_inner();
    let professor = professor_id.unwrap_or(user.id);
    policy::may_speak_for(&user, professor)?;
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = SayingFilter { from, to, source };
    let window = state.db.run(move |conn| Ok(unavailability::list(conn, professor, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::availability::unavailability)))
}
