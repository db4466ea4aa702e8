use crate::app::AppState;
use crate::auth::Origin;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::models::audit::{Author, Entry};
use crate::models::evaluation_request;
use crate::models::{document, similarity_check, similarity_report};
use crate::openapi::Problems;
use crate::similarity_news::{announce, tell_if_flagged};
use crate::similarity_signature::{SIGNATURE, TIMESTAMP, verify};
use actix_web::{HttpRequest, HttpResponse, post, web};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DegreeId, DocumentId, EvaluationRequestId};
use gestfg_types::similarity::{AnswerSimilarityReport, SimilarityServiceState};
use uuid::Uuid;

/// The longest address.
const LONGEST: usize = 2000;

/// The answer of the similarity service to a question.
///
/// Without log-in, signed as the question was: `GesTFG-Signature` is `v1=` and
/// the HMAC-SHA256, in hexadecimal, of `GesTFG-Timestamp` (seconds since 1970, not
/// more than five minutes ago), a point, the question's id, a point, and the body,
/// under the secret both sides have. The same answer sent again is taken as once;
/// another one is refused.
#[utoipa::path(
    tag = "similarity",
    request_body = AnswerSimilarityReport,
    params(
        ("id" = String, Path),
        ("GesTFG-Timestamp" = String, Header), ("GesTFG-Signature" = String, Header)
    ),
    responses((status = 204, description = "It was taken"), Problems),
    security(())
)]
#[post("/similarity-reports/{id}/answer")]
pub(super) async fn answer_similarity_report(
    origin: Origin,
    state: web::Data<AppState>,
    id: web::Path<Uuid>,
    request: HttpRequest,
    body: web::Bytes,
) -> AppResult<HttpResponse> {
    let (id, config, now) = (id.into_inner(), state.config.clone(), state.clock.now());
    let unknown = || AppError::not_found("question");
    let service = config.similarity_service.as_ref().ok_or_else(unknown)?;
    let told = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !verify(service, (told(TIMESTAMP), told(SIGNATURE)), &id.to_string(), &body, now) {
        return Err(AppError::refuse(ErrorCode::NotAuthenticated, "The signature is not ours, or too old."));
    }
    let answer: AnswerSimilarityReport = serde_json::from_slice(&body).map_err(|error| {
        AppError::refuse(ErrorCode::MalformedRequest, format!("The body does not fit: {error}."))
    })?;
    check(&answer)?;
    let AnswerSimilarityReport { share_permille, report_url } = answer;
    state
        .db
        .write(move |conn| {
            let seen = similarity_report::lock(conn, id)?;
            let document = DocumentId(seen.document_id);
            if seen.state == SimilarityServiceState::Answered.as_str() {
                if seen.share_permille == Some(share_permille) && seen.report_url == report_url {
                    return Ok(());
                }
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "It was answered already, and otherwise.",
                ));
            }
            // Whoever signs in this moment is waited for.
            similarity_check::lock(conn, document)?;
            let after =
                similarity_report::set_answered(conn, id, share_permille, report_url.as_deref(), now)?;
            let found = document::find(conn, document)?;
            let request = evaluation_request::find(conn, EvaluationRequestId(found.evaluation_request_id))?;
            Entry::new("similarity_report.answer", document.0)
                .degree(DegreeId(request.assignment.degree_id))
                .before(&seen)
                .after(&after)
                .record(conn, &Author::system(origin))?;
            tell_if_flagged(conn, &config, &found, now)?;
            announce(conn, &found)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn check(answer: &AnswerSimilarityReport) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    if !(0..=1000).contains(&answer.share_permille) {
        errors.push("/share_permille", FieldCode::OutOfRange, "A share goes from 0 to 1000 thousandths.");
    }
    // It becomes a link on a page: no script, and nothing in the clear.
    let is_link = |text: &str| {
        text.chars().count() <= LONGEST && url::Url::parse(text).is_ok_and(|url| url.scheme() == "https")
    };
    if answer.report_url.as_deref().is_some_and(|text| !is_link(text)) {
        errors.push(
            "/report_url",
            FieldCode::UnknownValue,
            "An address begins with https:// and has at most 2000 characters.",
        );
    }
    errors.into_result()
}
