//! Academic records: decimals that are compared, never rounded.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// An academic record with up to three decimals, written as a decimal string such as `"8.75"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Record(u32);

const DECIMALS: usize = 3;

impl Record {
    /// The record in thousandths, exactly.
    pub fn thousandths(self) -> u32 {
        self.0
    }

    /// The record of so many thousandths.
    pub fn from_thousandths(thousandths: u32) -> Self {
        Self(thousandths)
    }
}

impl FromStr for Record {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refused = || format!("{text:?} is not a record: digits, a point and at most three decimals");
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let sound = !whole.is_empty() && whole.len() <= 5 && digits(whole) && digits(part);
        if !sound || part.len() > DECIMALS || text.ends_with('.') {
            return Err(refused());
        }
        // Not more than 99,999,999: the digits were counted.
        format!("{whole}{part:0<DECIMALS$}")
            .parse()
            .map(Self)
            .map_err(|error| format!("{}: {error}", refused()))
    }
}

impl TryFrom<String> for Record {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Record> for String {
    fn from(record: Record) -> Self {
        record.to_string()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:03}", self.0 / 1000, self.0 % 1000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}
