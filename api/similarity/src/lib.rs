//! How much of a text stands in other texts, and where.
//!
//! 1. [`words`] reads a text as words that forgive case, accents, ligatures and
//!    hyphens at line ends, and remembers where each stands.
//! 2. [`signature`] boils its runs of [`SHINGLE`] words down to [`PERMUTATIONS`]
//!    numbers (MinHash: A. Broder, “On the resemblance and containment of
//!    documents”, 1997). Two texts agree in each number with the probability of
//!    their resemblance, so those that share some are found by an index instead
//!    of by reading everything.
//! 3. [`passages`] compares the few that were found word by word.
//!
//! Everything is a pure function: the same texts give the same answers on
//! every machine, without a seed.

pub mod passages;
pub mod signature;
pub mod words;

/// Words of a shingle: shorter ones occur in every text of a field, longer ones
/// miss copies in which every few words were changed.
pub const SHINGLE: usize = 5;

/// Numbers of a signature. Texts of resemblance `j` share at least one with
/// probability `1 - (1 - j)^128`: 92 % at `j = 0.02`, 99.9 % at `j = 0.05`. A
/// report that takes a tenth of its words from another of its length resembles
/// it by 0.053.
pub const PERMUTATIONS: usize = 128;

/// Mixes a number so that every bit of it changes half of the bits that come
/// out (the finaliser of `SplitMix64`; Steele, Lea and Flood 2014).
const fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
