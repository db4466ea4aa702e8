use super::Wanted;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::{Sharing, revalidated_text};
use crate::error::AppResult;
use crate::ical::{self, Heading};
use crate::models::{call, defence};
use crate::openapi::Problems;
use crate::views::calendar::{Dated, Reader};
use actix_web::{HttpRequest, HttpResponse, get, web};

/// The timetable of a call for calendar programs, as iCalendar; of one room, committee or person
/// if that is asked for. Public: students are left out.
#[utoipa::path(
    tag = "defences",
    params(Wanted, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = String, content_type = "text/calendar", headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing has changed since that ETag."),
        Problems
    ),
    security(())
)]
#[get("/defences.ics")]
pub(super) async fn defences_feed(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Wanted>,
) -> AppResult<HttpResponse> {
    let (wanted, config) = (params.into_inner(), state.config.clone());
    let reader = Reader { language: config.default_language, zone: config.time_zone };
    let entries: Vec<Dated> = state
        .db
        .run(move |conn| {
            call::find_visible(conn, wanted.call_id, viewer.actor())?;
            let rows = defence::all(conn, &wanted.filter(true))?;
            Ok(rows.iter().filter_map(|row| reader.defence(row)).collect())
        })
        .await?;
    let heading = Heading {
        name: "GesTFG",
        public_url: &state.config.public_url,
        zone: state.config.time_zone,
        rules: &state.time_zone,
    };
    let text = ical::render(heading, &entries);
    Ok(revalidated_text(&request, Sharing::Public, "text/calendar; charset=utf-8", text))
}
