//! Moves within one tutor that nobody minds: an applicant whose better wish has room and whose tutor
//! stays the same. They take no seat of anybody and end, because every one makes somebody better off.

use super::ground::{Ground, Held};

/// Carries out all of them; `better` says whether the first wish is better than the second.
pub(super) fn settle(ground: &Ground, held: &mut Held, better: impl Fn(usize, usize) -> bool) {
    let table = ground.table;
    let mut room = ground.project.clone();
    let mut wishing: Vec<Vec<(usize, usize)>> = vec![Vec::new(); room.len()];
    for (a, wish) in held.iter().enumerate().filter_map(|(a, wish)| wish.map(|wish| (a, wish))) {
        room[table.project[wish]] -= 1;
        for other in ground.wishes(a).filter(|&other| ground.tutor_of(other) == ground.tutor_of(wish)) {
            if better(other, wish) {
                wishing[table.project[other]].push((a, other));
            }
        }
    }
    let mut open: Vec<usize> = (0..room.len()).filter(|&p| room[p] > 0).collect();
    while let Some(p) = open.pop() {
        while room[p] > 0 {
            let Some((a, wish)) = wishing[p].pop() else { break };
            // They may have moved to something better meanwhile.
            let Some(before) = held[a].filter(|&before| better(wish, before)) else { continue };
            held[a] = Some(wish);
            room[p] -= 1;
            room[table.project[before]] += 1;
            open.push(table.project[before]);
        }
    }
}
