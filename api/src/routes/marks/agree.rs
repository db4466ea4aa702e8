use super::Marked;
use super::find::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::{call, mark_sheet};
use crate::openapi::Problems;
use crate::routes::gate;
use crate::routes::minutes::rules_of;
use actix_web::{HttpResponse, put, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::grading::Agreement;
use gestfg_types::ids::DefenceId;
use gestfg_types::marks::{DefenceMarks, WriteAgreedMark};
use gestfg_types::rubrics::RubricRole;

/// Say the mark of the committee, where the degree leaves it to the president's
/// word; the version is 0 before the first.
///
/// By the president of the committee in the phases `defence` and `grading`,
/// while a claim waits or after the minutes were opened again; by coordinators
/// of the degree and admins also outside the phases, with `override_reason`.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("If-Match" = String, Header)),
    request_body = WriteAgreedMark,
    responses((status = 200, body = DefenceMarks, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/defences/{id}/agreed-mark")]
pub(super) async fn write_agreed_mark(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<WriteAgreedMark>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let mut errors = FieldErrors::new();
    let remarks = errors.paragraphs("/remarks", &body.remarks, 2000);
    let written = state
        .db
        .write(move |conn| {
            let seen = Marked::load_visible(conn, id, &user)?;
            seen.marking().may_preside(&user)?;
            call::share(conn, seen.call())?;
            let before = mark_sheet::find_agreed(conn, id)?;
            let seen_version = before.as_ref().map_or(0, |row| row.version);
            version.check(seen_version)?;
            errors.into_result()?;
            let marked = Marked::load(conn, id)?;
            let role = RubricRole::Committee;
            let passage = marked.pass(conn, &user, role, reason.as_deref(), (now, &config))?;
            let passage = marked.pass_if_not_held(conn, &user, reason.as_deref(), passage)?;
            let found = call::find(conn, marked.call())?;
            let rules = rules_of(conn, &found, marked.minutes.as_ref())?;
            if rules.agreement != Agreement::President {
                let sentence = "In this degree the mark of a committee is made of those of its members.";
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            if !mark_sheet::write_agreed(conn, id, (body.mark, &remarks), user.id, seen_version)? {
                return Err(AppError::code_only(ErrorCode::StaleVersion));
            }
            let after = mark_sheet::find_agreed(conn, id)?;
            Entry::new("agreed_mark.write", id.0)
                .degree(marked.degree())
                .override_reason(&passage)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            marked.publish_change(conn)?;
            shown(conn, id, &user, now)
        })
        .await?;
    Ok(versioned(written.version, &written))
}
