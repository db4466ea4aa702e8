//! What one more place would give: decided again with it, where most people wanted one.

use super::ground::{Ground, Held};
use crate::allocation::solution::OneMore;

/// Projects that are tried at most.
const TRIED: usize = 12;

/// Wishes that are decided about again at most, all trials together.
const WORK: usize = 300_000;

/// The projects most wanted by those who did not get them, each with what one more place would change.
pub(super) fn one_more(
    ground: &Ground,
    held: &Held,
    decide: impl Fn(&Ground) -> Option<Held>,
) -> Vec<OneMore> {
    let table = ground.table;
    let rank = |held: &Held, a: usize| held[a].map_or(usize::MAX, |wish: usize| table.rank[wish]);
    let mut wanted = vec![0; ground.project.len()];
    for &a in &ground.entrants {
        for wish in ground.wishes(a).filter(|&wish| table.rank[wish] < rank(held, a)) {
            wanted[table.project[wish]] += 1;
        }
    }
    let mut line: Vec<usize> = (0..wanted.len()).filter(|&p| wanted[p] > 0).collect();
    line.sort_by(|&p, &q| wanted[q].cmp(&wanted[p]));
    line.truncate(TRIED.min(WORK / table.project.len().max(1)));
    let mut found = Vec::new();
    for p in line {
        let mut more = ground.clone();
        more.project[p] = more.project[p].saturating_add(1);
        let tutor = table.tutor[p];
        more.tutor[tutor] = more.tutor[tutor].saturating_add(1);
        let Some(then) = decide(&more) else { break };
        let count = |held: &Held| held.iter().flatten().count() as i64;
        let (mut better_off, mut worse_off) = (0, 0);
        for &a in &ground.entrants {
            match rank(&then, a).cmp(&rank(held, a)) {
                std::cmp::Ordering::Less => better_off += 1,
                std::cmp::Ordering::Greater => worse_off += 1,
                std::cmp::Ordering::Equal => {}
            }
        }
        found.push(OneMore {
            project: table.instance.projects[p].id.clone(),
            wanted_by: wanted[p],
            matched: count(&then) - count(held),
            better_off,
            worse_off,
        });
    }
    found
}
