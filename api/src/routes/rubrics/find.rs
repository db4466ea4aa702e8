use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::rubric;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::RubricId;
use gestfg_types::rubrics::Rubric;

/// One version of a rubric. It never changes.
#[utoipa::path(
    tag = "rubrics",
    params(("id" = RubricId, Path)),
    responses((status = 200, body = Rubric, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/rubrics/{id}")]
pub(super) async fn find_rubric(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<RubricId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state.db.run(move |conn| Ok(views::rubrics::rubric(rubric::find(conn, id)?, &user))).await?;
    Ok(versioned(found.version, &found))
}
