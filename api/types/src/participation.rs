//! Who has served in committees over the years, and who may be called.

use crate::users::Professor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Seats held in one academic year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct YearOfService {
    /// Year in which it starts: 2026 for 2026/27.
    pub academic_year: i16,
    /// Seats in committees that were not formed here.
    pub brought: i64,
    /// Seats in committees published here.
    pub seats: i64,
}

/// A professor's service, and what they may be called for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participation {
    /// Who, of which department.
    pub professor: Professor,
    /// Years with any service, in order.
    pub years: Vec<YearOfService>,
    /// Seats of all these years.
    pub total: i64,
    /// Whether they may preside.
    pub may_preside: bool,
    /// The year they became permanent; null: they are not, or nobody wrote it down.
    pub seniority_year: Option<i16>,
    /// Whether they are not called at all.
    pub exempt_from_committees: bool,
    /// Version for `If-Match`.
    pub version: i32,
}

/// Change what a professor may be called for. By a coordinator or an admin.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateParticipation {
    /// Whether they may preside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_preside: Option<bool>,
    /// The year they became permanent; null clears it.
    #[serde(default, deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i16>, minimum = 1950, maximum = 2200)]
    pub seniority_year: Option<Option<i16>>,
    /// Whether they are not called at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt_from_committees: Option<bool>,
    /// Service in committees that were not formed here; other years stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub brought: Vec<BroughtService>,
}

/// Service of a year before GesTFG, or in committees it did not form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BroughtService {
    /// Year in which it starts.
    #[schema(minimum = 1990, maximum = 2200)]
    pub academic_year: i16,
    /// How many seats; 0 takes the year back.
    #[schema(minimum = 0, maximum = 200)]
    pub seats: i16,
}
