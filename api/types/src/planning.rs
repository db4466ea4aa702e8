//! Planning committees and timetables: runs of the planner, and the versions they make.
//!
//! Questions and answers travel in the planner's own JSON format, in which the browser's checker
//! reads them. Its names of things say what they are: `person-12` is an account, `project-45` an
//! evaluation request, `defence-45-88` the defence of student 88 in it, `area-3` an area, `room-7`
//! a room. Sentences for people have the real names in their places.

use crate::ids::{
    AllocationRunId, AreaId, CallId, CommitteePlanId, DefenceId, EvaluationRequestId, PlanningJobId, RoomId,
    UserId,
};
use crate::users::PersonRef;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

stored_enum! {
    /// What a run of the planner works out.
    PlanningKind {
        /// Who sits in which committee, and which project each judges.
        Committees = "committees",
        /// When and where each defence of a plan takes place.
        Timetable = "timetable",
        /// A plan after a change (somebody ill, a room lost), changing as little as possible.
        Repair = "repair",
        /// Who gets which project; asked for by a round's own operation.
        Allocation = "allocation",
    }
}

stored_enum! {
    /// Where a run of the planner is.
    PlanningState {
        /// It waits for a worker.
        Queued = "queued",
        /// A worker has it.
        Running = "running",
        /// It made a plan.
        Done = "done",
        /// It made none; `problem` says why.
        Failed = "failed",
        /// Somebody stopped it.
        Cancelled = "cancelled",
    }
}

/// Have something planned.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePlanningJob {
    /// What.
    pub kind: PlanningKind,
    /// The version to start from: its pins are kept and its committees are left alone where that
    /// is possible. A timetable and a repair need one.
    #[serde(default)]
    pub plan_id: Option<CommitteePlanId>,
    /// The same seed gives the same answer.
    #[serde(default = "one")]
    #[schema(minimum = 0, default = 1)]
    pub seed: i64,
    /// When it must have answered.
    #[serde(default = "ten")]
    #[schema(minimum = 1, maximum = 300, default = 10)]
    pub time_limit_seconds: i16,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

const fn one() -> i64 {
    1
}

const fn ten() -> i16 {
    10
}

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningProgress {
    /// `placing`, `proving`, `improving` or `explaining`.
    pub stage: String,
    /// Students placed so far.
    pub placed: usize,
    /// No answer can place more than this.
    pub bound: usize,
}

/// What fills a place of a sentence of the planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum PlanParam {
    /// How many.
    Count(i64),
    /// A moment.
    Time(DateTime<Utc>),
    /// Names of people, projects, areas, rooms; committees go by their numbers, and a defence by
    /// who defends.
    Names(Vec<String>),
    /// How many of each of the names beside it.
    Counts(Vec<i64>),
}

/// A sentence of the planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanSentence {
    /// In English.
    pub text: String,
    /// Which sentence it is, for other languages; empty when it has no other form than `text`.
    pub code: String,
    /// What fills its places, by name.
    pub params: BTreeMap<String, PlanParam>,
}

/// Why a run made no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningProblem {
    /// `infeasible` (no plan keeps every rule), `unknown` (none was found in the time given),
    /// `unsound` (the question itself cannot be asked) or `fault` (ours).
    pub code: String,
    /// The facts that cannot hold together, a sentence each.
    pub reasons: Vec<PlanningReason>,
}

/// A minimal set of facts that cannot hold together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningReason {
    /// What sort of conflict it is, e.g. `areas_short`, `professors_short`, `no_common_hour`.
    pub kind: String,
    /// One sentence for a person, in English.
    pub text: String,
    /// Which sentence it is, for other languages, e.g. `areas_short`, `never_free`; empty when it
    /// has no other form than `text`.
    #[serde(default)]
    pub code: String,
    /// What fills its places, by name.
    #[serde(default)]
    pub params: BTreeMap<String, PlanParam>,
    /// The areas in question.
    pub areas: Vec<AreaId>,
    /// The people in question.
    pub people: Vec<UserId>,
    /// The projects in question, by their evaluation requests.
    pub requests: Vec<EvaluationRequestId>,
}

