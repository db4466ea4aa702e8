//! What an allocation would give now, and what stands against it.

use crate::domain::allocation::answer::{Grant, grants};
use crate::domain::allocation::ask::{Manner, ask};
use crate::domain::allocation::publication::{Present, problems};
use crate::error::{AppError, AppResult};
use crate::models::allocation_round::RoundRow;
use crate::models::allocation_run::RunRow;
use crate::models::allocation_world;
use diesel::PgConnection;
use gestfg_planner::allocation::{Instance, Solution, input_hash};
use gestfg_types::allocation_runs::{AllocationPreview, AllocationProblem, AllocationProblemCode};
use gestfg_types::errors::{ErrorCode, FieldCode, FieldError};
use std::collections::BTreeSet;

/// An allocation held against what holds now.
pub(super) struct Prepared {
    pub(super) question: Instance,
    pub(super) answer: Solution,
    pub(super) grants: Vec<Grant>,
    pub(super) inputs_changed: bool,
    problems: Vec<AllocationProblem>,
}

/// Hold an allocation against what holds now.
pub(super) fn prepare(conn: &mut PgConnection, run: &RunRow, round: &RoundRow) -> AppResult<Prepared> {
    let question = run.question()?;
    let answer = run.answer()?.ok_or_else(|| {
        AppError::refuse(ErrorCode::InvalidState, "The allocation has not been worked out.")
    })?;
    let grants = grants(&question, &answer);
    let present: Present = allocation_world::present(conn, round, &grants)?;
    Ok(Prepared {
        inputs_changed: changed(conn, &question, run, round)?,
        problems: problems(&grants, &present),
        question,
        answer,
        grants,
    })
}

/// Whether the same question would be another today.
fn changed(conn: &mut PgConnection, before: &Instance, run: &RunRow, round: &RoundRow) -> AppResult<bool> {
    let world = allocation_world::load(conn, round, String::new())?;
    let manner = Manner { method: before.method, weights: before.weights.clone(), seed: before.seed };
    let now = ask(&world, manner, before.tie_breaks.clone(), before.team_record);
    Ok(input_hash(&now) != run.input_hash)
}

impl Prepared {
    /// What publishing would do.
    pub(super) fn preview(&self) -> AllocationPreview {
        AllocationPreview {
            assignments: self.grants.len(),
            students: self.grants.iter().map(|grant| grant.students.len()).sum(),
            unmatched: self.answer.unmatched.len(),
            inputs_changed: self.inputs_changed,
            problems: self.problems.clone(),
        }
    }

    /// Everything can be given.
    pub(super) fn check(&self) -> AppResult<()> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let count = self.problems.len();
        let sentence = format!("{count} of its projects cannot be given any more; have it worked out again.");
        let wrong: BTreeSet<_> = self.problems.iter().map(|problem| problem.application_id).collect();
        let mut refusal = AppError::refuse(ErrorCode::AllocationOutdated, sentence);
        for (n, _) in self.grants.iter().enumerate().filter(|(_, grant)| wrong.contains(&grant.application)) {
            let application = self.grants[n].application;
            if let Some(problem) = self.problems.iter().find(|one| one.application_id == application) {
                refusal = refusal.with(FieldError {
                    pointer: format!("/pairs/{n}"),
                    code: field_code(problem.code),
                    message: problem.text.clone(),
                });
            }
        }
        Err(refusal)
    }
}

const fn field_code(code: AllocationProblemCode) -> FieldCode {
    match code {
        AllocationProblemCode::ProjectAssigned | AllocationProblemCode::StudentAssigned => {
            FieldCode::AlreadyAssigned
        }
        AllocationProblemCode::ProjectTooSmall => FieldCode::TooManyStudents,
        AllocationProblemCode::ProjectUnpublished | AllocationProblemCode::ApplicationChanged => {
            FieldCode::InvalidState
        }
    }
}
