//! Allocations of a round, side by side, and what becomes of them.
//!
//! Questions and answers travel in the planner's own JSON format, in which the browser's checker
//! reads them. Its names of things say what they are: `application-5` is an application,
//! `student-12` an account, `project-45` a project, `person-3` a tutor (`person-3-project-45` one
//! whose order of applicants is for that project alone).

use crate::ids::{AllocationRoundId, AllocationRunId, ApplicationId, AssignmentId, PlanningJobId, ProjectId};
use crate::planning::PlanningProblem;
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

stored_enum! {
    /// How projects are given.
    AllocationMethod {
        /// By decreasing record, each the best of what is left.
        SerialDictatorship = "serial_dictatorship",
        /// Stable, and the best stable one for every student.
        StableStudentOptimal = "stable_student_optimal",
        /// Stable, and the best stable one for every tutor.
        StableLecturerOptimal = "stable_lecturer_optimal",
        /// Stable with ties kept as ties, for as many students as can be found.
        StableWithTies = "stable_with_ties",
        /// As many as possible; of those the most first choices, then second …
        GreedyMaximum = "greedy_maximum",
        /// As many as possible; of those the fewest last choices, then last but one …
        GenerousMaximum = "generous_maximum",
        /// As many as possible; of those the least sum of weights.
        MinimumCostMaximum = "minimum_cost_maximum",
    }
}

stored_enum! {
    /// One criterion of who comes first.
    AllocationTieBreak {
        /// The higher academic record.
        Record = "record",
        /// A number agreed beforehand; none are kept here, so it decides nothing.
        TieBreak = "tie_break",
        /// A draw that follows from the seed.
        SeededLottery = "seeded_lottery",
    }
}

stored_enum! {
    /// Which record counts for a team.
    AllocationTeamRecord {
        /// The mean of its members'.
        Mean = "mean",
        /// The lowest.
        Lowest = "lowest",
        /// The highest.
        Highest = "highest",
    }
}

stored_enum! {
    /// Where an allocation is.
    AllocationRunState {
        /// It waits for the planner, or the planner is at it; `job_id` tells more.
        UnderWay = "under_way",
        /// It can be read, compared and published.
        Draft = "draft",
        /// There is none; `problem` says why.
        Failed = "failed",
        /// Somebody stopped it.
        Cancelled = "cancelled",
        /// Its projects were given.
        Published = "published",
    }
}

stored_enum! {
    /// What the caller may do with an allocation now.
    AllocationRunAction {
        /// Name it.
        Rename = "rename",
        /// Throw it away.
        Delete = "delete",
        /// Give its projects.
        Publish = "publish",
        /// The same before the round has closed, with a reason.
        PublishWithReason = "publish_with_reason",
    }
}

/// Have a round allocated by a method, over what holds now or what another run was asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAllocationRun {
    /// How.
    pub method: AllocationMethod,
    /// What to call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// Where the lottery starts: the same seed gives the same answer.
    #[serde(default = "first_seed")]
    #[schema(minimum = 0, default = 1)]
    pub seed: i64,
    /// For `minimum_cost_maximum`: the cost of a first choice, a second …; none: 1, 2, 3 …
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub weights: Vec<u32>,
    /// Who comes first, by the first criterion that tells two apart; none: record, then lottery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 3)]
    pub tie_breaks: Option<Vec<AllocationTieBreak>>,
    /// Which record counts for a team; none: the mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_record: Option<AllocationTeamRecord>,
    /// The same frozen inputs as this run of the round; its tie breaks and team record with them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_inputs_as: Option<AllocationRunId>,
    /// When it must have answered.
    #[serde(default = "thirty")]
    #[schema(minimum = 1, maximum = 300, default = 30)]
    pub time_limit_seconds: i16,
}

const fn first_seed() -> i64 {
    1
}

const fn thirty() -> i16 {
    30
}

/// How good an allocation is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationMeasures {
    /// `optimal` when it is what the method promises, else `feasible` with `most` as its bound.
    pub status: String,
    /// Applications there are.
    pub applicants: usize,
    /// Applications that got a project.
    pub matched: usize,
    /// Their students.
    pub students_matched: usize,
    /// No allocation by this method gives projects to more, as far as is known.
    pub most: usize,
    /// How many got their first wish, their second …
    pub profile: Vec<usize>,
    /// The mean rank of those who got one of their wishes, in thousandths.
    pub mean_rank_thousandths: Option<u64>,
    /// The worst rank anybody got.
    pub worst_rank: Option<usize>,
    /// The sum of the weights of the ranks obtained.
    pub cost: u64,
    /// Pairs who would both rather have each other.
    pub blocking: usize,
    /// Projects on offer that nobody got.
    pub empty_projects: usize,
    /// How many tutors got no project, one, two …
    pub tutor_loads: Vec<usize>,
}

