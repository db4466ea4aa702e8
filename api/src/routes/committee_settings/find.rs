use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{committee_settings, degree};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::committee_settings::CommitteeSettings;
use gestfg_types::ids::DegreeId;

/// How the committees of a degree are made in an academic year: as written for
/// it, or for the latest year before, or else as usual.
#[utoipa::path(
    tag = "committee settings",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path)),
    responses((status = 200, body = CommitteeSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/degrees/{id}/committee-settings/{academic_year}")]
pub(super) async fn find_committee_settings(
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
            let in_force = committee_settings::in_force(conn, id, year)?;
            Ok(views::committee_settings::settings(id, year, in_force, &user))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
