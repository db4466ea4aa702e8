//! Defences under headings, without drawing them.

use crate::format::Dates;
use crate::i18n::Texts;
use chrono::NaiveDate;
use gestfg_types::defences::{Committee, Defence};
use gestfg_types::ids::CommitteeId;
use serde::{Deserialize, Serialize};

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DefencesQuery {
    pub(super) call_id: String,
    pub(super) view: String,
    pub(super) day: String,
    pub(super) room_id: String,
    pub(super) committee_id: String,
    pub(super) mine: String,
    pub(super) q: String,
}

impl DefencesQuery {
    /// Whether it leaves defences of the call out.
    pub(super) fn is_narrowed(&self) -> bool {
        [&self.day, &self.room_id, &self.committee_id, &self.mine, &self.q].iter().any(|it| !it.is_empty())
    }

    /// The same call and arrangement, nothing left out.
    pub(super) fn widened(&self) -> Self {
        Self { call_id: self.call_id.clone(), view: self.view.clone(), ..Self::default() }
    }
}

/// By what they are arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Day,
    Room,
    Committee,
}

impl View {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "room" => Self::Room,
            "committee" => Self::Committee,
            _ => Self::Day,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Room => "room",
            Self::Committee => "committee",
        }
    }
}

/// On which day by the clock of the institution.
pub(super) fn day_of(defence: &Defence, dates: &Dates) -> Option<NaiveDate> {
    defence.starts_at.map(|at| dates.zone().day(at))
}

/// Small letters without accents, as people type when they search.
fn plain(text: &str) -> String {
    // The letters of our languages only: the tables of all others weigh too much.
    let fold = |letter: char| match letter {
        'á' | 'à' | 'ä' | 'Á' | 'À' | 'Ä' => 'a',
        'é' | 'è' | 'ë' | 'É' | 'È' | 'Ë' => 'e',
        'í' | 'ì' | 'ï' | 'Í' | 'Ì' | 'Ï' => 'i',
        'ó' | 'ò' | 'ö' | 'Ó' | 'Ò' | 'Ö' => 'o',
        'ú' | 'ù' | 'ü' | 'Ú' | 'Ù' | 'Ü' => 'u',
        'Ñ' => 'ñ',
        'Ç' => 'ç',
        other => other.to_ascii_lowercase(),
    };
    text.chars().map(fold).collect()
}

/// Whether it is one of those asked for; people of its committee count as its own.
pub(super) fn is_wanted(
    defence: &Defence,
    query: &DefencesQuery,
    committees: &[Committee],
    dates: &Dates,
) -> bool {
    let is = |wanted: &str, value: Option<String>| wanted.is_empty() || value.as_deref() == Some(wanted);
    let words = plain(&query.q);
    let has = |text: &str| plain(text).contains(words.trim());
    let sits = || {
        let committee = committees.iter().find(|committee| committee.id == defence.committee_id);
        committee.is_some_and(|committee| committee.seats.iter().any(|seat| has(&seat.professor.name)))
    };
    is(&query.day, day_of(defence, dates).map(|day| day.to_string()))
        && is(&query.room_id, defence.room.as_ref().map(|room| room.id.to_string()))
        && is(&query.committee_id, Some(defence.committee_id.to_string()))
        && (words.trim().is_empty()
            || has(&defence.project_title)
            || has(&defence.student.name)
            || defence.tutors.iter().any(|tutor| has(&tutor.name))
            || sits())
}

/// Defences under one heading.
#[derive(Debug, PartialEq)]
pub(super) struct Section<'a> {
    /// What it is sorted by.
    key: String,
    /// What stands over them.
    pub(super) title: String,
    /// The committee it is of, if of one.
    pub(super) committee: Option<CommitteeId>,
    /// In the order of time.
    pub(super) defences: Vec<&'a Defence>,
}

/// Arranges defences that come in the order of time; what has no day or room comes last.
pub(super) fn sections<'a>(
    defences: &[&'a Defence],
    view: View,
    t: Texts,
    dates: &Dates,
) -> Vec<Section<'a>> {
    // A few at most: a list in order is lighter than a map.
    let mut found: Vec<Section<'a>> = Vec::new();
    for &defence in defences {
        // Behind all days and names comes what has none.
        let without = || "\u{10ffff}".to_owned();
        let (key, title) = match view {
            View::Day => match day_of(defence, dates) {
                Some(day) => (day.to_string(), t.long_day(day)),
                None => (without(), t.defences_without_time().to_owned()),
            },
            View::Room => match &defence.room {
                Some(room) if room.building.is_empty() => (room.name.clone(), room.name.clone()),
                Some(room) => (room.name.clone(), format!("{} · {}", room.name, room.building)),
                None => (without(), t.defences_without_room().to_owned()),
            },
            View::Committee => {
                let number = defence.committee_number;
                (format!("{number:05}"), t.committee_numbered(number))
            }
        };
        let at = found.iter().position(|section| section.key >= key).unwrap_or(found.len());
        if found.get(at).is_none_or(|section| section.key != key) {
            let committee = (view == View::Committee).then_some(defence.committee_id);
            found.insert(at, Section { key, title, committee, defences: Vec::new() });
        }
        if let Some(section) = found.get_mut(at) {
            section.defences.push(defence);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn searching_minds_neither_case_nor_accents() {
        assert_eq!(plain("Muñoz ÁVILA Güell"), "muñoz avila guell");
    }
}
