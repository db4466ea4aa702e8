use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::retention;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, put, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::retention::{RETENTION_MONTHS_MAX, RetentionRule, RetentionSettings, WriteRetention};
use serde_json::json;

/// Set how long things are kept. From the next night on, what is past its
/// time is removed for good; see what that would be first. Admin only.
#[utoipa::path(
    tag = "retention",
    params(("If-Match" = String, Header)),
    request_body = WriteRetention,
    responses((status = 200, body = RetentionSettings, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/retention-settings")]
pub(super) async fn write_retention(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    body: web::Json<WriteRetention>,
) -> AppResult<HttpResponse> {
    let rules = body.into_inner().rules;
    check(&rules)?;
    let (kept, night) = state
        .db
        .write(move |conn| {
            let before = retention::lock(conn)?;
            version.check(before.version)?;
            let after = retention::write(conn, &rules)?;
            Entry::new("retention_settings.write", 1)
                .before(&json!({"rules": before.rules}))
                .after(&json!({"rules": after.rules}))
                .record(conn, &(&*admin).into())?;
            Ok((after, retention::last_night(conn)?))
        })
        .await?;
    Ok(versioned(kept.version, &views::retention::settings(kept, night.as_ref())))
}

fn check(rules: &[RetentionRule]) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    for (n, rule) in rules.iter().enumerate() {
        if rules[..n].iter().any(|earlier| earlier.kind == rule.kind) {
            errors.push(format!("/rules/{n}/kind"), FieldCode::Duplicate, "Each kind comes once.");
        }
        if rule.months.is_some_and(|months| !(1..=RETENTION_MONTHS_MAX).contains(&months)) {
            let sentence = format!("A rule has 1 to {RETENTION_MONTHS_MAX} months.");
            errors.push(format!("/rules/{n}/months"), FieldCode::OutOfRange, sentence);
        }
        // There are not so many kinds: the rest would only say so again.
        if n >= 100 {
            break;
        }
    }
    errors.into_result()
}
