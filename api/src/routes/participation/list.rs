use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::participation::{self, ParticipationFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DepartmentId;
use gestfg_types::pagination::Page;
use gestfg_types::participation::Participation;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Words of the name, ignoring case and accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    pub(super) q: Option<String>,
    /// Of this department.
    #[param(value_type = Option<i64>)]
    pub(super) department_id: Option<DepartmentId>,
    /// Only exempt ones, or only the others.
    pub(super) exempt: Option<bool>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// List active professors by name, with their service in committees over the
/// years and what they may be called for. Professors who form no committees
/// see only themselves.
#[utoipa::path(
    tag = "participation",
    params(Params),
    responses((status = 200, body = Page<Participation>), Problems),
    security(("bearer" = []))
)]
#[get("/participation")]
pub(super) async fn list_participation(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let page = PageParams::parse(params.limit, params.cursor.as_deref())?;
    let filter = filter_of(params, &user)?;
    let window = state.db.run(move |conn| Ok(participation::list(conn, &filter, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::participation::participation)))
}

/// What the parameters ask for, of what this person may read.
pub(super) fn filter_of(params: Params, user: &CurrentUser) -> AppResult<ParticipationFilter> {
    let professor = (!policy::plans_committees(user)).then_some(user.id);
    if let Some(professor) = professor {
        policy::may_speak_for(user, professor)?;
    }
    let Params { q, department_id, exempt, limit: _, cursor: _ } = params;
    Ok(ParticipationFilter { q, department: department_id, exempt, professor })
}
