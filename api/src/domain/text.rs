//! Texts that people type, parsed once at the door.

use crate::error::AppError;
use gestfg_types::errors::{FieldCode, FieldError};

/// Collects what is wrong with the fields of one body.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Nothing wrong yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Note a problem.
    pub fn push(&mut self, pointer: impl Into<String>, code: FieldCode, message: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.into(), code, message: message.into() });
    }

    /// A line of text: trimmed, runs of spaces folded, no control characters.
    /// Returns the cleaned text even when it is noted as wrong.
    pub fn line(&mut self, pointer: &str, text: &str, min: usize, max: usize) -> String {
        let clean = one_line(text);
        self.check(pointer, text, &clean, min, max);
        clean
    }

    /// A long text: line ends made `\n`, outer blank space removed.
    pub fn paragraphs(&mut self, pointer: &str, text: &str, max: usize) -> String {
        let clean = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
        self.check(pointer, text, &clean, 0, max);
        clean
    }

    /// The least length is asked of what is kept, the greatest of what was sent: so both
    /// ends of the contract hold for every client, however much cleaning takes away.
    fn check(&mut self, pointer: &str, sent: &str, kept: &str, min: usize, max: usize) {
        let (sent_chars, kept_chars) = (sent.chars().count(), kept.chars().count());
        if kept.contains('\0') {
            self.push(pointer, FieldCode::InvalidCharacter, "A character in this text cannot be stored.");
        } else if kept_chars == 0 && min > 0 {
            self.push(pointer, FieldCode::Required, "This field is required.");
        } else if kept_chars < min {
            self.push(pointer, FieldCode::TooShort, format!("At least {min} characters are needed."));
        } else if sent_chars > max {
            self.push(
                pointer,
                FieldCode::TooLong,
                format!("At most {max} characters fit; these are {sent_chars}."),
            );
        }
    }

    /// Everything noted, or nothing.
    ///
    /// # Errors
    /// `validation_failed` with the list, if there is any.
    pub fn into_result(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError::invalid(self.0)) }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Trimmed, inner runs of blank space folded to one space, control characters
/// (but NUL, which is refused later) dropped.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| *c == '\0' || !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// As many words of a text as fit into so many characters, on one line.
#[must_use]
pub fn first_words(text: &str, max_chars: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= max_chars {
        return text;
    }
    let cut: String = text.chars().take(max_chars).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', '.', ';', ':']))
}

/// Lower case without accents and with single spaces: what the schema's
/// `fold_text` does, for comparisons on our side.
#[must_use]
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    one_line(text)
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_and_spaces() {
        assert_eq!(fold("  Gestión   de\tTRIBUNALES ñ"), "gestion de tribunales n");
        assert_eq!(one_line("a\u{7}b \r\n c"), "ab c");
    }

    #[test]
    fn names_every_wrong_field() {
        let mut errors = FieldErrors::new();
        errors.line("/a", "   ", 1, 5);
        errors.line("/b", "abcdef", 1, 5);
        errors.line("/c", "ok", 1, 5);
        errors.line("/d", "a\0b", 1, 5);
        errors.line("/e", "a\u{7}\u{7}\u{7}\u{7}b", 1, 5);
        let problem = errors.into_result().unwrap_err().problem();
        let got: Vec<_> = problem.errors.iter().map(|e| (e.pointer.as_str(), e.code)).collect();
        assert_eq!(
            got,
            [
                ("/a", FieldCode::Required),
                ("/b", FieldCode::TooLong),
                ("/d", FieldCode::InvalidCharacter),
                ("/e", FieldCode::TooLong)
            ]
        );
    }
}
