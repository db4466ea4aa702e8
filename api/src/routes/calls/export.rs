use super::list::{Params, filter_of};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::domain::phases::phase_name;
use crate::error::AppResult;
use crate::models::call::{self, CallDetail};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local, yes_or_no};
use crate::sheets::list::Cell;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::session::Language;

const SPANISH: Titles = Titles {
    name: "Convocatorias",
    headers: &["Titulación", "Curso", "Convocatoria", "Abierta", "Plazo", "Desde", "Hasta"],
};

const ENGLISH: Titles =
    Titles { name: "Calls", headers: &["Degree", "Academic year", "Sitting", "Open", "Phase", "From", "To"] };

/// All calls of the list under these filters as a spreadsheet, a row for each
/// phase with dates.
#[utoipa::path(
    tag = "calls",
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
#[get("/calls/export")]
pub(super) async fn export_calls(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (viewer.language(&state.config), state.config.time_zone);
    let filter = filter_of(&asked.params, state.clock.now());
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let window = call::list(conn, viewer.actor(), &filter, page)?;
        Ok(window.spread(|row| lines(&row, language, zone)))
    })
    .await
}

fn lines(call: &CallDetail, language: Language, zone: Tz) -> Vec<Vec<Cell>> {
    let line = |phase: [Cell; 3]| {
        let mut cells: Vec<Cell> = vec![
            call.degree_code.as_str().into(),
            call.academic_year.into(),
            call.sitting_name.as_str().into(),
            yes_or_no(language, call.opened_at.is_some()),
        ];
        cells.extend(phase);
        cells
    };
    let dates = call.dates();
    if dates.is_empty() {
        return vec![line([Cell::Empty, Cell::Empty, Cell::Empty])];
    }
    let phase = |dates: &gestfg_types::calls::PhaseDates| {
        let name = phase_name(language, dates.phase);
        line([name.into(), local(dates.starts_at, zone).into(), local(dates.ends_at, zone).into()])
    };
    dates.iter().map(phase).collect()
}
