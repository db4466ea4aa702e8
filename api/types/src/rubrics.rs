//! Rubrics: the weighted criteria a mark is made of.

use crate::ids::{DegreeId, RubricId};
use crate::mark::Mark;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// Who marks by a rubric.
    RubricRole {
        /// The tutor, in the report before the defence.
        Tutor = "tutor",
        /// Each of those who judge at the defence.
        Committee = "committee",
    }
}

/// What is meant from a mark on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RubricLevel {
    /// From this mark on.
    pub from: Mark,
    /// What a work of this level is like.
    #[schema(min_length = 1, max_length = 1000)]
    pub description: String,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What is judged.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// What it comprises; may be empty.
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub description: String,
    /// Its share of the mark in per cent; those of a rubric add to 100.
    #[schema(minimum = 1, maximum = 100)]
    pub weight: i16,
    /// What each level means, by ascending marks; may be empty.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub levels: Vec<RubricLevel>,
}

/// What the caller may do with a rubric now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RubricAction {
    /// Write the version that takes its place.
    Write,
}

/// A version of a rubric. It never changes: past marks keep theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rubric {
    /// Its id.
    pub id: RubricId,
    /// Of which degree.
    pub degree_id: DegreeId,
    /// Who marks by it.
    pub role: RubricRole,
    /// Counts the versions of the degree's rubric for this role.
    pub version: i32,
    /// Its name.
    pub name: String,
    /// Its criteria; marks name them by their place, from 1 on.
    pub criteria: Vec<Criterion>,
    /// Whether calls whose marking has not begun are marked by it.
    pub is_current: bool,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<RubricAction>,
}

/// Rubrics of a degree, the latest version of each role first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rubrics {
    /// All of them.
    pub items: Vec<Rubric>,
}

/// Write the next version of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteRubric {
    /// Its name.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Its criteria, in order.
    #[schema(min_items = 1, max_items = 50)]
    pub criteria: Vec<Criterion>,
}
