//! Announcements and entries of the calendar.

use crate::domain::actor::Actor;
use crate::domain::{events, markdown};
use crate::models::event::{EventRow, NamedEvent};
use gestfg_types::events::Event;
use gestfg_types::ids::{DegreeId, DepartmentId, EventId, UserId};
use gestfg_types::session::{DegreeRef, DepartmentRef};
use gestfg_types::users::PersonRef;

/// An event, for this viewer.
#[must_use]
pub fn event(found: NamedEvent, viewer: Option<&Actor>) -> Event {
    let NamedEvent { event: row, degree_code, degree_name, department_code, department_name, author_name } =
        found;
    let (kind, audience) = (row.kind(), row.audience());
    let allowed_actions = events::allowed_actions(viewer, audience);
    let is_kept = !allowed_actions.is_empty();
    let EventRow {
        id,
        kind: _,
        title,
        body,
        location,
        audience: _,
        degree_id,
        department_id,
        starts_at,
        ends_at,
        is_all_day,
        publish_at,
        expires_at,
        is_pinned,
        author_id,
        updated_at,
        version,
    } = row;
    let degree = degree_id.zip(degree_code.zip(degree_name));
    let department = department_id.zip(department_code.zip(department_name));
    Event {
        id: EventId(id),
        kind,
        title,
        body_html: markdown::render(&body),
        body,
        location,
        audience: audience.kind,
        degree: degree.map(|(id, (code, name))| DegreeRef { id: DegreeId(id), code, name }),
        department: department.map(|(id, (code, name))| DepartmentRef { id: DepartmentId(id), code, name }),
        starts_at,
        ends_at,
        is_all_day,
        publish_at,
        expires_at,
        is_pinned,
        author: author_id
            .zip(author_name)
            .filter(|_| is_kept)
            .map(|(id, name)| PersonRef { id: UserId(id), name }),
        updated_at,
        version,
        allowed_actions,
    }
}
