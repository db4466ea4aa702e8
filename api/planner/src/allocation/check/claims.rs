//! What a solution says of itself, held against the instance and its own pairs.

use super::{Violation, claim};
use crate::allocation::fingerprint::input_hash;
use crate::allocation::instance::Instance;
use crate::allocation::solution::{Measures, Reason, Solution};
use crate::allocation::table::Table;
use crate::status::Status;
use std::collections::HashSet;

/// That it answers this instance and no other.
pub(super) fn identity(instance: &Instance, solution: &Solution, found: &mut Vec<Violation>) {
    if solution.method != instance.method || solution.seed != instance.seed {
        found.push(claim("method or seed are not those of the instance".to_owned()));
    }
    if solution.input_hash != input_hash(instance) {
        found.push(claim("its hash is not that of the instance".to_owned()));
    }
}

/// That its figures are those of its pairs.
pub(super) fn figures(
    instance: &Instance,
    solution: &Solution,
    counted: &Measures,
    found: &mut Vec<Violation>,
) {
    if solution.measures != *counted {
        found.push(claim("its measures are not those of its pairs".to_owned()));
    }
    if solution.most < counted.matched {
        found.push(claim(format!("{} are matched, more than the most there can be", counted.matched)));
    }
    let proved = solution.status == Status::Optimal && instance.method.is_maximum();
    if proved && solution.most != counted.matched {
        found.push(claim("it calls itself the most and says that more can be matched".to_owned()));
    }
    let with: HashSet<_> = solution.pairs.iter().map(|p| &p.applicant).collect();
    let without = instance.applicants.iter().map(|a| &a.id).filter(|id| !with.contains(id));
    if !without.eq(&solution.unmatched) {
        found.push(claim("those without a project are not those it names".to_owned()));
    }
}

/// That every wish not granted is answered, once, and with what can be seen to be true.
pub(super) fn answers(instance: &Instance, solution: &Solution, found: &mut Vec<Violation>) {
    let table = Table::new(instance);
    let mut given = vec![None; instance.applicants.len()];
    for pair in &solution.pairs {
        if let Some(a) = table.applicant(&pair.applicant) {
            given[a] = table.project(&pair.project);
        }
    }
    let hall = Hall::new(&table, &given);
    let mut asked = HashSet::new();
    for answer in &solution.answers {
        let wish = table
            .applicant(&answer.applicant)
            .zip(table.project(&answer.project))
            .and_then(|(a, p)| table.wish_for(a, p).map(|wish| (a, p, wish)));
        let Some((a, p, wish)) = wish else {
            found.push(claim(format!("{} did not ask for {}", answer.applicant, answer.project)));
            continue;
        };
        if given[a] == Some(p) || table.rank[wish] != answer.rank || !asked.insert(wish) {
            found.push(claim(format!(
                "{} is answered wrongly or twice about {}",
                answer.applicant, answer.project
            )));
        }
        if !hall.agrees(a, p, wish, answer.reason) {
            found
                .push(claim(format!("what {} is told about {} is not so", answer.applicant, answer.project)));
        }
    }
    let owed: usize = (0..given.len())
        .map(|a| table.wishes(a).filter(|&wish| given[a] != Some(table.project[wish])).count())
        .sum();
    if asked.len() != owed {
        found.push(claim(format!("{owed} wishes were not granted and {} are answered", asked.len())));
    }
}

/// Who is where, to hold reasons against.
struct Hall<'a> {
    table: &'a Table<'a>,
    given: &'a [Option<usize>],
    in_project: Vec<usize>,
    with_tutor: Vec<usize>,
}

impl<'a> Hall<'a> {
    fn new(table: &'a Table<'a>, given: &'a [Option<usize>]) -> Self {
        let mut hall = Self {
            table,
            given,
            in_project: vec![0; table.tutor.len()],
            with_tutor: vec![0; table.instance.tutors.len()],
        };
        for (a, project) in given.iter().enumerate() {
            if let Some(project) = *project {
                let tutor = table.tutor[project];
                hall.in_project[project] += table.takes(a, project);
                hall.with_tutor[tutor] += table.counts(a, tutor);
            }
        }
        hall
    }

    fn agrees(&self, a: usize, p: usize, wish: usize, reason: Reason) -> bool {
        let table = self.table;
        let got = self.given[a].and_then(|p| table.wish_for(a, p)).map(|wish| table.rank[wish]);
        let pinned = table.pinned[a].is_some();
        let ahead = got.is_some_and(|rank| rank < table.rank[wish]);
        let level = got == Some(table.rank[wish]);
        let barred = table.instance.applicants[a].ineligible.contains(&table.instance.projects[p].id);
        let large = table.size[a] > table.instance.projects[p].places;
        match reason {
            Reason::BetterObtained => ahead && !pinned,
            Reason::EqualObtained => level && !pinned,
            Reason::PinnedElsewhere => pinned,
            Reason::NotEligible => barred,
            Reason::TeamTooLarge { places } => large && places == table.instance.projects[p].places,
            // The rest is said of wishes that could have been granted and were not.
            _ if pinned || ahead || level || barred || large => false,
            Reason::FullWithHigherRecord { places }
            | Reason::FullByTieBreak { places, .. }
            | Reason::FullWithPreferredByTutor { places }
            | Reason::FullWithEquals { places } => places == table.places(p) && self.in_project[p] == places,
            Reason::TutorAtCapacity { limit, .. } => {
                let tutor = table.tutor[p];
                limit == table.limit(tutor) && self.with_tutor[tutor] == limit
            }
            Reason::NoRoomForTeam => {
                let tutor = table.tutor[p];
                self.in_project[p] + table.takes(a, p) > table.places(p)
                    || self.with_tutor[tutor] + table.counts(a, tutor) > table.limit(tutor)
            }
            Reason::TakenByAgreement => !table.instance.pins.is_empty(),
            Reason::TradedForMoreMatched
            | Reason::TradedForLowerLimit
            | Reason::TradedForBetterWhole
            | Reason::EqualAlternative => table.instance.method.is_maximum(),
        }
    }
}
