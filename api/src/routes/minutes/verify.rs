use crate::app::AppState;
use crate::error::{AppError, AppResult};
use crate::minutes_record::digest_of;
use crate::models::{call, minutes};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{CallId, MinutesId};
use gestfg_types::minutes::{MinutesState, Verification};

/// What is known of a verification code, as it stands on minutes: whose they
/// are, whether they are as they were closed, and whether they are in force.
/// Public; says no marks.
#[utoipa::path(
    tag = "minutes",
    params(("code" = String, Path, max_length = 60)),
    responses((status = 200, body = Verification), Problems),
    security(())
)]
#[get("/minutes/verification/{code}")]
pub(super) async fn verify_minutes(
    state: web::Data<AppState>,
    code: web::Path<String>,
) -> AppResult<HttpResponse> {
    // As people copy it from paper: in groups, in any case.
    let code: String =
        code.chars().filter(char::is_ascii_alphanumeric).take(60).collect::<String>().to_uppercase();
    let found = state
        .db
        .run(move |conn| {
            let row = minutes::find_by_code(conn, &code)?;
            let call = call::find(conn, CallId(row.call_id))?.reference();
            let entries = minutes::entries(conn, MinutesId(row.id))?;
            let is_current = row.state() == MinutesState::Closed;
            let whole = row.number.zip(row.closed_at).zip(row.digest).zip(row.content);
            let (((number, closed_at), digest), content) =
                whole.ok_or_else(|| AppError::not_found("minutes"))?;
            Ok(Verification {
                code,
                call,
                number,
                edition: row.edition,
                closed_at,
                entry_count: i64::try_from(entries.len()).unwrap_or_default(),
                is_intact: digest_of(&content) == digest,
                digest,
                is_current,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}
