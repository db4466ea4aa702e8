//! Minutes, their entries, and claims.

use crate::domain::actor::Actor;
use crate::domain::marking;
use crate::models::mark_claim::ClaimRow;
use crate::models::minutes::{EntryRow, MinutesRow};
use crate::views::marks::stored_mark;
use gestfg_types::calls::CallRef;
use gestfg_types::grading::Band;
use gestfg_types::ids::{DefenceId, MarkClaimId, MinutesId, ProjectId, UserId};
use gestfg_types::minutes::{
    ClaimAction, ClaimState, MarkClaim, Minutes, MinutesAction, MinutesEntry, MinutesRef, MinutesState,
};
use gestfg_types::users::PersonRef;

/// A student of the minutes.
#[must_use]
pub fn entry(row: EntryRow) -> MinutesEntry {
    let EntryRow {
        position,
        defence_id,
        student_id,
        student_name,
        student_dni,
        project_id,
        project_title,
        tutors,
        committee_number,
        tutor_mark,
        committee_mark,
        mark,
        band,
        has_honours,
    } = row;
    MinutesEntry {
        position,
        defence_id: DefenceId(defence_id),
        student: PersonRef { id: UserId(student_id), name: student_name },
        student_dni,
        project_id: ProjectId(project_id),
        project_title,
        tutors: serde_json::from_value(tutors).unwrap_or_default(),
        committee_number,
        tutor_mark,
        committee_mark,
        mark: stored_mark(mark.as_deref()),
        band: Band::from_name(&band).unwrap_or(Band::NotPresented),
        has_honours,
    }
}

/// Minutes in passing.
#[must_use]
pub fn reference(row: &MinutesRow, call: CallRef) -> MinutesRef {
    MinutesRef {
        id: MinutesId(row.id),
        call,
        edition: row.edition,
        number: row.number,
        state: row.state(),
        published_at: row.published_at,
        claims_until: row.claims_until,
        closed_at: row.closed_at,
    }
}

/// Minutes as they are on record, for nobody in particular: what is hashed when they are closed.
#[must_use]
pub fn record(row: &MinutesRow, call: CallRef, entries: Vec<EntryRow>) -> Minutes {
    Minutes {
        id: MinutesId(row.id),
        call,
        edition: row.edition,
        number: row.number,
        state: row.state(),
        rules: row.rules(),
        published_at: row.published_at,
        claims_until: row.claims_until,
        open_claims: 0,
        closed_at: row.closed_at,
        closed_by: None,
        code: row.code.clone(),
        digest: row.digest.clone(),
        reopened_at: row.reopened_at,
        reopen_reason: row.reopen_reason.clone(),
        entries: entries.into_iter().map(entry).collect(),
        honours: None,
        version: row.version,
        allowed_actions: Vec::new(),
    }
}

/// Minutes for this viewer. Closed ones are read from what was closed; DNIs are for who keeps the
/// degree.
#[must_use]
pub fn minutes(row: &MinutesRow, live: Minutes, viewer: &Actor, presides: bool) -> Minutes {
    let closed: Option<Minutes> = row.content.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let degree = live.call.degree.id;
    let keeps = viewer.keeps_degree(degree);
    let mut shown = match closed {
        Some(closed) => {
            Minutes { entries: closed.entries, call: closed.call, closed_by: closed.closed_by, ..live }
        }
        None => live,
    };
    if !keeps {
        for entry in &mut shown.entries {
            entry.student_dni = None;
        }
    }
    let may_close =
        row.state() == MinutesState::Provisional && marking::may_close(viewer, degree, presides).is_ok();
    let may_reopen = row.state() != MinutesState::Reopened && marking::may_reopen(viewer, degree).is_ok();
    shown.allowed_actions = [(MinutesAction::Close, may_close), (MinutesAction::Reopen, may_reopen)]
        .into_iter()
        .filter_map(|(action, may)| may.then_some(action))
        .collect();
    shown
}

/// A claim, for somebody who may answer it or not.
#[must_use]
pub fn claim(row: ClaimRow, may_answer: bool) -> MarkClaim {
    let state = row.state();
    let actions =
        if may_answer && state == ClaimState::Open { vec![ClaimAction::Answer] } else { Vec::new() };
    MarkClaim {
        id: MarkClaimId(row.id),
        minutes_id: MinutesId(row.minutes_id),
        defence_id: DefenceId(row.defence_id),
        student: PersonRef { id: UserId(row.student_id), name: row.student_name },
        project_title: row.project_title,
        text: row.text,
        created_at: row.created_at,
        state,
        answer: row.answer,
        answered_at: row.answered_at,
        mark_before: row.mark_before.parse().unwrap_or_default(),
        mark_after: stored_mark(row.mark_after.as_deref()),
        version: row.version,
        allowed_actions: actions,
    }
}
