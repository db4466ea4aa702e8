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
pub(super) struct Params {
    /// Of this professor; without it, the caller's own, or everybody's for coordinators and admins.
    #[param(value_type = Option<i64>)]
    pub(super) professor_id: Option<UserId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
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
    let params = params.into_inner();
    let professor = professor_of(&params, &user)?;
    let page = PageParams::parse(params.limit, params.cursor.as_deref())?;
    let window = state.db.run(move |conn| Ok(conflict_of_interest::list(conn, professor, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::conflicts_of_interest::conflict)))
}

/// Of whom, as far as this person may read it; none: of everybody.
pub(super) fn professor_of(params: &Params, user: &CurrentUser) -> AppResult<Option<UserId>> {
    let professor = params.professor_id.or((!policy::plans_committees(user)).then_some(user.id));
    if let Some(professor) = professor {
        policy::may_speak_for(user, professor)?;
    }
    Ok(professor)
}
