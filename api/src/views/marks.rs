//! Sheets of marks and what they come to.

use crate::domain::actor::Actor;
use crate::domain::grading::{Exact, sheet_mark};
use crate::domain::marking::{Gate, Marking, phases};
use crate::domain::phase_gate::OpenPhases;
use crate::models::call_marks::DutyRow;
use crate::models::defence::DefenceDetail;
use crate::models::mark_sheet::SheetRow;
use crate::models::rubric::RubricRow;
use crate::views::rubrics::rubric;
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{CallId, DefenceId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::marks::{MarkSheet, MarkingDuty, SheetAction, SheetState};
use gestfg_types::rubrics::RubricRole;
use gestfg_types::users::PersonRef;

/// Whose sheet it is: as what they mark, who, and by which rubric.
pub struct Whose {
    /// As what.
    pub role: RubricRole,
    /// Who.
    pub author: PersonRef,
    /// By which rubric.
    pub rubric: RubricRow,
}

/// A sheet, or the empty one that waits to be written, for this viewer.
#[must_use]
pub fn sheet(
    call: CallId,
    marking: &Marking<'_>,
    whose: Whose,
    row: Option<&SheetRow>,
    viewer: &Actor,
    open: &OpenPhases,
) -> MarkSheet {
    let Whose { role, author, rubric: by } = whose;
    let marks = row.map(SheetRow::marks).unwrap_or_default();
    let weighted = by.criteria().into_iter().zip(1i16..).map(|(criterion, n)| {
        let given = marks.iter().find(|mark| mark.criterion == n).and_then(|mark| mark.mark);
        (given, criterion.weight)
    });
    let mark = sheet_mark(weighted).map(Exact::to_three_decimals);
    let state = row.map_or(SheetState::Draft, SheetRow::state);
    let is_open = match marking.gate() {
        Ok(Gate::Open) => true,
        // Who keeps the degree may with a reason.
        Ok(Gate::Phase) => {
            viewer.keeps_degree(marking.degree)
                || phases(role).iter().any(|phase| open.contains_call(call, *phase))
        }
        Err(_) => false,
    };
    let is_theirs = marking.may_write_sheet(viewer, role, author.id).is_ok();
    let is_absent = marking.candidate.state == Some(DefenceState::NotPresented);
    let actions = match state {
        _ if !is_open || !is_theirs || is_absent => Vec::new(),
        SheetState::Draft if mark.is_some() => vec![SheetAction::Write, SheetAction::HandIn],
        SheetState::Draft => vec![SheetAction::Write],
        SheetState::HandedIn => vec![SheetAction::TakeBack],
    };
    let author =
        row.map_or(author, |row| PersonRef { id: UserId(row.author_id), name: row.author_name.clone() });
    MarkSheet {
        defence_id: marking.candidate.defence.unwrap_or(DefenceId(0)),
        role,
        author,
        rubric: rubric(by, viewer),
        marks,
        remarks: row.map(|row| row.remarks.clone()).unwrap_or_default(),
        state,
        handed_in_at: row.and_then(|row| row.handed_in_at),
        mark,
        version: row.map_or(0, |row| row.version),
        allowed_actions: actions,
    }
}

/// Something to mark.
#[must_use]
pub fn duty(detail: DefenceDetail, row: &DutyRow) -> MarkingDuty {
    MarkingDuty {
        defence_id: DefenceId(detail.id),
        role: RubricRole::from_name(&row.role).unwrap_or(RubricRole::Committee),
        call: detail.call(),
        student: PersonRef {
            id: UserId(detail.student_id),
            name: format!("{} {}", detail.student_first_name, detail.student_last_name),
        },
        project_title: detail.project_title,
        committee_number: detail.committee_number,
        starts_at: detail.starts_at,
        defence_state: DefenceState::from_name(&detail.state).unwrap_or(DefenceState::Cancelled),
        state: row.sheet_state.as_deref().and_then(SheetState::from_name),
        presides: row.presides,
    }
}

/// A mark as the database keeps it.
#[must_use]
pub fn stored_mark(text: Option<&str>) -> Option<Mark> {
    text.and_then(|text| text.parse().ok())
}
