//! How much of a document stands in earlier deposits, who signs for it, and the
//! service outside that is asked.

use crate::auth::CurrentUser;
use crate::domain::actor::Actor;
use crate::domain::phase_gate::Passage;
use crate::domain::similarity::{may_sign, sees_matches};
use crate::error::{AppError, AppResult};
use crate::models::document::DocumentDetail;
use crate::models::{similarity_check, similarity_justification, similarity_match, similarity_report};
use crate::routes::documents::{Reading, readable, reading};
use crate::views::similarity::{Parts, similarity};
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DefenceId, DegreeId, DocumentId, EvaluationRequestId};
use gestfg_types::similarity::{Similarity, SimilaritySummary};
use utoipa_actix_web::service_config::ServiceConfig;

mod answer;
mod content;
mod find;
mod find_settings;
mod sign;
mod write_settings;

/// The operations on similarity.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(find::find_document_similarity)
        .service(sign::sign_similarity_justification)
        .service(find_settings::find_similarity_settings)
        .service(write_settings::write_similarity_settings)
        .service(content::find_similarity_report_content)
        .service(answer::answer_similarity_report);
}

/// A document that is compared, for somebody who may read it.
struct Compared {
    document: DocumentDetail,
    summary: SimilaritySummary,
    reading: Reading,
}

impl Compared {
    fn load(conn: &mut PgConnection, id: DocumentId, user: &CurrentUser) -> AppResult<Self> {
        let document = readable(conn, id, user)?;
        let summary = document.similarity().ok_or_else(|| AppError::not_found("comparison"))?;
        let reading = reading(conn, EvaluationRequestId(document.evaluation_request_id), user)?;
        Ok(Self { document, summary, reading })
    }

    fn shown(self, conn: &mut PgConnection, user: &Actor) -> AppResult<Similarity> {
        let id = DocumentId(self.document.id);
        let Reading { request, facts, sits, .. } = &self.reading;
        let sees_all = sees_matches(user, facts, *sits);
        let parts = Parts {
            check: similarity_check::find(conn, id)?,
            matches: if sees_all { Some(similarity_match::list(conn, id)?) } else { None },
            justifications: if sees_all { Some(similarity_justification::list(conn, id)?) } else { None },
            service: if sees_all { similarity_report::of_document(conn, id)? } else { None },
            may_sign: self.summary.is_flagged && may_sign(user, facts).is_ok(),
            project_title: request.assignment.project_title.clone(),
            summary: self.summary,
            document: self.document,
        };
        Ok(similarity(parts))
    }
}

/// Pass the gate before a defence: of its flagged documents each has somebody who
/// answers for it. Keepers of the degree pass all the same if they write down why.
///
/// # Errors
/// `similarity_unjustified`, naming the documents.
pub(super) fn pass_similarity(
    conn: &mut PgConnection,
    defence: DefenceId,
    (actor, degree): (&Actor, DegreeId),
    reason: Option<&str>,
) -> AppResult<Passage> {
    let waiting = similarity_check::unjustified(conn, defence)?;
    if waiting.is_empty() {
        return Ok(Passage::Open);
    }
    let may_override = actor.keeps_degree(degree);
    if let Some(reason) = reason.filter(|_| may_override) {
        return Ok(Passage::Overridden(reason.to_owned()));
    }
    let names: Vec<_> = waiting
        .iter()
        .map(|found| {
            let (whole, tenths) = (found.share_permille / 10, found.share_permille % 10);
            format!("“{}” ({whole}.{tenths}%)", found.file_name)
        })
        .collect();
    let mut sentence = format!(
        "Much of {} stands in earlier deposits, and nobody has signed why it may be defended: its tutors or a coordinator can.",
        names.join(" and ")
    );
    if may_override {
        sentence.push_str(" Give `override_reason` to do it all the same.");
    }
    let refusal = AppError::refuse(ErrorCode::SimilarityUnjustified, sentence);
    Err(if may_override { refusal.at("/override_reason", FieldCode::Required) } else { refusal })
}
