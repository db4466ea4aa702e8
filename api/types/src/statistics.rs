//! Statistics: how far projects come, by year, degree, department, area and tutor.

use crate::grading::Band;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// What projects are counted by.
    StatisticsGrouping {
        /// The academic year.
        Year = "year",
        /// The degree.
        Degree = "degree",
        /// The tutor's department.
        Department = "department",
        /// The area of that department.
        Area = "area",
        /// The tutor; for those who may read of each.
        Tutor = "tutor",
    }
}

/// How many projects came how far. Null: of fewer than five students, and not
/// for the caller.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsFigures {
    /// Projects that were ever submitted.
    pub offered: Option<i64>,
    /// Of these, those that were validated.
    pub validated: Option<i64>,
    /// Projects that were ever published.
    pub published: Option<i64>,
    /// Projects with students.
    pub assigned: Option<i64>,
    /// Students of these.
    pub students: Option<i64>,
    /// Projects entered for evaluation.
    pub entered: Option<i64>,
    /// Students who defended.
    pub defended: Option<i64>,
    /// Students who did not come to their defence.
    pub not_presented: Option<i64>,
    /// Students who passed, by closed minutes.
    pub passed: Option<i64>,
    /// Students with honours, by closed minutes.
    pub honours: Option<i64>,
    /// Days from assignment to the first defence: half took no longer.
    pub median_days_to_defence: Option<f64>,
}

/// The projects of a year, a degree, …
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsGroup {
    /// Its id; the year it starts in, of an academic year.
    pub id: i64,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The figures.
    pub figures: StatisticsFigures,
    /// Whether they are rounded to multiples of five, and those of fewer than five students kept back.
    pub is_rounded: bool,
}

/// So many have so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsCount {
    /// How much: a rank, students, seats, defences.
    pub value: i64,
    /// How many.
    pub count: Option<i64>,
}

/// So many have a mark of this band, by closed minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsMarks {
    /// The band.
    pub band: Band,
    /// How many; null: of fewer than five students, and not for the caller.
    pub count: Option<i64>,
}

/// Who has how much to do, in the years and degrees asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatisticsLoads {
    /// Tutors by the number of projects of theirs with students.
    pub tutors: Vec<StatisticsCount>,
    /// Professors by the number of seats they hold in committees, substitutes' not counted.
    pub seats: Vec<StatisticsCount>,
    /// Committees by the number of defences they have.
    pub committees: Vec<StatisticsCount>,
}

/// Statistics of what was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Statistics {
    /// What projects are counted by.
    pub group_by: StatisticsGrouping,
    /// The groups, years from the earliest, the others by name.
    pub groups: Vec<StatisticsGroup>,
    /// All groups together.
    pub total: StatisticsFigures,
    /// The marks of all of them, from the lowest band.
    pub marks: Vec<StatisticsMarks>,
    /// Projects given by an allocation, by the place they had among the wishes.
    pub granted_ranks: Vec<StatisticsCount>,
    /// For those who read everything that was asked for.
    pub loads: Option<StatisticsLoads>,
    /// Whether `total`, `marks` and `granted_ranks` are rounded to multiples of five, and those of fewer than
    /// five students kept back.
    pub is_rounded: bool,
    /// When the figures were gathered.
    pub gathered_at: DateTime<Utc>,
    /// Whether the caller may have them gathered anew.
    pub may_gather: bool,
}
