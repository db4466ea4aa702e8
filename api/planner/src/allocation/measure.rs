//! How good an allocation is, counted from finished pairs and nothing else.

use super::blocking::blocking;
use super::instance::{Instance, Unit};
use super::solution::{BlockingPair, Load, Measures, Pair};
use super::table::{By, Table};

/// Blocking pairs that are listed; all are counted.
const LISTED: usize = 100;

/// The measures of some pairs, whatever they were found by; pairs of nobody or nothing known are left out.
pub fn measure(instance: &Instance, pairs: &[Pair]) -> Measures {
    let table = Table::new(instance);
    let mut given = vec![None; instance.applicants.len()];
    for pair in pairs {
        if let (Some(a), Some(p)) = (table.applicant(&pair.applicant), table.project(&pair.project)) {
            given[a] = Some(p);
        }
    }
    measure_given(&table, &given)
}

/// The same by number: for each applicant the project given.
pub(super) fn measure_given(table: &Table, given: &[Option<usize>]) -> Measures {
    let instance = table.instance;
    let mut measures = Measures {
        applicants: given.len(),
        profile: vec![0; instance.ranks()],
        tutors: instance
            .tutors
            .iter()
            .map(|t| Load { tutor: t.id.clone(), projects: 0, students: 0, missing: 0 })
            .collect(),
        ..Measures::default()
    };
    let mut empty = vec![true; instance.projects.len()];
    let mut ranks = 0;
    for (a, &project) in given.iter().enumerate() {
        let Some(project) = project else { continue };
        empty[project] = false;
        measures.matched += 1;
        measures.students_matched += table.size[a];
        let load = &mut measures.tutors[table.tutor[project]];
        load.projects += 1;
        load.students += table.size[a];
        match table.wish_for(a, project).map(|wish| table.rank[wish]) {
            Some(rank) => {
                measures.profile[rank - 1] += 1;
                measures.worst_rank = measures.worst_rank.max(Some(rank));
                measures.cost += instance.cost_of(rank);
                ranks += rank;
            }
            None => measures.unwished += 1,
        }
    }
    let wished = measures.matched - measures.unwished;
    measures.mean_rank_thousandths =
        (wished > 0).then(|| (ranks as u64 * 1000 + wished as u64 / 2) / wished as u64);
    for (tutor, load) in instance.tutors.iter().zip(&mut measures.tutors) {
        let has = match tutor.counted_in {
            Unit::Projects => load.projects,
            Unit::Students => load.students,
        };
        load.missing = tutor.lower.unwrap_or(0).saturating_sub(has);
    }
    measures.empty_projects =
        instance.projects.iter().zip(empty).filter(|(_, empty)| *empty).map(|(p, _)| p.id.clone()).collect();
    let (found, examined) = blocking(table, given, By::Ties);
    measures.blocking = found.len();
    measures.examined = examined;
    measures.blocking_pairs = found
        .into_iter()
        .take(LISTED)
        .map(|(a, wish, because)| BlockingPair {
            applicant: instance.applicants[a].id.clone(),
            project: instance.projects[table.project[wish]].id.clone(),
            because,
        })
        .collect();
    measures
}
