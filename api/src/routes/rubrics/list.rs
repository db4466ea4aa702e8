use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::rubric;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::rubrics::Rubrics;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which degree.
    #[param(value_type = i64)]
    degree_id: DegreeId,
}

/// Every version of a degree's rubrics, the latest of each role first.
#[utoipa::path(
    tag = "rubrics",
    params(Params),
    responses((status = 200, body = Rubrics), Problems),
    security(("bearer" = []))
)]
#[get("/rubrics")]
pub(super) async fn list_rubrics(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let degree = params.degree_id;
    let rows = state.db.run(move |conn| Ok(rubric::list(conn, degree)?)).await?;
    let items = rows.into_iter().map(|row| views::rubrics::rubric(row, &user)).collect();
    Ok(HttpResponse::Ok().json(Rubrics { items }))
}
