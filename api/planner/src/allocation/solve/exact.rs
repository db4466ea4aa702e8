//! The largest stable allocation with ties, as an integer program: there is no quick way to it, but one
//! of moderate size is proved.

use super::ground::{Ground, Held};
use crate::allocation::table::By;
use crate::control::Control;
use crate::linear::Program;

/// Wishes up to which the program is tried; larger ones take too long to prove anything.
pub(super) const MODERATE: usize = 400;

/// What the program found.
pub(super) struct Proof {
    /// Something larger than what was known.
    pub(super) held: Option<Held>,
    /// No stable allocation matches more.
    pub(super) most: usize,
    /// Whether that is reached.
    pub(super) exact: bool,
}

/// Looks for a stable allocation larger than one of `known`, of which none is larger than `bound`.
pub(super) fn largest(ground: &Ground, known: usize, bound: usize, control: &Control) -> Option<Proof> {
    let table = ground.table;
    let wishes: Vec<(usize, usize)> = ground
        .entrants
        .iter()
        .flat_map(|&a| ground.wishes(a).map(move |wish| (a, wish)))
        .filter(|&(_, wish)| {
            ground.project[table.project[wish]] > 0 && ground.tutor[ground.tutor_of(wish)] > 0
        })
        .collect();
    if wishes.len() > MODERATE {
        return None;
    }
    let mut program = Program::new();
    let granted: Vec<usize> = wishes.iter().map(|_| program.choice(1.0)).collect();
    let those = |keep: &dyn Fn(usize, usize) -> bool| -> Vec<usize> {
        wishes.iter().zip(&granted).filter(|((a, w), _)| keep(*a, *w)).map(|(_, &g)| g).collect()
    };
    for &a in &ground.entrants {
        program.at_most(those(&|b, _| b == a), 1);
    }
    for (p, &room) in ground.project.iter().enumerate() {
        program.at_most(those(&|_, w| table.project[w] == p), room);
    }
    for (t, &room) in ground.tutor.iter().enumerate() {
        program.at_most(those(&|_, w| ground.tutor_of(w) == t), room);
    }
    for &(a, wish) in &wishes {
        let (p, t) = (table.project[wish], ground.tutor_of(wish));
        let standing = table.standing(a, wish, By::Ties);
        let as_welcome = |b: usize, w: usize| b != a && table.standing(b, w, By::Ties) <= standing;
        let as_good = those(&|b, w| b == a && table.rank[w] <= table.rank[wish]);
        let in_project = those(&|b, w| table.project[w] == p && as_welcome(b, w));
        let places = ground.project[p] as f64;
        // Granted as good a wish, or the project full of people as welcome, or else its tutor is.
        let mut row: Vec<(usize, f64)> = as_good.iter().map(|&g| (g, places)).collect();
        row.extend(in_project.into_iter().map(|g| (g, 1.0)));
        if ground.tutor[t] < usize::MAX {
            let limit = ground.tutor[t] as f64;
            let by_tutor = program.choice(0.0);
            row.push((by_tutor, places));
            let mut other: Vec<(usize, f64)> = as_good.iter().map(|&g| (g, limit)).collect();
            let with_tutor = those(&|b, w| ground.tutor_of(w) == t && as_welcome(b, w));
            other.extend(with_tutor.into_iter().map(|g| (g, 1.0)));
            other.push((by_tutor, -limit));
            program.weighted_at_least(&other, 0.0);
        }
        program.weighted_at_least(&row, places);
    }
    let outcome = program.solve(known as f64, control.left(), control);
    let most =
        if outcome.bound.is_finite() { (outcome.bound + 1e-6).floor().max(0.0) as usize } else { bound };
    let most = most.clamp(known, bound.max(known));
    let values = outcome.values.filter(|_| outcome.exact);
    let held = values.and_then(|values| {
        let mut held = vec![None; table.size.len()];
        for (&(a, wish), &g) in wishes.iter().zip(&granted) {
            if values[g] {
                held[a] = Some(wish);
            }
        }
        (held.iter().flatten().count() > known).then_some(held)
    });
    let reached = held.as_ref().map_or(known, |held| held.iter().flatten().count());
    Some(Proof { held, most, exact: reached == most })
}
