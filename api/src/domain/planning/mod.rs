//! From a call as it is stored to the planner's questions, and back.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use gestfg_planner::{committees, timetable};
use gestfg_types::ids::{AreaId, EvaluationRequestId, RoomId, UserId};
use std::collections::HashMap;

pub mod ask_committees;
pub mod ask_timetable;
mod calling;
pub mod comparison;
pub mod edits;
pub mod free_panels;
pub mod hours;
pub mod ids;
pub mod listing;
pub mod publication;
pub mod report;
pub mod run;
pub mod stepping_in;
pub mod words;

pub use hours::Hours;

/// How a timetable is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A committee judges a block of defences.
    Standing,
    /// Each defence is judged by its committee, whenever its people are free.
    FixedPanel,
    /// Each defence has seats that are filled when it is timed.
    FreePanel,
}

/// The rules of a degree for its committees and timetables.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Full seats beside the president's.
    pub members: usize,
    /// Seats that wait to be called.
    pub substitutes: usize,
    /// Full seats of a committee are of different areas.
    pub distinct_areas: bool,
    /// Nobody sits twice in the call.
    pub one_seat_per_call: bool,
    /// Defences a committee should have.
    pub target_size: usize,
    /// How long a defence takes.
    pub slot_minutes: i64,
    /// What is left free after it.
    pub break_minutes: i64,
    /// When a day begins, by the institution's clock.
    pub day_starts: NaiveTime,
    /// When it ends.
    pub day_ends: NaiveTime,
    /// When nothing takes place.
    pub pause: Option<(NaiveTime, NaiveTime)>,
    /// How a timetable is made.
    pub mode: Mode,
    /// What matters in a timetable, most important first; empty: as usual.
    pub objectives: Vec<timetable::Objective>,
    /// Years since becoming permanent that a president needs.
    pub presider_min_seniority: Option<i16>,
}

/// A professor who may be called upon.
#[derive(Debug, Clone)]
pub struct Professor {
    /// Who.
    pub id: UserId,
    /// The area their department counts for.
    pub area: AreaId,
    /// Whether they may preside at all.
    pub may_preside: bool,
    /// Whether they are excused.
    pub exempt: bool,
    /// The year they became permanent.
    pub seniority_year: Option<i16>,
    /// Seats held in past years.
    pub service: u32,
    /// What they are expert in: the keywords of the projects they tutor.
    pub subjects: Vec<String>,
}

/// A project entered in the call.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its evaluation request.
    pub request: EvaluationRequestId,
    /// Tutor, then co-tutor.
    pub tutors: Vec<UserId>,
    /// Its students, in their places.
    pub students: Vec<UserId>,
    /// The area of its tutor.
    pub area: AreaId,
    /// Professors with a declared conflict of interest.
    pub conflicts: Vec<UserId>,
    /// Its keywords.
    pub subjects: Vec<String>,
}

/// A room that can be used.
#[derive(Debug, Clone)]
pub struct Room {
    /// Which one.
    pub id: RoomId,
    /// How many people fit in.
    pub capacity: Option<u32>,
    /// When it is closed or used by others.
    pub closed: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// A time at which somebody cannot come, or only if needed.
#[derive(Debug, Clone, Copy)]
pub struct Busy {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub to: DateTime<Utc>,
    /// Whether they would come if needed.
    pub if_needed: bool,
}

/// A call with everything its planning depends on.
#[derive(Debug, Clone)]
pub struct World {
    /// The rules of its degree.
    pub settings: Settings,
    /// Its academic year.
    pub year: i16,
    /// The institution's time zone.
    pub zone: Tz,
    /// When its defences are held.
    pub phase: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Everybody who may be called upon.
    pub professors: Vec<Professor>,
    /// Pairs of professors with a declared conflict of interest.
    pub apart: Vec<(UserId, UserId)>,
    /// What was entered.
    pub projects: Vec<Project>,
    /// Where defences are held.
    pub rooms: Vec<Room>,
    /// When people cannot come, defences of other calls among it.
    pub busy: HashMap<UserId, Vec<Busy>>,
}

/// A plan as the planner knows it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The question of its committees.
    pub question: committees::Instance,
    /// The answer.
    pub answer: committees::Solution,
    /// Its timetable, once there is one.
    pub timetable: Option<Timetable>,
}

impl Draft {
    /// How it was made, as far as that can be told from it.
    #[must_use]
    pub fn mode(&self) -> Option<Mode> {
        // Only free panels fix the number of committees: one for each project.
        let fixed = self.question.settings.committees.map(|_| Mode::FreePanel);
        self.timetable.as_ref().map(Timetable::mode).or(fixed)
    }
}

/// The timetable of a plan.
#[derive(Debug, Clone)]
pub struct Timetable {
    /// The question.
    pub question: timetable::Instance,
    /// The answer.
    pub answer: timetable::Solution,
    /// When each slot is.
    pub hours: Hours,
}

impl Timetable {
    /// The mode it was asked in.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if !self.question.committees.is_empty() {
            Mode::Standing
        } else if self.question.defences.iter().any(|defence| !defence.seats.is_empty()) {
            Mode::FreePanel
        } else {
            Mode::FixedPanel
        }
    }
}
