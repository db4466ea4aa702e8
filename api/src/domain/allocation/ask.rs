//! The question a round puts to the planner.

use super::ids;
use gestfg_planner::allocation::{
    Applicant, Instance, Method, Pin, Project, Student, TeamRecord, TieBreak, Tutor, Unit,
};
use gestfg_planner::id::{ApplicantId, PersonId};
use gestfg_types::applications::Wish;
use gestfg_types::ids::{ApplicationId, ProjectId, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An application that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Which.
    pub id: ApplicationId,
    /// Those who said yes and have no project, with their records.
    pub students: Vec<(UserId, Option<String>)>,
    /// What they ask for.
    pub wishes: Vec<Wish>,
}

/// A project on offer, or that was when somebody asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub id: ProjectId,
    /// Its tutor.
    pub tutor: UserId,
    /// Students it takes.
    pub places: i16,
    /// Whether it can be given.
    pub is_free: bool,
}

/// Everything that counts for an allocation, as it is now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct World {
    /// What the round is called.
    pub name: String,
    /// Who applies, by id.
    pub applications: Vec<Applied>,
    /// What there is, by id.
    pub projects: Vec<Offer>,
    /// Where tutors put those who ask for a project.
    pub rankings: Vec<(ProjectId, ApplicationId, i16)>,
    /// Agreements made before, with their reasons.
    pub pins: Vec<(ApplicationId, ProjectId, String)>,
    /// The most projects of one tutor.
    pub tutor_limit: Option<i16>,
}

/// How it is to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manner {
    /// By which method.
    pub method: Method,
    /// Costs of ranks, for the method that has them.
    pub weights: Vec<u32>,
    /// Where the lottery starts.
    pub seed: u64,
}

impl Manner {
    /// The same question, to be decided so.
    #[must_use]
    pub fn of(self, instance: Instance) -> Instance {
        let Self { method, weights, seed } = self;
        Instance { method, weights, seed, ..instance }
    }
}

/// The question, frozen.
#[must_use]
pub fn ask(world: &World, manner: Manner, tie_breaks: Vec<TieBreak>, team_record: TeamRecord) -> Instance {
    let free: HashMap<ProjectId, bool> =
        world.projects.iter().map(|offer| (offer.id, offer.is_free)).collect();
    let pinned: BTreeSet<ApplicationId> = world.pins.iter().map(|(application, ..)| *application).collect();
    let counting: Vec<&Applied> = world
        .applications
        .iter()
        .filter(|applied| !applied.students.is_empty())
        .filter(|applied| !applied.wishes.is_empty() || pinned.contains(&applied.id))
        .collect();
    let known: BTreeSet<ApplicationId> = counting.iter().map(|applied| applied.id).collect();
    let students = counting.iter().flat_map(|applied| &applied.students).map(|(id, record)| Student {
        id: ids::student(*id),
        record: record.as_ref().and_then(|record| record.parse().ok()),
        tie_break: None,
    });
    let desk = Desk::new(world, &known);
    let instance = Instance {
        name: world.name.clone(),
        students: students.collect(),
        applicants: counting.iter().map(|applied| applicant(applied, &free)).collect(),
        projects: world
            .projects
            .iter()
            .map(|offer| Project {
                id: ids::project(offer.id),
                tutor: desk.name(offer),
                places: usize::try_from(offer.places).unwrap_or(1),
                shared: false,
            })
            .collect(),
        tutors: desk.tutors(world),
        pins: world
            .pins
            .iter()
            .filter(|(application, ..)| known.contains(application))
            .map(|(application, project, reason)| Pin {
                applicant: ids::applicant(*application),
                project: ids::project(*project),
                reason: reason.clone(),
            })
            .collect(),
        method: manner.method,
        weights: Vec::new(),
        tie_breaks,
        team_record,
        seed: 0,
    };
    manner.of(instance)
}

fn applicant(applied: &Applied, free: &HashMap<ProjectId, bool>) -> Applicant {
    let mut groups: BTreeMap<i16, Vec<_>> = BTreeMap::new();
    for wish in &applied.wishes {
        groups.entry(wish.rank).or_default().push(ids::project(wish.project_id));
    }
    let gone = applied.wishes.iter().filter(|wish| free.get(&wish.project_id) != Some(&true));
    Applicant {
        id: ids::applicant(applied.id),
        students: applied.students.iter().map(|(id, _)| ids::student(*id)).collect(),
        preferences: groups.into_values().collect(),
        ineligible: gone.map(|wish| ids::project(wish.project_id)).collect(),
    }
}

/// Who decides on which projects.
///
/// The planner knows one order of applicants for a tutor, people give one for each project. As
/// long as no limit joins the projects of a tutor, each project is decided on by itself, in its
/// own order. With a limit, a tutor's orders are joined: who stands higher in any of them comes
/// first.
struct Desk {
    joins: bool,
    ranked: BTreeMap<ProjectId, BTreeMap<i16, Vec<ApplicationId>>>,
    by_project: BTreeSet<UserId>,
}

