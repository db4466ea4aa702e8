//! What is typed into the editor of events, and what becomes of it on the wire.

use crate::components::Choice;
use crate::format::Dates;
use crate::hooks::FieldProblem;
use crate::i18n::Texts;
use crate::validation::Check;
use chrono::{DateTime, Days, NaiveDate, Utc};
use gestfg_types::errors::FieldCode;
use gestfg_types::events::{
    CreateEvent, Event, EventAudience, EventKind, LOCATION_MAX, TITLE_MAX, UpdateEvent,
};
use gestfg_types::ids::{DegreeId, DepartmentId};
use gestfg_types::session::{DegreeRef, DepartmentRef};

/// The most characters a text may have.
pub(super) const BODY_MAX: usize = 20_000;

/// What is typed into the editor. Moments are as the fields hold them, by the
/// institution's clock; the audience is `public`, `degree:3` and the like.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) location: String,
    pub(super) audience: String,
    pub(super) is_all_day: bool,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) publish: String,
    pub(super) expires: String,
    pub(super) is_pinned: bool,
}

/// The value that stands for an audience.
pub(super) fn audience_value(event: &Event) -> String {
    match (event.audience, &event.degree, &event.department) {
        (EventAudience::Degree, Some(degree), _) => format!("degree:{}", degree.id),
        (EventAudience::Department, _, Some(department)) => format!("department:{}", department.id),
        (audience, _, _) => audience.as_str().to_owned(),
    }
}

/// Those an event may be for: everybody for those who may write for all, and
/// these degrees and departments.
pub(super) fn audience_choices(
    t: Texts,
    for_all: bool,
    degrees: &[DegreeRef],
    departments: &[DepartmentRef],
) -> Vec<Choice> {
    let mut choices = Vec::new();
    if for_all {
        let all = [EventAudience::Public, EventAudience::Students, EventAudience::Professors];
        choices.extend(all.map(|audience| Choice::new(audience.as_str(), t.event_audience(audience))));
    }
    choices.extend(degrees.iter().map(|degree| {
        Choice::new(format!("degree:{}", degree.id), t.event_for_degree(&degree.code, &degree.name))
    }));
    choices.extend(departments.iter().map(|department| {
        let label = t.event_for_department(&department.code, &department.name);
        Choice::new(format!("department:{}", department.id), label)
    }));
    choices
}

impl Draft {
    pub(super) fn of(event: &Event, dates: &Dates) -> Self {
        let typed = |at: Option<DateTime<Utc>>| at.map(|at| dates.typed(at)).unwrap_or_default();
        let day = |at: DateTime<Utc>| dates.zone().day(at).to_string();
        let (starts, ends) = if event.is_all_day {
            let last = event.ends_at.map(|end| end - chrono::Duration::seconds(1));
            (event.starts_at.map(day).unwrap_or_default(), last.map(day).unwrap_or_default())
        } else {
            (typed(event.starts_at), typed(event.ends_at))
        };
        Self {
            kind: event.kind.as_str().to_owned(),
            title: event.title.clone(),
            body: event.body.clone(),
            location: event.location.clone(),
            audience: audience_value(event),
            is_all_day: event.is_all_day,
            starts,
            ends,
            publish: typed(Some(event.publish_at)),
            expires: typed(event.expires_at),
            is_pinned: event.is_pinned,
        }
    }

    pub(super) fn is_entry(&self) -> bool {
        self.kind == EventKind::Entry.as_str()
    }

    /// Days become days with a time and back, so that nothing typed is lost.
    pub(super) fn set_all_day(&mut self, is_all_day: bool) {
        self.is_all_day = is_all_day;
        for (value, hour) in [(&mut self.starts, "09:00"), (&mut self.ends, "10:00")] {
            if is_all_day {
                value.truncate(10);
            } else if value.len() == 10 {
                value.push('T');
                value.push_str(hour);
            }
        }
    }

