//! Who comes first: the declared criteria, and the lottery that anyone can draw again.

use super::instance::{Applicant, Instance, TeamRecord, TieBreak};
use super::names::Names;
use super::record::Record;
use crate::id::StudentId;
use sha2::{Digest, Sha256};
use std::cmp::{Ordering, Reverse};

/// The standing of every applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// For each applicant of the instance its place, counted from 0; all different.
    pub place: Vec<usize>,
    /// For each applicant how many higher records there are: equal for those of equal record.
    pub class: Vec<usize>,
    /// For each place the criterion that put it after the one before; none when only the order of the
    /// instance did.
    pub settled_by: Vec<Option<TieBreak>>,
}

/// A record as an exact fraction; a missing one is after every other.
#[derive(Clone, Copy)]
struct Merit(Option<(u64, u64)>);

impl Merit {
    fn compare(self, other: Self) -> Ordering {
        match (self.0, other.0) {
            (Some((a, n)), Some((b, m))) => (b * n).cmp(&(a * m)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }
}

struct Claim {
    merit: Merit,
    number: Option<i64>,
    lot: [u8; 32],
}

/// The lot of an applicant: the SHA-256 of `seed:applicant`; the lowest comes first.
pub fn lot(seed: u64, applicant: &str) -> [u8; 32] {
    Sha256::digest(format!("{seed}:{applicant}").as_bytes()).into()
}

/// Puts the applicants of an instance in their declared order.
pub fn order(instance: &Instance) -> Order {
    let students = Names::new(instance.students.iter().map(|s| s.id.0.as_str()));
    let known = |id: &StudentId| {
        let student = students.number(&id.0).map(|at| &instance.students[at]);
        student.map_or((None, None), |s| (s.record, s.tie_break))
    };
    let claims: Vec<Claim> = instance
        .applicants
        .iter()
        .map(|applicant| {
            let members: Vec<_> = applicant.students.iter().map(known).collect();
            let records: Option<Vec<Record>> = members.iter().map(|(record, _)| *record).collect();
            Claim {
                merit: Merit(records.and_then(|records| merit(&records, instance.team_record))),
                number: members.iter().filter_map(|(_, number)| *number).min(),
                lot: draw(instance, applicant),
            }
        })
        .collect();
    let by = |criterion: TieBreak, a: usize, b: usize| {
        let (a, b) = (&claims[a], &claims[b]);
        match criterion {
            TieBreak::Record => a.merit.compare(b.merit),
            TieBreak::TieBreak => Reverse(a.number.map(Reverse)).cmp(&Reverse(b.number.map(Reverse))),
            TieBreak::SeededLottery => a.lot.cmp(&b.lot),
        }
    };
    let first = |a: usize, b: usize| {
        let decided = |&criterion: &TieBreak| (by(criterion, a, b) != Ordering::Equal).then_some(criterion);
        instance.tie_breaks.iter().find_map(decided)
    };
    let mut line: Vec<usize> = (0..claims.len()).collect();
    line.sort_by(|&a, &b| first(a, b).map_or(Ordering::Equal, |criterion| by(criterion, a, b)));
    let mut place = vec![0; line.len()];
    let settled_by = line
        .iter()
        .enumerate()
        .map(|(at, &a)| {
            place[a] = at;
            at.checked_sub(1).and_then(|before| first(line[before], a))
        })
        .collect();
    Order { place, class: classes(instance, &claims), settled_by }
}

/// Equal records, whatever else tells their owners apart; all are equal when records do not count.
fn classes(instance: &Instance, claims: &[Claim]) -> Vec<usize> {
    let mut class = vec![0; claims.len()];
    if !instance.tie_breaks.contains(&TieBreak::Record) {
        return class;
    }
    let mut line: Vec<usize> = (0..claims.len()).collect();
    line.sort_by(|&a, &b| claims[a].merit.compare(claims[b].merit));
    for (at, pair) in line.windows(2).enumerate() {
        let same = claims[pair[0]].merit.compare(claims[pair[1]].merit) == Ordering::Equal;
        class[pair[1]] = if same { class[pair[0]] } else { at + 1 };
    }
    class
}

fn draw(instance: &Instance, applicant: &Applicant) -> [u8; 32] {
    if instance.tie_breaks.contains(&TieBreak::SeededLottery) {
        lot(instance.seed, &applicant.id.0)
    } else {
        [0; 32]
    }
}

fn merit(records: &[Record], which: TeamRecord) -> Option<(u64, u64)> {
    let thousandths = records.iter().map(|r| u64::from(r.thousandths()));
    match which {
        TeamRecord::Mean => Some((thousandths.sum(), records.len() as u64)).filter(|(_, n)| *n > 0),
        TeamRecord::Lowest => thousandths.min().map(|t| (t, 1)),
        TeamRecord::Highest => thousandths.max().map(|t| (t, 1)),
    }
}
