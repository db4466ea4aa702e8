//! How people are told of things until they say otherwise.

use gestfg_types::notifications::{MailPreference, NotificationKind, NotificationPreference};

/// The usual way: everything in the inbox, and a mail at once but for what can
/// wait until the mail of the day.
#[must_use]
pub const fn usual(kind: NotificationKind) -> NotificationPreference {
    let mail = match kind {
        NotificationKind::Announcement
        | NotificationKind::PhaseOpens
        | NotificationKind::DocumentHandedIn => MailPreference::Digest,
        _ => MailPreference::Now,
    };
    NotificationPreference { kind, in_app: true, mail }
}
