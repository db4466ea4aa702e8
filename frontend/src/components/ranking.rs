//! An order with ties, and how it changes by moving one thing at a time.

use serde::{Deserialize, Serialize};

/// Groups from the most wanted on; those of one group are equally welcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking(pub Vec<Vec<i64>>);

impl Ranking {
    /// Groups the items of equal rank; the ranks come in their order.
    #[must_use]
    pub fn of(ranked: impl IntoIterator<Item = (i64, i16)>) -> Self {
        let mut groups: Vec<(i16, Vec<i64>)> = Vec::new();
        for (item, rank) in ranked {
            match groups.last_mut() {
                Some((last, group)) if *last == rank => group.push(item),
                _ => groups.push((rank, vec![item])),
            }
        }
        Self(groups.into_iter().map(|(_, group)| group).collect())
    }

    /// Every item with its rank, counted from 1.
    pub fn ranked(&self) -> impl Iterator<Item = (i64, i16)> {
        let rank = |at: usize| i16::try_from(at + 1).unwrap_or(i16::MAX);
        self.0.iter().enumerate().flat_map(move |(at, group)| group.iter().map(move |item| (*item, rank(at))))
    }

    /// How many items it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The group an item is in, counted from 0, and whether it is alone there.
    #[must_use]
    pub fn place(&self, item: i64) -> Option<(usize, bool)> {
        let at = self.0.iter().position(|group| group.contains(&item))?;
        Some((at, self.0[at].len() == 1))
    }

    /// With one more at the end.
    #[must_use]
    pub fn with(&self, item: i64) -> Self {
        let mut next = self.without(item);
        next.0.push(vec![item]);
        next
    }

    /// Without it.
    #[must_use]
    pub fn without(&self, item: i64) -> Self {
        let rest =
            |group: &Vec<i64>| group.iter().copied().filter(|other| *other != item).collect::<Vec<_>>();
        Self(self.0.iter().map(rest).filter(|group| !group.is_empty()).collect())
    }

    /// One place up; out of a tie it comes to stand before the others of it.
    #[must_use]
    pub fn up(&self, item: i64) -> Self {
        match self.place(item) {
            Some((0, true)) | None => self.clone(),
            Some((at, true)) => self.put(item, at - 1),
            Some((at, false)) => self.put(item, at),
        }
    }

    /// One place down; out of a tie it comes to stand after the others of it.
    #[must_use]
    pub fn down(&self, item: i64) -> Self {
        match self.place(item) {
            Some((at, true)) if at + 1 == self.0.len() => self.clone(),
            Some((at, _)) => self.put(item, at + 1),
            None => self.clone(),
        }
    }

    /// As welcome as the group above, or on its own again.
    #[must_use]
    pub fn tied(&self, item: i64) -> Self {
        match self.place(item) {
            Some((at, false)) => self.put(item, at + 1),
            Some((at, true)) if at > 0 => {
                let mut next = self.without(item);
                next.0[at - 1].push(item);
                next
            }
            _ => self.clone(),
        }
    }

    /// To where another one is: before it when it comes from below, after it
    /// when it comes from above.
    #[must_use]
    pub fn moved_onto(&self, item: i64, other: i64) -> Self {
        let (Some((from, _)), Some((to, _))) = (self.place(item), self.place(other)) else {
            return self.clone();
        };
        if from == to {
            return self.clone();
        }
        let mut next = self.without(item);
        let Some((at, _)) = next.place(other) else { return self.clone() };
        next.0.insert(if from < to { at + 1 } else { at }, vec![item]);
        next
    }

    /// Alone at a place, counted among the groups without it.
    fn put(&self, item: i64, at: usize) -> Self {
        let mut next = self.without(item);
        let at = at.min(next.0.len());
        next.0.insert(at, vec![item]);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::Ranking;

    fn ranking(groups: &[&[i64]]) -> Ranking {
        Ranking(groups.iter().map(|group| group.to_vec()).collect())
    }

    #[test]
    fn ranks_are_counted_by_groups() {
        let found = Ranking::of([(7, 1), (8, 2), (9, 2), (5, 4)]);
        assert_eq!(found, ranking(&[&[7], &[8, 9], &[5]]));
        assert_eq!(found.ranked().collect::<Vec<_>>(), [(7, 1), (8, 2), (9, 2), (5, 3)]);
        assert_eq!((found.len(), found.place(9), found.place(1)), (4, Some((1, false)), None));
    }

    #[test]
    fn what_is_alone_changes_places_with_its_neighbour() {
        let found = ranking(&[&[1], &[2], &[3]]);
        assert_eq!(found.up(1), found);
        assert_eq!(found.up(3), ranking(&[&[1], &[3], &[2]]));
        assert_eq!(found.down(1), ranking(&[&[2], &[1], &[3]]));
        assert_eq!(found.down(3), found);
        assert_eq!(found.down(9), found);
    }

    #[test]
    fn a_tie_is_made_with_the_group_above_and_left_by_moving() {
        let tied = ranking(&[&[1], &[2], &[3]]).tied(2);
        assert_eq!(tied, ranking(&[&[1, 2], &[3]]));
        assert_eq!(tied.tied(3), ranking(&[&[1, 2, 3]]));
        assert_eq!(tied.tied(1), ranking(&[&[2], &[1], &[3]]));
        assert_eq!(tied.up(2), ranking(&[&[2], &[1], &[3]]));
        assert_eq!(tied.down(1), ranking(&[&[2], &[1], &[3]]));
        assert_eq!(tied.up(3), ranking(&[&[3], &[1, 2]]));
        assert_eq!(ranking(&[&[1]]).tied(1), ranking(&[&[1]]));
    }

    #[test]
    fn dragging_goes_past_what_it_is_dropped_on() {
        let found = ranking(&[&[1], &[2, 3], &[4]]);
        assert_eq!(found.moved_onto(1, 4), ranking(&[&[2, 3], &[4], &[1]]));
        assert_eq!(found.moved_onto(4, 1), ranking(&[&[4], &[1], &[2, 3]]));
        assert_eq!(found.moved_onto(1, 3), ranking(&[&[2, 3], &[1], &[4]]));
        assert_eq!(found.moved_onto(2, 4), ranking(&[&[1], &[3], &[4], &[2]]));
        assert_eq!(found.moved_onto(2, 3), found);
        assert_eq!(found.moved_onto(9, 3), found);
    }

    #[test]
    fn items_come_at_the_end_and_leave_no_hole() {
        let found = ranking(&[&[1], &[2]]);
        assert_eq!(found.with(3), ranking(&[&[1], &[2], &[3]]));
        assert_eq!(found.without(1), ranking(&[&[2]]));
    }
}
