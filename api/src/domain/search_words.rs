//! What a person typed to search for, taken apart.

use crate::domain::text::fold;

/// Words looked at, at most; nobody types more and the query stays small.
const MAX_WORDS: usize = 8;

/// A search text, ready for the ways of looking it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchWords {
    /// As typed: quotes, `or` and `-` have the meaning of a web search.
    pub typed: String,
    /// Without case, accents and runs of spaces.
    pub folded: String,
    /// The words before the last one, as typed.
    pub head: String,
    /// The last word, folded, when it may be a word half typed.
    pub prefix: Option<String>,
    /// Each word, folded.
    pub words: Vec<String>,
}

impl SearchWords {
    /// Take a text apart; nothing when it has no word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let typed = crate::domain::text::one_line(text);
        let folded = fold(&typed);
        let words: Vec<String> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(MAX_WORDS)
            .map(ToOwned::to_owned)
            .collect();
        if words.is_empty() {
            return None;
        }
        let (head, last) = typed.rsplit_once(' ').unwrap_or(("", &typed));
        let last = fold(last);
        let is_plain =
            !typed.contains('"') && last.chars().count() >= 2 && last.chars().all(char::is_alphanumeric);
        Some(Self { head: head.to_owned(), prefix: is_plain.then_some(last), typed, folded, words })
    }

    /// The words long enough to be compared by their trigrams; none for a text
    /// that uses quotes or `-`, whose author knows what they mean.
    #[must_use]
    pub fn long_words(&self) -> Vec<&str> {
        if self.typed.contains('"') || self.typed.split(' ').any(|word| word.starts_with('-')) {
            return Vec::new();
        }
        self.words.iter().map(String::as_str).filter(|word| word.chars().count() > 3).collect()
    }

    /// `LIKE` patterns that find each word anywhere.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        // Words are alphanumeric: nothing in them is a wildcard.
        self.words.iter().map(|word| format!("%{word}%")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_word_may_be_half_typed() {
        let words = SearchWords::parse("  Gestión de TRIBÚN ").unwrap();
        assert_eq!((words.head.as_str(), words.prefix.as_deref()), ("Gestión de", Some("tribun")));
        assert_eq!(words.words, ["gestion", "de", "tribun"]);
        assert_eq!(words.long_words(), ["gestion", "tribun"]);
        assert_eq!(SearchWords::parse("\"aprendizaje profundo\"").unwrap().prefix, None);
        let exact = SearchWords::parse("robots -java c++").unwrap();
        assert_eq!((exact.prefix.as_deref(), exact.long_words()), (None, vec![]));
        assert_eq!(SearchWords::parse(" -- % ' "), None);
    }

    proptest! {
        #[test]
        fn a_prefix_is_safe_in_a_text_search_query(text in ".{0,40}") {
            if let Some(prefix) = SearchWords::parse(&text).and_then(|words| words.prefix) {
                prop_assert!(prefix.chars().all(char::is_alphanumeric));
            }
        }
    }
}
