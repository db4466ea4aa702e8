use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{degree, similarity_settings};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::similarity::SimilaritySettings;

/// Whether and how what is handed in for a degree is compared with earlier deposits
/// in an academic year: as written for it,
/// or for the latest year before, or else as usual.
#[utoipa::path(
    tag = "similarity",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path)),
    responses((status = 200, body = SimilaritySettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/degrees/{id}/similarity-settings/{academic_year}")]
pub(super) async fn find_similarity_settings(
    user: CurrentUser,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, i16)>,
) -> AppResult<HttpResponse> {
    let (id, year) = path.into_inner();
    let knows_service = state.config.similarity_service.is_some();
    let mut errors = FieldErrors::new();
    check_year(&mut errors, year);
    errors.into_result()?;
    let found = state
        .db
        .run(move |conn| {
            degree::find(conn, id, year)?;
            let in_force = similarity_settings::in_force(conn, id, year)?;
            Ok(views::similarity::settings((id, year), in_force, knows_service, &user))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
