//! What people were told, in words.

use crate::models::notification::NotificationRow;
use chrono_tz::Tz;
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::{Notification, NotificationKind};
use gestfg_types::session::Language;

/// A notification in its reader's language.
#[must_use]
pub fn notification(row: NotificationRow, language: Language, zone: Tz) -> Notification {
    let letter = row.letter();
    let (title, body) =
        letter.as_ref().map(|letter| letter.words(language, zone)).unwrap_or_else(|| match language {
            Language::Es => ("Un aviso antiguo".to_owned(), String::new()),
            Language::En => ("An old notice".to_owned(), String::new()),
        });
    let NotificationRow { id, kind, letter: _, created_at, read_at } = row;
    Notification {
        id: NotificationId(id),
        kind: NotificationKind::from_name(&kind).unwrap_or(NotificationKind::Announcement),
        title,
        body,
        path: letter.map_or_else(|| "/inbox".to_owned(), |letter| letter.path()),
        created_at,
        read_at,
    }
}
