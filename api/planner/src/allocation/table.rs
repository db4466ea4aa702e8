//! An instance by number instead of by name: what measures, checker and solvers all have to look up.

use super::instance::{Instance, Unit};
use super::names::Names;
use super::order::{Order, order};
use crate::id::{ApplicantId, ProjectId};
use std::ops::Range;

/// Applicants, projects and tutors by their place in the instance; wishes in one long row.
pub(super) struct Table<'a> {
    pub(super) instance: &'a Instance,
    pub(super) order: Order,
    /// Students of each applicant.
    pub(super) size: Vec<usize>,
    /// Where the wishes of each applicant begin, and one more for the end.
    first: Vec<usize>,
    /// For each wish the project.
    pub(super) project: Vec<usize>,
    /// For each wish its rank, counted from 1.
    pub(super) rank: Vec<usize>,
    /// For each wish whether it may be granted at all: not excluded, and the team fits.
    pub(super) open: Vec<bool>,
    /// For each wish which group of the tutor's preferences the applicant is in, the lower the better.
    pub(super) group: Vec<usize>,
    /// For each project its tutor.
    pub(super) tutor: Vec<usize>,
    /// For each applicant the project they are pinned to.
    pub(super) pinned: Vec<Option<usize>>,
    applicants: Names<'a>,
    projects: Names<'a>,
}

/// By what tutors compare applicants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Their preferences and records; equal is equal.
    Ties,
    /// The same, what is equal told apart by the declared order.
    Strict,
    /// The declared order alone.
    Serial,
}

impl<'a> Table<'a> {
    /// Reads a sound instance; see [`validate`](super::validate).
    pub(super) fn new(instance: &'a Instance) -> Self {
        let applicants = Names::new(instance.applicants.iter().map(|a| a.id.0.as_str()));
        let projects = Names::new(instance.projects.iter().map(|p| p.id.0.as_str()));
        let tutors = Names::new(instance.tutors.iter().map(|t| t.id.0.as_str()));
        let tutor: Vec<usize> =
            instance.projects.iter().map(|p| tutors.number(&p.tutor.0).unwrap_or_default()).collect();
        let unnamed: Vec<usize> = instance.tutors.iter().map(|t| t.preferences.len()).collect();
        let wishes =
            instance.applicants.iter().map(|a| a.preferences.iter().map(Vec::len).sum::<usize>()).sum();
        let mut table = Self {
            instance,
            order: order(instance),
            size: instance.applicants.iter().map(|a| a.students.len()).collect(),
            first: Vec::with_capacity(instance.applicants.len() + 1),
            project: Vec::with_capacity(wishes),
            rank: Vec::with_capacity(wishes),
            open: Vec::with_capacity(wishes),
            group: Vec::with_capacity(wishes),
            tutor,
            pinned: vec![None; instance.applicants.len()],
            applicants,
            projects,
        };
        for applicant in &instance.applicants {
            table.first.push(table.project.len());
            for (rank, id) in applicant.wishes() {
                let Some(project) = table.projects.number(&id.0) else { continue };
                let fits = applicant.students.len() <= instance.projects[project].places;
                table.project.push(project);
                table.rank.push(rank);
                table.open.push(fits && !applicant.ineligible.contains(id));
                table.group.push(unnamed[table.tutor[project]]);
            }
        }
        table.first.push(table.project.len());
        table.rank_by_tutors();
        for pin in &instance.pins {
            if let (Some(a), Some(p)) = (table.applicant(&pin.applicant), table.project(&pin.project)) {
                table.pinned[a] = Some(p);
            }
        }
        table
    }

    fn rank_by_tutors(&mut self) {
        // Whoever is named is looked for among their wishes by tutor, side by side in memory.
        let by: Vec<u32> = self.project.iter().map(|&project| self.tutor[project] as u32).collect();
        for (at, tutor) in self.instance.tutors.iter().enumerate() {
            for (group, id) in
                tutor.preferences.iter().enumerate().flat_map(|(g, ids)| ids.iter().map(move |i| (g, i)))
            {
                let Some(a) = self.applicant(id) else { continue };
                for wish in self.wishes(a) {
                    if by[wish] == at as u32 {
                        self.group[wish] = group;
                    }
                }
            }
        }
    }

    pub(super) fn wishes(&self, applicant: usize) -> Range<usize> {
        self.first[applicant]..self.first[applicant + 1]
    }

    /// The wish of an applicant that asks for a project.
    pub(super) fn wish_for(&self, applicant: usize, project: usize) -> Option<usize> {
        self.wishes(applicant).find(|&wish| self.project[wish] == project)
    }

    pub(super) fn applicant(&self, id: &ApplicantId) -> Option<usize> {
        self.applicants.number(&id.0)
    }

    pub(super) fn project(&self, id: &ProjectId) -> Option<usize> {
        self.projects.number(&id.0)
    }

    /// What a project holds: students when it is shared, one applicant otherwise.
    pub(super) fn places(&self, project: usize) -> usize {
        let project = &self.instance.projects[project];
        if project.shared { project.places } else { 1 }
    }

    /// What an applicant takes of it.
    pub(super) fn takes(&self, applicant: usize, project: usize) -> usize {
        if self.instance.projects[project].shared { self.size[applicant] } else { 1 }
    }

    /// What a tutor can be given, in their own unit.
    pub(super) fn limit(&self, tutor: usize) -> usize {
        self.instance.tutors[tutor].upper.unwrap_or(usize::MAX)
    }

    /// What an applicant counts for a tutor.
    pub(super) fn counts(&self, applicant: usize, tutor: usize) -> usize {
        match self.instance.tutors[tutor].counted_in {
            Unit::Projects => 1,
            Unit::Students => self.size[applicant],
        }
    }

    /// How a tutor sees the applicant of a wish; the lower comes first.
    pub(super) fn standing(&self, applicant: usize, wish: usize, by: By) -> (usize, usize) {
        let group = self.group[wish];
        match by {
            By::Serial => (0, self.order.place[applicant]),
            By::Strict => (group, self.order.place[applicant]),
            By::Ties => {
                let named = group < self.instance.tutors[self.tutor[self.project[wish]]].preferences.len();
                (group, if named { 0 } else { self.order.class[applicant] })
            }
        }
    }

    /// Whether somebody counts for more than one somewhere, so that places are no longer alike: then
    /// no flow is exact, and a stable allocation need not exist.
    pub(super) fn is_lumpy(&self) -> bool {
        (0..self.size.len()).filter(|&a| self.size[a] > 1).any(|a| {
            let limited = |t: usize| {
                self.counts(a, t) > 1
                    && (self.instance.tutors[t].upper.is_some() || self.instance.tutors[t].lower.is_some())
            };
            let lump = |p: usize| self.takes(a, p) > 1 || limited(self.tutor[p]);
            self.wishes(a).any(|wish| self.open[wish] && lump(self.project[wish]))
                || self.pinned[a].is_some_and(lump)
        })
    }
}
