use super::*;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn calendar(entries: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", entries.replace('\n', "\r\n"))
}

fn busy(entries: &str) -> (Vec<(String, String)>, u32) {
    let window = (at("2027-06-01T00:00:00Z"), at("2027-07-01T00:00:00Z"));
    let read =
        read(calendar(entries).as_bytes(), Some("eva.muestra@ugr.es"), window, chrono_tz::Europe::Madrid)
            .unwrap();
    let show = |at: DateTime<Utc>| at.format("%m-%dT%H:%M").to_string();
    (read.busy.into_iter().map(|(from, to)| (show(from), show(to))).collect(), read.ignored)
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:{}\n{lines}\nEND:VEVENT\n", lines.len())
}

fn times(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn moments_of_every_kind_are_understood() {
    let cases = [
        ("DTSTART:20270610T080000Z\nDTEND:20270610T090000Z", ("06-10T08:00", "06-10T09:00")),
        ("DTSTART;TZID=Europe/Madrid:20270610T100000\nDURATION:PT1H30M", ("06-10T08:00", "06-10T09:30")),
        (
            "DTSTART;TZID=\"/example.org/Europe/London\":20270610T100000\nDTEND:20270610T100000Z",
            ("06-10T09:00", "06-10T10:00"),
        ),
        // No zone, and one nobody knows: the institution's.
        ("DTSTART:20270610T100000\nDTEND:20270610T110000", ("06-10T08:00", "06-10T09:00")),
        ("DTSTART;TZID=Romance Standard Time:20270610T100000\nDURATION:PT1H", ("06-10T08:00", "06-10T09:00")),
        // A whole day, by the institution's clock.
        ("DTSTART;VALUE=DATE:20270610", ("06-09T22:00", "06-10T22:00")),
        ("DTSTART;VALUE=DATE:20270610\nDTEND;VALUE=DATE:20270612", ("06-09T22:00", "06-11T22:00")),
        // Folded in the middle of the year.
        ("DTSTART:20\n 270610T080000Z\nDTEND:20270610T090000Z", ("06-10T08:00", "06-10T09:00")),
    ];
    for (lines, expected) in cases {
        assert_eq!(busy(&event(lines)), (times(&[expected]), 0), "{lines}");
    }
}

#[test]
fn what_the_owner_declined_is_left_out() {
    let time = "DTSTART:20270610T080000Z\nDTEND:20270610T090000Z";
    let taken = times(&[("06-10T08:00", "06-10T09:00")]);
    let cases = [
        ("ATTENDEE;PARTSTAT=DECLINED;CN=Eva:mailto:Eva.Muestra@ugr.es", false),
        ("ATTENDEE;CN=\"Eva: la de aquí\";PARTSTAT=declined:MAILTO:eva.muestra@ugr.es", false),
        ("ATTENDEE;PARTSTAT=DECLINED;EMAIL=eva.muestra@ugr.es:urn:uuid:1", false),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:eva.muestra@ugr.es", true),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:eva.muestra@ugr.es", true),
        // Somebody else did.
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:noeva.muestra@ugr.es", true),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:otra.muestra@ugr.es", true),
    ];
    for (says, is_busy) in cases {
        let expected = if is_busy { (taken.clone(), 0) } else { (vec![], 1) };
        assert_eq!(busy(&event(&format!("{time}\n{says}"))), expected, "{says}");
    }
    // By the name of the calendar, when it is an address; and one repetition of a series.
    let weekly = "BEGIN:VEVENT\nUID:1\nDTSTART:20270603T080000Z\nDTEND:20270603T090000Z\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\n";
    let once = "BEGIN:VEVENT\nUID:1\nRECURRENCE-ID:20270610T080000Z\nDTSTART:20270610T080000Z\nDTEND:20270610T090000Z\n\
                ATTENDEE;PARTSTAT=DECLINED:mailto:eva@example.org\nEND:VEVENT\n";
    let first = times(&[("06-03T08:00", "06-03T09:00")]);
    assert_eq!(busy(&format!("X-WR-CALNAME:eva@example.org\n{weekly}{once}")), (first, 1));
    assert_eq!(busy(&format!("X-WR-CALNAME:Eva en casa\n{weekly}{once}")).0.len(), 2);
}

#[test]
fn what_leaves_one_free_is_left_out() {
    let time = "DTSTART:20270610T080000Z\nDTEND:20270610T090000Z";
    for says in ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"] {
        assert_eq!(busy(&event(&format!("{time}\n{says}"))), (vec![], 1), "{says}");
    }
    assert_eq!(busy(&event("DTSTART:20270610T080000Z")), (vec![], 1));
    assert_eq!(busy(&event("DTSTART:20260610T080000Z\nDTEND:20260610T090000Z")), (vec![], 1));
    assert_eq!(busy(&event("SUMMARY:nothing")), (vec![], 1));
    // An alarm is no entry.
    let alarm = "BEGIN:VALARM\nDTSTART:20270615T080000Z\nDURATION:PT1H\nEND:VALARM\nDTSTART:20270610T080000Z\nDURATION:PT1H";
    assert_eq!(busy(&event(alarm)), (times(&[("06-10T08:00", "06-10T09:00")]), 0));
}

#[test]
fn entries_repeat_by_the_clock_of_their_zone() {
    // Since before summer time began; not on the 14th, and an hour later on the 21st.
    let series = "BEGIN:VEVENT\nUID:s\nDTSTART;TZID=Europe/Madrid:20270301T100000\nDURATION:PT1H\n\
        RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270628\nEXDATE;TZID=Europe/Madrid:20270614T100000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:s\nRECURRENCE-ID;TZID=Europe/Madrid:20270621T100000\n\
        DTSTART;TZID=Europe/Madrid:20270621T110000\nDURATION:PT1H\nEND:VEVENT\n";
    let expected =
        [("06-07T08:00", "06-07T09:00"), ("06-21T09:00", "06-21T10:00"), ("06-28T08:00", "06-28T09:00")];
    assert_eq!(busy(series), (times(&expected), 0));
    // Without an end, from long ago, it stops at the window.
    let (found, _) = busy(&event("DTSTART:20200101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"));
    assert_eq!(found.len(), 30);
    // A rule nobody understands leaves the first time.
    let (found, _) = busy(&event("DTSTART:20270610T080000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES"));
    assert_eq!(found, times(&[("06-10T08:00", "06-10T09:00")]));
}

#[test]
fn free_and_busy_times_are_read_and_overlaps_joined() {
    let entries = "BEGIN:VFREEBUSY\nFREEBUSY;FBTYPE=BUSY:20270610T080000Z/20270610T090000Z,20270610T083000Z/PT1H\n\
        FREEBUSY;FBTYPE=FREE:20270610T120000Z/PT1H\nEND:VFREEBUSY\n";
    assert_eq!(busy(entries), (times(&[("06-10T08:00", "06-10T09:30")]), 0));
}

#[test]
fn what_is_no_calendar_is_refused() {
    let window = (at("2027-06-01T00:00:00Z"), at("2027-07-01T00:00:00Z"));
    for file in [&b""[..], b"<html>", b"\xff\xfe\x00", "BEGIN:VCALÉNDARIO".as_bytes()] {
        assert_eq!(read(file, None, window, chrono_tz::Europe::Madrid), Err(Unreadable::NoCalendar));
    }
}
