//! What counts as a document, and when it may be handed in.

use crate::domain::phase_gate::Window;
use chrono::{DateTime, Utc};
use gestfg_types::calls::{Phase, PhaseDates};
use gestfg_types::documents::{DocumentFormat, DocumentRule, HandedInBy};
use gestfg_types::ids::{CallId, UserId};

/// Bytes by which a format is known.
pub const HEAD: usize = 5;

/// What a file is, by its first bytes; its name counts for nothing.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<DocumentFormat> {
    if head.starts_with(b"%PDF-") {
        Some(DocumentFormat::Pdf)
    } else if head.starts_with(b"PK\x03\x04") {
        Some(DocumentFormat::Zip)
    } else {
        None
    }
}

/// Endings of files that are ZIP archives under another name.
const ARCHIVES: &[&str] = &["zip", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub"];

/// A name to keep a file under: the last part of a path, without what file
/// systems stumble over, and with an ending that says what it is.
#[must_use]
pub fn file_name(given: &str, format: DocumentFormat) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !"<>:\"|?*\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}".contains(*c))
        .collect();
    let clean = clean.trim_start_matches(|c: char| c == '.' || c.is_whitespace()).trim_end();
    let shown = match clean.rsplit_once('.') {
        Some((stem, ending)) if fits(ending, format) => (stem, ending),
        _ if clean.is_empty() => ("document", format.as_str()),
        _ => (clean, format.as_str()),
    };
    // Long names are cut before the ending, which says what the file is.
    let stem: String = shown.0.chars().take(NAME_MAX - 1 - shown.1.chars().count()).collect();
    format!("{stem}.{}", shown.1)
}

/// Letters of a name that is kept, its ending among them.
const NAME_MAX: usize = 200;

fn fits(ending: &str, format: DocumentFormat) -> bool {
    let ending = ending.to_lowercase();
    match format {
        DocumentFormat::Pdf => ending == "pdf",
        DocumentFormat::Zip => ARCHIVES.contains(&ending.as_str()),
    }
}

/// The phase in which a document is handed in.
#[must_use]
pub const fn phase_of(by: HandedInBy) -> Phase {
    match by {
        HandedInBy::Students => Phase::MaterialSubmission,
        HandedInBy::Tutor => Phase::TutorReport,
    }
}

/// The dates of a phase as a window; there may be none.
#[must_use]
pub fn windows(call: CallId, dates: &[PhaseDates], phase: Phase) -> Vec<Window> {
    let of_phase = dates.iter().filter(|dates| dates.phase == phase);
    of_phase.map(|dates| Window { call, starts_at: dates.starts_at, ends_at: dates.ends_at }).collect()
}

/// The window in which a document may be handed in: the phase, longer for
/// students by an extension that was granted.
#[must_use]
pub fn extended(windows: &[Window], by: HandedInBy, until: Option<DateTime<Utc>>) -> Vec<Window> {
    let until = until.filter(|_| by == HandedInBy::Students);
    let longer = |window: &Window| Window {
        ends_at: until.map_or(window.ends_at, |until| until.max(window.ends_at)),
        ..*window
    };
    windows.iter().map(longer).collect()
}

/// When something was handed in first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstVersion {
    /// Which document of the set.
    pub kind: String,
    /// Whose alone it is.
    pub student: Option<UserId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Since when a student owes nothing: the documents of the team and their own
/// are there, or none were asked for since this moment.
#[must_use]
pub fn complete_at(
    rules: &[DocumentRule],
    student: UserId,
    there: &[FirstVersion],
    since: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut asked = rules.iter().filter(|rule| rule.required && rule.by == HandedInBy::Students);
    asked.try_fold(since, |latest, rule| {
        let whose = rule.each_student.then_some(student);
        let found = there.iter().find(|first| first.kind == rule.code && first.student == whose)?;
        Some(latest.max(found.at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_format_is_known_by_content_alone() {
        for (head, format) in [
            (&b"%PDF-1.7\n"[..], Some(DocumentFormat::Pdf)),
            (b"PK\x03\x04\x14\x00", Some(DocumentFormat::Zip)),
            (b"PK\x05\x06\x00\x00", None),
            (b"<html>%PDF-", None),
            (b"%PDF", None),
            (b"", None),
        ] {
            assert_eq!(sniff(head), format, "{head:?}");
        }
    }

    #[test]
    fn a_name_says_what_the_file_is() {
        use DocumentFormat::{Pdf, Zip};
        for (given, format, kept) in [
            ("memoria.pdf", Pdf, "memoria.pdf"),
            ("Memoria final.PDF", Pdf, "Memoria final.PDF"),
            ("C:\\tfg\\memoria.html", Pdf, "memoria.html.pdf"),
            ("../../etc/passwd", Zip, "passwd.zip"),
            ("defensa.pptx", Zip, "defensa.pptx"),
            ("ñandú\u{202e}fdp.exe", Zip, "ñandúfdp.exe.zip"),
            ("...", Pdf, "document.pdf"),
            (". memoria .pdf", Pdf, "memoria .pdf"),
            ("", Zip, "document.zip"),
        ] {
            assert_eq!(file_name(given, format), kept, "{given}");
        }
    }

    proptest! {
        #[test]
        fn a_name_can_always_be_stored(given in "\\PC{0,400}") {
            let kept = file_name(&given, DocumentFormat::Pdf);
            prop_assert!((1..=NAME_MAX).contains(&kept.chars().count()));
            prop_assert!(!kept.contains(['/', '\\', '\0']));
            prop_assert_eq!(file_name(&kept, DocumentFormat::Pdf), kept);
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let kept = file_name(&format!("{}.docx", "ñ".repeat(300)), DocumentFormat::Zip);
        assert_eq!((kept.chars().count(), kept.ends_with("ñ.docx")), (NAME_MAX, true));
    }

    #[test]
    fn an_extension_never_shortens_and_is_for_students() {
        let at = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        let phase = [Window { call: CallId(1), starts_at: at(100), ends_at: at(200) }];
        let ends = |by, until: Option<i64>| extended(&phase, by, until.map(at))[0].ends_at;
        assert_eq!(ends(HandedInBy::Students, Some(300)), at(300));
        assert_eq!(ends(HandedInBy::Students, Some(150)), at(200));
        assert_eq!(ends(HandedInBy::Students, None), at(200));
        assert_eq!(ends(HandedInBy::Tutor, Some(300)), at(200));
    }
}
