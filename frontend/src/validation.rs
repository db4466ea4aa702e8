//! The rules of the server, for saying at once what it would refuse later.

use crate::hooks::FieldProblem;
pub use gestfg_types::accounts::PASSWORD_MIN_CHARS as PASSWORD_MIN;
use gestfg_types::accounts::PASSWORD_MIN_DIFFERENT;
use gestfg_types::errors::FieldCode;
use gestfg_types::projects::REASON_MAX;

/// The most characters of a password.
pub const PASSWORD_MAX: usize = 256;
/// The most characters of a given name.
pub const FIRST_NAME_MAX: usize = 100;
/// The most characters of the family names.
pub const LAST_NAME_MAX: usize = 150;
/// The most characters of an e-mail address.
pub const EMAIL_MAX: usize = 254;

/// Collects what is wrong with the fields of a form.
#[derive(Default)]
pub struct Check(Vec<FieldProblem>);

impl Check {
    /// Nothing wrong so far.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that something is wrong at `pointer` when `wrong`.
    #[must_use]
    pub fn when(mut self, wrong: bool, pointer: &str, code: FieldCode) -> Self {
        if wrong && !self.0.iter().any(|problem| problem.pointer == pointer) {
            self.0.push(FieldProblem::new(pointer, code));
        }
        self
    }

    /// A text with at least one visible character and at most `max`.
    #[must_use]
    pub fn text(self, pointer: &str, value: &str, max: usize) -> Self {
        self.when(value.trim().is_empty(), pointer, FieldCode::Required).optional_text(pointer, value, max)
    }

    /// A text of at most `max` characters.
    #[must_use]
    pub fn optional_text(self, pointer: &str, value: &str, max: usize) -> Self {
        self.when(value.trim().chars().count() > max, pointer, FieldCode::TooLong)
    }

    /// The reason for acting outside the dates, where it is known whether one is due.
    #[must_use]
    pub fn override_reason(self, value: &str, due: bool) -> Self {
        let pointer = "/override_reason";
        if due {
            self.text(pointer, value, REASON_MAX)
        } else {
            self.optional_text(pointer, value, REASON_MAX)
        }
    }

    /// An e-mail address.
    #[must_use]
    pub fn email(self, pointer: &str, value: &str) -> Self {
        let value = value.trim();
        self.text(pointer, value, EMAIL_MAX).when(!is_email(value), pointer, FieldCode::InvalidEmail)
    }

    /// A DNI or NIE, or nothing.
    #[must_use]
    pub fn optional_dni(self, pointer: &str, value: &str) -> Self {
        let wrong = if value.trim().is_empty() { None } else { dni_problem(value) };
        match wrong {
            Some(code) => self.when(true, pointer, code),
            None => self,
        }
    }

    /// A new password.
    #[must_use]
    pub fn password(self, pointer: &str, value: &str) -> Self {
        self.when(value.is_empty(), pointer, FieldCode::Required)
            .when(value.chars().count() < PASSWORD_MIN, pointer, FieldCode::TooShort)
            .when(value.chars().count() > PASSWORD_MAX, pointer, FieldCode::TooLong)
            .when(!is_varied(value), pointer, FieldCode::WeakPassword)
    }

    /// What was found.
    #[must_use]
    pub fn done(self) -> Vec<FieldProblem> {
        self.0
    }
}

/// Whether it looks like an e-mail address; the server looks harder.
#[must_use]
pub fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.trim().rsplit_once('@') else { return false };
    let plain = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    plain(local) && !local.contains('@') && plain(domain) && domain.contains('.') && !domain.ends_with('.')
}

/// Whether a password has enough different characters to be worth typing.
#[must_use]
pub fn is_varied(password: &str) -> bool {
    let mut seen: Vec<char> = password.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() >= PASSWORD_MIN_DIFFERENT
}

/// What is wrong with a DNI or NIE, if anything. Case, spaces and hyphens do
/// not count.
#[must_use]
pub fn dni_problem(value: &str) -> Option<FieldCode> {
    const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let kept = value.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '.'));
    let text: String = kept.flat_map(char::to_uppercase).collect();
    if !text.is_ascii() || text.len() != 9 {
        return Some(FieldCode::InvalidDni);
    }
    let (body, letter) = text.split_at(8);
    let digits = match body.as_bytes()[0] {
        b'X' => format!("0{}", &body[1..]),
        b'Y' => format!("1{}", &body[1..]),
        b'Z' => format!("2{}", &body[1..]),
        _ => body.to_owned(),
    };
    let Ok(number) = digits.parse::<usize>() else { return Some(FieldCode::InvalidDni) };
    if !digits.bytes().all(|byte| byte.is_ascii_digit())
        || !letter.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return Some(FieldCode::InvalidDni);
    }
    (letter.as_bytes()[0] != LETTERS[number % 23]).then_some(FieldCode::WrongDniLetter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dni_and_nie_are_checked_by_their_letter() {
        assert_eq!(dni_problem("12345678Z"), None);
        assert_eq!(dni_problem("12.345.678-z"), None);
        assert_eq!(dni_problem("X1234567L"), None);
        assert_eq!(dni_problem("12345678A"), Some(FieldCode::WrongDniLetter));
        assert_eq!(dni_problem("1"), Some(FieldCode::InvalidDni));
        assert_eq!(dni_problem("+2345678Z"), Some(FieldCode::InvalidDni));
        assert_eq!(dni_problem("ñ2345678Z"), Some(FieldCode::InvalidDni));
    }

    #[test]
    fn addresses_need_a_name_and_a_domain() {
        assert!(is_email("ana.perez+tfg@correo.ugr.es"));
        for wrong in ["ana", "@ugr.es", "ana@ugr", "ana@@ugr.es", "ana perez@ugr.es", "ana@ugr."] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_the_first_problem_of_a_field_is_said() {
        let problems = Check::new().text("/title", " ", 250).password("/password", "aaa").done();
        let codes: Vec<_> = problems.iter().map(|problem| (problem.pointer.as_str(), problem.code)).collect();
        assert_eq!(codes, [("/title", FieldCode::Required), ("/password", FieldCode::TooShort)]);
    }
}
