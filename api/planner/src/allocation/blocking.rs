//! Blocking pairs, by their definition and nothing else.
//!
//! An applicant and a project they like better than what they got block an allocation when there would
//! be room for them, in the project and with its tutor, once they have left what they have and everybody
//! is gone whom the tutor likes less. With applicants of one student each that is the definition of
//! Abraham, Irving and Manlove; agreements made before are never undone.

use super::solution::Because;
use super::table::{By, Table};

/// Who occupies a project or a tutor: standing and size, best first, and what is taken up to each.
#[derive(Default)]
struct Line {
    fixed: usize,
    waiting: Vec<((usize, usize), usize)>,
    taken: Vec<usize>,
}

impl Line {
    fn settle(&mut self) {
        self.waiting.sort_unstable();
        let mut sum = self.fixed;
        self.taken = self
            .waiting
            .iter()
            .map(|(_, size)| {
                sum += size;
                sum
            })
            .collect();
    }

    fn total(&self) -> usize {
        self.taken.last().copied().unwrap_or(self.fixed)
    }

    /// What those take who are at least as welcome.
    fn not_worse(&self, than: (usize, usize)) -> usize {
        match self.waiting.partition_point(|(standing, _)| *standing <= than) {
            0 => self.fixed,
            count => self.taken[count - 1],
        }
    }
}

/// Every blocking pair as (applicant, wish, why), and how many wishes were examined.
pub(super) fn blocking(
    table: &Table,
    given: &[Option<usize>],
    by: By,
) -> (Vec<(usize, usize, Because)>, usize) {
    let mut projects: Vec<Line> = table.tutor.iter().map(|_| Line::default()).collect();
    let mut tutors: Vec<Line> = table.instance.tutors.iter().map(|_| Line::default()).collect();
    let held: Vec<Option<usize>> =
        given.iter().enumerate().map(|(a, p)| p.and_then(|p| table.wish_for(a, p))).collect();
    for (a, &project) in given.iter().enumerate() {
        let Some(project) = project else { continue };
        let tutor = table.tutor[project];
        let (takes, counts) = (table.takes(a, project), table.counts(a, tutor));
        match held[a].filter(|_| table.pinned[a].is_none()) {
            Some(wish) => {
                let standing = table.standing(a, wish, by);
                projects[project].waiting.push((standing, takes));
                tutors[tutor].waiting.push((standing, counts));
            }
            None => {
                projects[project].fixed += takes;
                tutors[tutor].fixed += counts;
            }
        }
    }
    projects.iter_mut().chain(&mut tutors).for_each(Line::settle);
    let (mut found, mut examined) = (Vec::new(), 0);
    for (a, &got) in given.iter().enumerate().filter(|(a, _)| table.pinned[*a].is_none()) {
        let rank = held[a].map_or(usize::MAX, |wish| table.rank[wish]);
        for wish in table.wishes(a).filter(|&wish| table.open[wish] && table.rank[wish] < rank) {
            examined += 1;
            let project = table.project[wish];
            let tutor = table.tutor[project];
            let own = got.is_some_and(|p| table.tutor[p] == tutor);
            let standing = table.standing(a, wish, by);
            let (takes, counts) = (table.takes(a, project), table.counts(a, tutor));
            // Their own seat with this tutor is among those "not worse" and would be left.
            let left = if own { counts } else { 0 };
            let limit = table.limit(tutor);
            let fits = |taken: usize, takes: usize, room: usize| taken.saturating_add(takes) <= room;
            let places = table.places(project);
            if !fits(projects[project].not_worse(standing), takes, places)
                || !fits(tutors[tutor].not_worse(standing) - left, counts, limit)
            {
                continue;
            }
            let free = fits(projects[project].total(), takes, places);
            let because = if !free {
                Because::PreferredInProject
            } else if fits(tutors[tutor].total(), counts, limit) {
                Because::Room
            } else if fits(tutors[tutor].total() - left, counts, limit) {
                Because::OwnApplicant
            } else {
                Because::PreferredByTutor
            };
            found.push((a, wish, because));
        }
    }
    (found, examined)
}
