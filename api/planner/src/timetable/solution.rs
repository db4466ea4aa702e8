//! The answer: what goes where, how good it is, and why the rest has no place.

use super::instance::{Objective, Placement};
use crate::id::{DayId, DefenceId, PersonId, RoomId};
use crate::sentence::Sentence;
use crate::status::Status;
use serde::{Deserialize, Serialize};

/// A timetable with everything known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// Whether the number of placed defences is proved to be the most.
    pub status: Status,
    /// Defences placed.
    pub scheduled: usize,
    /// Defences asked for.
    pub total: usize,
    /// No timetable places more than this.
    pub bound: usize,
    /// What goes where, in order of time.
    pub placements: Vec<Placement>,
    /// Each objective, in the order of the instance, with the value no timetable can beat.
    #[serde(default)]
    pub objectives: Vec<Bounded>,
    /// Defences without a place, each with its reason and what would help.
    #[serde(default)]
    pub unplaced: Vec<Unplaced>,
    /// Why no answer exists at all: pins that contradict each other or the rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Reason>,
    /// Where time, people and rooms are short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottlenecks: Option<Bottlenecks>,
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

/// One objective with what is proved of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounded {
    /// Which one.
    pub objective: Objective,
    /// What was counted; more is better for `back_to_back`, fewer for all others.
    pub value: i64,
    /// No timetable of as many defences that keeps the hard rules has less (`back_to_back`: more), whatever
    /// its other objectives. Equal to `value`: proved best. Absent when it was not worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<i64>,
}

/// A point in time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The day.
    pub day: DayId,
    /// The slot of that day.
    pub slot: usize,
}

/// A defence that has no place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unplaced {
    /// Which one.
    pub defence: DefenceId,
    /// Why not.
    pub reason: Reason,
    /// What would give it a place, cheapest first; each was tried and checked.
    pub repairs: Vec<Repair>,
}

/// A minimal set of facts that cannot hold together: without any one of them there would be a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// What sort of conflict it is.
    pub kind: ReasonKind,
    /// One sentence for a person.
    pub text: String,
    /// The same for whoever speaks another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Sentence>,
    /// The people in conflict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The defences that compete, itself included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defences: Vec<DefenceId>,
    /// The hours they compete for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<When>,
    /// The rooms that are short.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
    /// The start at which the fewest people would have to give way, and who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<(When, Vec<PersonId>)>,
    /// Whether it was proved that no fact can be left out.
    #[serde(default)]
    pub minimal: bool,
}

/// The sorts of conflict, from the plainest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Its people share no free time long enough within its window.
    NoCommonHour,
    /// At every hour its people share, no room that suits it is open.
    NoRoom,
    /// At every hour its people share, some seat has nobody eligible who is free.
    NoPanel,
    /// These defences need the same people more often than those have free hours.
    PeopleShort,
    /// These defences need more rooms than are open at the hours they could take.
    RoomsShort,
    /// These defences cannot all be placed.
    Competition,
    /// People would attend more defences than they may.
    Workload,
    /// Its committee has no block of free time left for it.
    CommitteeFull,
    /// Pins that cannot all be kept.
    Pins,
    /// The run was stopped before this was worked out.
    Unknown,
}

/// A change that gives a place, tried on the instance and checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// One sentence for a person.
    pub text: String,
    /// The same for whoever speaks another language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Sentence>,
    /// People who would come though they said no.
    pub ask: Vec<PersonId>,
    /// Rooms that would be opened though closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<RoomId>,
    /// Where the defence would go.
    pub placement: Placement,
    /// Other defences that would move to make way, and where to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Placement>,
    /// Slots of time asked for, over those people and rooms.
    pub cost: usize,
    /// Other defences without a place that the same change would help as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_places: Vec<DefenceId>,
}

/// Where the shortage is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bottlenecks {
    /// For each start, how many defences have all their people free, and how many rooms are open.
    pub hours: Vec<HourLoad>,
    /// People by how little room their hours leave, tightest first.
    pub people: Vec<PersonLoad>,
}

/// One cell of the heat map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HourLoad {
    /// The start.
    pub when: When,
    /// Defences that could begin here.
    pub defences: usize,
    /// Of those, the ones without a place.
    pub unplaced: usize,
    /// Rooms open.
    pub rooms: usize,
}

/// How tight somebody's time is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonLoad {
    /// Who.
    pub person: PersonId,
    /// Defences that need them.
    pub needed: usize,
    /// Starts at which at least one of those has all its people free.
    pub common_hours: usize,
    /// Of those defences, the ones without a place.
    pub unplaced: usize,
}
