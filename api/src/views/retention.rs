//! How long things are kept.

use crate::models::retention::{DueRow, Kept, NightRow};
use gestfg_types::retention::{RetentionItem, RetentionNight, RetentionSettings};

/// The rules, and the latest night.
#[must_use]
pub fn settings(kept: Kept, night: Option<&NightRow>) -> RetentionSettings {
    let Kept { rules, version } = kept;
    RetentionSettings { rules, last_night: night.map(self::night), version }
}

/// A night, and what it removed.
#[must_use]
pub fn night(night: &NightRow) -> RetentionNight {
    let removed = night.counts();
    RetentionNight { day: night.day, ended_at: night.ended_at, removed }
}

/// Something past its time.
#[must_use]
pub fn item(row: DueRow) -> RetentionItem {
    let DueRow { id, name, since } = row;
    RetentionItem { id, name, since }
}
