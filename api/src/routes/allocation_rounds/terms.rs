//! What a round may be opened with, or changed to.

use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::models::allocation_round::{self, RoundRow, RoundTerms};
use crate::models::call::CallDetail;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::allocation_rounds::{CreateAllocationRound, UpdateAllocationRound};
use gestfg_types::calls::Phase;
use gestfg_types::errors::FieldCode;

pub(super) fn new(body: &CreateAllocationRound) -> RoundTerms {
    RoundTerms {
        opens_at: body.opens_at,
        closes_at: body.closes_at,
        tutors_close_at: body.tutors_close_at.unwrap_or(body.closes_at),
        max_preferences: body.max_preferences,
        ties_allowed: body.ties_allowed,
        tutor_view: body.tutor_view.as_str().to_owned(),
        show_counts: body.show_counts,
        team_max: body.team_max,
        tutor_limit: body.tutor_limit,
    }
}

pub(super) fn changed(row: &RoundRow, body: &UpdateAllocationRound) -> RoundTerms {
    let closes_at = body.closes_at.unwrap_or(row.closes_at);
    // Who only moves the close later means the tutors' close too, if it would come before.
    let tutors_close_at = body.tutors_close_at.unwrap_or_else(|| row.tutors_close_at.max(closes_at));
    RoundTerms {
        opens_at: body.opens_at.unwrap_or(row.opens_at),
        closes_at,
        tutors_close_at,
        max_preferences: body.max_preferences.unwrap_or(row.max_preferences),
        ties_allowed: body.ties_allowed.unwrap_or(row.ties_allowed),
        tutor_view: body.tutor_view.map_or_else(|| row.tutor_view.clone(), |view| view.as_str().to_owned()),
        show_counts: body.show_counts.unwrap_or(row.show_counts),
        team_max: body.team_max.unwrap_or(row.team_max),
        tutor_limit: body.tutor_limit.unwrap_or(row.tutor_limit),
    }
}

/// The dates lie in their order inside the phase of the call, the numbers in their range.
pub(super) fn check(terms: &RoundTerms, call: &CallDetail) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    let phase = call.dates().into_iter().find(|dates| dates.phase == Phase::ProjectAssignment);
    let mut inside = |pointer: &str, at: DateTime<Utc>| match &phase {
        Some(dates) if dates.starts_at <= at && at <= dates.ends_at => {}
        Some(_) => {
            let sentence = "The dates of a round lie inside the call's phase of assignment.";
            errors.push(pointer, FieldCode::OutOfRange, sentence);
        }
        None => {
            let sentence = "Give the call dates for the phase of assignment first.";
            errors.push(pointer, FieldCode::PhaseNotOpen, sentence);
        }
    };
    inside("/opens_at", terms.opens_at);
    inside("/closes_at", terms.closes_at);
    inside("/tutors_close_at", terms.tutors_close_at);
    if terms.opens_at >= terms.closes_at {
        errors.push("/closes_at", FieldCode::OutOfRange, "A round closes after it opens.");
    }
    if terms.tutors_close_at < terms.closes_at {
        let sentence = "Tutors need at least as long as students.";
        errors.push("/tutors_close_at", FieldCode::OutOfRange, sentence);
    }
    if !(1..=20).contains(&terms.max_preferences) {
        errors.push("/max_preferences", FieldCode::OutOfRange, "From 1 to 20 projects.");
    }
    if !(1..=3).contains(&terms.team_max) {
        errors.push("/team_max", FieldCode::OutOfRange, "From 1 to 3 students.");
    }
    if terms.tutor_limit.is_some_and(|most| !(1..=100).contains(&most)) {
        errors.push("/tutor_limit", FieldCode::OutOfRange, "From 1 to 100 projects.");
    }
    errors.into_result()
}

/// Nobody's application becomes one that could not be made.
pub(super) fn check_use(conn: &mut PgConnection, row: &RoundRow, terms: &RoundTerms) -> AppResult<()> {
    let (wishes, ties, students) = allocation_round::use_of(conn, row.round_id())?;
    let mut errors = FieldErrors::new();
    let already = "There are applications that need more.";
    if i64::from(terms.max_preferences) < wishes {
        errors.push("/max_preferences", FieldCode::NotAllowed, already);
    }
    if !terms.ties_allowed && ties > 0 {
        errors.push("/ties_allowed", FieldCode::NotAllowed, "There are applications with ties.");
    }
    if i64::from(terms.team_max) < students {
        errors.push("/team_max", FieldCode::NotAllowed, already);
    }
    errors.into_result()
}
