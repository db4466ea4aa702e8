use chrono::{DateTime, Utc};
use gestfg_frontend::format::Dates;
use gestfg_frontend::i18n::Texts;
use gestfg_frontend::zone::Zone;
use gestfg_types::session::Language;
use gestfg_types::time_zone::{TimeZoneRules, ZoneOffset};

/// Madrid around the summer of 2027.
pub(crate) fn madrid_rules() -> TimeZoneRules {
    let offset = |from: &str, minutes| ZoneOffset { from: at(from), minutes };
    TimeZoneRules {
        name: "Europe/Madrid".to_owned(),
        offsets: vec![
            offset("2026-10-25T01:00:00Z", 60),
            offset("2027-03-28T01:00:00Z", 120),
            offset("2027-10-31T01:00:00Z", 60),
        ],
    }
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn dates(language: Language) -> Dates {
    Dates::new(Texts::of(language), Zone::of(madrid_rules()))
}

#[test]
fn a_moment_is_shown_by_the_clock_of_the_institution() {
    let (es, en) = (dates(Language::Es), dates(Language::En));
    assert_eq!(es.date_time(at("2027-01-10T22:59:00Z")), "10 ene 2027, 23:59");
    assert_eq!(es.date_time(at("2027-06-10T22:59:00Z")), "11 jun 2027, 00:59");
    assert_eq!(es.date(at("2027-08-31T22:00:00Z")), "1 sept 2027");
    assert_eq!(en.date(at("2027-08-31T22:00:00Z")), "1 Sept 2027");
    assert_eq!(es.long_date_time(at("2027-06-10T11:05:00Z")), "10 de junio de 2027 a las 13:05");
    assert_eq!(es.long_date_time(at("2027-06-10T23:05:00Z")), "11 de junio de 2027 a la 01:05");
    assert_eq!(en.long_date_time(at("2027-06-10T11:05:00Z")), "10 June 2027 at 13:05");
}

#[test]
fn a_deadline_is_its_last_minute_inside() {
    let es = dates(Language::Es);
    assert_eq!(es.deadline(at("2027-06-10T22:00:00Z")), "10 jun 2027, 23:59");
    assert_eq!(es.deadline(at("2027-06-10T12:00:00Z")), "10 jun 2027, 13:59");
    assert_eq!(es.long_deadline(at("2027-06-10T22:00:00Z")), "10 de junio de 2027 a las 23:59");
}

#[test]
fn what_is_typed_comes_back_as_it_was_typed() {
    let es = dates(Language::Es);
    // Either side of both changes of the clock, and within the doubled hour.
    for typed in [
        "2027-06-10T23:59",
        "2027-01-31T23:59",
        "2027-03-28T01:59",
        "2027-03-28T03:00",
        "2027-10-31T01:59",
        "2027-10-31T02:30",
        "2027-10-31T03:00",
    ] {
        assert_eq!(es.typed(es.read(typed).unwrap()), typed);
        assert_eq!(es.typed_deadline(es.read_deadline(typed).unwrap()), typed);
    }
    assert_eq!(es.read_deadline("2027-06-10T23:59"), Some(at("2027-06-10T22:00:00Z")));
    assert_eq!(es.read(""), None);
    assert_eq!(es.read("2027-02-30T10:00"), None);
}

#[test]
fn a_window_says_no_more_than_it_must() {
    let es = dates(Language::Es);
    for (from, to, said) in [
        ("2027-05-31T22:00:00Z", "2027-06-10T22:00:00Z", "1–10 jun 2027"),
        ("2027-05-14T22:00:00Z", "2027-06-10T22:00:00Z", "15 may – 10 jun 2027"),
        ("2026-12-14T23:00:00Z", "2027-01-10T23:00:00Z", "15 dic 2026 – 10 ene 2027"),
        ("2027-06-10T06:00:00Z", "2027-06-10T12:00:00Z", "10 jun 2027"),
    ] {
        assert_eq!(es.window(at(from), at(to)), said);
    }
}
