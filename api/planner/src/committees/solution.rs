//! The answer: the committees, how good they are, and what stood in the way.

use super::instance::Objective;
use crate::id::{AreaId, PersonId, ProjectId};
use crate::sentence::Sentence;
use crate::status::Status;
use serde::{Deserialize, Serialize};

/// One committee with its work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Its seats: the president, the members, then the substitutes.
    pub seats: Vec<PersonId>,
    /// What it judges.
    pub projects: Vec<ProjectId>,
}

/// Committees with everything known about them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// `optimal` when every objective, in order, is proved best.
    pub status: Status,
    /// The committees; none when there is no answer or nothing to judge.
    pub committees: Vec<Committee>,
    /// Each objective with the value no answer can beat.
    #[serde(default)]
    pub objectives: Vec<Bounded>,
    /// Why there are fewer committees than the target asks for, or more, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The seed it was found with.
    #[serde(default)]
    pub seed: u64,
    /// Whether time ran out or somebody stopped the run.
    #[serde(default)]
    pub interrupted: bool,
    /// How long it took; the only part that differs between two equal runs.
    #[serde(default)]
    pub time_ms: u64,
}

/// One objective with its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounded {
    /// Which one.
    pub objective: Objective,
    /// What was counted.
    pub value: i64,
    /// No answer as good in the objectives before has less, as far as is known.
    pub bound: i64,
}

/// A minimal set of facts that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What sort of conflict it is.
    pub kind: NoteKind,
    /// One sentence for a person.
    pub text: String,
    /// The same for whoever speaks another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Sentence>,
    /// The number of committees that is impossible.
    pub committees: usize,
    /// The areas in question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaId>,
    /// The professors in question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professors: Vec<PersonId>,
    /// The projects in question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
    /// Whether it is proved; otherwise the search found no way in its time.
    pub proved: bool,
}

/// The sorts of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// There are not as many professors as seats.
    ProfessorsShort,
    /// Too few areas have enough professors to spread the full seats.
    AreasShort,
    /// There are not as many professors who may preside as committees.
    PresidentsShort,
    /// Conflicts of interest leave some project without a committee.
    Interests,
    /// Pins contradict each other or the rules.
    Pins,
}
