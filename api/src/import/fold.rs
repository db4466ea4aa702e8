//! What two texts have in common when case, accents and spacing do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Without accents, in lower case, runs of white space as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A full name as the set of its words, so that "López Ruiz, Ana" and
/// "Ana López Ruiz" are the same.
#[must_use]
pub fn name_key(text: &str) -> String {
    let folded = fold(text);
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// The words of a header: compatibility forms undone (`Nº` is `no`), letters
/// apart from digits, what stands in brackets and words that say nothing left out.
#[must_use]
pub fn header_words(text: &str) -> Vec<String> {
    const SAY_NOTHING: [&str; 20] = [
        "de", "del", "la", "el", "los", "las", "y", "and", "of", "the", "a", "as", "en", "para", "por",
        "tfg", "tfm", "proyecto", "project", "trabajo",
    ];
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    let (mut depth, mut last) = (0_usize, ' ');
    for c in bare.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && c.is_alphanumeric() {
            if !last.is_alphanumeric() || last.is_numeric() != c.is_numeric() {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c);
            }
        }
        last = if depth == 0 { c } else { ' ' };
    }
    let telling: Vec<String> =
        words.iter().filter(|word| !SAY_NOTHING.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { words } else { telling }
}