impl Desk {
    fn new(world: &World, known: &BTreeSet<ApplicationId>) -> Self {
        let joins = world.tutor_limit.is_some();
        let mut ranked: BTreeMap<ProjectId, BTreeMap<i16, Vec<ApplicationId>>> = BTreeMap::new();
        for (project, application, rank) in world.rankings.iter().filter(|(_, id, _)| known.contains(id)) {
            ranked.entry(*project).or_default().entry(*rank).or_default().push(*application);
        }
        let mut offers: BTreeMap<UserId, usize> = BTreeMap::new();
        for offer in &world.projects {
            *offers.entry(offer.tutor).or_default() += 1;
        }
        let has_orders = world.projects.iter().filter(|offer| ranked.contains_key(&offer.id));
        let by_project = has_orders
            .map(|offer| offer.tutor)
            .filter(|tutor| !joins && offers.get(tutor).is_some_and(|count| *count > 1))
            .collect();
        Self { joins, ranked, by_project }
    }

    fn name(&self, offer: &Offer) -> PersonId {
        if self.by_project.contains(&offer.tutor) {
            ids::tutor_of(offer.tutor, offer.id)
        } else {
            ids::tutor(offer.tutor)
        }
    }

    fn tutors(&self, world: &World) -> Vec<Tutor> {
        let mut projects: BTreeMap<PersonId, Vec<ProjectId>> = BTreeMap::new();
        let mut order = Vec::new();
        for offer in &world.projects {
            let name = self.name(offer);
            let of_tutor = projects.entry(name.clone()).or_insert_with(|| {
                order.push(name);
                Vec::new()
            });
            of_tutor.push(offer.id);
        }
        let limit = world.tutor_limit.filter(|_| self.joins).and_then(|most| usize::try_from(most).ok());
        let tutor = |id: PersonId| Tutor {
            preferences: self.joined(projects.get(&id).map(Vec::as_slice).unwrap_or_default()),
            lower: None,
            upper: limit,
            counted_in: Unit::Projects,
            id,
        };
        order.into_iter().map(tutor).collect()
    }

    fn joined(&self, projects: &[ProjectId]) -> Vec<Vec<ApplicantId>> {
        let mut best: BTreeMap<ApplicationId, i16> = BTreeMap::new();
        for (rank, group) in projects.iter().filter_map(|id| self.ranked.get(id)).flatten() {
            for application in group {
                let known = best.entry(*application).or_insert(*rank);
                *known = (*known).min(*rank);
            }
        }
        let mut groups: BTreeMap<i16, Vec<ApplicantId>> = BTreeMap::new();
        for (application, rank) in best {
            groups.entry(rank).or_default().push(ids::applicant(application));
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        let applied = |id, wishes: &[(i64, i16)]| Applied {
            id: ApplicationId(id),
            students: vec![(UserId(100 + id), Some("8.50".to_owned()))],
            wishes: wishes
                .iter()
                .map(|(project, rank)| Wish { project_id: ProjectId(*project), rank: *rank })
                .collect(),
        };
        let offer =
            |id, tutor, is_free| Offer { id: ProjectId(id), tutor: UserId(tutor), places: 1, is_free };
        World {
            name: "R".to_owned(),
            applications: vec![applied(1, &[(1, 1), (2, 1), (3, 2)]), applied(2, &[(1, 1)]), applied(3, &[])],
            projects: vec![offer(1, 7, true), offer(2, 7, true), offer(3, 8, false)],
            rankings: vec![
                (ProjectId(1), ApplicationId(2), 1),
                (ProjectId(1), ApplicationId(1), 2),
                (ProjectId(2), ApplicationId(1), 1),
            ],
            pins: vec![],
            tutor_limit: None,
        }
    }

    fn asked(world: &World) -> Instance {
        let manner = Manner { method: Method::SerialDictatorship, weights: vec![], seed: 3 };
        ask(world, manner, TieBreak::usual(), TeamRecord::Mean)
    }

    #[test]
    fn each_project_is_decided_on_in_its_own_order() {
        let instance = asked(&world());
        assert_eq!(gestfg_planner::allocation::validate(&instance), Vec::<String>::new());
        assert_eq!(instance.applicants.len(), 2, "who asks for nothing does not count");
        assert_eq!(instance.applicants[0].preferences.len(), 2, "a tie is a group");
        assert_eq!(instance.applicants[0].ineligible, [ids::project(ProjectId(3))]);
        let names: Vec<_> = instance.tutors.iter().map(|tutor| tutor.id.0.as_str()).collect();
        assert_eq!(names, ["person-7-project-1", "person-7-project-2", "person-8"]);
        let order = |n: usize| instance.tutors[n].preferences.concat();
        let [one, two] = [1, 2].map(|id| ids::applicant(ApplicationId(id)));
        assert_eq!((order(0), order(1)), (vec![two, one.clone()], vec![one]));
    }

    #[test]
    fn a_limit_joins_the_projects_of_a_tutor() {
        let instance = asked(&World { tutor_limit: Some(1), ..world() });
        assert_eq!(gestfg_planner::allocation::validate(&instance), Vec::<String>::new());
        assert_eq!(instance.tutors.len(), 2);
        assert_eq!((instance.tutors[0].upper, instance.tutors[0].preferences.len()), (Some(1), 1));
    }
}
