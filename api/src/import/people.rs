//! Finding a person by what people write: an address, a DNI/NIE, a full name.

use super::fold::{fold, name_key};
use super::world::PersonFact;
use crate::domain::dni::Dni;
use crate::domain::email::Email;
use gestfg_types::errors::FieldCode;
use std::cell::RefCell;
use std::collections::HashMap;

/// How alike a suggestion has to be, from 0 to 1.
const ALIKE: f64 = 0.8;
/// Unknown texts that get suggestions; comparing everyone with everything is slow.
const SUGGESTED_TEXTS: usize = 60;

/// What a cell that names a person turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// An address.
    Email(String),
    /// A DNI/NIE.
    Dni(String),
    /// A full name.
    Name(String),
    /// None of them, with the code that says why.
    Nothing(FieldCode),
}

/// Tells the three apart: an `@` makes an address (also in `Ana <ana@ugr.es>`),
/// a digit a DNI/NIE, anything else a name.
#[must_use]
pub fn written(text: &str) -> Written {
    if text.contains('@') {
        let address = text
            .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';'))
            .find(|word| word.contains('@'))
            .unwrap_or(text);
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        return Email::parse(address)
            .map_or_else(Written::Nothing, |email| Written::Email(email.into_string()));
    }
    if text.chars().any(|c| c.is_ascii_digit()) {
        return match Dni::parse(text) {
            Ok(dni) => Written::Dni(dni.into_string()),
            Err(FieldCode::WrongDniLetter) => Written::Nothing(FieldCode::WrongDniLetter),
            Err(_other) => Written::Nothing(FieldCode::UnknownValue),
        };
    }
    if text.chars().any(char::is_alphabetic) {
        Written::Name(text.to_owned())
    } else {
        Written::Nothing(FieldCode::UnknownValue)
    }
}

/// Why nobody was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Nobody; the closest, as they may be written.
    Unknown(Vec<String>),
    /// Several; all of them, as they may be written.
    Ambiguous(Vec<String>),
}

/// People to look up.
#[derive(Debug)]
pub struct Directory {
    people: Vec<PersonFact>,
    emails: HashMap<String, usize>,
    dnis: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    folded: Vec<String>,
    suggested: RefCell<HashMap<String, Vec<String>>>,
}

impl Directory {
    /// Of these people.
    #[must_use]
    pub fn new(people: Vec<PersonFact>) -> Self {
        let (mut emails, mut dnis) = (HashMap::new(), HashMap::new());
        let mut names = HashMap::<String, Vec<usize>>::new();
        let mut folded = Vec::with_capacity(people.len());
        for (place, person) in people.iter().enumerate() {
            if let Some(email) = &person.email {
                emails.insert(email.clone(), place);
            }
            if let Some(dni) = &person.dni {
                dnis.insert(dni.clone(), place);
            }
            let name = full_name(person);
            names.entry(name_key(&name)).or_default().push(place);
            folded.push(name_key(&name));
        }
        Self { people, emails, dnis, names, folded, suggested: RefCell::default() }
    }

    /// The person with this address.
    #[must_use]
    pub fn by_email(&self, email: &str) -> Option<&PersonFact> {
        self.people.get(*self.emails.get(email)?)
    }

    /// The person with this DNI/NIE.
    #[must_use]
    pub fn by_dni(&self, dni: &str) -> Option<&PersonFact> {
        self.people.get(*self.dnis.get(dni)?)
    }

    /// The person meant.
    ///
    /// # Errors
    /// [`Miss`] when it is not exactly one.
    pub fn find(&self, who: &Written) -> Result<&PersonFact, Miss> {
        let (found, text) = match who {
            Written::Email(email) => (self.by_email(email), email),
            Written::Dni(dni) => (self.by_dni(dni), dni),
            Written::Name(name) => match self.names.get(&name_key(name)).map(Vec::as_slice) {
                Some([only]) => (self.people.get(*only), name),
                Some(several) => {
                    let all = several.iter().filter_map(|place| self.people.get(*place)).map(as_written);
                    return Err(Miss::Ambiguous(all.collect()));
                }
                None => (None, name),
            },
            Written::Nothing(_) => return Err(Miss::Unknown(Vec::new())),
        };
        found.ok_or_else(|| Miss::Unknown(self.closest(who, text)))
    }

