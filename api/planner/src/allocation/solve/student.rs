//! The stable allocation that is best for every applicant: the applicants ask, projects and tutors keep
//! the best (Abraham, Irving & Manlove 2007). Linear in the wishes: every list is walked once.

use super::ground::{Ground, Held};
use super::ranking::Ranking;

/// A project or a tutor: the best who asked so far, in a list from best to worst.
struct Seats {
    room: usize,
    count: usize,
    /// Nobody from here on in the list is kept any more.
    end: usize,
}

impl Seats {
    fn new(room: usize, list: &[usize]) -> Self {
        Self { room, count: 0, end: if room == 0 { 0 } else { list.len() } }
    }

    /// The worst who is kept, found by walking the list backwards, never twice over the same part.
    fn worst(&mut self, list: &[usize], kept: &[bool]) -> Option<usize> {
        while self.end > 0 && !kept[list[self.end - 1]] {
            self.end -= 1;
        }
        self.end.checked_sub(1).map(|at| list[at])
    }
}

/// Student-optimal; applicants of equal wishes take them in the order they wrote them.
pub(super) fn optimal(ground: &Ground) -> Held {
    let ranking = Ranking::new(ground);
    let table = ground.table;
    let seats = |room: &[usize], lists: &[Vec<usize>]| -> Vec<Seats> {
        room.iter().zip(lists).map(|(&room, list)| Seats::new(room, list)).collect()
    };
    let mut projects = seats(&ground.project, &ranking.projects);
    let mut tutors = seats(&ground.tutor, &ranking.tutors);
    let mut kept = vec![false; table.project.len()];
    let mut next: Vec<usize> = (0..table.size.len()).map(|a| table.wishes(a).start).collect();
    let mut free: Vec<usize> = ground.entrants.iter().rev().copied().collect();
    while let Some(a) = free.pop() {
        let end = table.wishes(a).end;
        let asks = |&wish: &usize| {
            table.open[wish]
                && ranking.at_project[wish] < projects[table.project[wish]].end
                && ranking.at_tutor[wish] < tutors[ground.tutor_of(wish)].end
        };
        let Some(wish) = (next[a]..end).find(asks) else {
            next[a] = end;
            continue;
        };
        next[a] = wish + 1;
        let (p, t) = (table.project[wish], ground.tutor_of(wish));
        kept[wish] = true;
        projects[p].count += 1;
        tutors[t].count += 1;
        let over = if projects[p].count > projects[p].room {
            projects[p].worst(&ranking.projects[p], &kept)
        } else if tutors[t].count > tutors[t].room {
            tutors[t].worst(&ranking.tutors[t], &kept)
        } else {
            None
        };
        if let Some(rejected) = over {
            kept[rejected] = false;
            projects[table.project[rejected]].count -= 1;
            tutors[t].count -= 1;
            free.push(ranking.owner[rejected]);
        }
        // Whoever is full never again keeps anybody worse than their worst.
        if projects[p].count == projects[p].room {
            projects[p].worst(&ranking.projects[p], &kept);
        }
        if tutors[t].count == tutors[t].room {
            tutors[t].worst(&ranking.tutors[t], &kept);
        }
    }
    let mut held = vec![None; table.size.len()];
    for (wish, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
        held[ranking.owner[wish]] = Some(wish);
    }
    held
}
