//! How the committees and timetables of a degree are made.

use crate::ids::DegreeId;
use chrono::NaiveTime;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

stored_enum! {
    /// What is decided beforehand about the people of a defence.
    TimetableMode {
        /// A committee judges a block of defences.
        Standing = "standing",
        /// Each defence comes with its own people.
        FixedPanel = "fixed_panel",
        /// Each defence needs its seats filled from eligible people.
        FreePanel = "free_panel",
    }
}

stored_enum! {
    /// What makes one timetable better than another, once as many defences as
    /// possible are placed.
    TimetableObjective {
        /// As little as possible differs from the present plan.
        Changes = "changes",
        /// People sit in consecutive defences of one room.
        BackToBack = "back_to_back",
        /// People come on few days.
        Days = "days",
        /// People change rooms rarely.
        RoomChanges = "room_changes",
        /// People wait little between two defences of a day.
        Waiting = "waiting",
        /// Everybody attends about as many.
        Balance = "balance",
        /// Somebody of the panel knows the subject.
        Subjects = "subjects",
        /// Times given only if needed are rarely used.
        IfNeeded = "if_needed",
        /// Wishes about people are met.
        Wishes = "wishes",
        /// The last defence is early.
        EarlyFinish = "early_finish",
    }
}

/// Seats, spread, size and days of committees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeRules {
    /// Full seats beside the president's.
    #[schema(minimum = 1, maximum = 2)]
    pub members: i16,
    /// Seats that wait to be called.
    #[schema(minimum = 0, maximum = 2)]
    pub substitutes: i16,
    /// Whether full seats of a committee are of different areas.
    pub distinct_areas: bool,
    /// Whether nobody sits twice in a call; with free panels, whether nobody attends more than
    /// `target_size` defences.
    pub one_seat_per_call: bool,
    /// Defences a committee should have.
    #[schema(minimum = 1, maximum = 100)]
    pub target_size: i16,
    /// How long a defence takes.
    #[schema(minimum = 5, maximum = 240)]
    pub slot_minutes: i16,
    /// Pause after each defence.
    #[schema(minimum = 0, maximum = 120)]
    pub break_minutes: i16,
    /// When the first defence of a day may begin, by the clock of the institution.
    #[schema(value_type = String, example = "09:00:00")]
    pub day_starts: NaiveTime,
    /// When the last one has ended.
    #[schema(value_type = String, example = "20:00:00")]
    pub day_ends: NaiveTime,
    /// When the pause of the day begins; null: none.
    #[schema(value_type = Option<String>, example = "14:00:00")]
    pub pause_starts: Option<NaiveTime>,
    /// When it ends.
    #[schema(value_type = Option<String>, example = "16:00:00")]
    pub pause_ends: Option<NaiveTime>,
    /// What is decided beforehand about the people of a defence.
    pub mode: TimetableMode,
    /// What matters in a timetable, most important first; empty: in the usual order.
    #[schema(max_items = 10)]
    pub objectives: Vec<TimetableObjective>,
    /// Years since becoming permanent that a president needs; null: none.
    #[schema(minimum = 0, maximum = 60)]
    pub presider_min_seniority: Option<i16>,
}

impl Default for CommitteeRules {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self {
            members: 2,
            substitutes: 2,
            distinct_areas: true,
            one_seat_per_call: true,
            target_size: 5,
            slot_minutes: 45,
            break_minutes: 0,
            day_starts: at(9),
            day_ends: at(20),
            pause_starts: None,
            pause_ends: None,
            mode: TimetableMode::Standing,
            objectives: Vec::new(),
            presider_min_seniority: None,
        }
    }
}

/// What the caller may do with the settings now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitteeSettingsAction {
    /// Write them for this academic year.
    Edit,
}

/// The settings that hold for a degree in an academic year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteeSettings {
    /// Of which degree.
    pub degree_id: DegreeId,
    /// In which academic year, by the year it starts in.
    pub academic_year: i16,
    /// The year they were written for, this one or one before; null: nobody wrote any, these are the defaults.
    pub written_for: Option<i16>,
    /// The settings.
    pub rules: CommitteeRules,
    /// Version for `If-Match`; 0 when none were written for this year.
    pub version: i32,
    /// What the caller may do with them now.
    pub allowed_actions: Vec<CommitteeSettingsAction>,
}
