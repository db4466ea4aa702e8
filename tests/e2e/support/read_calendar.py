"""Reads an iCalendar file with PyPI's icalendar and tells what a calendar program would show.

Every time is told twice: by Python's database of time zones, and by the rules the file brings.
"""

import json
import sys
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar


def utc(moment, zone):
    """Whatever has no zone of its own is on the clock of the institution."""
    if moment.tzinfo is timezone.utc or moment.tzname() == "UTC":
        return moment.astimezone(timezone.utc).isoformat()
    return moment.replace(tzinfo=zone).astimezone(timezone.utc).isoformat()


def times(value, rules):
    moment = value.dt
    if not isinstance(moment, datetime):
        assert isinstance(moment, date)
        return {"day": moment.isoformat()}
    name = value.params.get("TZID")
    if name is None:
        assert moment.utcoffset().total_seconds() == 0, moment
        return {"by_database": utc(moment, timezone.utc), "by_rules": utc(moment, timezone.utc), "zone": None}
    return {"by_database": utc(moment, ZoneInfo(name)), "by_rules": utc(moment, rules), "zone": name}


def main():
    data = sys.stdin.buffer.read()
    assert b"\n" not in data.replace(b"\r\n", b""), "a line does not end in CRLF"
    assert max(map(len, data.split(b"\r\n"))) <= 75, "a line is too long"
    calendar = Calendar.from_ical(data)
    for component in calendar.walk():
        assert not component.errors, (component.name, component.errors)
        assert not (missing := set(component.required) - set(component.keys())), (component.name, missing)
    zones = list(calendar.walk("VTIMEZONE"))
    rules = zones[0].to_tz(lookup_tzid=False) if zones else None
    events = [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "description": str(event.get("DESCRIPTION", "")),
            "sequence": int(event["SEQUENCE"]),
            "url": str(event["URL"]),
            "stamp": event["DTSTAMP"].dt.isoformat(),
            "start": times(event["DTSTART"], rules),
            "end": times(event["DTEND"], rules),
        }
        for event in calendar.walk("VEVENT")
    ]
    assert len({event["uid"] for event in events}) == len(events), "a UID comes twice"
    json.dump({"zones": [str(zone["TZID"]) for zone in zones], "events": events}, sys.stdout)


main()
