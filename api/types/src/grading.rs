//! How final marks of a degree are made.

use crate::ids::DegreeId;
use crate::mark::Mark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// How the marks of its members become the mark of a committee.
    Agreement {
        /// Their mean.
        Mean = "mean",
        /// Their median.
        Median = "median",
        /// What the president says, with everybody's marks at hand.
        President = "president",
    }
}

stored_enum! {
    /// Which days of a claim window count.
    DayKind {
        /// All of them.
        Natural = "natural",
        /// Monday to Friday but for the holidays of the settings.
        Working = "working",
    }
}

stored_enum! {
    /// How many honours there are in a year.
    HonoursRule {
        /// A share of the enrolled, rounded up; one in a small group.
        Share = "share",
        /// As many as deserve them.
        Unlimited = "unlimited",
        /// None.
        None = "none",
    }
}

stored_enum! {
    /// What a final mark is called.
    Band {
        /// The student did not come.
        NotPresented = "not_presented",
        /// Suspenso: below the pass mark.
        Fail = "fail",
        /// Aprobado.
        Pass = "pass",
        /// Notable: from 7 on.
        Good = "good",
        /// Sobresaliente: from 9 on.
        Excellent = "excellent",
    }
}

/// How final marks are made. Marks are exact until the final mark, which is
/// rounded once, to one decimal, halves up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GradingRules {
    /// The tutor's share of the final mark in per cent; the rest is the committee's.
    #[schema(minimum = 0, maximum = 100)]
    pub tutor_weight: i16,
    /// How the marks of its members become the mark of a committee.
    pub agreement: Agreement,
    /// Who has less fails.
    #[schema(value_type = String)]
    pub pass_mark: Mark,
    /// How many days students have to claim; 0: none.
    #[schema(minimum = 0, maximum = 60)]
    pub claim_days: i16,
    /// Which days count.
    pub claim_day_kind: DayKind,
    /// Days that are no working days, beside weekends.
    #[schema(max_items = 100)]
    pub holidays: Vec<NaiveDate>,
    /// How many honours there are.
    pub honours: HonoursRule,
    /// The share of the enrolled in per cent.
    #[schema(minimum = 1, maximum = 100)]
    pub honours_percent: i16,
    /// With fewer enrolled there is one.
    #[schema(minimum = 0, maximum = 1000)]
    pub honours_small_group: i16,
    /// Who has less gets none.
    #[schema(value_type = String)]
    pub honours_mark: Mark,
    /// How many are enrolled in the year; null: as many as have a project of
    /// the year or were entered in one of its calls.
    #[schema(minimum = 0, maximum = 100_000)]
    pub enrolled: Option<i32>,
}

impl Default for GradingRules {
    fn default() -> Self {
        Self {
            tutor_weight: 30,
            agreement: Agreement::Mean,
            pass_mark: Mark::of_tenths(50).unwrap_or_default(),
            claim_days: 5,
            claim_day_kind: DayKind::Natural,
            holidays: Vec::new(),
            honours: HonoursRule::Share,
            honours_percent: 5,
            honours_small_group: 20,
            honours_mark: Mark::of_tenths(90).unwrap_or_default(),
            enrolled: None,
        }
    }
}

/// What the caller may do with grading settings now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradingSettingsAction {
    /// Write them for this year.
    Edit,
}

/// How final marks of a degree are made in an academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GradingSettings {
    /// Of which degree.
    pub degree_id: DegreeId,
    /// In which academic year.
    pub academic_year: i16,
    /// The year they were written for; null: nobody wrote any, these are the usual ones.
    pub written_for: Option<i16>,
    /// The rules.
    pub rules: GradingRules,
    /// Version for `If-Match`; 0 while none were written for this very year.
    pub version: i32,
    /// What the caller may do with them now.
    pub allowed_actions: Vec<GradingSettingsAction>,
}
