//! Rounds of applications: popularity even or skewed, supply tight or loose, ties, teams.

use crate::allocation::{
    Applicant, Instance, Method, Project, Record, Student, TeamRecord, TieBreak, Tutor, Unit,
};
use crate::id::{ApplicantId, PersonId, ProjectId, StudentId};
use crate::random::Random;

/// The shape of a round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// Applications, alone or in teams.
    pub applicants: usize,
    /// Projects on offer.
    pub projects: usize,
    /// Tutors who offer them.
    pub tutors: usize,
    /// Projects each applicant wishes for.
    pub wishes: usize,
    /// How uneven popularity is: 0 all projects alike, 2 a few are wanted by most.
    pub skew: f64,
    /// Places of all projects over the students there are: below 1 is tight.
    pub places: f64,
    /// The same for what tutors can take; none has no limit.
    pub limits: Option<f64>,
    /// The share of tutors who name preferences.
    pub opinions: f64,
    /// Probability that a wish, or somebody in a tutor's list, is liked as much as the one before.
    pub ties: f64,
    /// Share of applicants who are teams of two.
    pub teams: f64,
    /// Whether several applicants can have one project.
    pub shared: bool,
}

impl Default for Round {
    fn default() -> Self {
        Self {
            applicants: 600,
            projects: 600,
            tutors: 150,
            wishes: 5,
            skew: 0.7,
            places: 1.1,
            limits: Some(1.2),
            opinions: 1.0,
            ties: 0.0,
            teams: 0.0,
            shared: true,
        }
    }
}

/// A round of that shape.
pub fn round(seed: u64, shape: &Round) -> Instance {
    let mut random = Random::seeded(seed);
    let student = |at: usize| StudentId(format!("student-{:05}", at + 1));
    let applicant = |at: usize| ApplicantId(format!("applicant-{:05}", at + 1));
    let project = |at: usize| ProjectId(format!("project-{:04}", at + 1));
    let tutor = |at: usize| PersonId(format!("tutor-{:04}", at + 1));
    let offered: Vec<usize> =
        (0..shape.projects).map(|p| if p < shape.tutors { p } else { random.below(shape.tutors) }).collect();
    let (mut students, mut applicants) = (Vec::new(), Vec::new());
    let mut wishing: Vec<Vec<usize>> = vec![Vec::new(); shape.tutors];
    for at in 0..shape.applicants {
        let members: Vec<StudentId> =
            (0..1 + usize::from(random.chance(shape.teams))).map(|m| student(students.len() + m)).collect();
        for id in &members {
            let record = Record::from_thousandths(5_000 + 10 * random.below(500) as u32);
            students.push(Student { id: id.clone(), record: Some(record), tie_break: None });
        }
        let mut preferences: Vec<Vec<ProjectId>> = Vec::new();
        let mut chosen = Vec::new();
        while chosen.len() < shape.wishes.min(shape.projects) {
            let wish = (random.unit().powf(1.0 + shape.skew) * shape.projects as f64) as usize;
            if chosen.contains(&wish) {
                continue;
            }
            chosen.push(wish);
            wishing[offered[wish]].push(at);
            match preferences.last_mut() {
                Some(group) if random.chance(shape.ties) => group.push(project(wish)),
                _ => preferences.push(vec![project(wish)]),
            }
        }
        let id = applicant(at);
        applicants.push(Applicant { id, students: members, preferences, ineligible: Vec::new() });
    }
    let tutors = wishing
        .into_iter()
        .enumerate()
        .map(|(at, mut known)| {
            known.dedup();
            random.shuffle(&mut known);
            let mut preferences: Vec<Vec<ApplicantId>> = Vec::new();
            if random.chance(shape.opinions) {
                for a in known {
                    match preferences.last_mut() {
                        Some(group) if random.chance(shape.ties) => group.push(applicant(a)),
                        _ => preferences.push(vec![applicant(a)]),
                    }
                }
            }
            let share = |limit: f64| limit * students.len() as f64 / shape.tutors as f64;
            let upper = shape.limits.map(|limit| uneven(&mut random, share(limit)));
            Tutor { id: tutor(at), lower: None, upper, counted_in: Unit::Projects, preferences }
        })
        .collect();
    let places = shape.places * students.len() as f64 / shape.projects as f64;
    let projects = offered
        .into_iter()
        .enumerate()
        .map(|(at, by)| Project {
            id: project(at),
            tutor: tutor(by),
            places: if shape.shared {
                uneven(&mut random, places)
            } else {
                1 + usize::from(shape.teams > 0.0)
            },
            shared: shape.shared,
        })
        .collect();
    Instance {
        name: String::new(),
        students,
        applicants,
        projects,
        tutors,
        pins: Vec::new(),
        method: Method::StableStudentOptimal,
        weights: Vec::new(),
        tie_breaks: TieBreak::usual(),
        team_record: TeamRecord::Mean,
        seed,
    }
}

/// A number of about this size, at least one.
fn uneven(random: &mut Random, mean: f64) -> usize {
    let about = mean * (0.5 + random.unit());
    (about as usize + usize::from(random.chance(about.fract()))).max(1)
}
