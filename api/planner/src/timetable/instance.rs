//! The question: days, rooms, people and the defences to be given a time and a place.

use crate::id::{CommitteeId, DayId, DefenceId, PersonId, RoomId, SubjectId, TeamId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is to be timetabled. The three modes are one format: a defence names its committee
/// (standing committee), its people (fixed panel) or its seats (free panel).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// For people; the planner does not read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The days of the defence phase, in order.
    pub days: Vec<Day>,
    /// Slots one defence takes, unless it says otherwise.
    #[serde(default = "one")]
    pub duration: usize,
    /// Slots left free after each defence, for its room and its people, before the next of the day.
    #[serde(default)]
    pub gap: usize,
    /// Where defences are held.
    pub rooms: Vec<Room>,
    /// Everybody whose time matters.
    pub people: Vec<Person>,
    /// Committees that judge whole blocks of defences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub committees: Vec<Committee>,
    /// What is to be placed.
    pub defences: Vec<Defence>,
    /// What matters after the number of defences placed, most important first.
    #[serde(default = "Objective::usual_order")]
    pub objectives: Vec<Objective>,
    /// What a person fixed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// The plan in force, from which `changes` are counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<Placement>,
}

/// One day, cut into slots of equal length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// Its date or another name.
    pub id: DayId,
    /// How many slots it has, numbered from 0.
    pub slots: usize,
    /// Pauses: half-open intervals `[from, to)` of slots in which nothing takes place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<(usize, usize)>,
}

/// Answers to the poll, slot by slot: `y` yes, `?` if needed (at cost 1), `1` to `9` if needed at
/// that cost, `n` no.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// One character per slot, for the days it was given for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<DayId, String>,
    /// The answer for every other day: `y` unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<char>,
}

/// What one character of an availability says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Free, gladly.
    Yes,
    /// Free at a cost.
    IfNeeded(u32),
    /// Not free.
    No,
}

impl Answer {
    /// Reads one character.
    pub fn from_char(letter: char) -> Option<Self> {
        match letter {
            'y' => Some(Self::Yes),
            '?' => Some(Self::IfNeeded(1)),
            'n' => Some(Self::No),
            '1'..='9' => letter.to_digit(10).map(Self::IfNeeded),
            _ => None,
        }
    }
}

impl Availability {
    /// The answer for one slot; what was not asked is `otherwise`.
    pub fn answer(&self, day: &DayId, slot: usize) -> Answer {
        let letter = match self.days.get(day) {
            Some(row) => row.as_bytes().get(slot).map(|&b| char::from(b)),
            None => self.otherwise.or(Some('y')),
        };
        letter.and_then(Answer::from_char).unwrap_or(Answer::No)
    }
}

/// A room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Its name.
    pub id: RoomId,
    /// How many people fit in; without limit when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
    /// When it can be used; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
}

/// A professor, a student or a guest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// When they can come; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub availability: Option<Availability>,
    /// The most defences they may attend.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_defences: Option<usize>,
    /// The most defences they may attend on one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_per_day: Option<usize>,
    /// What they are expert in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectId>,
}

/// A committee whose defences of one day are consecutive in one room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Committee {
    /// Its name.
    pub id: CommitteeId,
    /// Its full seats, president first.
    pub seats: Vec<PersonId>,
    /// Who may sit in for any of them, in order of call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub substitutes: Vec<PersonId>,
}

/// One student's defence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defence {
    /// Its name.
    pub id: DefenceId,
    /// Slots it takes, when not those of the instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<usize>,
    /// Defences of one team follow each other in one room, before the same people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Who must be there whatever happens: a fixed panel, the student, the tutor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonId>,
    /// The standing committee that judges it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committee: Option<CommitteeId>,
    /// Seats to be filled (free panel).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
    /// Conflicts of interest: nobody here may take one of its seats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<PersonId>,
    /// The rooms it may take; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<RoomId>,
    /// How many people the room must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
    /// When it may take place, besides the availability of its people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Availability>,
    /// What its panel should be expert in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectId>,
}

/// A seat of a free panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Chair, member and so on; for people.
    pub role: String,
    /// Who may take it.
    pub eligible: Vec<PersonId>,
    /// What choosing somebody costs (0 when absent); counted by the objective `wishes`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub costs: BTreeMap<PersonId, u32>,
}

/// Where a defence was put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Which one.
    pub defence: DefenceId,
    /// Its day.
    pub day: DayId,
    /// Its first slot.
    pub slot: usize,
    /// Its room.
    pub room: RoomId,
    /// Who takes its seats, one per seat of the defence or of its committee, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panel: Vec<PersonId>,
}

/// What a person fixed about one defence; what is absent is free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Which one. It must be placed.
    pub defence: DefenceId,
    /// Its day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<DayId>,
    /// Its first slot, with `day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<usize>,
    /// Its room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<RoomId>,
    /// People in its seats; `null` leaves a seat open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub panel: Vec<Option<PersonId>>,
}

/// What is improved once the number of placed defences is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Differences from the present plan: 4 for another time (or a defence taken out), 2 for
    /// another room, 1 for each other person.
    Changes,
    /// Pairs of defences that one person attends one right after the other in one room (more is better).
    BackToBack,
    /// Days on which somebody comes, over all people.
    Days,
    /// Changes of room between one defence of a person and their next of that day.
    RoomChanges,
    /// Slots people wait between two defences of one day.
    Waiting,
    /// Sum over people of the square of the number of defences they attend.
    Balance,
    /// Subjects of placed defences that nobody of the panel covers.
    Subjects,
    /// Cost of the slots people and windows offered only if needed.
    IfNeeded,
    /// Cost of the people chosen for seats; a substitute of a committee costs 1.
    Wishes,
    /// The last slot in use, counted from the first slot of the first day.
    EarlyFinish,
}

impl Objective {
    /// The order taken when an instance states none.
    pub fn usual_order() -> Vec<Self> {
        use Objective::*;
        vec![Changes, BackToBack, Days, RoomChanges, Balance, Subjects, IfNeeded, Wishes, EarlyFinish]
    }

    /// All of them.
    pub fn all() -> [Self; 10] {
        use Objective::*;
        [Changes, BackToBack, Days, RoomChanges, Waiting, Balance, Subjects, IfNeeded, Wishes, EarlyFinish]
    }
}

fn one() -> usize {
    1
}