    /// The first moment, and the first one after it.
    fn times(&self, dates: &Dates) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        if !self.is_entry() {
            return None;
        }
        if self.is_all_day {
            let (first, last) =
                (self.starts.parse::<NaiveDate>().ok()?, self.ends.parse::<NaiveDate>().ok()?);
            let after = last.checked_add_days(Days::new(1))?;
            Some((dates.zone().start_of_day(first), dates.zone().start_of_day(after)))
        } else {
            dates.read(&self.starts).zip(dates.read(&self.ends))
        }
    }

    fn audience(&self) -> (EventAudience, Option<DegreeId>, Option<DepartmentId>) {
        match self.audience.split_once(':') {
            Some(("degree", id)) => (EventAudience::Degree, id.parse().ok(), None),
            Some((_, id)) => (EventAudience::Department, None, id.parse().ok()),
            None => {
                let all = [EventAudience::Students, EventAudience::Professors];
                let found = all.into_iter().find(|audience| audience.as_str() == self.audience);
                (found.unwrap_or(EventAudience::Public), None, None)
            }
        }
    }

    pub(super) fn create(&self, dates: &Dates) -> CreateEvent {
        let (audience, degree_id, department_id) = self.audience();
        let times = self.times(dates);
        CreateEvent {
            kind: if self.is_entry() { EventKind::Entry } else { EventKind::Announcement },
            title: self.title.trim().to_owned(),
            body: self.body.trim().to_owned(),
            location: self.location.trim().to_owned(),
            audience,
            degree_id,
            department_id,
            starts_at: times.map(|(start, _)| start),
            ends_at: times.map(|(_, end)| end),
            is_all_day: self.is_entry() && self.is_all_day,
            publish_at: dates.read(&self.publish),
            expires_at: dates.read(&self.expires),
            is_pinned: self.is_pinned,
        }
    }

    /// Only what differs from `before` travels.
    pub(super) fn update(&self, before: &Self, dates: &Dates) -> UpdateEvent {
        let text = |old: &String, new: &String| (old != new).then(|| new.trim().to_owned());
        let (audience, degree_id, department_id) = self.audience();
        let moved = self.audience != before.audience;
        let times = self.times(dates).filter(|_| {
            (&self.starts, &self.ends, self.is_all_day) != (&before.starts, &before.ends, before.is_all_day)
        });
        UpdateEvent {
            title: text(&before.title, &self.title),
            body: text(&before.body, &self.body),
            location: text(&before.location, &self.location),
            audience: moved.then_some(audience),
            degree_id: degree_id.filter(|_| moved),
            department_id: department_id.filter(|_| moved),
            starts_at: times.map(|(start, _)| start),
            ends_at: times.map(|(_, end)| end),
            is_all_day: (self.is_all_day != before.is_all_day).then_some(self.is_all_day),
            publish_at: dates.read(&self.publish).filter(|_| self.publish != before.publish),
            expires_at: (self.expires != before.expires).then(|| dates.read(&self.expires)),
            is_pinned: (self.is_pinned != before.is_pinned).then_some(self.is_pinned),
        }
    }
}

