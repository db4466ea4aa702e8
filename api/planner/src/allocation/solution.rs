//! The answer: who gets what, how good it is, and for each wish not granted why.

use super::instance::Method;
use crate::id::{ApplicantId, PersonId, ProjectId};
use crate::status::Status;
use serde::{Deserialize, Serialize};

/// An allocation with everything known about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// `optimal` when it is what the method promises; `feasible` when teams in shared places or counted
    /// in students leave that open, with the bound in `most`; `infeasible` with `conflicts`.
    pub status: Status,
    /// The method it was found by.
    pub method: Method,
    /// The seed of its lottery.
    pub seed: u64,
    /// What the instance is recognised by; see [`input_hash`](super::input_hash).
    pub input_hash: String,
    /// The program it was found with: the same version, instance and seed give the same pairs.
    pub algorithm_version: String,
    /// Who gets what, in the order of the applicants.
    pub pairs: Vec<Pair>,
    /// Who gets nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<ApplicantId>,
    /// No allocation by this method gives projects to more applicants, as far as is known.
    pub most: usize,
    /// How good it is.
    pub measures: Measures,
    /// What one more place would give, the most wanted first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub one_more: Vec<OneMore>,
    /// For each applicant each wish not granted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// Why there is no answer: facts of which none can be left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Whether time ran out or somebody stopped the run.
    #[serde(default)]
    pub interrupted: bool,
    /// How long it took; the only part that differs between two equal runs.
    #[serde(default)]
    pub time_ms: u64,
}

/// One applicant with their project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Who.
    pub applicant: ApplicantId,
    /// Gets what.
    pub project: ProjectId,
    /// Which of their wishes it is, counted from 1; none when it was pinned and not wished for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
}

/// How good an allocation is, counted from its pairs alone, so that methods can be compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// Applicants there are.
    pub applicants: usize,
    /// Applicants with a project.
    pub matched: usize,
    /// Their students.
    pub students_matched: usize,
    /// How many got their first wish, their second …
    pub profile: Vec<usize>,
    /// Pinned to something they had not wished for.
    pub unwished: usize,
    /// The mean rank of those who got one of their wishes, in thousandths.
    pub mean_rank_thousandths: Option<u64>,
    /// The worst rank anybody got.
    pub worst_rank: Option<usize>,
    /// The sum of the weights of the ranks obtained.
    pub cost: u64,
    /// How many blocking pairs there are.
    pub blocking: usize,
    /// The first hundred of them; none is the proof of stability: every wish of everybody was examined.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocking_pairs: Vec<BlockingPair>,
    /// Wishes that were examined for blocking.
    pub examined: usize,
    /// What each tutor got.
    pub tutors: Vec<Load>,
    /// Projects nobody got.
    pub empty_projects: Vec<ProjectId>,
}

/// Two who would both rather have each other than what they got.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockingPair {
    /// Who would rather have `project`.
    pub applicant: ApplicantId,
    /// Whose tutor would rather have them.
    pub project: ProjectId,
    /// Why the tutor could agree.
    pub because: Because,
}

/// Why a tutor could take somebody whom they did not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// There is room in the project and with the tutor.
    Room,
    /// The applicant is already with this tutor, in a project they like less.
    OwnApplicant,
    /// The tutor prefers them to somebody who has that project.
    PreferredInProject,
    /// The tutor prefers them to somebody who has another of the tutor's projects.
    PreferredByTutor,
}

/// What a tutor got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// Who.
    pub tutor: PersonId,
    /// Projects given, counted like [`Unit::Projects`](super::Unit).
    pub projects: usize,
    /// Students in them.
    pub students: usize,
    /// What is missing to their lower limit, in its own unit.
    #[serde(default)]
    pub missing: usize,
}

/// What one more place would give, found by deciding again with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneMore {
    /// Where: one more applicant of one student in this project, and with its tutor.
    pub project: ProjectId,
    /// Applicants who would rather have this project than what they got.
    pub wanted_by: usize,
    /// Applicants who would get a project in addition.
    pub matched: i64,
    /// Applicants who would get a better wish, those in addition included.
    pub better_off: usize,
    /// Applicants who would get a worse wish, or none.
    pub worse_off: usize,
}

/// Why somebody did not get what they wished for. Names nobody else and no mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who asks.
    pub applicant: ApplicantId,
    /// For which wish.
    pub project: ProjectId,
    /// Its rank in their list, counted from 1.
    pub rank: usize,
    /// Why not.
    pub reason: Reason,
}

/// The reason of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// They got something they ranked better.
    BetterObtained,
    /// They got something they ranked as high.
    EqualObtained,
    /// They have another project by an agreement made before.
    PinnedElsewhere,
    /// They may not have it.
    NotEligible,
    /// It does not take as many students as the team has.
    TeamTooLarge {
        /// Students it takes.
        places: usize,
    },
    /// It was given, or its tutor's limit was reached, by agreements made before.
    TakenByAgreement,
    /// All its places went to applicants of higher record.
    FullWithHigherRecord {
        /// How many places.
        places: usize,
    },
    /// All its places went to applicants of at least as high a record, some of them equal and ahead
    /// by what was declared to break ties.
    FullByTieBreak {
        /// How many places.
        places: usize,
        /// Whether it was the lottery.
        lottery: bool,
    },
    /// All its places went to applicants whom the tutor prefers.
    FullWithPreferredByTutor {
        /// How many places.
        places: usize,
    },
    /// All its places went to applicants whom the tutor likes at least as much; ties were decided so
    /// that more get a project.
    FullWithEquals {
        /// How many places.
        places: usize,
    },
    /// It has room, but its tutor has as many as they can take, all of them ahead of this applicant.
    TutorAtCapacity {
        /// How many the tutor can take.
        limit: usize,
        /// What put them ahead.
        ahead_by: Ahead,
    },
    /// What was left of it, or of its tutor's limit, was too little for the whole team.
    NoRoomForTeam,
    /// Otherwise fewer applicants would have a project.
    TradedForMoreMatched,
    /// Otherwise some tutor would be below the lower limit.
    TradedForLowerLimit,
    /// As many would have a project, but all wishes together would be granted worse.
    TradedForBetterWhole,
    /// Another answer as good would have granted it; the declared order decided between them.
    EqualAlternative,
}

/// What put others ahead of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ahead {
    /// A higher record.
    Record,
    /// What was declared to break ties of record.
    TieBreak,
    /// The tutor's preferences.
    Preference,
    /// Ties, decided so that more get a project.
    Equals,
}

/// Facts that cannot hold together; without any one of them the rest can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// What sort of conflict it is.
    pub kind: ConflictKind,
    /// One sentence for a person.
    pub text: String,
    /// Applicants whose agreements are part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<ApplicantId>,
    /// The projects in question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
    /// Tutors whose limits are part of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tutors: Vec<PersonId>,
}

/// The sorts of conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Agreements give a project to more than it takes.
    PinsOverPlaces,
    /// Agreements give a tutor more than their upper limit.
    PinsOverLimit,
    /// An agreement gives somebody what they may not have.
    PinNotEligible,
    /// The lower limits of these tutors ask for more than the applicants who wish for their projects.
    LowerLimits,
}
