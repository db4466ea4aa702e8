use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::conflict_of_interest;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::conflicts_of_interest::ConflictOfInterest;
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of this professor; without it, the caller's own, or everybody's for coordinators and admins.
    #[param(value_type = Option<i64>)]
    professor_id: Option<UserId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List declared conflicts of interest, the latest first.
#[utoipa::path(
    tag = "conflicts of interest",
    params(Params),
    responses((status = 200, body = Page<ConflictOfInterest>), Problems),
    security(("bearer" = []))
)]
#[get("/conflicts-of-interest")]
pub(super) async fn list_conflicts_of_interest(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { professor_id, limit, cursor } = params.into_inner();
    let professor = professor_id.or((!policy::plans_committees(&user)).then_some(user.id));
    if let Some(professor) = professor {
        policy::may_speak_for(&user, professor)?;
    }
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let window = state.db.run(move |conn| Ok(conflict_of_interest::list(conn, professor, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::conflicts_of_interest::conflict)))
}
