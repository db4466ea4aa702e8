//! More time to hand in documents.

use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::IfMatch;
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::{document_extension, evaluation_request};
use crate::notices;
use crate::routes::documents::announce;
use crate::views;
use actix_web::web;
use chrono::{DateTime, Utc};
use gestfg_types::documents::{DocumentExtension, DocumentExtensionState};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AssignmentId, DegreeId, DocumentExtensionId, EvaluationRequestId};
use utoipa_actix_web::service_config::ServiceConfig;

mod create;
mod grant;
mod refuse;

/// The longest reason.
const LONGEST: usize = 2000;

/// The operations on extensions.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(create::create_document_extension)
        .service(grant::grant_document_extension)
        .service(refuse::refuse_document_extension);
}

/// What is decided.
enum Decision {
    /// Until this moment, or as was asked for.
    Grant(Option<DateTime<Utc>>),
    Refuse,
}

async fn decide(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: DocumentExtensionId,
    decision: Decision,
    reason: Option<String>,
) -> AppResult<DocumentExtension> {
    let (now, config) = (state.clock.now(), state.config.clone());
    state
        .db
        .write(move |conn| {
            let found = document_extension::find(conn, id)?;
            let request = evaluation_request::find(conn, EvaluationRequestId(found.evaluation_request_id))?;
            if !request.assignment.is_visible_to(&user) {
                return Err(AppError::not_found("extension"));
            }
            let degree = DegreeId(request.assignment.degree_id);
            policy::may_decide_extension(&user, degree)?;
            let before = document_extension::lock(conn, id)?;
            version.check(before.version)?;
            if before.state != DocumentExtensionState::Asked.as_str() {
                return Err(AppError::refuse(ErrorCode::InvalidState, "It was decided already."));
            }
            let until = match decision {
                Decision::Grant(until) => Some(until.unwrap_or(before.wanted_until)),
                Decision::Refuse => None,
            };
            if until.is_some_and(|until| until <= now) {
                let sentence = "More time ends in the future.";
                return Err(AppError::invalid_field("/until", FieldCode::OutOfRange, sentence));
            }
            let after = document_extension::decide(conn, id, user.id, until, reason.as_deref(), now)?;
            let verb = if until.is_some() { "document_extension.grant" } else { "document_extension.refuse" };
            Entry::new(verb, id.0)
                .degree(degree)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let letter = Letter::ExtensionDecided {
                assignment: AssignmentId(request.assignment.id),
                title: request.assignment.project_title.clone(),
                until,
                reason,
            };
            notices::tell(conn, &config, now, &request.assignment.concerned(user.id), &letter)?;
            announce(conn, &request)?;
            Ok(views::documents::extension(document_extension::find(conn, id)?, &user, degree))
        })
        .await
}
