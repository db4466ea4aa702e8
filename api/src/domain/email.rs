//! E-mail addresses, and which of them are the institution's.

use gestfg_types::errors::FieldCode;

/// An address, in lower case. Local parts may hold what RFC 5321 calls an
/// atom: letters, digits, dots between them, and `!#$%&'*+/=?^_{|}~-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// Parse and normalise.
    ///
    /// # Errors
    /// [`FieldCode::InvalidEmail`], or [`FieldCode::TooLong`] above 254 characters.
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let text = text.trim().to_lowercase();
        if text.len() > 254 {
            return Err(FieldCode::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldCode::InvalidEmail)?;
        let atom = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_{|}~-".contains(&b))
        };
        let label = |part: &str| {
            !part.is_empty()
                && part.len() <= 63
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        let valid = local.len() <= 64
            && local.split('.').all(atom)
            && domain.contains('.')
            && domain.split('.').all(label);
        if valid { Ok(Self(text)) } else { Err(FieldCode::InvalidEmail) }
    }

    /// The address in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// The part behind the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// A name to go by until the owner says another: the words of the address.
    #[must_use]
    pub fn name_to_go_by(&self) -> (String, String) {
        let local = self.as_str().split('@').next().unwrap_or_default();
        let local = local.split('+').next().unwrap_or_default();
        let mut words =
            local.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(|word| {
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|c| c.to_uppercase().chain(letters).collect::<String>())
                    .unwrap_or_default()
            });
        let first = words.next().unwrap_or_else(|| local.to_owned());
        let rest = words.collect::<Vec<_>>().join(" ");
        (first, if rest.is_empty() { "—".to_owned() } else { rest })
    }

    /// Whether it belongs to one of these domains exactly.
    #[must_use]
    pub fn is_of(&self, domains: &[String]) -> bool {
        domains.iter().any(|domain| domain == self.domain())
    }
}

/// What people type to say who they are: an address or a DNI/NIE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Login {
    /// An e-mail address.
    Email(Email),
    /// A DNI or NIE.
    Dni(super::dni::Dni),
}

impl Login {
    /// Tell the two apart.
    ///
    /// # Errors
    /// The code of the kind it looks like.
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        if text.contains('@') {
            Email::parse(text).map(Self::Email)
        } else {
            super::dni::Dni::parse(text).map(Self::Dni)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_institutional_addresses() {
        for good in ["a.b@ugr.es", "A.B+tfg@Correo.UGR.es", "x-y_z@correo.ugr.es", " spaced@ugr.es "] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "@ugr.es",
            "a@",
            "a@ugr",
            "a b@ugr.es",
            "a..b@ugr.es",
            ".a@ugr.es",
            "a@-ugr.es",
            "a@ugr.es\n.x",
        ] {
            assert_eq!(Email::parse(bad), Err(FieldCode::InvalidEmail), "{bad}");
        }
        let domains = vec!["ugr.es".to_owned()];
        assert!(Email::parse("a@UGR.es").unwrap().is_of(&domains));
        assert!(!Email::parse("a@evil-ugr.es").unwrap().is_of(&domains));
        assert!(!Email::parse("a@correo.ugr.es").unwrap().is_of(&domains));
    }

    #[test]
    fn a_name_is_read_from_an_address() {
        for (address, first, last) in [
            ("eva.de-la.muestra2@correo.ugr.es", "Eva", "De La Muestra"),
            ("luis+tfg@correo.ugr.es", "Luis", "—"),
            ("e12345@correo.ugr.es", "E", "—"),
            ("12345@correo.ugr.es", "12345", "—"),
        ] {
            let email = Email::parse(address).unwrap();
            assert_eq!(email.name_to_go_by(), (first.to_owned(), last.to_owned()), "{address}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_is_idempotent(text in ".{0,40}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
