//! A sheet of marks as it is being written, and saving it.

use crate::api::marks::{find_sheet, update_sheet};
use crate::api::{ApiError, Client};
use crate::hooks::Seen;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::marks::{CriterionMark, MarkSheet, UpdateMarkSheet};
use gestfg_types::rubrics::{Criterion, RubricRole};
use gloo_storage::{SessionStorage, Storage};
use serde::{Deserialize, Serialize};

/// What is written of one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// The mark as it is typed.
    pub(super) mark: String,
    /// A word on it.
    pub(super) remark: String,
}

/// A sheet as it is being written: a line for each criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) lines: Vec<Line>,
    pub(super) remarks: String,
}

/// A mark as people type it: with a comma or a point.
pub(super) fn read(typed: &str) -> Option<Mark> {
    typed.trim().replace(',', ".").parse().ok()
}

impl Draft {
    /// What the server has, with decimals as `show` writes them.
    pub(super) fn of(sheet: &MarkSheet, show: impl Fn(&str) -> String) -> Self {
        let line = |place: i16| {
            let known = sheet.marks.iter().find(|mark| mark.criterion == place);
            Line {
                mark: known
                    .and_then(|known| known.mark)
                    .map(|mark| show(&mark.to_string()))
                    .unwrap_or_default(),
                remark: known.map(|known| known.remark.clone()).unwrap_or_default(),
            }
        };
        let places = (1i16..).take(sheet.rubric.criteria.len());
        Self { lines: places.map(line).collect(), remarks: sheet.remarks.clone() }
    }

    /// What differs from what was saved. What is no mark yet is not sent.
    fn changes(&self, saved: &Self, reason: Option<String>) -> UpdateMarkSheet {
        let changed = self.lines.iter().enumerate().zip((1i16..).take(self.lines.len()));
        let marks = changed.filter_map(|((at, line), criterion)| {
            if saved.lines.get(at) == Some(line) {
                return None;
            }
            let mark = match line.mark.trim() {
                "" => None,
                typed => Some(read(typed)?),
            };
            Some(CriterionMark { criterion, mark, remark: line.remark.clone() })
        });
        UpdateMarkSheet {
            marks: marks.collect(),
            remarks: (self.remarks != saved.remarks).then(|| self.remarks.clone()),
            override_reason: reason,
        }
    }

    /// How many criteria have a mark.
    pub(super) fn marked(&self) -> usize {
        self.lines.iter().filter(|line| read(&line.mark).is_some()).count()
    }

    /// Whether something typed is no mark.
    pub(super) fn has_slip(&self) -> bool {
        self.lines.iter().any(|line| !line.mark.trim().is_empty() && read(&line.mark).is_none())
    }

    /// What it comes to by these weights, to three decimals; none while a mark is missing.
    pub(super) fn total(&self, criteria: &[Criterion]) -> Option<String> {
        let mut thousandths = 0;
        for (line, criterion) in self.lines.iter().zip(criteria) {
            // Tenths by per cent are thousandths.
            thousandths += i32::from(read(&line.mark)?.tenths()) * i32::from(criterion.weight);
        }
        Some(format!("{}.{:03}", thousandths / 1000, thousandths % 1000))
    }
}

/// What the server has of it.
pub(super) const fn seen(sheet: &MarkSheet) -> Seen {
    Seen { id: Some(sheet.defence_id.0), version: sheet.version }
}

/// Saves what is written. That somebody else handed other criteria in meanwhile
/// is no reason to ask whose marks to keep, as long as they are not these.
pub(super) async fn save(
    client: Client,
    sheet: MarkSheet,
    (draft, saved): (Draft, Draft),
    known: Seen,
    reason: Option<String>,
) -> Result<Seen, ApiError> {
    let changes = draft.changes(&saved, reason);
    if changes.marks.is_empty() && changes.remarks.is_none() {
        return Ok(known);
    }
    match update_sheet(&client, &sheet, known.version, &changes).await {
        Err(error) if error.code() == Some(ErrorCode::StaleVersion) => {
            let theirs = find_sheet(&client, sheet.defence_id, sheet.role, sheet.author.id).await?;
            let plain = |text: &str| text.to_owned();
            let (there, before) = (Draft::of(&theirs, plain), normal(&saved));
            if there != before {
                return Err(error);
            }
            update_sheet(&client, &sheet, theirs.version, &changes).await.map(|sheet| seen(&sheet))
        }
        other => other.map(|sheet| seen(&sheet)),
    }
}

