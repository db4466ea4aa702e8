//! How much of a document may stand in earlier ones, and who answers for it.

use crate::domain::actor::Actor;
use crate::domain::policy::{Answer, Denied, ProjectFacts};
use crate::domain::text::FieldErrors;
use gestfg_similarity::passages::{Passage, Shingles, common, count, covered, passages};
use gestfg_similarity::words::Words;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::DegreeId;
use gestfg_types::similarity::{SimilarityPassage, SimilarityRules};

/// Words of the longest document; what follows is not compared.
pub const MOST_WORDS: usize = 200_000;
/// A document with fewer has no text to speak of.
pub const LEAST_WORDS: usize = 50;
/// Passages of one match that are kept.
const MOST_PASSAGES: usize = 100;
/// Letters of a passage that are kept.
const LONGEST_PASSAGE: usize = 3_000;
/// Letters of the shortest justification, and of the longest.
pub const JUSTIFICATION: (usize, usize) = (20, 5_000);

fn when(condition: bool, rule: &'static str) -> Answer {
    if condition { Ok(()) } else { Err(Denied { code: ErrorCode::Forbidden, rule }) }
}

/// Whether somebody who may read a document reads with which others it has
/// passages in common: its tutors, its committee, who keeps the degree.
/// Students read how much it is.
#[must_use]
pub fn sees_matches(actor: &Actor, project: &ProjectFacts, sits: bool) -> bool {
    project.is_own(actor) || sits || actor.keeps_degree(project.degree)
}

/// Sign why a flagged document may be defended: its tutors, who keeps the
/// degree. The committee judges, and signs nothing.
///
/// # Errors
/// The rule that stands against it.
pub fn may_sign(actor: &Actor, project: &ProjectFacts) -> Answer {
    when(
        project.is_own(actor) || actor.keeps_degree(project.degree),
        "Only its tutors, a coordinator of its degree or an admin may sign for a flagged document.",
    )
}

/// Decide whether and how documents of a degree are compared.
///
/// # Errors
/// The rule that stands against it.
pub fn may_set_rules(actor: &Actor, degree: DegreeId) -> Answer {
    when(
        actor.keeps_degree(degree),
        "Only a coordinator of the degree or an admin may decide how its documents are compared.",
    )
}

/// Note what is wrong with rules.
pub fn check_rules(errors: &mut FieldErrors, rules: &SimilarityRules) {
    if !(1..=100).contains(&rules.threshold_percent) {
        errors.push("/threshold_percent", FieldCode::OutOfRange, "The threshold goes from 1 to 100.");
    }
    if !(1..=1000).contains(&rules.common_limit) {
        errors.push("/common_limit", FieldCode::OutOfRange, "It goes from 1 to 1000.");
    }
    if rules.kinds.is_empty() || rules.kinds.len() > 10 {
        errors.push("/kinds", FieldCode::OutOfRange, "Name one to ten documents of the set.");
    }
    for (n, kind) in rules.kinds.iter().enumerate() {
        let is_code = kind.starts_with(|c: char| c.is_ascii_lowercase())
            && kind.len() <= 30
            && kind.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !is_code {
            let sentence = "A code has small letters, digits and _.";
            errors.push(format!("/kinds/{n}"), FieldCode::UnknownValue, sentence);
        }
        if rules.kinds[..n].contains(kind) {
            errors.push(format!("/kinds/{n}"), FieldCode::Duplicate, "It is named twice.");
        }
    }
}

/// What a document has in common with one earlier text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// Words that stand in it.
    pub words: i32,
    /// The passages, the longest first.
    pub passages: Vec<SimilarityPassage>,
}

/// What came out of comparing a document with earlier texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The share of its words that stand in any of them, in thousandths.
    pub share_permille: i16,
    /// For each of them what they have in common.
    pub common: Vec<Common>,
}

