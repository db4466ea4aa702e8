use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::{call_marks, degree, mark_claim, minutes};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::routes::minutes::publish_change;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, DefenceId, MinutesId};
use gestfg_types::minutes::{ClaimMark, MarkClaim, MinutesState};

/// Claim against one's provisional mark, once, until the window ends. The
/// committee and the coordinators are told, and can change the marks until they
/// have answered.
#[utoipa::path(
    tag = "mark claims",
    request_body = ClaimMark,
    params(("id" = DefenceId, Path), ("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = MarkClaim, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/defences/{id}/mark-claims")]
pub(super) async fn create_mark_claim(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<ClaimMark>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                let detail = crate::models::defence::find(conn, id)?;
                if detail.student_id != user.id.0 {
                    return Err(AppError::not_found("mark"));
                }
                let call_id = CallId(detail.call_id);
                // Whoever closes the minutes is waited for, and waits for us.
                call::share(conn, call_id)?;
                let latest = minutes::latest(conn, call_id)?;
                let refuse = |sentence: &str| Err(AppError::refuse(ErrorCode::InvalidState, sentence));
                let Some(row) = latest.filter(|row| row.state() == MinutesState::Provisional) else {
                    return refuse("There is no provisional mark to claim against.");
                };
                if now >= row.claims_until {
                    return refuse("The time to claim is over.");
                }
                let mut errors = FieldErrors::new();
                let text = errors.paragraphs("/text", &body.text, 5000);
                if text.is_empty() {
                    errors.push("/text", FieldCode::Required, "Say what you claim, and why.");
                }
                errors.into_result()?;
                let entries = minutes::entries(conn, MinutesId(row.id))?;
                let mark = entries
                    .iter()
                    .find(|entry| entry.defence_id == id.0)
                    .and_then(|entry| views::marks::stored_mark(entry.mark.as_deref()));
                let Some(mark) = mark else { return refuse("There is no mark to claim against.") };
                let claim = mark_claim::create(conn, MinutesId(row.id), id, &text, (mark, now))?;
                let found = call::find(conn, call_id)?;
                Entry::new("mark_claim.create", claim.id)
                    .degree(gestfg_types::ids::DegreeId(found.degree_id))
                    .after(&claim)
                    .record(conn, &(&user).into())?;
                let gathered = call_marks::gather(conn, call_id, Some(id))?;
                let judges =
                    gathered.iter().flat_map(|one| &one.candidate.judges).map(|judge| judge.person.id);
                let mut concerned: Vec<_> = judges.collect();
                let of =
                    degree::find(conn, gestfg_types::ids::DegreeId(found.degree_id), found.academic_year)?;
                concerned.extend(of.coordinators.into_iter().map(|person| person.id));
                let letter = Letter::MarkClaimed {
                    defence: id,
                    name: name_of(&found.reference()),
                    title: detail.project_title,
                    student: user.name.clone(),
                };
                notices::tell(conn, &config, now, &concerned, &letter)?;
                concerned.push(user.id);
                publish_change(conn, &found, concerned)?;
                let version = Some(claim.version);
                let location = format!("{BASE}/mark-claims?call_id={call_id}");
                Ok(Created { location, version, body: views::minutes::claim(claim, false) })
            })
        })
        .await?;
    Ok(created(&answer))
}
