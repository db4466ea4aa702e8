//! The runs of words that two texts have in common.

use crate::SHINGLE;
use crate::words::Words;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

/// Words of the shortest passage that counts: less is chance, or how everybody
/// says it.
pub const LEAST: usize = 10;
/// Places at which one shingle is looked up: beyond, the text repeats itself.
const PLACES: usize = 16;

/// Shingles by their hashes.
pub type Shingles = HashSet<u64, FixedState>;
/// How often each shingle occurs.
pub type Counts = HashMap<u64, u32, FixedState>;

/// A run of words that is in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Its first word in the text that is checked.
    pub at: usize,
    /// Its first word in the other.
    pub other_at: usize,
    /// How many words.
    pub words: usize,
}

/// The longest runs of a text, from its beginning to its end, that stand in the
/// other too. No run holds a shingle that is common, and none overlaps another.
#[must_use]
pub fn passages(text: &Words, other: &Words, common: &Shingles) -> Vec<Passage> {
    let (here, there) = (text.shingles(), other.shingles());
    let mut places: HashMap<u64, Vec<usize>, FixedState> = HashMap::default();
    let wanted: Shingles = here.iter().copied().filter(|shingle| !common.contains(shingle)).collect();
    for (at, shingle) in there.iter().enumerate() {
        if wanted.contains(shingle) {
            let known = places.entry(*shingle).or_default();
            if known.len() < PLACES {
                known.push(at);
            }
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < here.len() {
        let run = |other_at: &usize| {
            let shared = here[at..]
                .iter()
                .zip(&there[*other_at..])
                .enumerate()
                .take_while(|(n, (a, b))| {
                    a == b && !common.contains(a) && text.says_the_same(at + n, other, other_at + n)
                })
                .count();
            // The last shingle ends with words that no further one begins with.
            let tail = (shared..shared + SHINGLE - 1)
                .take_while(|n| shared > 0 && text.says_the_same(at + n, other, other_at + n))
                .count();
            Passage { at, other_at: *other_at, words: shared + tail }
        };
        let longest = places.get(&here[at]).into_iter().flatten().map(run).max_by_key(|passage| {
            // Of equals the one that comes first.
            (passage.words, std::cmp::Reverse(passage.other_at))
        });
        match longest.filter(|passage| passage.words >= LEAST) {
            Some(passage) => {
                found.push(passage);
                at += passage.words;
            }
            None => at += 1,
        }
    }
    found
}

/// Count in how many texts each of the wanted shingles occurs.
pub fn count(counts: &mut Counts, other: &Words, wanted: &Shingles) {
    let present: Shingles = other.shingles().into_iter().filter(|shingle| wanted.contains(shingle)).collect();
    for shingle in present {
        *counts.entry(shingle).or_default() += 1;
    }
}

/// The shingles that occur in more than so many texts: forms, quotations and
/// bibliographies that everybody has.
#[must_use]
pub fn common(counts: &Counts, limit: u32) -> Shingles {
    counts.iter().filter(|(_, count)| **count > limit).map(|(shingle, _)| *shingle).collect()
}

/// Words that are in a passage of any of these lists.
#[must_use]
pub fn covered<'a>(lists: impl IntoIterator<Item = &'a [Passage]>, words: usize) -> usize {
    let mut is_in = vec![false; words];
    for passage in lists.into_iter().flatten() {
        let end = (passage.at + passage.words).min(words);
        if let Some(run) = is_in.get_mut(passage.at..end) {
            run.fill(true);
        }
    }
    is_in.into_iter().filter(|is_in| *is_in).count()
}