/// With marks as the server writes them.
fn normal(draft: &Draft) -> Draft {
    let line = |line: &Line| Line {
        mark: read(&line.mark).map(|mark| mark.to_string()).unwrap_or_default(),
        remark: line.remark.clone(),
    };
    Draft { lines: draft.lines.iter().map(line).collect(), remarks: draft.remarks.clone() }
}

/// What is not saved yet outlives a reload of this tab, but not the tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) draft: Draft,
    version: i32,
}

fn key(person: UserId, (defence, role, author): (DefenceId, RubricRole, UserId)) -> String {
    format!("gestfg.marks.{person}.{defence}.{}.{author}", role.as_str())
}

/// Which sheet it is.
pub(super) const fn place(sheet: &MarkSheet) -> (DefenceId, RubricRole, UserId) {
    (sheet.defence_id, sheet.role, sheet.author.id)
}

impl Kept {
    /// What was kept over the sheet at this version.
    pub(super) fn find(person: UserId, sheet: &MarkSheet) -> Option<Self> {
        let kept: Self = SessionStorage::get(key(person, place(sheet))).ok()?;
        let fits = kept.draft.lines.len() == sheet.rubric.criteria.len();
        (kept.version == sheet.version && fits).then_some(kept)
    }

    /// Keeps what is not saved.
    pub(super) fn keep(person: UserId, sheet: &MarkSheet, known: Seen, draft: &Draft) {
        let kept = Self { draft: draft.clone(), version: known.version };
        let _ = SessionStorage::set(key(person, place(sheet)), kept);
    }

    /// Forgets it: it is saved.
    pub(super) fn forget(person: UserId, sheet: &MarkSheet) {
        SessionStorage::delete(key(person, place(sheet)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(marks: [&str; 2]) -> Draft {
        let line = |mark: &str| Line { mark: mark.to_owned(), remark: String::new() };
        Draft { lines: marks.map(line).to_vec(), remarks: String::new() }
    }

    fn criteria() -> Vec<Criterion> {
        let criterion = |weight| Criterion {
            name: "Memoria".to_owned(),
            description: String::new(),
            weight,
            levels: Vec::new(),
        };
        vec![criterion(75), criterion(25)]
    }

    #[test]
    fn a_total_is_exact_and_needs_every_mark() {
        assert_eq!(draft(["7", "8,0"]).total(&criteria()).as_deref(), Some("7.250"));
        assert_eq!(draft(["9.9", "0"]).total(&criteria()).as_deref(), Some("7.425"));
        assert_eq!(draft(["10", "10"]).total(&criteria()).as_deref(), Some("10.000"));
        assert_eq!(draft(["7", ""]).total(&criteria()), None);
    }

    #[test]
    fn only_what_changed_and_is_a_mark_is_sent() {
        let saved = draft(["7", "8"]);
        let sent = |now: &Draft| now.changes(&saved, None).marks;
        assert_eq!(sent(&saved), []);
        let changed = draft(["7,5", "8."]);
        let marks = sent(&changed);
        assert_eq!((marks.len(), marks[0].criterion), (1, 1));
        assert_eq!(marks[0].mark.map(|mark| mark.to_string()).as_deref(), Some("7.5"));
        assert!(changed.has_slip() && changed.marked() == 1);
        // What is taken out is taken out.
        assert_eq!(sent(&draft(["7", ""]))[0].mark, None);
    }
}
