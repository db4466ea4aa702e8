//! How documents stand beside earlier deposits.

use crate::domain::actor::Actor;
use crate::domain::similarity::{may_set_rules, permille};
use crate::models::document::DocumentDetail;
use crate::models::similarity_check::CheckRow;
use crate::models::similarity_justification::JustificationRow;
use crate::models::similarity_match::MatchRow;
use crate::models::similarity_report::ReportRow;
use crate::models::similarity_settings::InForce;
use gestfg_types::ids::{DegreeId, DocumentId, EvaluationRequestId, UserId};
use gestfg_types::similarity::{
    Similarity, SimilarityAction, SimilarityJustification, SimilarityMatch, SimilarityService,
    SimilarityServiceState, SimilaritySettings, SimilaritySettingsAction, SimilaritySummary,
};
use gestfg_types::users::PersonRef;

/// The settings of a degree in a year, for this viewer.
#[must_use]
pub fn settings(
    (degree, year): (DegreeId, i16),
    in_force: InForce,
    knows_service: bool,
    viewer: &Actor,
) -> SimilaritySettings {
    let may_edit = may_set_rules(viewer, degree).is_ok();
    SimilaritySettings {
        degree_id: degree,
        academic_year: year,
        version: in_force.version_of(year),
        written_for: in_force.written_for,
        rules: in_force.rules,
        knows_service,
        allowed_actions: if may_edit { vec![SimilaritySettingsAction::Edit] } else { Vec::new() },
    }
}

/// Everything a comparison is shown with; none of what is not for the viewer.
pub struct Parts {
    /// The document.
    pub document: DocumentDetail,
    /// How it stands.
    pub summary: SimilaritySummary,
    /// Title of its project.
    pub project_title: String,
    /// What is known of the comparison.
    pub check: CheckRow,
    /// What it has in common with others.
    pub matches: Option<Vec<MatchRow>>,
    /// What was signed, with given and family names.
    pub justifications: Option<Vec<(JustificationRow, String, String)>>,
    /// What the service says.
    pub service: Option<ReportRow>,
    /// Whether the viewer may sign.
    pub may_sign: bool,
}

/// A comparison.
#[must_use]
pub fn similarity(parts: Parts) -> Similarity {
    let Parts { document, summary, project_title, check, matches, justifications, service, may_sign } = parts;
    let CheckRow { pages, pages_read, words, is_whole, compared_with, checked_at } = check;
    let all = usize::try_from(words.unwrap_or_default()).unwrap_or_default();
    Similarity {
        document_id: DocumentId(document.id),
        evaluation_request_id: EvaluationRequestId(document.evaluation_request_id),
        project_title,
        file_name: document.file_name,
        version: document.version,
        summary,
        pages,
        pages_read,
        words,
        is_whole,
        compared_with,
        checked_at,
        matches: matches.map(|rows| rows.into_iter().map(|row| found(row, all)).collect()),
        service: service.map(answer),
        justifications: justifications.map(|rows| rows.into_iter().map(signed).collect()),
        allowed_actions: if may_sign { vec![SimilarityAction::Sign] } else { Vec::new() },
    }
}

fn found(row: MatchRow, all: usize) -> SimilarityMatch {
    let MatchRow { project_title, degree_code, academic_year, tutor, uploaded_at, words, passages } = row;
    SimilarityMatch {
        project_title,
        degree_code,
        academic_year,
        tutor,
        uploaded_at,
        words,
        share_permille: permille(usize::try_from(words).unwrap_or_default(), all),
        passages: serde_json::from_value(passages).unwrap_or_default(),
    }
}

fn answer(row: ReportRow) -> SimilarityService {
    let ReportRow { id: _, document_id: _, state, share_permille, report_url, answered_at } = row;
    SimilarityService {
        // The schema lets no other in.
        state: SimilarityServiceState::from_name(&state).unwrap_or(SimilarityServiceState::Failed),
        share_permille,
        report_url,
        answered_at,
    }
}

fn signed((row, first_name, last_name): (JustificationRow, String, String)) -> SimilarityJustification {
    let JustificationRow { id: _, document_id: _, text, share_permille, signed_by, created_at } = row;
    SimilarityJustification {
        text,
        share_permille,
        signed_by: PersonRef { id: UserId(signed_by), name: format!("{first_name} {last_name}") },
        signed_at: created_at,
    }
}
