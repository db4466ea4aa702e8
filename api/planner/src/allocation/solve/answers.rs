//! For every wish not granted the reason, without anyone's name or mark.

use super::ground::{Ground, Held};
use crate::allocation::instance::{Method, TieBreak};
use crate::allocation::solution::{Ahead, Answer, Reason};
use crate::allocation::table::{By, Table};

/// What puts the last of those who were preferred ahead of somebody.
#[derive(Clone, Copy)]
enum Lead {
    Record,
    TieBreak {
        lottery: bool,
    },
    Preference,
    Equals,
    /// They are not ahead: a team was too large for what was left.
    Nothing,
}

/// Answers all of them; `traded` knows the reasons that only the flow could tell.
pub(super) fn answer(ground: &Ground, held: &Held, traded: &[Option<Reason>]) -> Vec<Answer> {
    let table = ground.table;
    let instance = table.instance;
    let room = Room::new(ground, held);
    let mut answers = Vec::with_capacity(table.project.len());
    for (a, applicant) in instance.applicants.iter().enumerate() {
        let mut wishes = applicant.wishes();
        for wish in table.wishes(a) {
            let Some((rank, project)) = wishes.next() else { break };
            let p = table.project[wish];
            let granted = held[a] == Some(wish) || table.pinned[a] == Some(p);
            if !granted {
                let reason = plain(table, held, a, wish)
                    .or_else(|| room.agreed(a, wish))
                    .or(traded[wish])
                    .unwrap_or_else(|| room.reason(a, wish));
                answers.push(Answer {
                    applicant: applicant.id.clone(),
                    project: project.clone(),
                    rank,
                    reason,
                });
            }
        }
    }
    answers
}

/// Reasons that concern nobody else.
fn plain(table: &Table, held: &Held, a: usize, wish: usize) -> Option<Reason> {
    if table.pinned[a].is_some() {
        return Some(Reason::PinnedElsewhere);
    }
    let (applicant, project) = (&table.instance.applicants[a], &table.instance.projects[table.project[wish]]);
    if applicant.ineligible.contains(&project.id) {
        return Some(Reason::NotEligible);
    }
    if table.size[a] > project.places {
        return Some(Reason::TeamTooLarge { places: project.places });
    }
    let got = table.rank[held[a]?];
    match got.cmp(&table.rank[wish]) {
        std::cmp::Ordering::Less => Some(Reason::BetterObtained),
        std::cmp::Ordering::Equal => Some(Reason::EqualObtained),
        std::cmp::Ordering::Greater => None,
    }
}

/// Who is where once it is decided.
struct Room<'a> {
    ground: &'a Ground<'a>,
    /// For each project the wishes granted, with their owners.
    in_project: Vec<Vec<(usize, usize)>>,
    /// The same for each tutor.
    with_tutor: Vec<Vec<(usize, usize)>>,
    /// For each place in the declared order the first of those whom only the lottery tells apart from it.
    drawn: Vec<usize>,
}

impl<'a> Room<'a> {
    fn new(ground: &'a Ground<'a>, held: &Held) -> Self {
        let mut room = Self {
            ground,
            in_project: vec![Vec::new(); ground.project.len()],
            with_tutor: vec![Vec::new(); ground.tutor.len()],
            drawn: Vec::new(),
        };
        for (a, wish) in held.iter().enumerate().filter_map(|(a, wish)| wish.map(|wish| (a, wish))) {
            room.in_project[ground.table.project[wish]].push((a, wish));
            room.with_tutor[ground.tutor_of(wish)].push((a, wish));
        }
        for (place, settled) in ground.table.order.settled_by.iter().enumerate() {
            let same = place > 0 && *settled == Some(TieBreak::SeededLottery);
            let first = if same { room.drawn[place - 1] } else { place };
            room.drawn.push(first);
        }
        room
    }

    /// Whether agreements alone left too little.
    fn agreed(&self, a: usize, wish: usize) -> Option<Reason> {
        let p = self.ground.table.project[wish];
        (!self.ground.has_room(a, p)).then(|| {
            let agreed = !self.ground.table.instance.pins.is_empty();
            if agreed { Reason::TakenByAgreement } else { Reason::NoRoomForTeam }
        })
    }

    fn reason(&self, a: usize, wish: usize) -> Reason {
        let (ground, table) = (self.ground, self.ground.table);
        let (p, t) = (table.project[wish], ground.tutor_of(wish));
        let taken: usize = self.in_project[p].iter().map(|&(b, _)| table.takes(b, p)).sum();
        let counted: usize = self.with_tutor[t].iter().map(|&(b, _)| table.counts(b, t)).sum();
        if taken == ground.project[p] {
            let places = table.places(p);
            return match self.lead(a, wish, &self.in_project[p]) {
                Lead::Record => Reason::FullWithHigherRecord { places },
                Lead::TieBreak { lottery } => Reason::FullByTieBreak { places, lottery },
                Lead::Preference => Reason::FullWithPreferredByTutor { places },
                Lead::Equals => Reason::FullWithEquals { places },
                Lead::Nothing => Reason::NoRoomForTeam,
            };
        }
        if counted == ground.tutor[t] {
            let ahead_by = match self.lead(a, wish, &self.with_tutor[t]) {
                Lead::Record => Ahead::Record,
                Lead::TieBreak { .. } => Ahead::TieBreak,
                Lead::Preference => Ahead::Preference,
                Lead::Equals => Ahead::Equals,
                Lead::Nothing => return Reason::NoRoomForTeam,
            };
            return Reason::TutorAtCapacity { limit: table.limit(t), ahead_by };
        }
        Reason::NoRoomForTeam
    }

    /// What puts all `others` ahead of an applicant: the weakest of the reasons, which all of them have.
    fn lead(&self, a: usize, wish: usize, others: &[(usize, usize)]) -> Lead {
        let table = self.ground.table;
        let by = match table.instance.method {
            Method::SerialDictatorship => By::Serial,
            Method::StableWithTies => By::Ties,
            _ => By::Strict,
        };
        let own = table.standing(a, wish, by);
        let last = others.iter().max_by_key(|&&(b, w)| (table.standing(b, w, by), table.order.place[b]));
        let Some(&(last, its)) = last else { return Lead::Nothing };
        let standing = table.standing(last, its, by);
        let tutor = &table.instance.tutors[self.ground.tutor_of(wish)];
        if standing > own {
            return Lead::Nothing;
        }
        if standing == own {
            return Lead::Equals;
        }
        let by_record = by == By::Serial || tutor.preferences.is_empty();
        let named = table.group[wish] < tutor.preferences.len();
        if !by_record && (table.group[its] < table.group[wish] || by == By::Ties) {
            return Lead::Preference;
        }
        if table.order.class[last] < table.order.class[a] {
            // Among those a tutor likes as much it is the declared order that speaks, record or not.
            return if by_record || !named {
                self.record(by_record)
            } else {
                Lead::TieBreak { lottery: false }
            };
        }
        let lottery = self.drawn[table.order.place[a]] <= table.order.place[last];
        Lead::TieBreak { lottery }
    }

    /// Some who are ahead may have been named by the tutor: then it is not their record alone.
    fn record(&self, by_record: bool) -> Lead {
        if by_record { Lead::Record } else { Lead::Preference }
    }
}
