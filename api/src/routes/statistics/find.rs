use super::{Params, read};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::openapi::Problems;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get, web};
use gestfg_types::statistics::Statistics;

/// How many projects came how far, by year, degree, department, area or tutor,
/// and who has how much to do.
///
/// Those with duties read the figures as they are: admins all, coordinators
/// their degrees, heads their department, professors their own. Everybody else
/// reads them **rounded**: multiples of five, sums of small parts that were each
/// rounded up or down; figures of students (from `students` on) only of groups
/// of at least five, or else null; no median and no loads. Gathered by the
/// server about every quarter of an hour; the answer says when.
#[utoipa::path(
    tag = "statistics",
    params(Params),
    responses((status = 200, body = Statistics, headers(("Cache-Control"))), Problems),
    security((), ("bearer" = []))
)]
#[get("/statistics")]
pub(super) async fn find_statistics(
    viewer: Viewer,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let statistics = read(&state, viewer, params.into_inner()).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-cache")).json(statistics))
}
