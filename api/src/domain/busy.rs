//! Times in which somebody is busy, as a set of moments.

use chrono::{DateTime, Utc};

/// A time: its first moment, and the first one after it.
pub type Time = (DateTime<Utc>, DateTime<Utc>);

/// The same moments as times that neither touch nor overlap, in order, cut to a window.
#[must_use]
pub fn merged(mut times: Vec<Time>, (from, until): Time) -> Vec<Time> {
    times.sort_unstable();
    let mut apart: Vec<Time> = Vec::new();
    for (starts_at, ends_at) in times {
        let (starts_at, ends_at) = (starts_at.max(from), ends_at.min(until));
        if starts_at >= ends_at {
            continue;
        }
        match apart.last_mut() {
            Some(last) if starts_at <= last.1 => last.1 = last.1.max(ends_at),
            _ => apart.push((starts_at, ends_at)),
        }
    }
    apart
}

/// What of the one lies outside the other; both sorted and each apart from its neighbours.
#[must_use]
pub fn apart_from(times: &[Time], others: &[Time]) -> Vec<Time> {
    let mut left = Vec::new();
    for &(mut starts_at, ends_at) in times {
        for &(from, to) in others {
            if to <= starts_at || from >= ends_at {
                continue;
            }
            if starts_at < from {
                left.push((starts_at, from));
            }
            starts_at = starts_at.max(to);
        }
        if starts_at < ends_at {
            left.push((starts_at, ends_at));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;

    #[test]
    fn times_are_joined_and_cut() {
        let at = |hours: i64| DateTime::<Utc>::UNIX_EPOCH + Duration::hours(hours);
        let times = vec![
            (at(8), at(9)),
            (at(1), at(3)),
            (at(2), at(4)),
            (at(4), at(5)),
            (at(7), at(7)),
            (at(20), at(30)),
        ];
        let others = [(at(1), at(3)), (at(4), at(6)), (at(9), at(12))];
        assert_eq!(
            apart_from(&[(at(2), at(5)), (at(6), at(7)), (at(8), at(13))], &others),
            [(at(3), at(4)), (at(6), at(7)), (at(8), at(9)), (at(12), at(13))]
        );
        assert_eq!(merged(times, (at(2), at(22))), [(at(2), at(5)), (at(8), at(9)), (at(20), at(22))]);
    }
}
