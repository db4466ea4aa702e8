//! A text as the words it says, however it was typeset.

use crate::{SHINGLE, mix};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, and where each stands in it.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// All words, one after the other, as they are compared.
    folded: String,
    /// The end of each in `folded`.
    ends: Vec<u32>,
    /// Where each stands in the text: bytes.
    places: Vec<(u32, u32)>,
    /// A hash of each.
    hashes: Vec<u64>,
}

impl Words {
    /// Read a text, at most so many words of it.
    ///
    /// Case, accents, ligatures and punctuation do not count, and a hyphen at
    /// the end of a line joins what it had parted.
    #[must_use]
    pub fn of(text: &str, most: usize) -> Self {
        let mut words = Self::default();
        let mut reader = Reader::default();
        let mut rest = text.char_indices();
        while let Some((at, c)) = rest.next() {
            if words.len() == most {
                return words;
            }
            if c == '\u{ad}' {
                continue;
            }
            let is_inside = reader.begin.is_some();
            if is_inside
                && matches!(c, '-' | '\u{2010}')
                && let Some(skipped) = line_break(rest.as_str())
            {
                for _ in 0..skipped {
                    rest.next();
                }
                continue;
            }
            if c.is_alphanumeric() || (is_inside && is_combining_mark(c)) {
                reader.take(at, c);
            } else {
                reader.finish(&mut words);
            }
        }
        if words.len() < most {
            reader.finish(&mut words);
        }
        words
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// A word as it is compared.
    #[must_use]
    pub fn word(&self, n: usize) -> &str {
        let start = n.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(n).copied().unwrap_or(start);
        &self.folded[start as usize..end as usize]
    }

    /// Where a run of words stands in the text it was read from, in bytes.
    #[must_use]
    pub fn place(&self, run: &Range<usize>) -> Range<usize> {
        let start = self.places.get(run.start).map_or(0, |place| place.0 as usize);
        let last = run.end.checked_sub(1).and_then(|last| self.places.get(last));
        start..last.map_or(start, |place| place.1 as usize).max(start)
    }

    /// A hash of every run of [`SHINGLE`] words, in order; none of a shorter text.
    #[must_use]
    pub fn shingles(&self) -> Vec<u64> {
        let hash = |run: &[u64]| run.iter().fold(0, |hash, word| mix(hash ^ word));
        self.hashes.windows(SHINGLE).map(hash).collect()
    }

    /// Whether the word here is the word there, letter by letter.
    pub(crate) fn says_the_same(&self, n: usize, other: &Self, m: usize) -> bool {
        self.hashes[n] == other.hashes[m] && self.word(n) == other.word(m)
    }
}

/// How many characters after a hyphen lead over the end of a line to the small
/// letter with which the word goes on; none: the hyphen parts words.
fn line_break(after: &str) -> Option<usize> {
    let blank = after.chars().take_while(|c| c.is_whitespace()).count();
    let has_broken = after.chars().take(blank).any(|c| c == '\n' || c == '\r');
    let goes_on = after.chars().nth(blank).is_some_and(char::is_lowercase);
    (has_broken && goes_on).then_some(blank)
}

/// The word that is being read.
#[derive(Default)]
struct Reader {
    begin: Option<usize>,
    end: usize,
    letters: String,
}

impl Reader {
    fn take(&mut self, at: usize, c: char) {
        self.begin.get_or_insert(at);
        self.end = at + c.len_utf8();
        let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
        self.letters.extend(plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()));
    }

    fn finish(&mut self, words: &mut Words) {
        let (Some(begin), false) = (self.begin.take(), self.letters.is_empty()) else {
            self.letters.clear();
            return;
        };
        words.folded.push_str(&self.letters);
        let short = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        words.ends.push(short(words.folded.len()));
        words.places.push((short(begin), short(self.end)));
        let hash = self.letters.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        words.hashes.push(mix(hash));
        self.letters.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let words = Words::of(text, usize::MAX);
        (0..words.len()).map(|n| words.word(n).to_owned()).collect()
    }

    #[test]
    fn typesetting_does_not_count() {
        for (text, words) in [
            ("La Computación, en ESPAÑA.", vec!["la", "computacion", "en", "espana"]),
            ("compu-\ntación y compu\u{ad}tación", vec!["computacion", "y", "computacion"]),
            ("físico-\n  químico", vec!["fisicoquimico"]),
            ("Redes-\nNeuronales", vec!["redes", "neuronales"]),
            ("cliente-servidor 2.0", vec!["cliente", "servidor", "2", "0"]),
            ("ﬁnal de la e\u{301}poca", vec!["final", "de", "la", "epoca"]),
            ("— … —", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(said(text), words, "{text}");
        }
    }

    #[test]
    fn a_run_of_words_is_found_again_in_the_text() {
        let text = "Una «prueba», de compu-\ntación: fin";
        let words = Words::of(text, usize::MAX);
        assert_eq!(&text[words.place(&(1..4))], "prueba», de compu-\ntación");
        assert_eq!(words.place(&(2..2)).len(), 0);
        assert_eq!(Words::of(text, 2).len(), 2);
    }
}
