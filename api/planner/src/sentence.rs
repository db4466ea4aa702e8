//! What the planner tells people: a code with what fills its places, for whoever speaks another
//! language, and one English sentence made of the same.

use crate::id::{AreaId, CommitteeId, DefenceId, PersonId, ProjectId, RoomId};
use crate::timetable::When;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One fact or proposal. In JSON `{"code": "people_short", "params": {"people": ["p1"], …}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
#[allow(missing_docs, reason = "each is the sentence that `Display` writes")]
pub enum Sentence {
    ProfessorsShort {
        committees: usize,
        seats: usize,
        needed: usize,
        free: usize,
    },
    CommitteeTooLarge {
        seats: usize,
        free: usize,
    },
    PresidentsShort {
        committees: usize,
        presidents: usize,
    },
    AreasShort {
        committees: usize,
        full_seats: usize,
        areas: Vec<AreaId>,
        free: Vec<usize>,
        all_areas: usize,
    },
    CommitteePins {
        people: Vec<PersonId>,
        projects: Vec<ProjectId>,
    },
    Interests {
        committees: usize,
        people: Vec<PersonId>,
        projects: Vec<ProjectId>,
    },
    CommitteesNotFound {
        committees: usize,
    },
    CommitteesUnproved {
        committees: usize,
    },
    OutsideWindow {
        defences: Vec<DefenceId>,
    },
    NeverFree {
        people: Vec<PersonId>,
        defences: Vec<DefenceId>,
        at: When,
        ask: Vec<PersonId>,
    },
    NoCommonHour {
        people: Vec<PersonId>,
        defences: Vec<DefenceId>,
        at: When,
        ask: Vec<PersonId>,
    },
    NoRoomSuits {
        defences: Vec<DefenceId>,
    },
    RoomsClosed {
        rooms: Vec<RoomId>,
        defences: Vec<DefenceId>,
        hours: usize,
    },
    PinnedInVain {
        defences: Vec<DefenceId>,
    },
    NoPanel {
        roles: Vec<String>,
        defences: Vec<DefenceId>,
        hours: usize,
    },
    NotInTime {
        defences: Vec<DefenceId>,
    },
    PeopleShort {
        people: Vec<PersonId>,
        defences: Vec<DefenceId>,
        hours: usize,
    },
    RoomsShort {
        defences: Vec<DefenceId>,
        hours: usize,
    },
    Workload {
        people: Vec<PersonId>,
        defences: Vec<DefenceId>,
    },
    Competition {
        people: Vec<PersonId>,
        defences: Vec<DefenceId>,
    },
    CommitteeFull {
        committee: CommitteeId,
        defences: Vec<DefenceId>,
        hours: usize,
    },
    CommitteesCompete {
        committees: Vec<CommitteeId>,
        defences: Vec<DefenceId>,
        hours: usize,
    },
    DefencePins {
        defences: Vec<DefenceId>,
    },
    PinsNotKept {
        defences: Vec<DefenceId>,
    },
    TakenOut {
        defences: Vec<DefenceId>,
    },
    Repair {
        at: When,
        room: RoomId,
        ask: Vec<PersonId>,
        open: Vec<RoomId>,
        moves: Vec<DefenceId>,
    },
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProfessorsShort { committees, seats, needed, free } => {
                write!(f, "{committees} committees of {seats} need {needed} professors, and {free} are free")
            }
            Self::CommitteeTooLarge { seats, free } => {
                write!(f, "a committee has {seats} seats, and {free} professors are free")
            }
            Self::PresidentsShort { committees, presidents } => write!(
                f,
                "{committees} committees need a president each, and {presidents} professors may preside"
            ),
            Self::AreasShort { committees, full_seats, areas, free, all_areas } => {
                let short: Vec<String> = areas
                    .iter()
                    .zip(free)
                    .map(|(area, free)| format!("{area} has {free} free professors"))
                    .collect();
                let link = if short.is_empty() { "only " } else { ", with " };
                let needed = committees * full_seats;
                write!(
                    f,
                    "{committees} committees need {needed} full seats of different areas, {full_seats} of \
                     them each committee: {}{link}{all_areas} areas in all",
                    short.join(", ")
                )
            }
            Self::CommitteePins { people, projects } => {
                let all: Vec<&str> = people
                    .iter()
                    .map(|p| p.0.as_str())
                    .chain(projects.iter().map(|p| p.0.as_str()))
                    .collect();
                write!(f, "{} cannot stay where they are pinned", list(&all))
            }
            Self::Interests { committees, people, projects } => write!(
                f,
                "with {committees} committees no seating keeps {} from judging projects they have an \
                 interest in, or from sitting beside each other ({})",
                list(people),
                list(projects)
            ),
            Self::CommitteesNotFound { committees } => {
                write!(f, "no way to form {committees} committees was found in the time given")
            }
            Self::CommitteesUnproved { committees } => {
                write!(f, "no way to form {committees} committees was found, and no proof that there is none")
            }
            Self::Repair { at, ask, open, moves, .. } => write_repair(f, at, ask, open, moves),
            other => other.write_timed(f),
        }
    }
}

impl Sentence {
    /// Why defences have no place.
    fn write_timed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideWindow { defences } => write!(f, "{} has no hour within its window", list(defences)),
            Self::NeverFree { people, defences, at, ask } => {
                write!(f, "{} is never free long enough for {}", list(people), list(defences))?;
                write_nearest(f, at, ask)
            }
            Self::NoCommonHour { people, defences, at, ask } => {
                write!(f, "{} share no free hour for {}", list(people), list(defences))?;
                write_nearest(f, at, ask)
            }
            Self::NoRoomSuits { defences } => write!(f, "no room suits {}", list(defences)),
            Self::RoomsClosed { rooms, defences, hours } => write!(
                f,
                "{} is closed at the {hours} hours the people of {} share",
                list(rooms),
                list(defences)
            ),
            Self::PinnedInVain { defences } => {
                write!(f, "{} is pinned to where it cannot be", list(defences))
            }
            Self::NoPanel { roles, defences, hours } => write!(
                f,
                "nobody eligible is free as {} at the {hours} hours left for {}",
                list(roles),
                list(defences)
            ),
            Self::NotInTime { defences } => write!(f, "{} found no place in the time given", list(defences)),
            Self::PeopleShort { people, defences, hours } => write!(
                f,
                "{} is needed by {}, which have {hours} possible starts between them",
                list(people),
                list(defences)
            ),
            Self::RoomsShort { defences, hours } => {
                write!(f, "{} need more rooms than are open at the {hours} starts they share", list(defences))
            }
            Self::Workload { defences, .. } => {
                write!(f, "{} would give somebody more defences than they may have", list(defences))
            }
            Self::Competition { people, defences } => {
                let whose = if people.is_empty() { "the same people".to_owned() } else { list(people) };
                write!(f, "{} compete for {whose} and cannot all be placed", list(defences))
            }
            Self::CommitteeFull { committee, defences, hours } => write!(
                f,
                "committee {committee} has no runs of free hours for {} ({hours} possible starts)",
                list(defences)
            ),
            Self::CommitteesCompete { committees, defences, hours } => write!(
                f,
                "committees {} need more rooms or the same people at the {hours} starts they share, and \
                 cannot judge all of {}",
                list(committees),
                list(defences)
            ),
            Self::DefencePins { defences } => {
                write!(f, "{} cannot all stay where they are pinned", list(defences))
            }
            Self::PinsNotKept { defences } => {
                write!(f, "no timetable with {} where pinned was found in the time given", list(defences))
            }
            Self::TakenOut { defences } => write!(f, "{} was taken out by hand", list(defences)),
            _ => Ok(()),
        }
    }
}

fn write_nearest(f: &mut fmt::Formatter<'_>, at: &When, ask: &[PersonId]) -> fmt::Result {
    write!(f, "; the nearest is {} slot {} if {} can come", at.day, at.slot, list(ask))
}

fn write_repair(
    f: &mut fmt::Formatter<'_>,
    at: &When,
    ask: &[PersonId],
    open: &[RoomId],
    moves: &[DefenceId],
) -> fmt::Result {
    let mut steps = Vec::new();
    if !ask.is_empty() {
        steps.push(format!("{} {}", list(ask), if ask.len() == 1 { "comes" } else { "come" }));
    }
    if !open.is_empty() {
        steps.push(format!("room {} is opened", list(open)));
    }
    if !moves.is_empty() {
        steps.push(format!("{} {}", list(moves), if moves.len() == 1 { "moves" } else { "move" }));
    }
    write!(f, "{} slot {} if {}", at.day, at.slot, steps.join(" and "))
}

/// "a, b and c"
fn list<T: fmt::Display>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(T::to_string).collect();
            format!("{} and {last}", most.join(", "))
        }
    }
}
