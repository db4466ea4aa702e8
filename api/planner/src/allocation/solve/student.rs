//! The stable allocation that is best for every applicant: the applicants ask, projects and tutors keep
//! the best (Abraham, Irving & Manlove 2007). Linear in the wishes: every list is walked once.

use super::ground::{Ground, Held};
use super::ranking::{Lists, Ranking};

/// A project or a tutor: the best who asked so far, in a list from best to worst.
struct Seats {
    room: usize,
    count: usize,
    /// Nobody from here on in the list is kept any more.
    end: u32,
}

impl Seats {
    fn new(room: usize, list: &[u32]) -> Self {
        Self { room, count: 0, end: if room == 0 { 0 } else { list.len() as u32 } }
    }

    /// The worst who is kept, found by walking the list backwards, never twice over the same part.
    fn worst(&mut self, list: &[u32], kept: &[bool]) -> Option<usize> {
        while self.end > 0 && !kept[list[self.end as usize - 1] as usize] {
            self.end -= 1;
        }
        self.end.checked_sub(1).map(|at| list[at as usize] as usize)
    }
}

/// Student-optimal; applicants of equal wishes take them in the order they wrote them.
pub(super) fn optimal(ground: &Ground) -> Held {
    let Ranking { projects: of_project, tutors: of_tutor, wishes } = Ranking::new(ground);
    let table = ground.table;
    let seats = |room: &[usize], lists: &Lists| -> Vec<Seats> {
        room.iter().enumerate().map(|(at, &room)| Seats::new(room, lists.of(at))).collect()
    };
    let mut projects = seats(&ground.project, &of_project);
    let mut tutors = seats(&ground.tutor, &of_tutor);
    let mut kept = vec![false; wishes.len()];
    let mut next: Vec<usize> = (0..table.size.len()).map(|a| table.wishes(a).start).collect();
    let mut free: Vec<usize> = ground.entrants.iter().rev().copied().collect();
    while let Some(a) = free.pop() {
        let end = table.wishes(a).end;
        let asks = |&wish: &usize| {
            let wish = &wishes[wish];
            wish.at_project < projects[wish.project as usize].end
                && wish.at_tutor < tutors[wish.tutor as usize].end
        };
        let Some(wish) = (next[a]..end).find(asks) else {
            next[a] = end;
            continue;
        };
        next[a] = wish + 1;
        let (p, t) = (wishes[wish].project as usize, wishes[wish].tutor as usize);
        kept[wish] = true;
        projects[p].count += 1;
        tutors[t].count += 1;
        let over = if projects[p].count > projects[p].room {
            projects[p].worst(of_project.of(p), &kept)
        } else if tutors[t].count > tutors[t].room {
            tutors[t].worst(of_tutor.of(t), &kept)
        } else {
            None
        };
        if let Some(rejected) = over {
            kept[rejected] = false;
            projects[wishes[rejected].project as usize].count -= 1;
            tutors[t].count -= 1;
            free.push(wishes[rejected].owner as usize);
        }
        // Whoever is full never again keeps anybody worse than their worst.
        if projects[p].count == projects[p].room {
            projects[p].worst(of_project.of(p), &kept);
        }
        if tutors[t].count == tutors[t].room {
            tutors[t].worst(of_tutor.of(t), &kept);
        }
    }
    let mut held = vec![None; table.size.len()];
    for (wish, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
        held[wishes[wish].owner as usize] = Some(wish);
    }
    held
}
