//! Who is ahead of whom at each project and tutor, in time linear in the wishes.

use super::ground::Ground;

/// The open wishes of everybody in the order their tutors see them, what is equal told apart by the
/// declared order.
pub(super) struct Ranking {
    /// For each tutor the wishes for their projects; those of one applicant stand together.
    pub(super) tutors: Vec<Vec<usize>>,
    /// For each project the wishes for it.
    pub(super) projects: Vec<Vec<usize>>,
    /// For each wish its place in the list of its tutor.
    pub(super) at_tutor: Vec<usize>,
    /// For each wish its place in the list of its project.
    pub(super) at_project: Vec<usize>,
    /// For each wish whose it is.
    pub(super) owner: Vec<usize>,
}

impl Ranking {
    pub(super) fn new(ground: &Ground) -> Self {
        let table = ground.table;
        let wishes = table.project.len();
        let mut line = vec![usize::MAX; table.size.len()];
        for &a in &ground.entrants {
            line[table.order.place[a]] = a;
        }
        let mut ranking = Self {
            tutors: vec![Vec::new(); ground.tutor.len()],
            projects: vec![Vec::new(); ground.project.len()],
            at_tutor: vec![usize::MAX; wishes],
            at_project: vec![usize::MAX; wishes],
            owner: vec![usize::MAX; wishes],
        };
        for a in line.into_iter().filter(|&a| a != usize::MAX) {
            for wish in ground.wishes(a) {
                ranking.owner[wish] = a;
                ranking.tutors[ground.tutor_of(wish)].push(wish);
            }
        }
        for list in &mut ranking.tutors {
            // Stable, so that the declared order decides within a group.
            list.sort_by_key(|&wish| table.group[wish]);
            for (at, &wish) in list.iter().enumerate() {
                let project = table.project[wish];
                ranking.at_tutor[wish] = at;
                ranking.at_project[wish] = ranking.projects[project].len();
                ranking.projects[project].push(wish);
            }
        }
        ranking
    }
}
