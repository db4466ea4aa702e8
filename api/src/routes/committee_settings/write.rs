use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::committee_rules;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{committee_settings, degree};
use crate::openapi::Problems;
use crate::routes::check_year;
use crate::views;
use actix_web::{HttpResponse, put, web};
use gestfg_types::committee_settings::{CommitteeRules, CommitteeSettings};
use gestfg_types::ids::DegreeId;
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

/// Write how the committees of a degree are made from an academic year on;
/// years before keep theirs. By a coordinator of the degree or an admin. The
/// version is 0 while none were written for that very year.
#[utoipa::path(
    tag = "committee settings",
    params(("id" = DegreeId, Path), ("academic_year" = i16, Path), ("If-Match" = String, Header)),
    request_body = CommitteeRules,
    responses((status = 200, body = CommitteeSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/degrees/{id}/committee-settings/{academic_year}")]
pub(super) async fn write_committee_settings(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DegreeId, i16)>,
    body: web::Json<CommitteeRules>,
) -> AppResult<HttpResponse> {
    let ((id, year), rules) = (path.into_inner(), body.into_inner());
    policy::may_manage_committees(&user, id)?;
    let mut errors = FieldErrors::new();
    check_year(&mut errors, year);
    committee_rules::check(&mut errors, &rules);
    errors.into_result()?;
    let written = state
        .db
        .write(move |conn| {
            // One at a time writes the settings of a degree.
            degree::lock(conn, id)?;
            let before = committee_settings::in_force(conn, id, year)?;
            let seen = before.version_of(year);
            version.check(seen)?;
            committee_settings::write(conn, id, year, &rules, seen)?;
            let after = committee_settings::in_force(conn, id, year)?;
            Entry::new("committee_settings.write", id.0)
                .degree(id)
                .before(&json!({"academic_year": before.written_for, "rules": before.rules}))
                .after(&json!({"academic_year": after.written_for, "rules": after.rules}))
                .record(conn, &(&user).into())?;
            Change::of(UpdateTopic::CommitteeSettings).subject(id.0).degree(id).publish(conn)?;
            Ok(views::committee_settings::settings(id, year, after, &user))
        })
        .await?;
    Ok(versioned(written.version, &written))
}
