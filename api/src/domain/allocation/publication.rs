//! Whether an allocation still holds when it is to be published.

use super::answer::Grant;
use super::wishes::Asked;
use gestfg_types::allocation_runs::{AllocationProblem, AllocationProblemCode as Code};
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What holds now of what an allocation gives.
#[derive(Debug, Clone, Default)]
pub struct Present {
    /// The projects.
    pub projects: BTreeMap<ProjectId, Asked>,
    /// Students who have a project at the level.
    pub busy: BTreeSet<UserId>,
    /// Those who take part in each live application.
    pub teams: BTreeMap<ApplicationId, BTreeSet<UserId>>,
}

/// What stands against giving these projects now.
#[must_use]
pub fn problems(grants: &[Grant], present: &Present) -> Vec<AllocationProblem> {
    grants.iter().filter_map(|grant| problem(grant, present)).collect()
}

fn problem(grant: &Grant, present: &Present) -> Option<AllocationProblem> {
    let team: BTreeSet<UserId> = grant.students.iter().copied().collect();
    let size = i16::try_from(team.len()).unwrap_or(i16::MAX);
    let project = present.projects.get(&grant.project);
    let (code, text) = if project.is_none_or(|project| !project.is_offered) {
        (Code::ProjectUnpublished, "The project is not on offer any more.")
    } else if project.is_some_and(|project| project.is_assigned) {
        (Code::ProjectAssigned, "The project was given to somebody meanwhile.")
    } else if project.is_some_and(|project| project.places < size) {
        (Code::ProjectTooSmall, "The project takes fewer students than the team has.")
    } else if !present.busy.is_disjoint(&team) {
        (Code::StudentAssigned, "A student of the application got a project meanwhile.")
    } else if present.teams.get(&grant.application).is_none_or(|now| !team.is_subset(now)) {
        (Code::ApplicationChanged, "The application was taken back, or its team is another.")
    } else {
        return None;
    };
    let (application_id, project_id) = (grant.application, grant.project);
    Some(AllocationProblem { application_id, project_id, code, text: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant() -> Grant {
        Grant {
            application: ApplicationId(1),
            students: vec![UserId(10), UserId(11)],
            project: ProjectId(5),
            rank: Some(1),
        }
    }

    fn present() -> Present {
        let free = Asked { places: 2, is_offered: true, is_assigned: false };
        Present {
            projects: BTreeMap::from([(ProjectId(5), free)]),
            busy: BTreeSet::new(),
            teams: BTreeMap::from([(ApplicationId(1), BTreeSet::from([UserId(10), UserId(11)]))]),
        }
    }

    fn code(change: impl FnOnce(&mut Present)) -> Option<Code> {
        let mut now = present();
        change(&mut now);
        problems(&[grant()], &now).first().map(|problem| problem.code)
    }

    #[test]
    fn what_changed_meanwhile_is_named() {
        assert_eq!(code(|_| {}), None);
        let project = |change: fn(&mut Asked)| {
            code(|now| {
                if let Some(project) = now.projects.get_mut(&ProjectId(5)) {
                    change(project);
                }
            })
        };
        assert_eq!(project(|project| project.is_assigned = true), Some(Code::ProjectAssigned));
        assert_eq!(project(|project| project.is_offered = false), Some(Code::ProjectUnpublished));
        assert_eq!(project(|project| project.places = 1), Some(Code::ProjectTooSmall));
        assert_eq!(code(|now| now.busy = BTreeSet::from([UserId(11)])), Some(Code::StudentAssigned));
        assert_eq!(code(|now| now.teams.clear()), Some(Code::ApplicationChanged));
        let alone = BTreeMap::from([(ApplicationId(1), BTreeSet::from([UserId(10)]))]);
        assert_eq!(code(|now| now.teams = alone), Some(Code::ApplicationChanged));
    }
}
