use super::{Reading, reading};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{call, degree, document, document_extension};
use crate::openapi::Problems;
use crate::views::documents::{SetParts, set};
use actix_web::{get, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::documents::DocumentSet;
use gestfg_types::ids::{CallId, DegreeId, EvaluationRequestId, UserId};

/// What is asked for before the defence of an evaluation request, and what
/// was handed in.
///
/// For its students, its tutors, its committee, coordinators of the degree and
/// admins. What a student hands in alone is not shown to the others of the
/// team; what the tutor hands in is not shown to students.
#[utoipa::path(
    tag = "documents",
    params(("id" = EvaluationRequestId, Path)),
    responses((status = 200, body = DocumentSet), Problems),
    security(("bearer" = []))
)]
#[get("/evaluation-requests/{id}/documents")]
pub(super) async fn list_documents(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<EvaluationRequestId>,
) -> AppResult<web::Json<DocumentSet>> {
    let (id, now, max_bytes) = (id.into_inner(), state.clock.now(), state.config.document_limit);
    let found = state.db.run(move |conn| whole_set(conn, id, None, &user, max_bytes, now)).await?;
    Ok(web::Json(found))
}

/// The set, perhaps of one student and the team alone.
pub(super) fn whole_set(
    conn: &mut PgConnection,
    id: EvaluationRequestId,
    only: Option<UserId>,
    user: &CurrentUser,
    max_bytes: u64,
    now: DateTime<Utc>,
) -> AppResult<DocumentSet> {
    let Reading { request, sits, .. } = reading(conn, id, user)?;
    let rules = degree::rules(conn, DegreeId(request.assignment.degree_id), request.academic_year)?;
    let parts = SetParts {
        dates: call::find(conn, CallId(request.call_id))?.dates(),
        documents: document::list(conn, id)?,
        extensions: document_extension::list(conn, id)?,
        rules: rules.documents,
        request,
        sits,
        only,
        max_bytes,
    };
    Ok(set(parts, user, now))
}
