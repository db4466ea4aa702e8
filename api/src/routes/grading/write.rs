use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::domain::{grading, marking};
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{degree, grading_settings};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, put, web};
use gestfg_types::grading::{GradingRules, GradingSettings};
use gestfg_types::ids::DegreeId;
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

/// Write how final marks of a degree are made from an academic year on; years
/// before, and marks that are published, keep theirs. By a coordinator of the
/// degree or an admin. The version is 0 while none were written for that year.
#[utoipa::path(
    tag = "grading",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path), ("If-Match" = String, Header)),
    request_body = GradingRules,
    responses((status = 200, body = GradingSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/degrees/{id}/grading-settings/{academic_year}")]
pub(super) async fn write_grading_settings(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, i16)>,
    body: web::Json<GradingRules>,
) -> AppResult<HttpResponse> {
    let ((id, year), rules) = (path.into_inner(), body.into_inner());
    marking::may_set_rules(&user, id)?;
    let mut errors = FieldErrors::new();
    check_year(&mut errors, year);
    grading::check_rules(&mut errors, &rules);
    errors.into_result()?;
    let written = state
        .db
        .write(move |conn| {
            // One at a time writes the settings of a degree.
            degree::lock(conn, id)?;
            let before = grading_settings::in_force(conn, id, year)?;
            let seen = before.version_of(year);
            version.check(seen)?;
            grading_settings::write(conn, id, year, &rules, seen)?;
            let after = grading_settings::in_force(conn, id, year)?;
            Entry::new("grading_settings.write", id.0)
                .degree(id)
                .before(&json!({"academic_year": before.written_for, "rules": before.rules}))
                .after(&json!({"academic_year": after.written_for, "rules": after.rules}))
                .record(conn, &(&user).into())?;
            Change::of(UpdateTopic::Marks).degree(id).publish(conn)?;
            Ok(views::grading::settings(id, year, after, &user))
        })
        .await?;
    Ok(versioned(written.version, &written))
}
