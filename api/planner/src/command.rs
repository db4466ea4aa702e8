//! Text in, text out: what `gestfg plan` does once its arguments are read.

use crate::control::Control;
use crate::{allocation, committees, timetable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Which of the problems a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Who gets which project.
    Allocation,
    /// Who sits where.
    Committees,
    /// What takes place when and where.
    Timetable,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Refusal {
    /// Not JSON, or not of the documented shape.
    Malformed(serde_json::Error),
    /// Everything that contradicts itself in the instance.
    Unsound(Vec<String>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(f, "not an instance or solution: {error}"),
            Self::Unsound(faults) => write!(f, "the instance is not sound:\n  {}", faults.join("\n  ")),
        }
    }
}

impl std::error::Error for Refusal {}

/// Solves the instance written in `instance` and writes the solution.
pub fn plan(problem: Problem, instance: &str, control: &Control) -> Result<String, Refusal> {
    match problem {
        Problem::Allocation => {
            write(&allocation::solve::solve(&read(instance)?, control).map_err(Refusal::Unsound)?)
        }
        Problem::Committees => {
            write(&committees::solve::solve(&read(instance)?, control).map_err(Refusal::Unsound)?)
        }
        Problem::Timetable => {
            write(&timetable::solve::solve(&read(instance)?, control).map_err(Refusal::Unsound)?)
        }
    }
}

/// Judges a solution; the report, and whether every hard rule is kept.
pub fn check(problem: Problem, instance: &str, solution: &str) -> Result<(String, bool), Refusal> {
    match problem {
        Problem::Allocation => {
            let instance = read(instance)?;
            sound(allocation::validate(&instance))?;
            let report = allocation::check_solution(&instance, &read(solution)?);
            Ok((write(&report)?, report.valid))
        }
        Problem::Committees => {
            let instance = read(instance)?;
            sound(committees::validate(&instance))?;
            let report = committees::check_solution(&instance, &read(solution)?);
            Ok((write(&report)?, report.valid))
        }
        Problem::Timetable => {
            let instance = read(instance)?;
            sound(timetable::validate(&instance))?;
            let report = timetable::check_solution(&instance, &read(solution)?);
            Ok((write(&report)?, report.valid))
        }
    }
}

fn sound(faults: Vec<String>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Unsound(faults)) }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(Refusal::Malformed)
}

fn write<T: Serialize>(answer: &T) -> Result<String, Refusal> {
    serde_json::to_string_pretty(answer).map_err(Refusal::Malformed)
}
