//! Telling that a document stands differently beside earlier deposits.

use crate::config::Config;
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::document::DocumentDetail;
use crate::models::evaluation_request;
use crate::models::update::Change;
use crate::notices;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::ids::{DegreeId, DocumentId, EvaluationRequestId, UserId};
use gestfg_types::updates::UpdateTopic;

/// Hint at it to those whose pages show the document.
///
/// # Errors
/// When the database cannot answer.
pub fn announce(conn: &mut PgConnection, document: &DocumentDetail) -> AppResult<()> {
    let request = evaluation_request::find(conn, EvaluationRequestId(document.evaluation_request_id))?;
    let facts = request.assignment.facts();
    let people = request.assignment.student_ids().into_iter().chain([facts.tutor]).chain(facts.cotutor);
    Change::of(UpdateTopic::Documents)
        .subject(request.request_id)
        .people(people)
        .degree(DegreeId(request.assignment.degree_id))
        .publish(conn)
        .map_err(AppError::from)
}

/// Tell the tutors of a flagged document, unless somebody answers for it.
///
/// # Errors
/// When the database cannot answer.
pub fn tell_if_flagged(
    conn: &mut PgConnection,
    config: &Config,
    document: &DocumentDetail,
    now: DateTime<Utc>,
) -> AppResult<()> {
    let Some(found) = document.similarity().filter(|found| found.is_flagged && !found.is_justified) else {
        return Ok(());
    };
    let request = evaluation_request::find(conn, EvaluationRequestId(document.evaluation_request_id))?;
    let facts = request.assignment.facts();
    let tutors: Vec<UserId> = [Some(facts.tutor), facts.cotutor].into_iter().flatten().collect();
    let letter = Letter::SimilarityFlagged {
        document: DocumentId(document.id),
        title: request.assignment.project_title.clone(),
        file_name: document.file_name.clone(),
        share_permille: found.share_permille.unwrap_or_default(),
    };
    notices::tell(conn, config, now, &tutors, &letter).map_err(AppError::from)
}