/// A run of the planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningJob {
    /// Its id.
    pub id: PlanningJobId,
    /// For which call.
    pub call_id: CallId,
    /// What it works out.
    pub kind: PlanningKind,
    /// The version it starts from.
    pub plan_id: Option<CommitteePlanId>,
    /// Where it is.
    pub state: PlanningState,
    /// The seed.
    pub seed: i64,
    /// The time limit.
    pub time_limit_seconds: i16,
    /// How far it is.
    pub progress: Option<PlanningProgress>,
    /// Why it made no plan.
    pub problem: Option<PlanningProblem>,
    /// The version it made.
    pub result_plan_id: Option<CommitteePlanId>,
    /// The allocation it works out.
    pub allocation_run_id: Option<AllocationRunId>,
    /// Who asked for it.
    pub asked_by: Option<PersonRef>,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// When somebody asked to stop it.
    pub cancel_asked_at: Option<DateTime<Utc>>,
    /// When a worker first took it.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// The latest runs of a call, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanningJobs {
    /// Fifty at most.
    pub items: Vec<PlanningJob>,
}

stored_enum! {
    /// Where a version is.
    CommitteePlanState {
        /// Only its coordinators see it.
        Draft = "draft",
        /// It is what everybody sees.
        Published = "published",
        /// Another was published after it.
        Superseded = "superseded",
    }
}

/// What the caller may do with a version now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommitteePlanAction {
    /// Name it.
    Rename,
    /// Move seats, projects, defences; set pins.
    Edit,
    /// The same outside the phase, with a reason.
    EditWithReason,
    /// Copy it to a new draft.
    Restore,
    /// Show it to everybody.
    Publish,
    /// The same outside the phase, with a reason.
    PublishWithReason,
    /// Throw it away.
    Delete,
}

/// A version in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteePlanSummary {
    /// Its id.
    pub id: CommitteePlanId,
    /// For which call.
    pub call_id: CallId,
    /// Its place among the versions of the call.
    pub number: i32,
    /// What somebody calls it.
    pub name: Option<String>,
    /// The version it was made from.
    pub based_on: Option<CommitteePlanId>,
    /// Where it is.
    pub state: CommitteePlanState,
    /// How many committees it has.
    pub committee_count: usize,
    /// How many defences it has.
    pub defence_count: usize,
    /// How many of them have a time; none without a timetable.
    pub scheduled_count: Option<usize>,
    /// Who made it.
    pub created_by: Option<PersonRef>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Version for `If-Match`.
    pub version: i32,
    /// What the caller may do with it now.
    pub allowed_actions: Vec<CommitteePlanAction>,
}

/// The versions of a call, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommitteePlans {
    /// All of them.
    pub items: Vec<CommitteePlanSummary>,
}

/// Which part of a plan a rule is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanPart {
    /// Who sits where and judges what.
    Committees,
    /// When and where.
    Timetable,
}

/// A rule a plan breaks, or something about it that is allowed and not wished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanFinding {
    /// Of which part.
    pub part: PlanPart,
    /// Which rule, e.g. `interest`, `spread`, `person_twice`; for a warning its kind.
    pub rule: String,
    /// One sentence for a person, in English.
    pub text: String,
    /// The committees concerned, counted from 0.
    pub committees: Vec<usize>,
    /// The people concerned.
    pub people: Vec<UserId>,
    /// The projects concerned, by their evaluation requests.
    pub requests: Vec<EvaluationRequestId>,
    /// The defences concerned, by the planner's names of them.
    pub defences: Vec<String>,
    /// The rooms concerned.
    pub rooms: Vec<RoomId>,
}

