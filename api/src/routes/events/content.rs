//! What a body says of an event, parsed and checked.

use crate::domain::events::Audience;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::models::event::EventContent;
use crate::models::{degree, department};
use chrono::{DateTime, Datelike, Duration, NaiveTime, Utc};
use diesel::{OptionalExtension, PgConnection};
use gestfg_types::errors::FieldCode;
use gestfg_types::events::{EventAudience, EventKind, LOCATION_MAX, TITLE_MAX};
use gestfg_types::ids::{DegreeId, DepartmentId};
use gestfg_types::projects::TEXT_MAX;

/// The most days an entry may take.
const DAYS_MAX: i64 = 366;

/// The audience, which names a degree or a department where it needs one and
/// nowhere else.
pub(super) fn audience_of(
    kind: EventAudience,
    degree: Option<DegreeId>,
    department: Option<DepartmentId>,
    errors: &mut FieldErrors,
) -> Audience {
    let named = [
        ("/degree_id", EventAudience::Degree, degree.is_some()),
        ("/department_id", EventAudience::Department, department.is_some()),
    ];
    for (pointer, needed_by, is_given) in named {
        if kind == needed_by && !is_given {
            errors.push(pointer, FieldCode::Required, "Say for whose people it is.");
        } else if kind != needed_by && is_given {
            errors.push(pointer, FieldCode::NotAllowed, "The audience asked for has none.");
        }
    }
    Audience { kind, degree, department }
}

/// The content, clean.
pub(super) fn check(
    conn: &mut PgConnection,
    kind: EventKind,
    mut content: EventContent,
    zone: chrono_tz::Tz,
) -> AppResult<EventContent> {
    let mut errors = FieldErrors::new();
    content.title = errors.line("/title", &content.title, 1, TITLE_MAX);
    content.body = errors.paragraphs("/body", &content.body, TEXT_MAX);
    content.location = errors.line("/location", &content.location, 0, LOCATION_MAX);
    check_names(conn, &content, &mut errors)?;
    check_publication(&content, &mut errors);
    match kind {
        EventKind::Announcement => check_undated(&content, &mut errors),
        EventKind::Entry => check_dates(&content, zone, &mut errors),
    }
    errors.into_result()?;
    Ok(content)
}

fn check_names(conn: &mut PgConnection, content: &EventContent, errors: &mut FieldErrors) -> AppResult<()> {
    if let Some(id) = content.degree_id
        && degree::lock(conn, DegreeId(id)).optional()?.is_none()
    {
        errors.push("/degree_id", FieldCode::Unknown, "There is no such degree.");
    }
    if let Some(id) = content.department_id
        && department::lock(conn, DepartmentId(id)).optional()?.is_none()
    {
        errors.push("/department_id", FieldCode::Unknown, "There is no such department.");
    }
    Ok(())
}

fn check_publication(content: &EventContent, errors: &mut FieldErrors) {
    check_year("/publish_at", Some(content.publish_at), errors);
    check_year("/expires_at", content.expires_at, errors);
    if content.expires_at.is_some_and(|expires| expires <= content.publish_at) {
        errors.push("/expires_at", FieldCode::OutOfRange, "It would expire before it is published.");
    }
}

fn check_undated(content: &EventContent, errors: &mut FieldErrors) {
    let given = [
        ("/starts_at", content.starts_at.is_some()),
        ("/ends_at", content.ends_at.is_some()),
        ("/is_all_day", content.is_all_day),
    ];
    for (pointer, _) in given.into_iter().filter(|(_, is_given)| *is_given) {
        errors.push(pointer, FieldCode::NotAllowed, "Only entries of the calendar have dates.");
    }
}

fn check_dates(content: &EventContent, zone: chrono_tz::Tz, errors: &mut FieldErrors) {
    let given = [("/starts_at", content.starts_at), ("/ends_at", content.ends_at)];
    for (pointer, moment) in given {
        check_year(pointer, moment, errors);
        match moment {
            None => errors.push(pointer, FieldCode::Required, "An entry of the calendar has dates."),
            Some(moment) if content.is_all_day && !is_midnight(moment, zone) => {
                errors.push(pointer, FieldCode::OutOfRange, "Whole days go from midnight to midnight.");
            }
            Some(_) => {}
        }
    }
    if let (Some(starts), Some(ends)) = (content.starts_at, content.ends_at) {
        if ends <= starts {
            errors.push("/ends_at", FieldCode::OutOfRange, "It would end before it begins.");
        } else if ends - starts > Duration::days(DAYS_MAX) {
            errors.push("/ends_at", FieldCode::OutOfRange, format!("It takes {DAYS_MAX} days at most."));
        }
    }
}

/// Calendars have trouble with years of five digits, and so have clocks.
fn check_year(pointer: &str, moment: Option<DateTime<Utc>>, errors: &mut FieldErrors) {
    if moment.is_some_and(|moment| !(1990..=2200).contains(&moment.year())) {
        errors.push(pointer, FieldCode::OutOfRange, "The year goes from 1990 to 2200.");
    }
}

fn is_midnight(moment: DateTime<Utc>, zone: chrono_tz::Tz) -> bool {
    moment.with_timezone(&zone).time() == NaiveTime::MIN
}