pub(super) fn check(draft: &Draft) -> Vec<FieldProblem> {
    let entry = draft.is_entry();
    // Both are written from the greatest unit to the smallest, so that their
    // texts are in the order of time.
    let backwards = |first: &str, last: &str| !first.is_empty() && !last.is_empty() && last < first;
    let same = !draft.is_all_day && !draft.starts.is_empty() && draft.starts == draft.ends;
    let ends_wrong = entry && (backwards(&draft.starts, &draft.ends) || same);
    let expires_wrong = backwards(&draft.publish, &draft.expires)
        || (!draft.expires.is_empty() && draft.expires == draft.publish);
    Check::new()
        .text("/title", &draft.title, TITLE_MAX)
        .optional_text("/body", &draft.body, BODY_MAX)
        .optional_text("/location", &draft.location, LOCATION_MAX)
        .when(draft.audience.is_empty(), "/audience", FieldCode::Required)
        .when(entry && draft.starts.is_empty(), "/starts_at", FieldCode::Required)
        .when(entry && draft.ends.is_empty(), "/ends_at", FieldCode::Required)
        .when(ends_wrong, "/ends_at", FieldCode::OutOfRange)
        .when(expires_wrong, "/expires_at", FieldCode::OutOfRange)
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Zone;
    use gestfg_types::session::Language;
    use gestfg_types::time_zone::{TimeZoneRules, ZoneOffset};

    fn madrid() -> Dates {
        let from = |text: &str| text.parse().unwrap_or_default();
        let offsets = vec![
            ZoneOffset { from: from("2026-03-29T01:00:00Z"), minutes: 120 },
            ZoneOffset { from: from("2026-10-25T01:00:00Z"), minutes: 60 },
        ];
        let rules = TimeZoneRules { name: "Europe/Madrid".to_owned(), offsets };
        Dates::new(Texts::of(Language::Es), Zone::of(rules))
    }

    fn entry() -> Draft {
        Draft {
            kind: "entry".to_owned(),
            title: "Charla".to_owned(),
            audience: "degree:3".to_owned(),
            is_all_day: true,
            starts: "2026-10-25".to_owned(),
            ends: "2026-10-25".to_owned(),
            ..Draft::default()
        }
    }

    #[test]
    fn whole_days_are_those_of_the_institution() {
        let sent = entry().create(&madrid());
        // The day that summer time ends on has 25 hours.
        assert_eq!(sent.starts_at.map(|at| at.to_rfc3339()).as_deref(), Some("2026-10-24T22:00:00+00:00"));
        assert_eq!(sent.ends_at.map(|at| at.to_rfc3339()).as_deref(), Some("2026-10-25T23:00:00+00:00"));
        assert_eq!((sent.audience, sent.degree_id), (EventAudience::Degree, Some(DegreeId(3))));
    }

    #[test]
    fn an_announcement_has_no_dates_of_its_own() {
        let draft = Draft { kind: "announcement".to_owned(), audience: "students".to_owned(), ..entry() };
        let sent = draft.create(&madrid());
        assert_eq!((sent.starts_at, sent.ends_at, sent.is_all_day), (None, None, false));
        assert_eq!((sent.audience, sent.degree_id), (EventAudience::Students, None));
    }

    #[test]
    fn only_what_changed_travels() {
        let before = Draft { expires: "2026-12-01T10:00".to_owned(), ..entry() };
        let after = Draft { expires: String::new(), title: "Otra ".to_owned(), ..before.clone() };
        let sent = after.update(&before, &madrid());
        assert_eq!(sent.title.as_deref(), Some("Otra"));
        assert_eq!(sent.expires_at, Some(None));
        assert!(sent.starts_at.is_none() && sent.audience.is_none() && sent.publish_at.is_none());
    }

    #[test]
    fn switching_to_hours_and_back_keeps_the_days() {
        let mut draft = entry();
        draft.set_all_day(false);
        assert_eq!((draft.starts.as_str(), draft.ends.as_str()), ("2026-10-25T09:00", "2026-10-25T10:00"));
        draft.set_all_day(true);
        assert_eq!(draft, entry());
    }

    #[test]
    fn an_end_comes_after_its_beginning() {
        let wrong = Draft { ends: "2026-10-24".to_owned(), ..entry() };
        assert_eq!(check(&wrong), [FieldProblem::new("/ends_at", FieldCode::OutOfRange)]);
        let expired = Draft {
            publish: "2026-10-24T10:00".to_owned(),
            expires: "2026-10-24T10:00".to_owned(),
            ..entry()
        };
        assert_eq!(check(&expired), [FieldProblem::new("/expires_at", FieldCode::OutOfRange)]);
        assert_eq!(check(&entry()), []);
    }
}
