//! How long things are kept.

use crate::models::retention::{DueRow, Kept, NightRow};
use gestfg_types::retention::{RetentionItem, RetentionNight, RetentionSettings};

/// The rules, and the latest night.
#[must_use]
pub fn settings(kept: Kept, night: Option<NightRow>) -> RetentionSettings {
    let Kept { rules, version } = kept;
    let last_night = night.map(|night| {
        let removed = night.counts();
        RetentionNight { day: night.day, ended_at: night.ended_at, removed }
    });
    RetentionSettings { rules, last_night, version }
}

/// Something past its time.
#[must_use]
pub fn item(row: DueRow) -> RetentionItem {
    let DueRow { id, name, since } = row;
    RetentionItem { id, name, since }
}
