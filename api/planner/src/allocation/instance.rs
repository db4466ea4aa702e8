//! The question: who wishes for which projects, and by which method they are given.

use super::record::Record;
use crate::id::{ApplicantId, PersonId, ProjectId, StudentId};
use serde::{Deserialize, Serialize};

/// A round of applications that is to be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// For people; the planner does not read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Everybody who applies, alone or in a team.
    pub students: Vec<Student>,
    /// The applications: one student or one team each.
    pub applicants: Vec<Applicant>,
    /// What can be given.
    pub projects: Vec<Project>,
    /// Who offers it.
    pub tutors: Vec<Tutor>,
    /// Agreements made before; they stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// How it is decided.
    pub method: Method,
    /// For `minimum_cost_maximum`: the cost of the first rank, the second and so on; ranks beyond the
    /// last cost one more each. None: 1, 2, 3 …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<u32>,
    /// Who comes first, by the first criterion that tells two applicants apart. After the last one the
    /// order of `applicants` decides.
    #[serde(default = "TieBreak::usual")]
    pub tie_breaks: Vec<TieBreak>,
    /// Which record counts for a team.
    #[serde(default)]
    pub team_record: TeamRecord,
    /// Where the lottery starts.
    #[serde(default)]
    pub seed: u64,
}

impl Instance {
    /// What it costs that somebody gets their wish of `rank`, counted from 1.
    pub fn cost_of(&self, rank: usize) -> u64 {
        let last = self.weights.last().map_or(0, |&w| u64::from(w));
        let beyond = rank.saturating_sub(self.weights.len()) as u64;
        self.weights.get(rank.wrapping_sub(1)).map_or(last + beyond, |&w| u64::from(w))
    }

    /// How many ranks the longest list of wishes has.
    pub fn ranks(&self) -> usize {
        self.applicants.iter().map(|a| a.preferences.len()).max().unwrap_or(0)
    }
}

/// Somebody who is looking for a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Student {
    /// Who.
    pub id: StudentId,
    /// The academic record; who has none comes after everybody who has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// A number drawn or agreed beforehand: the lower comes first, who has none comes last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie_break: Option<i64>,
}

/// A student, or a team that wants one project together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    /// Which application.
    pub id: ApplicantId,
    /// One to three students.
    pub students: Vec<StudentId>,
    /// Projects wished for, best first; those of one group are equally welcome.
    pub preferences: Vec<Vec<ProjectId>>,
    /// Projects of the list that this applicant may not have, whatever they wish.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ineligible: Vec<ProjectId>,
}

impl Applicant {
    /// Its wishes with their rank, counted from 1.
    pub fn wishes(&self) -> impl Iterator<Item = (usize, &ProjectId)> {
        self.preferences.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |p| (at + 1, p)))
    }

    /// The rank of a project in its list, counted from 1.
    pub fn rank_of(&self, project: &ProjectId) -> Option<usize> {
        self.wishes().find(|(_, p)| *p == project).map(|(rank, _)| rank)
    }
}

/// A project on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Which one.
    pub id: ProjectId,
    /// Who offers it, one of `tutors`.
    pub tutor: PersonId,
    /// Students it takes.
    #[serde(default = "one")]
    pub places: usize,
    /// Whether several applicants can have it, as long as their students fit in `places`. Otherwise one
    /// applicant has it, of at most `places` students.
    #[serde(default)]
    pub shared: bool,
}

/// Somebody who offers projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tutor {
    /// Who.
    pub id: PersonId,
    /// What they must be given at least. The three methods by flow keep it; the others, whose rule
    /// knows no such thing, tell how much is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<usize>,
    /// What they can be given at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<usize>,
    /// What `lower` and `upper` count.
    #[serde(default)]
    pub counted_in: Unit,
    /// Applicants they would rather have, best first; those of one group are equally welcome. Whoever
    /// is not named comes after, by record. Nobody named: everybody by record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferences: Vec<Vec<ApplicantId>>,
}

/// What a tutor's limits count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Projects given: a team counts once, and a shared project once for each of its applicants.
    #[default]
    Projects,
    /// Students: a team of three counts three.
    Students,
}

/// An agreement made before the round, which stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Who.
    pub applicant: ApplicantId,
    /// Gets what. It need not be among their wishes.
    pub project: ProjectId,
    /// Why, for the record.
    pub reason: String,
}

/// How projects are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By decreasing record, each the best of what is left.
    SerialDictatorship,
    /// Stable, and the best stable one for every applicant.
    StableStudentOptimal,
    /// Stable, and the best stable one for every tutor.
    StableLecturerOptimal,
    /// Stable, with ties kept as ties, and as many matched as can be found: proved most where the
    /// instance is of moderate size, at least two thirds of the most otherwise.
    StableWithTies,
    /// As many as possible; of those the most first choices, then the most second choices …
    GreedyMaximum,
    /// As many as possible; of those the fewest last choices, then the fewest last but one …
    GenerousMaximum,
    /// As many as possible; of those the least sum of `weights`.
    MinimumCostMaximum,
}

impl Method {
    /// All of them, in the order they are shown side by side.
    pub fn all() -> [Self; 7] {
        use Method::*;
        [
            SerialDictatorship,
            StableStudentOptimal,
            StableLecturerOptimal,
            StableWithTies,
            GreedyMaximum,
            GenerousMaximum,
            MinimumCostMaximum,
        ]
    }

    /// Whether the answer has no blocking pair by the tutors' preferences.
    pub fn is_stable(self) -> bool {
        matches!(self, Self::StableStudentOptimal | Self::StableLecturerOptimal | Self::StableWithTies)
    }

    /// Whether it matches as many as possible and keeps the tutors' lower limits.
    pub fn is_maximum(self) -> bool {
        matches!(self, Self::GreedyMaximum | Self::GenerousMaximum | Self::MinimumCostMaximum)
    }
}

/// One criterion of who comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    /// The higher academic record.
    Record,
    /// The lower number drawn or agreed beforehand; for a team the lowest of its members.
    TieBreak,
    /// A draw that follows from the seed and the applicants' names alone, whatever their order.
    SeededLottery,
}

impl TieBreak {
    /// Record, number, lottery.
    pub fn usual() -> Vec<Self> {
        vec![Self::Record, Self::TieBreak, Self::SeededLottery]
    }
}

/// Which record counts for a team; a member without one makes the team one without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TeamRecord {
    /// The mean of its members', exactly.
    #[default]
    Mean,
    /// The lowest.
    Lowest,
    /// The highest.
    Highest,
}

fn one() -> usize {
    1
}
