//! Threads and their messages.

use crate::models::message::{MessageRow, ThreadRow};
use gestfg_types::ids::{AssignmentId, MessageId, ProjectId, UserId};
use gestfg_types::messages::{Message, Thread};
use gestfg_types::users::PersonRef;

/// A message, as somebody sees it who had read so far.
#[must_use]
pub fn message(row: MessageRow, viewer: UserId, last_read_id: i64) -> Message {
    let MessageRow { id, author_id, author_name, body, created_at } = row;
    let is_own = author_id == Some(viewer.0);
    let author = author_id
        .zip(author_name)
        .map(|(id, name)| PersonRef { id: UserId(id), name: name.trim().to_owned() });
    Message { id: MessageId(id), author, is_own, body, created_at, is_read: is_own || id <= last_read_id }
}

/// A thread with its last message.
#[must_use]
pub fn thread(row: ThreadRow, last: Option<MessageRow>, viewer: UserId) -> Thread {
    let ThreadRow {
        assignment_id,
        state,
        project_id,
        project_title,
        others,
        unread,
        last_read_id,
        last_id: _,
    } = row;
    Thread {
        assignment_id: AssignmentId(assignment_id),
        project_id: ProjectId(project_id),
        project_title,
        others: serde_json::from_value(others).unwrap_or_default(),
        last_message: last.map(|last| message(last, viewer, last_read_id)),
        unread,
        is_open: state != "cancelled",
    }
}
