//! What the planner answered, in the words of the API.

use super::ids;
use gestfg_planner::allocation::{Ahead, Instance, Method, Reason, Solution, TeamRecord, TieBreak};
use gestfg_planner::status::Status;
use gestfg_types::allocation_runs::{
    AllocationMeasures, AllocationMethod, AllocationReason, AllocationReasonCode as Code,
    AllocationTeamRecord, AllocationTieBreak,
};
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The planner's name of a method.
#[must_use]
pub const fn method(method: AllocationMethod) -> Method {
    match method {
        AllocationMethod::SerialDictatorship => Method::SerialDictatorship,
        AllocationMethod::StableStudentOptimal => Method::StableStudentOptimal,
        AllocationMethod::StableLecturerOptimal => Method::StableLecturerOptimal,
        AllocationMethod::StableWithTies => Method::StableWithTies,
        AllocationMethod::GreedyMaximum => Method::GreedyMaximum,
        AllocationMethod::GenerousMaximum => Method::GenerousMaximum,
        AllocationMethod::MinimumCostMaximum => Method::MinimumCostMaximum,
    }
}

/// The planner's name of a tie break.
#[must_use]
pub const fn tie_break(by: AllocationTieBreak) -> TieBreak {
    match by {
        AllocationTieBreak::Record => TieBreak::Record,
        AllocationTieBreak::TieBreak => TieBreak::TieBreak,
        AllocationTieBreak::SeededLottery => TieBreak::SeededLottery,
    }
}

/// The planner's name of what counts for a team.
#[must_use]
pub const fn team_record(record: AllocationTeamRecord) -> TeamRecord {
    match record {
        AllocationTeamRecord::Mean => TeamRecord::Mean,
        AllocationTeamRecord::Lowest => TeamRecord::Lowest,
        AllocationTeamRecord::Highest => TeamRecord::Highest,
    }
}

/// Why a wish was not granted.
#[must_use]
pub fn reason(reason: &Reason) -> AllocationReason {
    let plain = |code| AllocationReason { code, places: None, limit: None, ahead_by: None, lottery: None };
    let full = |code, places| AllocationReason { places: Some(places), ..plain(code) };
    match *reason {
        Reason::BetterObtained => plain(Code::BetterObtained),
        Reason::EqualObtained => plain(Code::EqualObtained),
        Reason::PinnedElsewhere => plain(Code::PinnedElsewhere),
        Reason::NotEligible => plain(Code::NotEligible),
        Reason::TeamTooLarge { places } => full(Code::TeamTooLarge, places),
        Reason::TakenByAgreement => plain(Code::TakenByAgreement),
        Reason::FullWithHigherRecord { places } => full(Code::FullWithHigherRecord, places),
        Reason::FullByTieBreak { places, lottery } => {
            AllocationReason { lottery: Some(lottery), ..full(Code::FullByTieBreak, places) }
        }
        Reason::FullWithPreferredByTutor { places } => full(Code::FullWithPreferredByTutor, places),
        Reason::FullWithEquals { places } => full(Code::FullWithEquals, places),
        Reason::TutorAtCapacity { limit, ahead_by } => AllocationReason {
            limit: Some(limit),
            ahead_by: Some(ahead(ahead_by).to_owned()),
            ..plain(Code::TutorAtCapacity)
        },
        Reason::NoRoomForTeam => plain(Code::NoRoomForTeam),
        Reason::TradedForMoreMatched => plain(Code::TradedForMoreMatched),
        Reason::TradedForLowerLimit => plain(Code::TradedForLowerLimit),
        Reason::TradedForBetterWhole => plain(Code::TradedForBetterWhole),
        Reason::EqualAlternative => plain(Code::EqualAlternative),
    }
}

const fn ahead(by: Ahead) -> &'static str {
    match by {
        Ahead::Record => "record",
        Ahead::TieBreak => "tie_break",
        Ahead::Preference => "preference",
        Ahead::Equals => "equals",
    }
}

/// How good an answer is.
#[must_use]
pub fn measures(instance: &Instance, solution: &Solution) -> AllocationMeasures {
    // What could not be given to anybody who asks for it is no empty project.
    let gone: HashSet<_> = instance.applicants.iter().flat_map(|applicant| &applicant.ineligible).collect();
    let measures = &solution.measures;
    AllocationMeasures {
        status: status(solution.status).to_owned(),
        applicants: measures.applicants,
        matched: measures.matched,
        students_matched: measures.students_matched,
        most: solution.most,
        profile: measures.profile.clone(),
        mean_rank_thousandths: measures.mean_rank_thousandths,
        worst_rank: measures.worst_rank,
        cost: measures.cost,
        blocking: measures.blocking,
        empty_projects: measures.empty_projects.iter().filter(|project| !gone.contains(project)).count(),
        tutor_loads: histogram(&loads(instance, solution)),
    }
}

/// What a tutor gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Load {
    /// Projects.
    pub projects: usize,
    /// Students in them.
    pub students: usize,
}

/// What each tutor on offer gets, whatever the planner calls them.
#[must_use]
pub fn loads(instance: &Instance, solution: &Solution) -> BTreeMap<UserId, Load> {
    let tutors: HashMap<_, _> = instance
        .projects
        .iter()
        .filter_map(|project| Some((ids::project_of(&project.id)?, ids::person_of(&project.tutor)?)))
        .collect();
    let mut loads: BTreeMap<UserId, Load> = tutors.values().map(|tutor| (*tutor, Load::default())).collect();
    for grant in grants(instance, solution) {
        let Some(load) = tutors.get(&grant.project).and_then(|tutor| loads.get_mut(tutor)) else { continue };
        load.projects += 1;
        load.students += grant.students.len();
    }
    loads
}

/// How many get nothing, one project, two …
fn histogram(loads: &BTreeMap<UserId, Load>) -> Vec<usize> {
    let most = loads.values().map(|load| load.projects).max();
    let mut counts = vec![0; most.map_or(0, |most| most + 1)];
    for load in loads.values() {
        counts[load.projects] += 1;
    }
    counts
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible => "feasible",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

/// A project given to an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Whose.
    pub application: ApplicationId,
    /// Its students, as they were frozen.
    pub students: Vec<UserId>,
    /// Which project.
    pub project: ProjectId,
    /// Which of their wishes it is.
    pub rank: Option<usize>,
}

/// The students of every application, as they were frozen.
#[must_use]
pub fn teams(instance: &Instance) -> BTreeMap<ApplicationId, Vec<UserId>> {
    let team = |applicant: &gestfg_planner::allocation::Applicant| {
        let students = applicant.students.iter().filter_map(ids::student_of).collect();
        Some((ids::application_of(&applicant.id)?, students))
    };
    instance.applicants.iter().filter_map(team).collect()
}

/// What is given to whom, by application.
#[must_use]
pub fn grants(instance: &Instance, solution: &Solution) -> Vec<Grant> {
    let teams = teams(instance);
    let grant = |pair: &gestfg_planner::allocation::Pair| {
        let application = ids::application_of(&pair.applicant)?;
        Some(Grant {
            application,
            students: teams.get(&application)?.clone(),
            project: ids::project_of(&pair.project)?,
            rank: pair.rank,
        })
    };
    solution.pairs.iter().filter_map(grant).collect()
}