/// An allocation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationRunSummary {
    /// Its id.
    pub id: AllocationRunId,
    /// Of which round.
    pub round_id: AllocationRoundId,
    /// Its place among the runs of the round.
    pub number: i32,
    /// What somebody calls it.
    pub name: Option<String>,
    /// How it was worked out.
    pub method: AllocationMethod,
    /// Where its lottery started.
    pub seed: i64,
    /// SHA-256 of its frozen inputs: equal for runs side by side.
    pub input_hash: String,
    /// The program it was found with.
    pub algorithm_version: Option<String>,
    /// Where it is.
    pub state: AllocationRunState,
    /// The run of the planner, with its progress, to be stopped.
    pub job_id: PlanningJobId,
    /// Why there is none.
    pub problem: Option<PlanningProblem>,
    /// How good it is.
    pub measures: Option<AllocationMeasures>,
    /// Who asked for it.
    pub created_by: Option<PersonRef>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When its projects were given.
    pub published_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<AllocationRunAction>,
}

/// The runs of a round, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationRuns {
    /// Fifty at most.
    pub items: Vec<AllocationRunSummary>,
}

/// An application, by its students.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedApplication {
    /// Which.
    pub id: ApplicationId,
    /// Who took part in it.
    pub members: Vec<PersonRef>,
}

/// A project, by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NamedProject {
    /// Which.
    pub id: ProjectId,
    /// Its title.
    pub title: String,
    /// Its tutor.
    pub tutor: PersonRef,
}

/// What a tutor was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TutorLoad {
    /// Who.
    pub tutor: PersonRef,
    /// Projects.
    pub projects: usize,
    /// Students in them.
    pub students: usize,
}

/// An allocation, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AllocationRun {
    /// As lists show it.
    #[serde(flatten)]
    pub summary: AllocationRunSummary,
    /// The frozen question.
    #[schema(value_type = Object)]
    pub instance: Value,
    /// The answer, once there is one.
    #[schema(value_type = Option<Object>)]
    pub solution: Option<Value>,
    /// The applications in it.
    pub applications: Vec<NamedApplication>,
    /// The projects in it.
    pub projects: Vec<NamedProject>,
    /// What each tutor got, the most first.
    pub tutors: Vec<TutorLoad>,
}

/// Name a run, or take its name away.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameAllocationRun {
    /// What to call it.
    #[schema(max_length = 100)]
    pub name: Option<String>,
}

/// What somebody gets in an allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Granted {
    /// Which project.
    pub project_id: ProjectId,
    /// Its title.
    pub title: String,
    /// Which of their wishes it is; null: they had not wished for it.
    pub rank: Option<usize>,
}

/// An application that two allocations treat differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationDifference {
    /// Which.
    #[serde(flatten)]
    pub application: NamedApplication,
    /// What it gets in the other.
    pub before: Option<Granted>,
    /// What it gets in this one.
    pub after: Option<Granted>,
}

/// What a tutor gets in two allocations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TutorLoadDifference {
    /// Who.
    pub tutor: PersonRef,
    /// Projects in the other.
    pub before: usize,
    /// Projects in this one.
    pub after: usize,
}

/// How an allocation differs from another of its round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationComparison {
    /// The other.
    pub before: AllocationRunSummary,
    /// This one.
    pub after: AllocationRunSummary,
    /// Whether both were worked out over the same inputs.
    pub same_inputs: bool,
    /// Who is treated differently.
    pub differences: Vec<AllocationDifference>,
    /// Of these, who is better off in this one.
    pub better: usize,
    /// Of these, who is worse off in this one.
    pub worse: usize,
    /// What each tutor of either gets, those who get more or fewer first.
    pub tutors: Vec<TutorLoadDifference>,
}

stored_enum! {
    /// What stands against a pair of an allocation now.
    AllocationProblemCode {
        /// The project was given to somebody.
        ProjectAssigned = "project_assigned",
        /// The project is not published any more.
        ProjectUnpublished = "project_unpublished",
        /// The project takes fewer students than the team has.
        ProjectTooSmall = "project_too_small",
        /// A student has got a project.
        StudentAssigned = "student_assigned",
        /// The application was taken back, or its team is another.
        ApplicationChanged = "application_changed",
    }
}

/// What does not hold any more of an allocation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationProblem {
    /// Whose.
    pub application_id: ApplicationId,
    /// Which project it would get.
    pub project_id: ProjectId,
    /// What stands against it.
    pub code: AllocationProblemCode,
    /// In a sentence, in English.
    pub text: String,
}

