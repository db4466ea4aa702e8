//! Calls that need committees: professors over areas of uneven size, projects over few or many tutors.

use crate::committees::{Instance, Objective, Professor, Project, Settings};
use crate::id::{AreaId, PersonId, ProjectId, SubjectId};
use crate::random::Random;

/// The shape of a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Call {
    /// Projects entered.
    pub projects: usize,
    /// Professors of the degree, tutors included.
    pub professors: usize,
    /// Areas they belong to.
    pub areas: usize,
    /// Share of projects by teams of two.
    pub teams: f64,
    /// Share of projects with a co-tutor.
    pub co_tutors: f64,
    /// How uneven areas and tutors are: 0 all alike, 2 a few have most.
    pub skew: f64,
}

impl Default for Call {
    fn default() -> Self {
        Self { projects: 200, professors: 300, areas: 6, teams: 0.1, co_tutors: 0.2, skew: 0.7 }
    }
}

/// A call of that shape.
pub fn call(seed: u64, size: &Call) -> Instance {
    let mut random = Random::seeded(seed);
    let mut uneven = |count: usize| ((random.unit().powf(1.0 + size.skew)) * count as f64) as usize;
    let person = |p: usize| PersonId(format!("prof-{:03}", p + 1));
    let area = |a: usize| AreaId(format!("area-{}", a + 1));
    let subject = |s: usize| SubjectId(format!("subject-{}", s + 1));
    // The first professors deal the areas round, so that none is empty.
    let areas: Vec<usize> =
        (0..size.professors).map(|p| if p < size.areas { p } else { uneven(size.areas) }).collect();
    let tutors: Vec<usize> = (0..size.projects).map(|_| uneven(size.professors)).collect();
    let mut random = Random::seeded(seed ^ 0x5EED);
    let professors = (0..size.professors)
        .map(|p| Professor {
            id: person(p),
            area: area(areas[p]),
            available: true,
            exempt: random.chance(0.03),
            service: random.below(9) as u32,
            seniority: random.below(4) as u32,
            may_preside: random.chance(0.9),
            subjects: (0..2).map(|_| subject(random.below(12))).collect(),
        })
        .collect();
    let projects = tutors
        .into_iter()
        .enumerate()
        .map(|(index, tutor)| {
            let mut people = vec![person(tutor)];
            let other = random.below(size.professors);
            if random.chance(size.co_tutors) && other != tutor {
                people.push(person(other));
            }
            Project {
                id: ProjectId(format!("project-{:04}", index + 1)),
                tutors: people,
                students: 1 + usize::from(random.chance(size.teams)),
                area: Some(area(areas[tutor])),
                conflicts: Vec::new(),
                subjects: vec![subject(random.below(12))],
            }
        })
        .collect();
    Instance {
        name: String::new(),
        settings: Settings::default(),
        professors,
        projects,
        objectives: Objective::usual_order(),
        seat_pins: Vec::new(),
        project_pins: Vec::new(),
        apart: Vec::new(),
        present: Vec::new(),
    }
}