/// What the checker says of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanReport {
    /// Whether every hard rule is kept.
    pub valid: bool,
    /// Every hard rule that is broken: it cannot be published so.
    pub violations: Vec<PlanFinding>,
    /// What is allowed and not wished.
    pub warnings: Vec<PlanFinding>,
    /// The value of each objective by name, those of the committees first.
    pub measures: Vec<PlanMeasure>,
}

/// The value of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanMeasure {
    /// Of which part.
    pub part: PlanPart,
    /// Which objective, e.g. `affinity`, `back_to_back`.
    pub objective: String,
    /// Its value.
    pub value: i64,
    /// What no version with as many defences can beat, where that is known; equal to `value`: proved
    /// best.
    #[serde(default)]
    pub bound: Option<i64>,
}

/// A defence that found no place, with its reason and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnplacedDefence {
    /// Which one, by the planner's name.
    pub defence: String,
    /// Why.
    pub reason: PlanningReason,
    /// What would give it a place, cheapest first: `repair`, with the time `at`, the `room`, whom
    /// to `ask` to come, which rooms to `open` and which defences' `moves` it takes.
    pub repairs: Vec<PlanSentence>,
}

/// Somebody a plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanPerson {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// The code of their department.
    pub department: String,
    /// The area it counts for.
    pub area_id: AreaId,
}

/// An area a plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanArea {
    /// Which one.
    pub id: AreaId,
    /// Its name.
    pub name: String,
}

/// A project a plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanProject {
    /// Its evaluation request.
    pub request_id: EvaluationRequestId,
    /// Its title.
    pub title: String,
    /// Its tutor and co-tutor.
    pub tutors: Vec<PersonRef>,
    /// Its students.
    pub students: Vec<PersonRef>,
}

/// A room a plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanRoom {
    /// Which one.
    pub id: RoomId,
    /// Its name.
    pub name: String,
}

/// When a slot of a plan is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanDay {
    /// The planner's name of the day: its date.
    pub day: String,
    /// The beginning of each of its slots.
    pub slots: Vec<DateTime<Utc>>,
}

/// Everything a plan names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanNames {
    /// Professors.
    pub people: Vec<PlanPerson>,
    /// Areas.
    pub areas: Vec<PlanArea>,
    /// Projects.
    pub projects: Vec<PlanProject>,
    /// Rooms.
    pub rooms: Vec<PlanRoom>,
    /// Days; none without a timetable.
    pub days: Vec<PlanDay>,
    /// How long a defence takes.
    pub slot_minutes: i64,
}

/// A version, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CommitteePlan {
    /// What is shown of it in lists.
    pub summary: CommitteePlanSummary,
    /// The question of its committees, in the planner's format.
    #[schema(value_type = Object)]
    pub committees_instance: Value,
    /// The answer, in the planner's format.
    #[schema(value_type = Object)]
    pub committees_solution: Value,
    /// The question of its timetable, in the planner's format.
    #[schema(value_type = Option<Object>)]
    pub timetable_instance: Option<Value>,
    /// The answer, in the planner's format.
    #[schema(value_type = Option<Object>)]
    pub timetable_solution: Option<Value>,
    /// What the checker says of it, by the question it answers. Publishing asks again with what
    /// holds then.
    pub report: PlanReport,
    /// Defences that found no place.
    pub unplaced: Vec<UnplacedDefence>,
    /// Everything it names.
    pub names: PlanNames,
}

/// Name a version.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCommitteePlan {
    /// Its name; null takes it away.
    #[schema(max_length = 100)]
    pub name: Option<String>,
}

/// A seat of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSeat {
    /// Its committee, counted from 0.
    pub committee: usize,
    /// The seat: 0 presides, members come before substitutes.
    pub seat: usize,
}

