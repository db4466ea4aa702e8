//! One entry as a file for a calendar program (RFC 5545).

use chrono::{DateTime, Days, NaiveDate, Utc};

/// What is written into the file.
#[derive(Debug, Clone, PartialEq)]
pub struct IcsEntry {
    /// The same for the same thing at every writing.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// Where it happens; may be empty.
    pub location: String,
    /// The page that tells more.
    pub url: String,
    /// When.
    pub when: IcsTime,
}

/// When an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IcsTime {
    /// Whole days, the last one included.
    Days(NaiveDate, NaiveDate),
    /// From a moment until before another.
    Moments(DateTime<Utc>, DateTime<Utc>),
}

/// The file, written at `now`. `host` makes the entry's name unique in the
/// world.
#[must_use]
pub fn write_ics(entry: &IcsEntry, host: &str, now: DateTime<Utc>) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//GesTFG//GesTFG//ES".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@{}", escape(&entry.key), escape(host)),
        format!("DTSTAMP:{}", moment(now)),
    ];
    match entry.when {
        IcsTime::Days(first, last) => {
            let end = last.checked_add_days(Days::new(1)).unwrap_or(last);
            lines.push(format!("DTSTART;VALUE=DATE:{}", first.format("%Y%m%d")));
            lines.push(format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        }
        IcsTime::Moments(start, end) => {
            lines.push(format!("DTSTART:{}", moment(start)));
            lines.push(format!("DTEND:{}", moment(end)));
        }
    }
    lines.push(format!("SUMMARY:{}", escape(&entry.title)));
    if !entry.location.is_empty() {
        lines.push(format!("LOCATION:{}", escape(&entry.location)));
    }
    lines.push(format!("URL:{}", entry.url));
    lines.extend(["TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
    lines.iter().map(|line| fold(line)).collect()
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\n', '\r'], "\\n")
}

/// A line and its end; no piece is longer than 75 bytes, and none is cut
/// within a letter.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(when: IcsTime) -> IcsEntry {
        IcsEntry {
            key: "event-3".to_owned(),
            title: "Charla, café; y más".to_owned(),
            location: String::new(),
            url: "https://gestfg.example/events/3".to_owned(),
            when,
        }
    }

    #[test]
    fn days_end_with_the_day_after() -> chrono::ParseResult<()> {
        let when = IcsTime::Days("2026-11-30".parse()?, "2026-11-30".parse()?);
        let text = write_ics(&entry(when), "gestfg.example", "2026-11-01T10:00:00Z".parse()?);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n"));
        assert!(text.contains("DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n"));
        assert!(text.contains("UID:event-3@gestfg.example\r\nDTSTAMP:20261101T100000Z\r\n"));
        assert!(text.contains("SUMMARY:Charla\\, café\\; y más\r\n"));
        assert!(!text.contains("LOCATION"));
        Ok(())
    }

    #[test]
    fn long_lines_are_folded_between_letters() -> chrono::ParseResult<()> {
        let (start, end) = ("2026-11-30T09:00:00Z".parse()?, "2026-11-30T10:00:00Z".parse()?);
        let long = IcsEntry { title: "ñ".repeat(120), ..entry(IcsTime::Moments(start, end)) };
        let text = write_ics(&long, "gestfg.example", start);
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{}\r\n", "ñ".repeat(120))));
        Ok(())
    }
}
