//! Who reads which statistics, and what is kept from everybody else.
//!
//! Whoever may not read of each project reads no number that stands for fewer
//! than five: neither the number, nor, where only one is missing from a sum
//! that is shown, the one that would give it away.

use crate::domain::actor::Actor;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::statistics::StatisticsFigures;

/// Fewer than these are people one could name.
const FEWEST: i64 = 5;

/// Of whom figures are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scope {
    /// Of this degree alone.
    pub degree: Option<DegreeId>,
    /// Of this department alone.
    pub department: Option<DepartmentId>,
    /// Of this tutor alone.
    pub tutor: Option<UserId>,
}

/// Whether figures of these projects are read as they are.
#[must_use]
pub fn reads_whole(actor: Option<&Actor>, scope: &Scope) -> bool {
    actor.is_some_and(|actor| {
        actor.is_admin
            || scope.degree.is_some_and(|degree| actor.coordinates(degree))
            || scope.department.is_some_and(|department| actor.heads(department))
            || scope.tutor == Some(actor.id)
    })
}

/// The projects of which somebody may read figures by tutor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All.
    Everything,
    /// Those of these degrees, of this department and of this tutor.
    Own {
        /// The degrees.
        degrees: Vec<DegreeId>,
        /// The department.
        department: Option<DepartmentId>,
        /// The tutor.
        tutor: UserId,
    },
}

/// What somebody may read by tutor; none: nothing.
#[must_use]
pub fn reach(actor: Option<&Actor>) -> Option<Reach> {
    let actor = actor?;
    if actor.is_admin {
        return Some(Reach::Everything);
    }
    actor.is_professor().then(|| Reach::Own {
        degrees: actor.coordinates.clone(),
        department: actor.head_of,
        tutor: actor.id,
    })
}

type Field = fn(&mut StatisticsFigures) -> &mut Option<i64>;

const FIELDS: [Field; 10] = [
    |f| &mut f.offered,
    |f| &mut f.validated,
    |f| &mut f.published,
    |f| &mut f.assigned,
    |f| &mut f.students,
    |f| &mut f.entered,
    |f| &mut f.defended,
    |f| &mut f.not_presented,
    |f| &mut f.passed,
    |f| &mut f.honours,
];

const fn is_small(count: Option<i64>) -> bool {
    matches!(count, Some(1..FEWEST))
}

/// Keep small numbers back: of the groups that are not read whole, and of the
/// sum unless that is. Says whether anything was.
pub fn mask(groups: &mut [(bool, &mut StatisticsFigures)], total: (bool, &mut StatisticsFigures)) -> bool {
    let mut is_masked = false;
    let (total_is_whole, total) = total;
    for field in FIELDS {
        let mut hidden = 0;
        for (is_whole, figures) in groups.iter_mut() {
            if !*is_whole && is_small(*field(figures)) {
                *field(figures) = None;
                hidden += 1;
            }
        }
        if hidden == 1 {
            let rest = groups.iter_mut().filter(|(is_whole, _)| !is_whole).map(|(_, figures)| field(figures));
            let least = rest.filter(|count| count.is_some_and(|count| count > 0)).min_by_key(|count| **count);
            match least {
                Some(count) => *count = None,
                // Nobody to hide behind: the sum would give it away.
                None => *field(total) = None,
            }
        }
        if !total_is_whole && is_small(*field(total)) {
            *field(total) = None;
        }
        is_masked |= hidden > 0 || field(total).is_none();
    }
    let soften = |is_whole: bool, figures: &mut StatisticsFigures| {
        if !is_whole && figures.defended.is_none_or(|count| count < FEWEST) {
            figures.median_days_to_defence = None;
        }
    };
    for (is_whole, figures) in groups.iter_mut() {
        soften(*is_whole, figures);
    }
    soften(total_is_whole, total);
    is_masked
}

/// Keep small numbers of a distribution back, and the next one with a single
/// one. Says whether any was.
pub fn mask_counts<'a>(counts: impl IntoIterator<Item = &'a mut Option<i64>>) -> bool {
    let mut hidden = 0;
    let mut rest = Vec::new();
    for count in counts {
        if is_small(*count) {
            *count = None;
            hidden += 1;
        } else if count.is_some_and(|count| count > 0) {
            rest.push(count);
        }
    }
    if hidden == 1
        && let Some(least) = rest.into_iter().min_by_key(|count| **count)
    {
        *least = None;
    }
    hidden > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(offered: i64) -> StatisticsFigures {
        StatisticsFigures { offered: Some(offered), defended: Some(offered), ..StatisticsFigures::default() }
    }

    fn masked(groups: &[(bool, i64)], total_is_whole: bool) -> (Vec<Option<i64>>, Option<i64>) {
        let mut all: Vec<_> = groups.iter().map(|(whole, count)| (*whole, figures(*count))).collect();
        let mut total = figures(groups.iter().map(|(_, count)| count).sum());
        let mut parts: Vec<_> = all.iter_mut().map(|(whole, figures)| (*whole, figures)).collect();
        mask(&mut parts, (total_is_whole, &mut total));
        (all.iter().map(|(_, figures)| figures.offered).collect(), total.offered)
    }

    #[test]
    fn small_numbers_are_kept_back_and_cannot_be_worked_out() {
        let of = |groups: &[i64]| masked(&groups.iter().map(|n| (false, *n)).collect::<Vec<_>>(), false);
        assert_eq!(of(&[10, 20]), (vec![Some(10), Some(20)], Some(30)));
        assert_eq!(of(&[0, 20]), (vec![Some(0), Some(20)], Some(20)), "nobody is not somebody");
        assert_eq!(of(&[4, 10, 20]), (vec![None, None, Some(20)], Some(34)));
        assert_eq!(of(&[4, 3, 20]), (vec![None, None, Some(20)], Some(27)));
        assert_eq!(of(&[4, 0]), (vec![None, Some(0)], None));
        assert_eq!(of(&[3]), (vec![None], None));
    }

    #[test]
    fn who_may_read_it_reads_it() {
        assert_eq!(masked(&[(true, 3), (false, 20)], false), (vec![Some(3), Some(20)], Some(23)));
        assert_eq!(masked(&[(true, 3), (true, 1)], true), (vec![Some(3), Some(1)], Some(4)));
        assert_eq!(masked(&[(true, 10), (false, 3)], false), (vec![Some(10), None], None));
    }

    #[test]
    fn a_median_of_few_is_kept_back() {
        let mut few = StatisticsFigures { median_days_to_defence: Some(90.0), ..figures(4) };
        let mut many = StatisticsFigures { median_days_to_defence: Some(90.0), ..figures(40) };
        let mut total = StatisticsFigures { median_days_to_defence: Some(90.0), ..figures(44) };
        mask(&mut [(false, &mut few), (true, &mut many)], (true, &mut total));
        assert_eq!((few.median_days_to_defence, many.median_days_to_defence), (None, Some(90.0)));
    }

    #[test]
    fn a_distribution_hides_its_tails() {
        let mut counts = [Some(30), Some(7), Some(2)];
        assert!(mask_counts(&mut counts));
        assert_eq!(counts, [Some(30), None, None]);
        let mut many = [Some(30), Some(0), Some(7)];
        assert!(!mask_counts(&mut many));
        assert_eq!(many, [Some(30), Some(0), Some(7)]);
    }
}
