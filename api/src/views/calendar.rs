//! Entries of the calendar, from whatever they come.

use crate::domain::calls_ahead::{DatedCall, of};
use crate::domain::dates::last_minute;
use crate::domain::markdown;
use crate::domain::phases::phase_name;
use crate::models::call::name_of;
use crate::models::defence::DefenceDetail;
use crate::models::event::{EventRow, NamedEvent};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use gestfg_types::calendar::{CalendarEntry, CalendarSource, Duty, DutyKind};
use gestfg_types::ids::EventId;
use gestfg_types::session::Language;

/// Characters of an event's text in a calendar program.
const TEXT: usize = 400;

/// An entry with what only calendar programs ask for.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The entry.
    pub entry: CalendarEntry,
    /// When what it is about last changed.
    pub revised_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i32,
    /// Plain text.
    pub text: String,
    /// Whether one cannot be elsewhere meanwhile.
    pub is_busy: bool,
}

/// For whom entries are written.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// Language of titles.
    pub language: Language,
    /// Zone of days.
    pub zone: Tz,
}

impl Reader {
    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    fn is_midnight(&self, at: DateTime<Utc>) -> bool {
        at.with_timezone(&self.zone).time() == NaiveTime::MIN
    }

    /// An entry with nothing but its time.
    fn entry(
        &self,
        key: String,
        source: CalendarSource,
        starts_at: DateTime<Utc>,
        ends_at: DateTime<Utc>,
    ) -> CalendarEntry {
        CalendarEntry {
            key,
            source,
            title: String::new(),
            starts_at,
            ends_at,
            is_all_day: self.is_midnight(starts_at) && self.is_midnight(ends_at),
            first_day: self.day(starts_at),
            last_day: self.day((ends_at - Duration::seconds(1)).max(starts_at)),
            location: String::new(),
            call: None,
            phase: None,
            event_id: None,
            path: String::new(),
        }
    }

    /// The phases of a call that touch this time.
    pub fn phases<'a>(
        &'a self,
        call: &'a DatedCall,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> impl Iterator<Item = Dated> + 'a {
        let touching = move |starts_at, ends_at| starts_at < to && from < ends_at;
        call.phases.iter().filter(move |dates| touching(dates.starts_at, dates.ends_at)).map(move |dates| {
            let key = format!("phase-{}-{}", call.call.id, dates.phase.as_str());
            let title = format!("{} · {}", phase_name(self.language, dates.phase), name_of(&call.call));
            let entry = CalendarEntry {
                title,
                call: Some(call.call.clone()),
                phase: Some(dates.phase),
                path: format!("/calls/{}", call.call.id),
                ..self.entry(key, CalendarSource::Phase, dates.starts_at, dates.ends_at)
            };
            Dated {
                entry,
                revised_at: call.revised_at,
                version: call.version,
                text: String::new(),
                is_busy: false,
            }
        })
    }

    /// An event, if it has dates.
    #[must_use]
    pub fn event(&self, found: NamedEvent) -> Option<Dated> {
        let NamedEvent {
            event:
                EventRow {
                    id, title, body, location, starts_at, ends_at, is_all_day, updated_at, version, ..
                },
            ..
        } = found;
        let entry = CalendarEntry {
            title,
            location,
            is_all_day,
            event_id: Some(EventId(id)),
            path: format!("/events/{id}"),
            ..self.entry(format!("event-{id}"), CalendarSource::Event, starts_at?, ends_at?)
        };
        let text = markdown::excerpt(&body, TEXT);
        Some(Dated { entry, revised_at: updated_at, version, text, is_busy: !is_all_day })
    }

    /// A defence, if it has a time. Who defends is left out: calendars are shared.
    #[must_use]
    pub fn defence(&self, row: &DefenceDetail) -> Option<Dated> {
        let word = match self.language {
            Language::Es => "Defensa",
            Language::En => "Defence",
        };
        let entry = CalendarEntry {
            title: format!("{word}: {}", row.project_title),
            location: row.location(),
            call: Some(row.call()),
            path: format!("/calls/{}", row.call_id),
            ..self.entry(format!("defence-{}", row.id), CalendarSource::Defence, row.starts_at?, row.ends_at?)
        };
        Some(Dated {
            entry,
            revised_at: row.updated_at,
            version: row.version,
            text: row.remarks.clone(),
            is_busy: true,
        })
    }

    /// The last minute of something due, if it has an end.
    #[must_use]
    pub fn duty(&self, duty: &Duty, calls: &[DatedCall]) -> Option<Dated> {
        let (call, closes_at) = (duty.call.as_ref()?, duty.closes_at?);
        let dated = of(calls, call.id)?;
        let about = duty.assignment_id.map(|id| format!("-{id}")).unwrap_or_default();
        let key = format!("duty-{}-{}{about}", duty_key(duty.kind), call.id);
        let entry = CalendarEntry {
            title: format!("{} · {}", duty_title(self.language, duty.kind), name_of(call)),
            call: Some(call.clone()),
            phase: duty.phase,
            path: duty.path.clone(),
            ..self.entry(key, CalendarSource::Duty, last_minute(closes_at), closes_at)
        };
        Some(Dated {
            entry,
            revised_at: dated.revised_at,
            version: dated.version,
            text: String::new(),
            is_busy: false,
        })
    }
}

const fn duty_key(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::FindProject => "find_project",
        DutyKind::RequestEvaluation => "request_evaluation",
        DutyKind::HandInMaterial => "hand_in_material",
        DutyKind::Defend => "defend",
        DutyKind::AssignProjects => "assign_projects",
        DutyKind::WriteTutorReports => "write_tutor_reports",
        DutyKind::MarkDefences => "mark_defences",
        DutyKind::FormCommittees => "form_committees",
        DutyKind::CloseMarks => "close_marks",
        DutyKind::ValidateProjects => "validate_projects",
    }
}

const fn duty_title(language: Language, kind: DutyKind) -> &'static str {
    let (es, en) = match kind {
        DutyKind::FindProject => ("Fin del plazo: encontrar un proyecto", "Deadline: find a project"),
        DutyKind::RequestEvaluation => {
            ("Fin del plazo: presentarse a la convocatoria", "Deadline: enter the call")
        }
        DutyKind::HandInMaterial => {
            ("Fin del plazo: entregar el material", "Deadline: hand in the documents")
        }
        DutyKind::Defend => ("Fin del periodo de defensas", "End of the defences"),
        DutyKind::AssignProjects => {
            ("Fin del plazo: asignar los proyectos", "Deadline: assign your projects")
        }
        DutyKind::WriteTutorReports => ("Fin del plazo: informes del tutor", "Deadline: tutor's reports"),
        DutyKind::MarkDefences => ("Fin del plazo: calificar las defensas", "Deadline: mark the defences"),
        DutyKind::FormCommittees => ("Fin del plazo: formar las comisiones", "Deadline: form the committees"),
        DutyKind::CloseMarks => ("Fin del plazo: cerrar las calificaciones", "Deadline: close the marks"),
        DutyKind::ValidateProjects => ("Validar proyectos", "Validate projects"),
    };
    match language {
        Language::Es => es,
        Language::En => en,
    }
}

/// By start, then end, then key.
pub fn sort(entries: &mut [Dated]) {
    entries.sort_by(|a, b| {
        let place = |dated: &Dated| (dated.entry.starts_at, dated.entry.ends_at);
        place(a).cmp(&place(b)).then_with(|| a.entry.key.cmp(&b.entry.key))
    });
}
