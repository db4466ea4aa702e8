//! Threads between students and tutors.

use super::{ApiError, Client};
use gestfg_types::ids::{AssignmentId, MessageId};
use gestfg_types::messages::{CreateMessage, Message, ReadMessages, Thread};
use gestfg_types::pagination::Page;
use serde::Serialize;

/// One's threads under these filters.
pub async fn list_threads(client: &Client, filters: &impl Serialize) -> Result<Page<Thread>, ApiError> {
    client.list("/messages/threads", filters).fetch().await
}

/// Messages of a thread, the newest first.
pub async fn list_messages(
    client: &Client,
    id: AssignmentId,
    cursor: &str,
) -> Result<Page<Message>, ApiError> {
    client.list(&format!("/assignments/{id}/messages"), &[("cursor", cursor)]).fetch().await
}

/// Writes into a thread.
pub async fn create_message(client: &Client, id: AssignmentId, body: String) -> Result<Message, ApiError> {
    client.create(&format!("/assignments/{id}/messages")).json(&CreateMessage { body }).fetch().await
}

/// Says how far one has read.
pub async fn read_messages(client: &Client, id: AssignmentId, up_to: MessageId) -> Result<(), ApiError> {
    client.post(&format!("/assignments/{id}/messages/read")).json(&ReadMessages { up_to }).done().await
}
