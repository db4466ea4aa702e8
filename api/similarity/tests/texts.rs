//! What holds of any two texts.

use gestfg_similarity::passages::{LEAST, Shingles, common, count, covered, passages};
use gestfg_similarity::signature::Signature;
use gestfg_similarity::words::Words;
use proptest::prelude::*;
use std::collections::HashSet;

fn read(words: &[u32]) -> Words {
    let text: Vec<_> = words.iter().map(|word| format!("w{word}")).collect();
    Words::of(&text.join(" "), usize::MAX)
}

fn resemblance(a: &Words, b: &Words) -> f64 {
    let (a, b): (HashSet<_>, HashSet<_>) =
        (a.shingles().into_iter().collect(), b.shingles().into_iter().collect());
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_estimate_is_near_the_truth(shared in 0usize..600, own in 50usize..600, other in 50usize..600) {
        let number = |from: usize, len: usize| (0..len).map(move |n| u32::try_from(from + n).unwrap());
        let a: Vec<_> = number(0, shared).chain(number(10_000, own)).collect();
        let b: Vec<_> = number(0, shared).chain(number(20_000, other)).collect();
        let (a, b) = (read(&a), read(&b));
        let estimate = Signature::of(&a.shingles()).unwrap().resemblance(&Signature::of(&b.shingles()).unwrap());
        // Four and a half standard errors of 128 trials.
        prop_assert!((estimate - resemblance(&a, &b)).abs() <= 0.2, "{} {}", estimate, resemblance(&a, &b));
    }

    #[test]
    fn passages_are_in_both_and_do_not_overlap(
        a in prop::collection::vec(0u32..12, 0..300),
        b in prop::collection::vec(0u32..12, 0..300),
        copied in 0usize..200,
    ) {
        let b: Vec<_> = b.iter().chain(a.iter().take(copied)).copied().collect();
        let (a, b) = (read(&a), read(&b));
        let found = passages(&a, &b, &Shingles::default());
        let mut end = 0;
        for passage in &found {
            prop_assert!(passage.words >= LEAST && passage.at >= end);
            end = passage.at + passage.words;
            prop_assert!(end <= a.len() && passage.other_at + passage.words <= b.len());
            for n in 0..passage.words {
                prop_assert_eq!(a.word(passage.at + n), b.word(passage.other_at + n));
            }
        }
        prop_assert_eq!(covered([found.as_slice()], a.len()), found.iter().map(|p| p.words).sum::<usize>());
    }

    #[test]
    fn a_copy_is_found_whole(own in 20usize..200, copied in 15usize..200, place in 0usize..100) {
        let number = |from: usize, len: usize| (0..len).map(move |n| u32::try_from(from + n).unwrap());
        let a: Vec<_> = number(10_000, own).chain(number(0, copied)).chain(number(30_000, own)).collect();
        let b: Vec<_> = number(20_000, place).chain(number(0, copied)).collect();
        let found = passages(&read(&a), &read(&b), &Shingles::default());
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].at, found[0].other_at, found[0].words), (own, place, copied));
    }

    #[test]
    fn no_text_makes_trouble(text in "\\PC{0,300}", other in "[a-c \\-\n\u{ad}\u{301}ﬁ]{0,300}") {
        let (text, other) = (format!("{text}{other}"), other);
        let words = Words::of(&text, usize::MAX);
        prop_assert!(text.get(words.place(&(0..words.len()))).is_some());
        for n in 0..words.len() {
            prop_assert!(!words.word(n).is_empty() && !words.place(&(n..n + 1)).is_empty());
        }
        let found = passages(&words, &Words::of(&other, usize::MAX), &Shingles::default());
        prop_assert!(covered([found.as_slice()], words.len()) <= words.len());
    }
}

#[test]
fn what_everybody_writes_is_left_out() {
    let form: Vec<u32> = (0..40).collect();
    let text = |own: u32| read(&form.iter().copied().chain(own * 1000..own * 1000 + 50).collect::<Vec<_>>());
    let checked = text(9);
    let wanted: Shingles = checked.shingles().into_iter().collect();
    let mut counts = Default::default();
    for own in 1..=4 {
        count(&mut counts, &text(own), &wanted);
    }
    assert_eq!(passages(&checked, &text(1), &common(&counts, 4))[0].words, 40);
    assert_eq!(passages(&checked, &text(1), &common(&counts, 3)), vec![]);
}

#[test]
fn the_same_text_has_the_same_signature_on_every_machine() {
    let bands = Signature::of(&Words::of("uno dos tres cuatro cinco seis", 9).shingles()).unwrap().bands();
    assert_eq!(bands.len(), 128);
    assert_eq!((bands[0], bands[127]), (4_097_437_150_414_958_353, -8_192_461_914_931_585_122));
    assert!(Signature::of(&Words::of("uno dos tres cuatro", 9).shingles()).is_none());
}
