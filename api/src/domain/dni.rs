//! DNI and NIE, the identity numbers of Spain.
//!
//! Rule: eight digits (for a NIE `X`, `Y` or `Z` stands for a leading 0, 1 or
//! 2) and a control letter, which is `TRWAGMYFPDXBNJZSQVHLCKE[number mod 23]`
//! (Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE").

use gestfg_types::errors::FieldCode;

const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

/// A DNI or NIE, normalised and with its control letter verified.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Dni(String);

impl Dni {
    /// Parse as people write it: any case, with spaces, dots or hyphens, with
    /// leading zeros left out.
    ///
    /// # Errors
    /// [`FieldCode::InvalidDni`] for anything of another shape,
    /// [`FieldCode::WrongDniLetter`] when the letter does not match.
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let compact: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '–' | '/'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if !compact.is_ascii() || compact.len() < 2 || compact.len() > 9 {
            return Err(FieldCode::InvalidDni);
        }
        let (body, letter) = compact.split_at(compact.len() - 1);
        let first = body.as_bytes()[0];
        let (prefix, digits, width) = match first {
            b'X' | b'Y' | b'Z' => (Some(first - b'X'), &body[1..], 7),
            _ => (None, body, 8),
        };
        if digits.is_empty() || digits.len() > width || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FieldCode::InvalidDni);
        }
        let letter = letter.as_bytes()[0];
        if !letter.is_ascii_uppercase() {
            return Err(FieldCode::InvalidDni);
        }
        let padded = format!("{digits:0>width$}");
        let number: u64 = format!("{}{padded}", prefix.map(|p| p.to_string()).unwrap_or_default())
            .parse()
            .unwrap_or_default();
        if control_letter(number) != letter {
            return Err(FieldCode::WrongDniLetter);
        }
        let lead = prefix.map(|p| char::from(b'X' + p).to_string()).unwrap_or_default();
        Ok(Self(format!("{lead}{padded}{}", char::from(letter))))
    }

    /// Nine characters, upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The DNI of a number, for sample data.
    #[must_use]
    pub fn of_number(number: u32) -> Self {
        let number = number % 100_000_000;
        Self(format!("{number:08}{}", char::from(control_letter(u64::from(number)))))
    }
}

fn control_letter(number: u64) -> u8 {
    usize::try_from(number % 23).map_or(b'?', |index| LETTERS[index])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        for (text, expected) in [
            ("12345678Z", Ok("12345678Z")),
            (" 12.345.678-z ", Ok("12345678Z")),
            ("x-1234567-l", Ok("X1234567L")),
            ("00000000T", Ok("00000000T")),
            ("1R", Ok("00000001R")),
            ("12345678A", Err(FieldCode::WrongDniLetter)),
            ("1", Err(FieldCode::InvalidDni)),
            ("", Err(FieldCode::InvalidDni)),
            ("12345678", Err(FieldCode::InvalidDni)),
            ("123456789Z", Err(FieldCode::InvalidDni)),
            ("X12345678L", Err(FieldCode::InvalidDni)),
            ("XL", Err(FieldCode::InvalidDni)),
            ("ñ2345678Z", Err(FieldCode::InvalidDni)),
        ] {
            assert_eq!(Dni::parse(text), expected.map(|text| Dni(text.to_owned())), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_is_idempotent(text in ".{0,16}") {
            if let Ok(dni) = Dni::parse(&text) {
                prop_assert_eq!(Dni::parse(dni.as_str()), Ok(dni));
            }
        }

        #[test]
        fn every_number_has_exactly_one_letter(number in 0u32..100_000_000) {
            let right = Dni::of_number(number);
            prop_assert_eq!(Dni::parse(right.as_str()), Ok(right.clone()));
            for letter in LETTERS {
                let text = format!("{number:08}{}", char::from(*letter));
                prop_assert_eq!(Dni::parse(&text).is_ok(), text == right.as_str());
            }
        }
    }
}
