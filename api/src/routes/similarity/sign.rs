use super::Compared;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::similarity::{JUSTIFICATION, may_sign};
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::{similarity_check, similarity_justification};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::similarity_news::announce;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::{SignJustification, Similarity};

/// Sign, with one's name and for good, why a flagged document may be defended.
///
/// By the tutors of the project, coordinators of the degree and admins. It is
/// never changed: another one takes its place, and is needed when a greater share
/// is found later.
#[utoipa::path(
    tag = "similarity",
    request_body = SignJustification,
    params(
        ("id" = DocumentId, Path),
        ("Idempotency-Key" = Option<String>, Header, max_length = 255)
    ),
    responses((status = 201, body = Similarity, headers(("Location"))), Problems),
    security(("bearer" = []))
)]
#[post("/documents/{id}/similarity/justifications")]
pub(super) async fn sign_similarity_justification(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    id: web::Path<DocumentId>,
    body: web::Json<SignJustification>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let (least, most) = JUSTIFICATION;
    let mut errors = FieldErrors::new();
    let text = errors.paragraphs("/text", &body.text, most);
    if text.chars().count() < least {
        errors.push("/text", FieldCode::TooShort, format!("At least {least} characters are needed."));
    }
    let answer = state
        .db
        .write(move |conn| {
            let seen = Compared::load(conn, id, &user)?;
            may_sign(&user, &seen.reading.facts)?;
            errors.into_result()?;
            idempotency.once(conn, &user, now, &body, |conn| {
                // What the service answers in this moment is waited for.
                similarity_check::lock(conn, id)?;
                let found = Compared::load(conn, id, &user)?;
                let share = found.summary.share_permille.filter(|_| found.summary.is_flagged);
                let share = share.ok_or_else(|| {
                    AppError::refuse(
                        ErrorCode::InvalidState,
                        "The document is not flagged: there is nothing to sign.",
                    )
                })?;
                let row = similarity_justification::create(conn, id, &text, share, user.id, now)?;
                Entry::new("similarity_justification.sign", row.id)
                    .degree(found.reading.facts.degree)
                    .after(&row)
                    .record(conn, &(&user).into())?;
                announce(conn, &found.document)?;
                let body = Compared::load(conn, id, &user)?.shown(conn, &user)?;
                Ok(Created { location: format!("{BASE}/documents/{id}/similarity"), version: None, body })
            })
        })
        .await?;
    Ok(created(&answer))
}