/// Hold a document against earlier texts. What stands in more of them than the
/// limit does not count: forms, licences, and what everybody quotes.
#[must_use]
pub fn compare(text: &str, earlier: &[String], limit: i16) -> Comparison {
    let words = Words::of(text, MOST_WORDS);
    let wanted: Shingles = words.shingles().into_iter().collect();
    let mut counts = Default::default();
    for other in earlier {
        count(&mut counts, &Words::of(other, MOST_WORDS), &wanted);
    }
    let everybodys = common(&counts, u32::try_from(limit).unwrap_or_default());
    let mut lists: Vec<Vec<Passage>> = Vec::new();
    let mut found = Vec::new();
    for other in earlier {
        let theirs = Words::of(other, MOST_WORDS);
        let list = passages(&words, &theirs, &everybodys);
        found.push(told(&list, (text, &words), (other, &theirs)));
        lists.push(list);
    }
    let shared = covered(lists.iter().map(Vec::as_slice), words.len());
    Comparison { share_permille: permille(shared, words.len()), common: found }
}

/// A share in thousandths; of nothing it is none.
#[must_use]
pub fn permille(part: usize, whole: usize) -> i16 {
    i16::try_from((part * 1000).checked_div(whole).unwrap_or_default()).unwrap_or(1000)
}

fn told(list: &[Passage], (text, words): (&str, &Words), (other, theirs): (&str, &Words)) -> Common {
    let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    let mut longest = list.to_vec();
    longest.sort_by_key(|passage| (std::cmp::Reverse(passage.words), passage.at));
    longest.truncate(MOST_PASSAGES);
    let show = |text: &str, words: &Words, at: usize, count: usize| {
        let shown = text.get(words.place(&(at..at + count))).unwrap_or_default();
        shortened(shown)
    };
    Common {
        words: number(list.iter().map(|passage| passage.words).sum()),
        passages: longest
            .iter()
            .map(|passage| SimilarityPassage {
                word: number(passage.at + 1),
                earlier_word: number(passage.other_at + 1),
                words: number(passage.words),
                text: show(text, words, passage.at, passage.words),
                earlier_text: show(other, theirs, passage.other_at, passage.words),
            })
            .collect(),
    }
}

/// As a line, and not too long a one.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_PASSAGE) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(from: usize, count: usize) -> String {
        (from..from + count).map(|n| format!("palabra{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_stands_in_two_others_counts_once() {
        let text = format!("{} {}", words(0, 100), words(1000, 100));
        let earlier = [format!("Otro comienzo. {}", words(0, 100)), words(50, 50)];
        let found = compare(&text, &earlier, 5);
        assert_eq!(found.share_permille, 500);
        assert_eq!((found.common[0].words, found.common[1].words), (100, 50));
        let passage = &found.common[0].passages[0];
        assert_eq!((passage.word, passage.earlier_word, passage.words), (1, 3, 100));
        assert_eq!(passage.text, words(0, 100));
    }

    #[test]
    fn what_everybody_writes_does_not_count() {
        let form = words(0, 60);
        let earlier: Vec<_> = (1..=4).map(|n| format!("{form} {}", words(n * 1000, 60))).collect();
        let text = format!("{form} {}", words(9000, 60));
        assert_eq!(compare(&text, &earlier, 4).share_permille, 500);
        assert_eq!(compare(&text, &earlier, 3).share_permille, 0);
    }

    #[test]
    fn a_long_passage_is_cut_where_a_letter_ends() {
        let cut = shortened(&"ñandú ".repeat(1000));
        assert_eq!(cut.chars().count(), LONGEST_PASSAGE - 1 + 2);
        assert!(cut.ends_with("ñandú …"));
        assert_eq!(shortened(" a\n  b "), "a b");
    }

    #[test]
    fn rules_have_limits() {
        let wrong = |change: fn(&mut SimilarityRules)| {
            let (mut rules, mut errors) = (SimilarityRules::default(), FieldErrors::new());
            change(&mut rules);
            check_rules(&mut errors, &rules);
            errors.into_result().is_err()
        };
        assert!(!wrong(|_| {}));
        assert!(wrong(|rules| rules.threshold_percent = 0));
        assert!(wrong(|rules| rules.common_limit = 0));
        assert!(wrong(|rules| rules.kinds.clear()));
        assert!(wrong(|rules| rules.kinds = vec!["Memoria".into()]));
        assert!(wrong(|rules| rules.kinds = vec!["report".into(), "report".into()]));
    }
}
