//! Which passwords are taken (NIST SP 800-63B, 5.1.1.2: length, and a list of
//! common and obvious ones; no rules about kinds of characters).

use crate::auth::password::{MAX_CHARS, MIN_CHARS};
use crate::domain::text::{FieldErrors, fold};
use gestfg_types::accounts::PASSWORD_MIN_DIFFERENT;
use gestfg_types::errors::FieldCode;

/// The most common passwords of ten characters or more, in Spanish and
/// English, folded; shorter ones are refused anyway.
const COMMON: &[&str] = &[
    "0000000000",
    "0123456789",
    "0987654321",
    "1020304050",
    "1111111111",
    "1122334455",
    "11223344556677",
    "1212121212",
    "1231231231",
    "123123123123",
    "1234512345",
    "12345678900",
    "1234567890",
    "12345678910",
    "123456789a",
    "123456789q",
    "123456789123",
    "123456789987654321",
    "1234567891",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "2222222222",
    "5555555555",
    "9876543210",
    "9999999999",
    "a123456789",
    "aa12345678",
    "abc1234567",
    "abcd123456",
    "abcdefghij",
    "administrador",
    "administrator",
    "asdasdasdasd",
    "asdfghjkl1",
    "asdfghjklñ",
    "barcelona1",
    "basketball",
    "bienvenido",
    "bienvenida",
    "chocolate1",
    "changeme123",
    "contraseña",
    "contraseña1",
    "contrasena",
    "contrasena1",
    "contrasena123",
    "cristianoronaldo",
    "estudiante",
    "estudiante1",
    "fcbarcelona",
    "football123",
    "granada123",
    "hola123456",
    "iloveyou12",
    "iloveyou123",
    "informatica",
    "informatica1",
    "liverpool1",
    "mariposa123",
    "metallica1",
    "mypassword",
    "paradescargar",
    "passw0rd123",
    "password01",
    "password10",
    "password11",
    "password12",
    "password123",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "password!1",
    "princesa123",
    "princess123",
    "q1w2e3r4t5",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "qwerty1234",
    "qwerty12345",
    "qwerty123456",
    "qwertyqwerty",
    "qwertyuiop",
    "qwertyuiop123",
    "realmadrid",
    "realmadrid1",
    "secretaria",
    "secretaria1",
    "spiderman1",
    "supermario",
    "teamo12345",
    "temporal123",
    "teamomucho",
    "ugr1234567",
    "universidad",
    "universidad1",
    "usuario123",
    "welcome123",
    "zaq12wsxcde3",
    "zxcvbnm123",
    "zxcvbnm1234",
];

/// Note what stands against a new password. `about` is what everyone knows of
/// its owner: names, address, DNI.
pub fn check(errors: &mut FieldErrors, pointer: &str, password: &str, about: &[&str]) {
    let chars = password.chars().count();
    if chars < MIN_CHARS {
        errors.push(pointer, FieldCode::TooShort, format!("A password has {MIN_CHARS} characters at least."));
    } else if chars > MAX_CHARS {
        errors.push(pointer, FieldCode::TooLong, format!("A password has {MAX_CHARS} characters at most."));
    } else if is_weak(password, about) {
        errors.push(
            pointer,
            FieldCode::WeakPassword,
            "This password is too easy to guess. Choose another, for instance four words.",
        );
    }
}

fn is_weak(password: &str, about: &[&str]) -> bool {
    let folded = fold(password);
    let compact = letters_and_digits(&folded);
    let different = folded.chars().collect::<std::collections::HashSet<_>>().len();
    different < PASSWORD_MIN_DIFFERENT
        || COMMON.iter().any(|common| fold(common) == folded)
        || is_sequence(&folded)
        || about.iter().any(|known| {
            let known = fold(known);
            let local = known.split('@').next().unwrap_or_default();
            !known.is_empty() && [letters_and_digits(&known), letters_and_digits(local)].contains(&compact)
        })
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every character the next (or the previous) of the one before it.
fn is_sequence(text: &str) -> bool {
    let steps: Vec<i64> = text
        .chars()
        .zip(text.chars().skip(1))
        .map(|(a, b)| i64::from(u32::from(b)) - i64::from(u32::from(a)))
        .collect();
    steps.iter().all(|step| *step == 1) || steps.iter().all(|step| *step == -1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verdict(password: &str) -> Option<FieldCode> {
        let mut errors = FieldErrors::new();
        let about = ["eva.muestra@correo.ugr.es", "12345678Z", "Eva", "Muestra Larga", "Eva Muestra Larga"];
        check(&mut errors, "/password", password, &about);
        errors.into_result().err().map(|error| error.problem().errors[0].code)
    }

    #[test]
    fn refuses_the_short_the_common_and_the_obvious() {
        for (password, expected) in [
            ("", Some(FieldCode::TooShort)),
            ("corta", Some(FieldCode::TooShort)),
            ("123456789", Some(FieldCode::TooShort)),
            ("1234567890", Some(FieldCode::WeakPassword)),
            ("PassWord123", Some(FieldCode::WeakPassword)),
            ("Contraseña", Some(FieldCode::WeakPassword)),
            ("aaaaaaaaaaaa", Some(FieldCode::WeakPassword)),
            ("abababababab", Some(FieldCode::WeakPassword)),
            ("cdefghijklmn", Some(FieldCode::WeakPassword)),
            ("eva.muestra@correo.ugr.es", Some(FieldCode::WeakPassword)),
            ("Eva.Muestra", Some(FieldCode::WeakPassword)),
            ("eva muestra larga", Some(FieldCode::WeakPassword)),
            ("12345678-Z!", Some(FieldCode::WeakPassword)),
            ("cuatro palabras sin orden", None),
            ("eva.muestra y algo más", None),
        ] {
            assert_eq!(verdict(password), expected, "{password:?}");
        }
        assert_eq!(verdict(&"añb".repeat(86)), Some(FieldCode::TooLong));
    }

    proptest! {
        #[test]
        fn never_panics(password in "\\PC{0,300}") {
            let _ = verdict(&password);
        }
    }
}
