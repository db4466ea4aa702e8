//! A mark, exactly.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use utoipa::ToSchema;

/// A mark from 0 to 10 with one decimal, e.g. `"7.5"`. It is counted in tenths
/// and travels as a string, so that nothing on its way rounds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, ToSchema)]
#[schema(value_type = String, pattern = r"^(10(\.0)?|[0-9](\.[0-9])?)$", example = "7.5")]
pub struct Mark(i16);

impl Mark {
    /// The highest.
    pub const HIGHEST: Self = Self(100);

    /// So many tenths, if that is a mark.
    #[must_use]
    pub const fn of_tenths(tenths: i16) -> Option<Self> {
        if 0 <= tenths && tenths <= 100 { Some(Self(tenths)) } else { None }
    }

    /// How many tenths it is.
    #[must_use]
    pub const fn tenths(self) -> i16 {
        self.0
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// A text that is no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAMark;

impl std::fmt::Display for NotAMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a mark goes from 0 to 10 and has one decimal at most")
    }
}

impl std::error::Error for NotAMark {}

impl std::str::FromStr for Mark {
    type Err = NotAMark;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str, most: usize| {
            let fits = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if fits { part.parse::<i16>().ok() } else { None }
        };
        let (whole, tenths) = match text.split_once('.') {
            Some((whole, tenths)) => (digits(whole, 2), digits(tenths, 1)),
            None => (digits(text, 2), Some(0)),
        };
        // "07" is a slip rather than a mark.
        if text.len() > 1 && text.starts_with('0') && !text.starts_with("0.") {
            return Err(NotAMark);
        }
        whole.zip(tenths).and_then(|(whole, tenths)| Self::of_tenths(whole * 10 + tenths)).ok_or(NotAMark)
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_what_it_writes() {
        for tenths in 0..=100 {
            let mark = Mark::of_tenths(tenths).unwrap();
            assert_eq!(mark.to_string().parse(), Ok(mark));
        }
        assert_eq!("10".parse(), Ok(Mark::HIGHEST));
        for wrong in ["", ".", "7.", ".5", "7.55", "10.1", "-1", "11", "7,5", "07", "00", "+7", "1e1", " 7"] {
            assert_eq!(wrong.parse::<Mark>(), Err(NotAMark), "{wrong}");
        }
    }
}
