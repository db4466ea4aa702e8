use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{degree, grading_settings};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::grading::GradingSettings;
use gestfg_types::ids::DegreeId;

/// How final marks of a degree are made in an academic year: as written for it,
/// or for the latest year before, or else as usual.
#[utoipa::path(
    tag = "grading",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path)),
    responses((status = 200, body = GradingSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/degrees/{id}/grading-settings/{academic_year}")]
pub(super) async fn find_grading_settings(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, i16)>,
) -> AppResult<HttpResponse> {
    let (id, year) = path.into_inner();
    let mut errors = FieldErrors::new();
    check_year(&mut errors, year);
    errors.into_result()?;
    let found = state
        .db
        .run(move |conn| {
            degree::find(conn, id, year)?;
            Ok(views::grading::settings(id, year, grading_settings::in_force(conn, id, year)?, &user))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