/// Change who sits in a seat for who sits in another, or for somebody without a seat.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwapSeats {
    /// One seat.
    pub from: PlanSeat,
    /// Another one; or else `professor_id`.
    #[serde(default)]
    pub to: Option<PlanSeat>,
    /// Somebody without a seat who takes it; or else `to`.
    #[serde(default)]
    pub professor_id: Option<UserId>,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Give a project to another committee.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveProject {
    /// Which project.
    pub request_id: EvaluationRequestId,
    /// The committee, counted from 0.
    pub committee: usize,
    /// A project that goes the other way.
    #[serde(default)]
    pub in_exchange_for: Option<EvaluationRequestId>,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Give a defence another time or room, or take it out of the timetable.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveDefence {
    /// Where each goes; several at once when they make way for each other.
    #[schema(min_items = 1, max_items = 200)]
    pub moves: Vec<DefenceMove>,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Where a defence goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefenceMove {
    /// Which one, by the planner's name (`defence-45-88`).
    pub defence: String,
    /// To where; null takes it out.
    pub to: Option<DefencePlace>,
}

/// A place in a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefencePlace {
    /// The day, by its date.
    pub day: String,
    /// The slot it begins in.
    pub slot: usize,
    /// The room.
    pub room_id: RoomId,
}

/// Fix something where it is, so that nothing moves it, or let it go. Name one thing.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinPlan {
    /// Who sits in this seat.
    #[serde(default)]
    pub seat: Option<PlanSeat>,
    /// Which committee judges this project.
    #[serde(default)]
    pub request_id: Option<EvaluationRequestId>,
    /// Time and room of this defence, by the planner's name.
    #[serde(default)]
    pub defence: Option<String>,
    /// Fix it, or let it go.
    pub pinned: bool,
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// Show a version to everybody.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPlan {
    /// Why it is done outside the phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub override_reason: Option<String>,
}

/// What publishing a version would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublishPreview {
    /// What the checker says by what holds now: people, rooms and requests may have changed since.
    pub report: PlanReport,
    /// Who would be told, by name.
    pub people: Vec<ToldPerson>,
    /// Defences that would be published without a time.
    pub without_time: usize,
}

/// Somebody who would be told, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ToldPerson {
    /// Who.
    pub person: PersonRef,
    /// Of a seat in a committee.
    pub of_seat: bool,
    /// Of a defence of theirs or of a project they tutor.
    pub of_defence: bool,
}

/// How one version differs from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanComparison {
    /// Seats held by somebody else.
    pub seats: Vec<SeatDifference>,
    /// Projects judged by another committee.
    pub projects: Vec<ProjectDifference>,
    /// Defences at another time, in another room, or in only one of the two.
    pub defences: Vec<DefenceDifference>,
    /// The objectives of both.
    pub measures: Vec<MeasureDifference>,
    /// Everything either of them names.
    pub names: PlanNames,
}

/// A seat held by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatDifference {
    /// Which seat.
    pub seat: PlanSeat,
    /// Who has it in the other version.
    pub before: Option<PersonRef>,
    /// Who has it in this one.
    pub after: Option<PersonRef>,
}

/// A project judged by another committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProjectDifference {
    /// Which project.
    pub request_id: EvaluationRequestId,
    /// Its title.
    pub title: String,
    /// The committee in the other version, counted from 0.
    pub before: Option<usize>,
    /// The committee in this one.
    pub after: Option<usize>,
}

/// A defence elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DefenceDifference {
    /// Which one, by the planner's name.
    pub defence: String,
    /// Where it is in the other version.
    pub before: Option<DefencePlace>,
    /// Where it is in this one.
    pub after: Option<DefencePlace>,
}

/// An objective in two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeasureDifference {
    /// Of which part.
    pub part: PlanPart,
    /// Which objective.
    pub objective: String,
    /// Its value in the other version.
    pub before: Option<i64>,
    /// Its value in this one.
    pub after: Option<i64>,
}

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Publication {
    /// The version, published now or before.
    pub plan: CommitteePlanSummary,
    /// How many people were told now.
    pub told: usize,
    /// The defences of the call.
    pub defences: Vec<DefenceId>,
}
