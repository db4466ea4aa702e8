use super::list::{Params, filter_of};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::event::{self, Reader};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local, yes_or_no};
use crate::sheets::list::Cell;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use gestfg_types::events::{Event, EventAudience, EventKind};
use gestfg_types::session::Language;

const SPANISH: Titles = Titles {
    name: "Avisos y eventos",
    headers: &[
        "Título",
        "Clase",
        "Para",
        "Lugar",
        "Empieza",
        "Termina",
        "Día completo",
        "Publicado el",
        "Caduca el",
        "Fijado",
        "Autor",
        "Texto",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Announcements and events",
    headers: &[
        "Title",
        "Kind",
        "For",
        "Place",
        "Begins",
        "Ends",
        "Whole day",
        "Published on",
        "Expires on",
        "Pinned",
        "Author",
        "Text",
    ],
};

/// All events of the list under these filters as a spreadsheet; who wrote them only for those
/// who keep them.
#[utoipa::path(
    tag = "events",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/events/export")]
pub(super) async fn export_events(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (viewer.language(&state.config), state.config.time_zone);
    let (now, year) = (state.clock.now(), state.academic_year());
    let filter = filter_of(&asked.params, &viewer)?;
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let reader = Reader { actor: viewer.actor(), now, year };
        let window = event::list(conn, reader, &filter, page)?;
        Ok(window.shape(|row| line(views::events::event(row, viewer.actor()), language, zone)))
    })
    .await
}

fn line(event: Event, language: Language, zone: Tz) -> Vec<Cell> {
    let whom = whom(&event, language);
    let (begins, ends) = times(&event, zone);
    vec![
        event.title.into(),
        kind_name(language, event.kind).into(),
        whom.into(),
        event.location.into(),
        begins,
        ends,
        yes_or_no(language, event.is_all_day),
        local(event.publish_at, zone).into(),
        event.expires_at.map(|at| local(at, zone)).into(),
        yes_or_no(language, event.is_pinned),
        event.author.map(|author| author.name).into(),
        event.body.into(),
    ]
}

/// Whole days are told by the first and the last of them.
fn times(event: &Event, zone: Tz) -> (Cell, Cell) {
    let moment = |at: DateTime<Utc>| local(at, zone);
    if event.is_all_day {
        let last = event.ends_at.map(|end| moment(end - TimeDelta::seconds(1)).date());
        (event.starts_at.map(|start| moment(start).date()).into(), last.into())
    } else {
        (event.starts_at.map(moment).into(), event.ends_at.map(moment).into())
    }
}

fn whom(event: &Event, language: Language) -> String {
    let word = match (language, event.audience) {
        (Language::Es, EventAudience::Public) => "Todo el mundo",
        (Language::En, EventAudience::Public) => "Everybody",
        (Language::Es, EventAudience::Students) => "Estudiantes",
        (Language::En, EventAudience::Students) => "Students",
        (Language::Es, EventAudience::Professors) => "Profesorado",
        (Language::En, EventAudience::Professors) => "Professors",
        (_, EventAudience::Degree) => {
            return event.degree.as_ref().map(|it| it.code.clone()).unwrap_or_default();
        }
        (_, EventAudience::Department) => {
            return event.department.as_ref().map(|it| it.code.clone()).unwrap_or_default();
        }
    };
    word.to_owned()
}

const fn kind_name(language: Language, kind: EventKind) -> &'static str {
    match (language, kind) {
        (Language::Es, EventKind::Announcement) => "Aviso",
        (Language::En, EventKind::Announcement) => "Announcement",
        (Language::Es, EventKind::Entry) => "Evento",
        (Language::En, EventKind::Entry) => "Event",
    }
}
