//! What is left to decide once agreements are carried out, or why they cannot be.

use crate::allocation::solution::{Conflict, ConflictKind};
use crate::allocation::table::Table;
use crate::id::ProjectId;

/// The wish each applicant holds; none for those pinned and those without a project.
pub(super) type Held = Vec<Option<usize>>;

/// The instance after its agreements: who still takes part, and the room that is left.
#[derive(Clone)]
pub(super) struct Ground<'a> {
    pub(super) table: &'a Table<'a>,
    /// Applicants to be decided about.
    pub(super) entrants: Vec<usize>,
    /// Room of each project, in its own unit.
    pub(super) project: Vec<usize>,
    /// Room of each tutor, in their own unit.
    pub(super) tutor: Vec<usize>,
    /// What is missing to the lower limit of each tutor.
    pub(super) lower: Vec<usize>,
    /// Whether somebody counts for more than one somewhere.
    pub(super) is_lumpy: bool,
}

impl<'a> Ground<'a> {
    /// Carries out the agreements, which must not contradict anything; see [`conflicts`].
    pub(super) fn new(table: &'a Table<'a>) -> Self {
        let tutors = 0..table.instance.tutors.len();
        let mut ground = Self {
            table,
            entrants: (0..table.size.len()).filter(|&a| table.pinned[a].is_none()).collect(),
            project: (0..table.tutor.len()).map(|p| table.places(p)).collect(),
            tutor: tutors.clone().map(|t| table.limit(t)).collect(),
            lower: tutors.map(|t| table.instance.tutors[t].lower.unwrap_or(0)).collect(),
            is_lumpy: table.is_lumpy(),
        };
        for (a, project) in table.pinned.iter().enumerate() {
            if let Some(p) = *project {
                ground.take(a, p);
            }
        }
        ground
    }

    /// The wishes of an applicant that may be granted.
    pub(super) fn wishes(&self, applicant: usize) -> impl DoubleEndedIterator<Item = usize> + use<'a> {
        let table = self.table;
        table.wishes(applicant).filter(|&wish| table.open[wish])
    }

    /// The tutor of what a wish asks for.
    pub(super) fn tutor_of(&self, wish: usize) -> usize {
        self.table.tutor[self.table.project[wish]]
    }

    /// Whether there is room for an applicant in a project and with its tutor.
    pub(super) fn has_room(&self, applicant: usize, project: usize) -> bool {
        let tutor = self.table.tutor[project];
        self.table.takes(applicant, project) <= self.project[project]
            && self.table.counts(applicant, tutor) <= self.tutor[tutor]
    }

    /// Uses up the room of an applicant.
    pub(super) fn take(&mut self, applicant: usize, project: usize) {
        let tutor = self.table.tutor[project];
        let counts = self.table.counts(applicant, tutor);
        self.project[project] = self.project[project].saturating_sub(self.table.takes(applicant, project));
        self.lower[tutor] = self.lower[tutor].saturating_sub(counts);
        if self.tutor[tutor] < usize::MAX {
            self.tutor[tutor] = self.tutor[tutor].saturating_sub(counts);
        }
    }

    /// Gives it back. The lower limit is not counted again.
    pub(super) fn leave(&mut self, applicant: usize, project: usize) {
        let tutor = self.table.tutor[project];
        self.project[project] += self.table.takes(applicant, project);
        if self.tutor[tutor] < usize::MAX {
            self.tutor[tutor] += self.table.counts(applicant, tutor);
        }
    }
}

/// Agreements that cannot all be kept; each conflict is minimal.
pub(super) fn conflicts(table: &Table) -> Vec<Conflict> {
    let instance = table.instance;
    let mut found = Vec::new();
    let mut in_project = vec![Vec::new(); table.tutor.len()];
    let mut with_tutor = vec![Vec::new(); instance.tutors.len()];
    for (a, project) in table.pinned.iter().enumerate() {
        let Some(p) = *project else { continue };
        let (applicant, project) = (&instance.applicants[a], &instance.projects[p]);
        let barred = applicant.ineligible.contains(&project.id);
        if barred || applicant.students.len() > project.places {
            let why = if barred { "they may not have it" } else { "the team is too large for it" };
            found.push(Conflict {
                kind: ConflictKind::PinNotEligible,
                text: format!("it was agreed that {} has {}, and {why}", applicant.id, project.id),
                applicants: vec![applicant.id.clone()],
                projects: vec![project.id.clone()],
                tutors: Vec::new(),
            });
        } else {
            in_project[p].push((table.takes(a, p), a));
            with_tutor[table.tutor[p]].push((table.counts(a, table.tutor[p]), a));
        }
    }
    let ids = |over: &[usize]| over.iter().map(|&a| instance.applicants[a].id.clone()).collect::<Vec<_>>();
    for (p, pins) in in_project.into_iter().enumerate() {
        if let Some(over) = overflow(pins, table.places(p)) {
            let project = &instance.projects[p];
            found.push(Conflict {
                kind: ConflictKind::PinsOverPlaces,
                text: format!("{} was agreed with more than it takes: {} applicants", project.id, over.len()),
                applicants: ids(&over),
                projects: vec![project.id.clone()],
                tutors: Vec::new(),
            });
        }
    }
    for (t, pins) in with_tutor.into_iter().enumerate() {
        if let Some(over) = overflow(pins, table.limit(t)) {
            let tutor = &instance.tutors[t];
            let projects: Vec<ProjectId> = over
                .iter()
                .filter_map(|&a| table.pinned[a])
                .map(|p| instance.projects[p].id.clone())
                .collect();
            found.push(Conflict {
                kind: ConflictKind::PinsOverLimit,
                text: format!("agreements give {} more than the limit of {}", tutor.id, table.limit(t)),
                applicants: ids(&over),
                projects,
                tutors: vec![tutor.id.clone()],
            });
        }
    }
    found
}

/// The fewest, largest first, that are too much together: whichever is left out, the rest fits.
fn overflow(mut pins: Vec<(usize, usize)>, room: usize) -> Option<Vec<usize>> {
    pins.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    let last = pins.iter().position(|(size, _)| {
        sum += size;
        sum > room
    })?;
    pins.truncate(last + 1);
    let mut over: Vec<usize> = pins.into_iter().map(|(_, a)| a).collect();
    over.sort_unstable();
    Some(over)
}
