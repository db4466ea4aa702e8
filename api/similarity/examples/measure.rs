//! How long one report takes: reading its words, its signature, and comparing it
//! with earlier ones. `cargo run --release -p gestfg-similarity --example measure`.

use gestfg_similarity::passages::{Counts, Shingles, common, count, covered, passages};
use gestfg_similarity::signature::Signature;
use gestfg_similarity::words::Words;
use std::collections::HashMap;
use std::io::Write;
use std::time::Instant;

const REPORTS: u64 = 5_000;
const WORDS: u64 = 20_000;
const COMPARED: usize = 50;

/// A report out of a vocabulary of 30,000 words, the small numbers often.
fn report(number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for _ in 0..WORDS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let draw = (state >> 11) % 1_000_000;
        text.push_str(&format!("palabra{} ", draw * draw / 33_333_333));
    }
    text
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    let mut index: HashMap<i64, Vec<u64>> = HashMap::new();
    let began = Instant::now();
    for number in 0..REPORTS {
        let words = Words::of(&report(number), usize::MAX);
        for band in Signature::of(&words.shingles()).iter().flat_map(Signature::bands) {
            index.entry(band).or_default().push(number);
        }
    }
    writeln!(out, "{REPORTS} reports of {WORDS} words read in {:?}", began.elapsed())?;
    // A fifth of it is taken from number 77.
    let mut checked: Vec<String> = report(REPORTS + 1).split(' ').map(str::to_owned).collect();
    for (place, word) in checked.iter_mut().skip(3_000).zip(report(77).split(' ').skip(9_000)).take(4_000) {
        *place = word.to_owned();
    }
    let checked = checked.join(" ");
    let began = Instant::now();
    let words = Words::of(&checked, usize::MAX);
    let shingles = words.shingles();
    let signature = Signature::of(&shingles);
    let read = began.elapsed();
    let mut shared: HashMap<u64, usize> = HashMap::new();
    for band in signature.iter().flat_map(Signature::bands) {
        for number in index.get(&band).into_iter().flatten() {
            *shared.entry(*number).or_default() += 1;
        }
    }
    let mut candidates: Vec<_> = shared.iter().map(|(number, bands)| (*bands, *number)).collect();
    candidates.sort_unstable_by(|a, b| b.cmp(a));
    let found = candidates.len();
    candidates.truncate(COMPARED);
    let others: Vec<String> = candidates.iter().map(|(_, number)| report(*number)).collect();
    let began = Instant::now();
    let wanted: Shingles = shingles.into_iter().collect();
    let mut counts = Counts::default();
    for other in &others {
        count(&mut counts, &Words::of(other, usize::MAX), &wanted);
    }
    let common = common(&counts, 5);
    let lists: Vec<_> =
        others.iter().map(|other| passages(&words, &Words::of(other, usize::MAX), &common)).collect();
    let share = covered(lists.iter().map(Vec::as_slice), words.len());
    writeln!(
        out,
        "words and signature: {read:?}; {found} candidates, {} compared: {:?}",
        others.len(),
        began.elapsed()
    )?;
    writeln!(out, "{share} of {} words are in others, most like {:?}", words.len(), candidates.first())
}
