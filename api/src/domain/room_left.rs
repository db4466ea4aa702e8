//! When room in the database gets tight.

/// Whether four fifths of the room are taken.
#[must_use]
pub const fn is_nearly_full(bytes: i64, limit: i64) -> bool {
    bytes.saturating_mul(5) >= limit.saturating_mul(4)
}

/// How much of the room is taken, in hundredths.
#[must_use]
pub const fn percent(bytes: i64, limit: i64) -> i64 {
    if limit > 0 { bytes.saturating_mul(100) / limit } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_fifths_are_nearly_everything() {
        assert!(!is_nearly_full(799, 1000));
        assert!(is_nearly_full(800, 1000));
        assert_eq!((percent(805, 1000), percent(1, 0)), (80, 0));
    }
}