    fn closest(&self, who: &Written, text: &str) -> Vec<String> {
        if let Some(known) = self.suggested.borrow().get(text) {
            return known.clone();
        }
        if self.suggested.borrow().len() >= SUGGESTED_TEXTS {
            return Vec::new();
        }
        let mut best: Vec<(f64, &PersonFact)> = match who {
            Written::Name(name) => {
                let key = name_key(name);
                let words = key.split(' ').count();
                let likeness = |known: &String| {
                    let part = words > 1 && key.split(' ').all(|word| known.split(' ').any(|w| w == word));
                    strsim::jaro_winkler(known, &key).max(if part { 0.95 } else { 0.0 })
                };
                self.folded.iter().map(likeness).zip(&self.people).collect()
            }
            Written::Email(email) => self
                .people
                .iter()
                .filter_map(|person| {
                    Some((strsim::normalized_levenshtein(person.email.as_deref()?, email), person))
                })
                .collect(),
            _ => Vec::new(),
        };
        best.retain(|(likeness, person)| *likeness >= ALIKE && person.is_active);
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
        let closest: Vec<String> = best.into_iter().take(3).map(|(_, person)| as_written(person)).collect();
        self.suggested.borrow_mut().insert(text.to_owned(), closest.clone());
        closest
    }
}

/// Given name and family names.
#[must_use]
pub fn full_name(person: &PersonFact) -> String {
    format!("{} {}", person.first_name, person.last_name).trim().to_owned()
}

/// As one may write the person into the cell: `Name <address>`.
fn as_written(person: &PersonFact) -> String {
    match &person.email {
        Some(email) => format!("{} <{email}>", full_name(person)),
        None => full_name(person),
    }
}

/// Given name and family names of a full name. `Ruiz Gil, Ana` says which is
/// which; otherwise a name of four words or more has two given names.
#[must_use]
pub fn split_name(name: &str) -> (String, String) {
    let name = crate::domain::text::one_line(name);
    if let Some((last, first)) = name.split_once(',') {
        return (first.trim().to_owned(), last.trim().to_owned());
    }
    let words: Vec<&str> = name.split(' ').collect();
    let given = if words.len() >= 4 { 2 } else { 1 };
    let (first, last) = words.split_at(given.min(words.len()));
    (first.join(" "), last.join(" "))
}

/// Whether two names are written the same but for case, accents and spaces.
#[must_use]
pub fn same_text(a: &str, b: &str) -> bool {
    a == b || fold(a) == fold(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: i64, first: &str, last: &str, email: &str) -> PersonFact {
        PersonFact {
            id,
            email: Some(email.to_owned()),
            dni: None,
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            is_active: true,
            version: 1,
            department_id: Some(1),
            is_student: false,
            degrees: Vec::new(),
        }
    }

    #[test]
    fn a_person_is_found_however_written() {
        let directory = Directory::new(vec![
            person(1, "Ana", "López Ruiz", "ana.lopez@ugr.es"),
            person(2, "Luis", "Gil Mora", "luis.gil@ugr.es"),
            person(3, "Luis", "Gil Mora", "lgil@ugr.es"),
        ]);
        for text in [
            "ana.lopez@ugr.es",
            "Ana López Ruiz",
            "LOPEZ RUIZ, ANA",
            "Ana <Ana.Lopez@ugr.es>",
            "López Ruiz Ana",
        ] {
            assert_eq!(directory.find(&written(text)).map(|found| found.id), Ok(1), "{text}");
        }
        let several =
            vec!["Luis Gil Mora <luis.gil@ugr.es>".to_owned(), "Luis Gil Mora <lgil@ugr.es>".to_owned()];
        assert_eq!(directory.find(&written("Luis Gil Mora")).map(|p| p.id), Err(Miss::Ambiguous(several)));
        for text in ["ana.lopes@ugr.es", "Ana Lopes Ruiz", "Ana López"] {
            let closest = vec!["Ana López Ruiz <ana.lopez@ugr.es>".to_owned()];
            assert_eq!(directory.find(&written(text)).map(|p| p.id), Err(Miss::Unknown(closest)), "{text}");
        }
    }

    #[test]
    fn a_count_in_the_place_of_a_person_is_nobody() {
        assert_eq!(written("1"), Written::Nothing(FieldCode::UnknownValue));
        assert_eq!(written("12345678A"), Written::Nothing(FieldCode::WrongDniLetter));
        assert_eq!(written("12345678z"), Written::Dni("12345678Z".to_owned()));
        assert_eq!(written("-"), Written::Nothing(FieldCode::UnknownValue));
    }

    #[test]
    fn names_are_split_as_usual() {
        for (name, first, last) in [
            ("Ana López Ruiz", "Ana", "López Ruiz"),
            ("López Ruiz, Ana María", "Ana María", "López Ruiz"),
            ("Ana María López Ruiz", "Ana María", "López Ruiz"),
            ("Ana", "Ana", ""),
        ] {
            assert_eq!(split_name(name), (first.to_owned(), last.to_owned()));
        }
    }
}
