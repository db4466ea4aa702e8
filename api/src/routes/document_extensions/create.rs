use super::LONGEST;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::documents::phase_of;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::{call, degree, document_extension, evaluation_request};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::routes::documents::{Reading, announce, reading};
use crate::views;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Duration, Utc};
use gestfg_types::documents::{AskDocumentExtension, DocumentExtension, HandedInBy};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::evaluation_requests::EvaluationRequestState;
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, EvaluationRequestId};

/// Nobody asks for more than this: there are other calls.
const LONGEST_EXTENSION: Duration = Duration::days(90);

/// Ask for more time to hand in, before or after the phase has ended.
///
/// By the students of the project and its tutor, once until it is decided.
/// The coordinators of the degree are told.
#[utoipa::path(
    tag = "document-extensions",
    request_body = AskDocumentExtension,
    params(
        ("id" = EvaluationRequestId, Path),
        ("Idempotency-Key" = Option<String>, Header, max_length = 255)
    ),
    responses((status = 201, body = DocumentExtension, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/evaluation-requests/{id}/document-extensions")]
pub(super) async fn create_document_extension(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<EvaluationRequestId>,
    body: web::Json<AskDocumentExtension>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let mut errors = FieldErrors::new();
    let reason = errors.paragraphs("/reason", &body.reason, LONGEST);
    if reason.is_empty() {
        errors.push("/reason", FieldCode::Required, "Say why.");
    }
    if body.wanted_until <= now || body.wanted_until > now + LONGEST_EXTENSION {
        errors.push("/wanted_until", FieldCode::OutOfRange, "More time ends within the next 90 days.");
    }
    let config = state.config.clone();
    let answer = state
        .db
        .write(move |conn| {
            let Reading { request, facts, students, .. } = reading(conn, id, &user)?;
            policy::may_ask_extension(&user, &facts, &students)?;
            errors.into_result()?;
            idempotency.once(conn, &user, now, &body, |conn| {
                let phase = phase_of(HandedInBy::Students);
                let windows = call::windows_of_call(conn, CallId(request.call_id), phase)?;
                let locked = evaluation_request::lock(conn, id)?;
                if locked.state != EvaluationRequestState::Requested.as_str() {
                    return Err(AppError::refuse(ErrorCode::InvalidState, "It was taken out of the call."));
                }
                let granted = document_extension::granted_until(conn, id)?;
                let ends = windows.iter().map(|window| window.ends_at).chain(granted).max();
                check_end(body.wanted_until, ends)?;
                let row = document_extension::create(conn, id, user.id, body.wanted_until, &reason, now)?;
                Entry::new("document_extension.create", row.id)
                    .degree(facts.degree)
                    .after(&row)
                    .record(conn, &(&user).into())?;
                let letter = Letter::ExtensionAsked {
                    assignment: AssignmentId(request.assignment.id),
                    title: request.assignment.project_title.clone(),
                    by: user.name.clone(),
                    until: body.wanted_until,
                    reason: reason.clone(),
                };
                let coordinators = degree::coordinators(conn, DegreeId(request.assignment.degree_id))?;
                notices::tell(conn, &config, now, &coordinators, &letter)?;
                announce(conn, &request)?;
                let found = document_extension::list(conn, id)?.into_iter().find(|found| found.id == row.id);
                let body = views::documents::extension(found.ok_or(diesel::NotFound)?, &user, facts.degree);
                let location = format!("{BASE}/evaluation-requests/{id}/documents");
                Ok(Created { location, version: Some(body.version), body })
            })
        })
        .await?;
    Ok(created(&answer))
}

fn check_end(wanted: DateTime<Utc>, ends: Option<DateTime<Utc>>) -> AppResult<()> {
    let Some(ends) = ends else {
        return Err(AppError::refuse(ErrorCode::InvalidState, "The call has no dates for handing in yet."));
    };
    if wanted > ends {
        return Ok(());
    }
    let sentence = "Handing in is open until then already.";
    Err(AppError::invalid_field("/wanted_until", FieldCode::OutOfRange, sentence))
}
