//! The question: projects entered in a call and the professors who may judge them.

use super::solution::Committee;
use crate::id::{AreaId, PersonId, ProjectId, SubjectId};
use serde::{Deserialize, Serialize};

/// A call that needs committees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// For people; the planner does not read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The rules of the degree.
    #[serde(default)]
    pub settings: Settings,
    /// Everybody who may be called upon.
    pub professors: Vec<Professor>,
    /// The projects entered.
    pub projects: Vec<Project>,
    /// Pairs who declared that they may not sit beside each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<(PersonId, PersonId)>,
    /// What matters once the hard rules are kept, most important first.
    #[serde(default = "Objective::usual_order")]
    pub objectives: Vec<Objective>,
    /// Professors fixed in a seat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seat_pins: Vec<SeatPin>,
    /// Projects fixed to a committee.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub project_pins: Vec<ProjectPin>,
    /// The committees in force, from which `changes` are counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<Committee>,
}

/// The rules of a degree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Seats that judge: the president's and the members'.
    pub full_seats: usize,
    /// Seats that wait to be called.
    pub substitutes: usize,
    /// Defences a committee should have; it decides how many committees there are.
    pub target: usize,
    /// The number of committees, when it is not to be decided.
    pub committees: Option<usize>,
    /// Whether fewer committees may be formed, with more defences each, when professors are short. More, with
    /// fewer defences each, may always be: where interests leave no other way.
    pub may_exceed_target: bool,
    /// Full seats of a committee are of different areas.
    pub spread_areas: bool,
    /// Nobody sits twice in the call.
    pub one_seat: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            full_seats: 3,
            substitutes: 2,
            target: 5,
            committees: None,
            may_exceed_target: true,
            spread_areas: true,
            one_seat: true,
        }
    }
}

impl Settings {
    /// All seats of one committee.
    pub fn seats(&self) -> usize {
        self.full_seats.saturating_add(self.substitutes)
    }
}

/// Somebody who may be called upon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Professor {
    /// Who.
    pub id: PersonId,
    /// The area their department counts for.
    pub area: AreaId,
    /// Whether they can come at all during the phase.
    #[serde(default = "yes")]
    pub available: bool,
    /// Whether they are excused from service.
    #[serde(default)]
    pub exempt: bool,
    /// Seats held in past years, by the ledger.
    #[serde(default)]
    pub service: u32,
    /// The higher, the fitter to preside.
    #[serde(default)]
    pub seniority: u32,
    /// Whether they may preside at all.
    #[serde(default = "yes")]
    pub may_preside: bool,
    /// What they are expert in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectId>,
}

impl Professor {
    /// Whether they can be called upon in this call.
    pub fn is_free(&self) -> bool {
        self.available && !self.exempt
    }
}

/// A project entered in the call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Which one.
    pub id: ProjectId,
    /// Its tutor and co-tutors. They need not be among the professors.
    pub tutors: Vec<PersonId>,
    /// Its students: a team counts one defence each and is not split.
    #[serde(default = "one")]
    pub students: usize,
    /// The area it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    /// Others who declared a conflict of interest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<PersonId>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<SubjectId>,
}

impl Project {
    /// Everybody who may not judge it.
    pub fn barred(&self) -> impl Iterator<Item = &PersonId> {
        self.tutors.iter().chain(&self.conflicts)
    }
}

/// A professor fixed in a seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatPin {
    /// The committee, counted from 0.
    pub committee: usize,
    /// The seat: 0 presides, full seats come before substitutes.
    pub seat: usize,
    /// Who.
    pub professor: PersonId,
}

/// A project fixed to a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectPin {
    /// Which project.
    pub project: ProjectId,
    /// The committee, counted from 0.
    pub committee: usize,
}

/// What is improved once the hard rules are kept; for all of them fewer is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Seats and projects that differ from the committees in force.
    Changes,
    /// Seats held by professors who tutor nobody in this call.
    Outsiders,
    /// Past service of those called, summed: who served least sits first.
    Service,
    /// Projects judged by a committee without a full seat of their area.
    Affinity,
    /// Subjects of projects that no full seat of their committee covers.
    Expertise,
    /// Members senior to their president.
    Seniority,
}

impl Objective {
    /// The order taken when an instance states none.
    pub fn usual_order() -> Vec<Self> {
        Self::all().to_vec()
    }

    /// All of them.
    pub fn all() -> [Self; 6] {
        use Objective::*;
        [Changes, Outsiders, Service, Affinity, Expertise, Seniority]
    }
}

fn yes() -> bool {
    true
}

fn one() -> usize {
    1
}
