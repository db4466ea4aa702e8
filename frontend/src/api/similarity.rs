//! What documents have in common with earlier ones.

use super::{ApiError, Client};
use gestfg_types::ids::{DegreeId, DocumentId};
use gestfg_types::similarity::{SignJustification, Similarity, SimilarityRules, SimilaritySettings};

/// How much of a document stands in earlier ones, and where.
pub async fn find_similarity(client: &Client, id: DocumentId) -> Result<Similarity, ApiError> {
    client.get(&format!("/documents/{id}/similarity")).fetch().await
}

/// Signs why a flagged document may be defended.
pub async fn sign_justification(
    client: &Client,
    id: DocumentId,
    text: String,
) -> Result<Similarity, ApiError> {
    let body = SignJustification { text };
    client.create(&format!("/documents/{id}/similarity/justifications")).json(&body).fetch().await
}

/// Whether and how documents of a degree are compared in a year.
pub async fn find_similarity_settings(
    client: &Client,
    degree: DegreeId,
    year: i16,
) -> Result<SimilaritySettings, ApiError> {
    client.get(&format!("/degrees/{degree}/similarity-settings/{year}")).fetch().await
}

/// Writes whether and how they are.
pub async fn write_similarity_settings(
    client: &Client,
    seen: &SimilaritySettings,
    rules: &SimilarityRules,
) -> Result<SimilaritySettings, ApiError> {
    let path = format!("/degrees/{}/similarity-settings/{}", seen.degree_id, seen.academic_year);
    client.put(&path).if_match(seen.version).json(rules).fetch().await
}
