//! A text boiled down to numbers that tell how much it resembles another.

use crate::{PERMUTATIONS, mix};

/// The least image of a text's shingles under each of [`PERMUTATIONS`]
/// permutations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(Vec<u64>);

impl Signature {
    /// Of these shingles; none without any.
    #[must_use]
    pub fn of(shingles: &[u64]) -> Option<Self> {
        if shingles.is_empty() {
            return None;
        }
        // Mixing is a bijection, so mixing with another constant each time
        // puts the shingles into another order each time.
        let constants: Vec<u64> = (1..=PERMUTATIONS as u64).map(mix).collect();
        let mut least = vec![u64::MAX; PERMUTATIONS];
        for shingle in shingles {
            for (least, constant) in least.iter_mut().zip(&constants) {
                *least = (*least).min(mix(shingle ^ constant));
            }
        }
        Some(Self(least))
    }

    /// How much the two texts resemble each other: an estimate of how many of
    /// all their shingles are in both, with a standard error below 0.045.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        // At most 128.
        f64::from(u32::try_from(equal).unwrap_or(u32::MAX)) / 128.0
    }

    /// What to look up: two texts that share one of these are worth comparing.
    /// Each number is a band of its own. Bands of several would find those alike
    /// as a whole, and miss the chapter that was taken from another report.
    #[must_use]
    pub fn bands(&self) -> Vec<i64> {
        self.0.iter().map(|least| least.cast_signed()).collect()
    }
}
