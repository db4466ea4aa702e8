//! Documents handed in, and more time to hand them in.

use super::upload::Progress;
use super::{ApiError, Client};
use gestfg_types::documents::{
    AskDocumentExtension, Document, DocumentExtension, DocumentSet, GrantDocumentExtension,
    RefuseDocumentExtension, StorageUsage,
};
use gestfg_types::ids::{DefenceId, DocumentExtensionId, DocumentId, EvaluationRequestId, UserId};
use serde::Serialize;
use web_sys::File;
use yew::Callback;

/// What is asked for and what was handed in.
pub async fn list_documents(client: &Client, id: EvaluationRequestId) -> Result<DocumentSet, ApiError> {
    client.get(&format!("/evaluation-requests/{id}/documents")).fetch().await
}

/// The same for one defence: what is the team's, and its student's.
pub async fn list_documents_of_defence(client: &Client, id: DefenceId) -> Result<DocumentSet, ApiError> {
    client.get(&format!("/defences/{id}/documents")).fetch().await
}

/// What a file is handed in as.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HandingIn {
    /// Which document of the set.
    pub kind: String,
    /// Whose, where each student hands in their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub student_id: Option<UserId>,
    /// The file's name.
    pub file_name: String,
    /// Why it is done outside the dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// Hands a file in.
///
/// # Errors
/// What the server refuses, that it was not reached, or that it was called off.
pub async fn hand_in(
    client: &Client,
    id: EvaluationRequestId,
    what: &HandingIn,
    file: &File,
    onprogress: Callback<Progress>,
) -> Result<Document, ApiError> {
    let query = serde_urlencoded::to_string(what).unwrap_or_default();
    client.upload_file(&format!("/evaluation-requests/{id}/documents?{query}"), file, onprogress).await
}

/// The bytes of a version.
pub async fn document_content(client: &Client, id: DocumentId) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/documents/{id}/content")).download().await
}

/// Asks for more time.
pub async fn ask_extension(
    client: &Client,
    id: EvaluationRequestId,
    body: &AskDocumentExtension,
) -> Result<DocumentExtension, ApiError> {
    client.create(&format!("/evaluation-requests/{id}/document-extensions")).json(body).fetch().await
}

/// Grants more time.
pub async fn grant_extension(
    client: &Client,
    id: DocumentExtensionId,
    version: i32,
    body: &GrantDocumentExtension,
) -> Result<DocumentExtension, ApiError> {
    client.post(&format!("/document-extensions/{id}/grant")).if_match(version).json(body).fetch().await
}

/// Refuses more time.
pub async fn refuse_extension(
    client: &Client,
    id: DocumentExtensionId,
    version: i32,
    reason: String,
) -> Result<DocumentExtension, ApiError> {
    let body = RefuseDocumentExtension { reason };
    client.post(&format!("/document-extensions/{id}/refuse")).if_match(version).json(&body).fetch().await
}

/// How much room documents and the database take.
pub async fn storage_usage(client: &Client) -> Result<StorageUsage, ApiError> {
    client.get("/storage").fetch().await
}
