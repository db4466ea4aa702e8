//! Who is ahead of whom at each project and tutor, in time linear in the wishes.

use super::ground::Ground;

/// All that is asked of a wish while it is being decided, side by side in memory: a round of a million
/// wishes spends its time on waiting for them.
#[derive(Clone, Copy)]
pub(super) struct Ranked {
    /// What it asks for.
    pub(super) project: u32,
    /// Whose that is.
    pub(super) tutor: u32,
    /// Its place in the list of its project; beyond every list when it may not be granted.
    pub(super) at_project: u32,
    /// Its place in the list of its tutor.
    pub(super) at_tutor: u32,
    /// Whose it is.
    pub(super) owner: u32,
}

/// Lists of wishes, one after the other.
pub(super) struct Lists {
    first: Vec<u32>,
    wishes: Vec<u32>,
}

impl Lists {
    /// Room for lists of these lengths.
    fn of_lengths(lengths: &[u32]) -> Self {
        let mut first = Vec::with_capacity(lengths.len() + 1);
        let mut sum = 0;
        for length in lengths {
            first.push(sum);
            sum += length;
        }
        first.push(sum);
        Self { first, wishes: vec![0; sum as usize] }
    }

    /// One of them, from best to worst.
    pub(super) fn of(&self, at: usize) -> &[u32] {
        &self.wishes[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// The open wishes of everybody in the order their tutors see them, what is equal told apart by the
/// declared order.
pub(super) struct Ranking {
    /// For each tutor the wishes for their projects; those of one applicant stand together.
    pub(super) tutors: Lists,
    /// For each project the wishes for it.
    pub(super) projects: Lists,
    /// Every wish.
    pub(super) wishes: Vec<Ranked>,
}

impl Ranking {
    pub(super) fn new(ground: &Ground) -> Self {
        let table = ground.table;
        let mut line = vec![u32::MAX; table.size.len()];
        for &a in &ground.entrants {
            line[table.order.place[a]] = a as u32;
        }
        let nowhere = Ranked { project: 0, tutor: 0, at_project: u32::MAX, at_tutor: u32::MAX, owner: 0 };
        let mut wishes = vec![nowhere; table.project.len()];
        let (mut asked, mut known) = (vec![0u32; ground.project.len()], vec![0u32; ground.tutor.len()]);
        for &a in &ground.entrants {
            for wish in ground.wishes(a) {
                let (project, tutor) = (table.project[wish], ground.tutor_of(wish));
                asked[project] += 1;
                known[tutor] += 1;
                wishes[wish] =
                    Ranked { project: project as u32, tutor: tutor as u32, owner: a as u32, ..nowhere };
            }
        }
        let (mut tutors, mut projects) = (Lists::of_lengths(&known), Lists::of_lengths(&asked));
        // Everybody joins the lists of their tutors in the declared order, with the group they are in;
        let mut next = tutors.first.clone();
        let mut joined = vec![(0u32, 0u32); tutors.wishes.len()];
        for a in line.into_iter().filter(|&a| a != u32::MAX) {
            for wish in ground.wishes(a as usize) {
                let at = &mut next[wishes[wish].tutor as usize];
                joined[*at as usize] = (table.group[wish] as u32, wish as u32);
                *at += 1;
            }
        }
        let mut next = projects.first.clone();
        for tutor in 0..ground.tutor.len() {
            let begins = tutors.first[tutor] as usize;
            let list = &mut joined[begins..tutors.first[tutor + 1] as usize];
            // stable, so that this order decides within a group.
            list.sort_by_key(|(group, _)| *group);
            for (at, &(_, wish)) in list.iter().enumerate() {
                tutors.wishes[begins + at] = wish;
                let ranked = &mut wishes[wish as usize];
                let project = ranked.project as usize;
                ranked.at_tutor = at as u32;
                ranked.at_project = next[project] - projects.first[project];
                projects.wishes[next[project] as usize] = wish;
                next[project] += 1;
            }
        }
        Self { tutors, projects, wishes }
    }
}