/// What publishing an allocation would do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationPreview {
    /// Projects that would be given.
    pub assignments: usize,
    /// To so many students.
    pub students: usize,
    /// Applications that get nothing.
    pub unmatched: usize,
    /// Whether applications, records, orders or pins have changed since the inputs were frozen.
    pub inputs_changed: bool,
    /// What stands against it.
    pub problems: Vec<AllocationProblem>,
}

/// Give the projects of an allocation.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishAllocation {
    /// Why before the round has closed, or although its inputs have changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationPublication {
    /// The allocation.
    pub run: AllocationRunSummary,
    /// The assignments that were made.
    pub assignments: Vec<AssignmentId>,
    /// How many people were told; 0 when it was published already.
    pub told: usize,
}

/// An agreement made before: this application gets this project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationPin {
    /// Whose.
    #[serde(flatten)]
    pub application: NamedApplication,
    /// Which project.
    pub project: NamedProject,
    /// Why.
    pub reason: String,
    /// Who noted it.
    pub pinned_by: Option<PersonRef>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// The agreements of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationPins {
    /// By application.
    pub items: Vec<AllocationPin>,
}

/// Note an agreement made before.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinAllocation {
    /// Which project the application gets; it need not be among its wishes.
    pub project_id: ProjectId,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

stored_enum! {
    /// Why somebody did not get a project they asked for.
    AllocationReasonCode {
        /// They got something they ranked better.
        BetterObtained = "better_obtained",
        /// They got something they ranked as high.
        EqualObtained = "equal_obtained",
        /// They have another project by an agreement made before.
        PinnedElsewhere = "pinned_elsewhere",
        /// It could not be had any more when the round was allocated.
        NotEligible = "not_eligible",
        /// It does not take as many students as the team has (`places`).
        TeamTooLarge = "team_too_large",
        /// It was given by an agreement made before.
        TakenByAgreement = "taken_by_agreement",
        /// Its `places` went to applicants of higher record.
        FullWithHigherRecord = "full_with_higher_record",
        /// Its `places` went to applicants of at least as high a record, by what breaks ties (`lottery`).
        FullByTieBreak = "full_by_tie_break",
        /// Its `places` went to applicants whom the tutor prefers.
        FullWithPreferredByTutor = "full_with_preferred_by_tutor",
        /// Its `places` went to applicants whom the tutor likes as much.
        FullWithEquals = "full_with_equals",
        /// Its tutor has as many as they can take (`limit`), who are ahead by `ahead_by`.
        TutorAtCapacity = "tutor_at_capacity",
        /// What was left of it was too little for the whole team.
        NoRoomForTeam = "no_room_for_team",
        /// Otherwise fewer would have a project.
        TradedForMoreMatched = "traded_for_more_matched",
        /// Otherwise some tutor would have fewer than they must.
        TradedForLowerLimit = "traded_for_lower_limit",
        /// As many would have a project, but all wishes together would be granted worse.
        TradedForBetterWhole = "traded_for_better_whole",
        /// Another answer as good would have granted it; the declared order decided.
        EqualAlternative = "equal_alternative",
    }
}

/// Why somebody did not get a project; it tells nothing of anybody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationReason {
    /// Which reason.
    pub code: AllocationReasonCode,
    /// Students the project takes, or applicants it can be given to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<usize>,
    /// The most its tutor can be given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
    /// What put others ahead: `record`, `tie_break`, `preference` or `equals`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ahead_by: Option<String>,
    /// Whether the tie was broken by the lottery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lottery: Option<bool>,
}

/// What became of one wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AnsweredWish {
    /// For which project.
    #[serde(flatten)]
    pub project: NamedProject,
    /// Its rank.
    pub rank: i16,
    /// Whether it was granted.
    pub granted: bool,
    /// Why not.
    pub reason: Option<AllocationReason>,
}

/// What became of an application, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AllocationAnswer {
    /// Of which application.
    pub application_id: ApplicationId,
    /// Who took part in it.
    pub members: Vec<PersonRef>,
    /// What they got.
    pub granted: Option<NamedProject>,
    /// Which of their wishes it is.
    pub granted_rank: Option<usize>,
    /// The assignment that came of it.
    pub assignment_id: Option<AssignmentId>,
    /// Every wish with its answer, the most wanted first.
    pub wishes: Vec<AnsweredWish>,
    /// How projects were given.
    pub method: AllocationMethod,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Where the lottery started.
    pub seed: i64,
    /// SHA-256 of the frozen inputs.
    pub input_hash: String,
    /// The program it was found with.
    pub algorithm_version: String,
}
