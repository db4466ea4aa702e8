//! What students and tutors hand in before a defence.

use crate::auth::CurrentUser;
use crate::domain::policy::{self, ProjectFacts};
use crate::error::{AppError, AppResult};
use crate::models::document::{self, DocumentDetail};
use crate::models::evaluation_request::{self, EvaluationRequestDetail};
use crate::models::update::Change;
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::{DegreeId, DocumentId, EvaluationRequestId, UserId};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod content;
mod create;
mod find;
mod list;
mod of_defence;
mod receive;

/// The operations on documents.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_documents)
        .service(create::create_document)
        .service(of_defence::list_documents_of_defence)
        .service(find::find_document)
        .service(content::find_document_content);
}

/// An evaluation request, as far as its documents are concerned.
pub(super) struct Reading {
    pub(super) request: EvaluationRequestDetail,
    pub(super) facts: ProjectFacts,
    pub(super) students: Vec<UserId>,
    /// Whether the reader has a seat in its committee.
    pub(super) sits: bool,
}

/// The request, if this person may read its documents: to those who may not
/// see the assignment either it does not exist.
pub(super) fn reading(
    conn: &mut PgConnection,
    id: EvaluationRequestId,
    user: &CurrentUser,
) -> AppResult<Reading> {
    let request = evaluation_request::find(conn, id)?;
    let sits = document::sits(conn, id, user.id)?;
    if !sits && !request.assignment.is_visible_to(user) {
        return Err(AppError::not_found("evaluation request"));
    }
    let (facts, students) = (request.assignment.facts(), request.assignment.student_ids());
    policy::may_read_documents(user, &facts, &students, sits)?;
    Ok(Reading { request, facts, students, sits })
}

/// One version, if this person may read it: to others it does not exist.
pub(super) fn readable(
    conn: &mut PgConnection,
    id: DocumentId,
    user: &CurrentUser,
) -> AppResult<DocumentDetail> {
    let found = document::find(conn, id)?;
    let Reading { facts, sits, .. } = reading(conn, EvaluationRequestId(found.evaluation_request_id), user)?;
    if policy::sees_document(user, &facts, sits, found.by(), found.student_id.map(UserId)) {
        Ok(found)
    } else {
        Err(AppError::not_found("document"))
    }
}

/// Hint at a change to those whose pages show it.
pub(super) fn announce(conn: &mut PgConnection, request: &EvaluationRequestDetail) -> QueryResult<()> {
    let facts = request.assignment.facts();
    let people = request.assignment.student_ids().into_iter().chain([facts.tutor]).chain(facts.cotutor);
    Change::of(UpdateTopic::Documents)
        .subject(request.request_id)
        .people(people)
        .degree(DegreeId(request.assignment.degree_id))
        .publish(conn)
}
