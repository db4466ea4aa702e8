use super::{people, publish_change, record_steps, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::marking;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::{call_marks, minutes, settlement};
use crate::notices;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::MinutesId;
use gestfg_types::minutes::{Minutes, MinutesState, ReopenMinutes};
use gestfg_types::projects::REASON_MAX;

/// Open minutes again, with a reason that everybody concerned is told: marks
/// can be changed whatever the dates, and publishing them again makes the next
/// edition. These stay on record. By coordinators of the degree and admins, unless something was
/// built on them since: a project entered in another call, or a student given another one.
#[utoipa::path(
    tag = "minutes",
    params(("id" = MinutesId, Path), ("If-Match" = String, Header)),
    request_body = ReopenMinutes,
    responses((status = 200, body = Minutes, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/minutes/{id}/reopen")]
pub(super) async fn reopen_minutes(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<MinutesId>,
    body: web::Json<ReopenMinutes>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, REASON_MAX);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "Say why: it is kept.");
    }
    let reopened = state
        .db
        .write(move |conn| {
            let seen = shown(conn, id, &user)?;
            marking::may_reopen(&user, seen.call.degree.id)?;
            call::lock(conn, seen.call.id)?;
            let before = minutes::find(conn, id)?;
            version.check(before.version)?;
            errors.into_result()?;
            if before.state() == MinutesState::Reopened {
                return Err(AppError::refuse(ErrorCode::InvalidState, "The minutes are open again already."));
            }
            if let Some(built) = settlement::find_built_on(conn, seen.call.id)? {
                let what = if built.is_entered_again {
                    "has been entered in another call since; take that back first"
                } else {
                    "was finished, and one of its students has another project since"
                };
                let sentence = format!("“{}” {what}.", built.title);
                return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
            }
            let after = minutes::reopen(conn, id, (now, user.id, &reason))?;
            let active = settlement::unsettle(conn, seen.call.id)?;
            record_steps(conn, &active, ("assignment.resume", "active"), (seen.call.degree.id, &user))?;
            Entry::new("minutes.reopen", id.0)
                .degree(seen.call.degree.id)
                .reason(reason.clone())
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let found = call::find(conn, seen.call.id)?;
            let concerned = people(&call_marks::gather(conn, seen.call.id, None)?);
            let letter =
                Letter::MinutesReopened { call: seen.call.id, name: name_of(&found.reference()), reason };
            notices::tell(conn, &config, now, &concerned, &letter)?;
            publish_change(conn, &found, concerned)?;
            shown(conn, id, &user)
        })
        .await?;
    Ok(versioned(reopened.version, &reopened))
}
