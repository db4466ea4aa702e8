//! Doing what the checks planned, for a whole batch at once: a handful of
//! statements whatever the number of rows, in the caller's transaction.

mod accounts;
mod master;
mod people;
mod projects;

use super::plan::{Checked, Plan};
use crate::config::Config;
use crate::models::audit::Author;
use crate::models::bulk::AuditLine;
use crate::models::import_row::Done;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::ImportId;
use gestfg_types::imports::RowOutcome;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// What writing needs beside the plans.
#[derive(Debug, Clone)]
pub struct Writing {
    /// Which import.
    pub import: ImportId,
    /// Who commits it.
    pub author: Author,
    /// When.
    pub now: DateTime<Utc>,
    /// The academic year projects go into.
    pub year: i16,
    /// What the server was told: where links in mails lead, and the language of
    /// new accounts.
    pub config: Arc<Config>,
    /// Why projects are given to students outside the phase for it.
    pub override_reason: Option<String>,
}

/// How to take a row back.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Trace {
    /// Whether the thing was made, rather than changed.
    pub created: bool,
    /// Its version after the commit; another one means that somebody built on it.
    pub version: i32,
    /// The values replaced.
    pub before: Option<Value>,
    /// The assignment made.
    pub assignment: Option<i64>,
    /// The accounts made for its students.
    #[serde(default)]
    pub accounts: Vec<i64>,
    /// The area made.
    pub area: Option<i64>,
    /// The degree the student was enrolled in.
    pub enrolled: Option<i64>,
}

/// What was written.
#[derive(Debug, Default)]
struct Written {
    done: Vec<Done>,
    audit: Vec<AuditLine>,
}

impl Written {
    fn note(&mut self, row: u32, target: i64, trace: &Trace) {
        let extra =
            trace.assignment.into_iter().chain(trace.accounts.iter().copied()).chain(trace.area).collect();
        let trace = serde_json::to_value(trace).unwrap_or_default();
        self.done.push(Done { row, target, extra, trace });
    }
}

/// Writes every planned row and the audit log; says what was done.
///
/// # Errors
/// When the database cannot take it, notably when a constraint stands against
/// a row that somebody else's write has just made impossible.
pub fn apply(conn: &mut PgConnection, writing: &Writing, checked: &[Checked]) -> QueryResult<Vec<Done>> {
    let (mut departments, mut degrees, mut people, mut projects) = (vec![], vec![], vec![], vec![]);
    let wanted = checked.iter().filter(|row| matches!(row.outcome, RowOutcome::Create | RowOutcome::Update));
    for row in wanted {
        match &row.plan {
            Plan::Nothing => {}
            Plan::Department(plan) => departments.push((row.number, plan)),
            Plan::Degree(plan) => degrees.push((row.number, plan)),
            Plan::Person(plan) => people.push((row.number, plan)),
            Plan::Project(plan) => projects.push((row.number, &**plan)),
        }
    }
    let mut written = Written::default();
    if !departments.is_empty() {
        master::departments(conn, writing, &departments, &mut written)?;
    }
    if !degrees.is_empty() {
        master::degrees(conn, writing, &degrees, &mut written)?;
    }
    if !people.is_empty() {
        people::people(conn, writing, &people, &mut written)?;
    }
    if !projects.is_empty() {
        projects::projects(conn, writing, &projects, &mut written)?;
    }
    crate::models::bulk::audit(conn, &writing.author, &written.audit)?;
    Ok(written.done)
}
