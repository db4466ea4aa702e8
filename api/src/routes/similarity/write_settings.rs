use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::similarity;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{degree, similarity_settings};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, put, web};
use gestfg_types::ids::DegreeId;
use gestfg_types::similarity::{SimilarityRules, SimilaritySettings};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

/// Write whether and how what is handed in for a degree is compared from an
/// academic year on; years before, and what was handed in, keep theirs. By a
/// coordinator of the degree or an admin. The version is 0 while none were written
/// for that year.
#[utoipa::path(
    tag = "similarity",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path), ("If-Match" = String, Header)),
    request_body = SimilarityRules,
    responses((status = 200, body = SimilaritySettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/degrees/{id}/similarity-settings/{academic_year}")]
pub(super) async fn write_similarity_settings(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, i16)>,
    body: web::Json<SimilarityRules>,
) -> AppResult<HttpResponse> {
    let ((id, year), rules) = (path.into_inner(), body.into_inner());
    similarity::may_set_rules(&user, id)?;
    let knows_service = state.config.similarity_service.is_some();
    let mut errors = FieldErrors::new();
    check_year(&mut errors, year);
    similarity::check_rules(&mut errors, &rules);
    errors.into_result()?;
    let written = state
        .db
        .write(move |conn| {
            // One at a time writes the settings of a degree.
            degree::lock(conn, id)?;
            let before = similarity_settings::in_force(conn, id, year)?;
            let seen = before.version_of(year);
            version.check(seen)?;
            similarity_settings::write(conn, id, year, &rules, seen)?;
            let after = similarity_settings::in_force(conn, id, year)?;
            Entry::new("similarity_settings.write", id.0)
                .degree(id)
                .before(&json!({"academic_year": before.written_for, "rules": before.rules}))
                .after(&json!({"academic_year": after.written_for, "rules": after.rules}))
                .record(conn, &(&user).into())?;
            Change::of(UpdateTopic::Documents).degree(id).publish(conn)?;
            Ok(views::similarity::settings((id, year), after, knows_service, &user))
        })
        .await?;
    Ok(versioned(written.version, &written))
}
