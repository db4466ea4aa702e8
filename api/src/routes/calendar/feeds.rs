use super::merge::{Wanted, merge};
use crate::app::AppState;
use crate::caching::{Sharing, revalidated_text};
use crate::error::{AppError, AppResult};
use crate::ical::{self, Heading};
use crate::models::{calendar, calendar_feed, current_user};
use crate::openapi::Problems;
use crate::views::calendar::{Dated, Reader};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Duration, Utc};
use gestfg_types::ids::DegreeId;
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::IntoParams;

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// A year back, and everything ahead: nobody plans further than this.
fn window(now: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    (now - Duration::days(366), now + Duration::days(3653))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Only calls of this degree; all by default.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// Language of the titles; the institution's by default.
    language: Option<Language>,
}

/// The public calendar for calendar programs, as iCalendar: phases of opened
/// calls and public events, from a year ago on.
#[utoipa::path(
    tag = "calendar",
    params(Params, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = String, content_type = "text/calendar", headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing has changed since that ETag."),
        Problems
    ),
    security(())
)]
#[get("/calendar.ics")]
pub(super) async fn public_feed(
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { degree_id, language } = params.into_inner();
    let (now, year, zone) = (state.clock.now(), state.academic_year(), state.config.time_zone);
    let reader = Reader { language: language.unwrap_or(state.config.default_language), zone };
    let (from, to) = window(now);
    let entries = state
        .db
        .run(move |conn| {
            let degrees = degree_id.map(|id| vec![id]);
            Ok(merge(conn, &Wanted { actor: None, degrees, from, to, now, year }, reader)?)
        })
        .await?;
    Ok(revalidated_text(&request, Sharing::Public, MEDIA_TYPE, text(&state, &entries)))
}

/// One's private calendar for calendar programs, as iCalendar: the calls of
/// one's degrees, the events one sees, and what one has to do.
///
/// The address is the key; whoever has it reads the calendar. `/me/calendar-feed`
/// makes it and lets it die.
#[utoipa::path(
    tag = "calendar",
    params(
        ("token" = String, Path, description = "The secret of the address."),
        ("If-None-Match" = Option<String>, Header)
    ),
    responses(
        (status = 200, body = String, content_type = "text/calendar", headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing has changed since that ETag."),
        Problems
    ),
    security(())
)]
#[get("/calendar/{token}.ics")]
pub(super) async fn private_feed(
    request: HttpRequest,
    state: web::Data<AppState>,
    token: web::Path<String>,
) -> AppResult<HttpResponse> {
    let token = token.into_inner();
    let (now, year, zone) = (state.clock.now(), state.academic_year(), state.config.time_zone);
    let (from, to) = window(now);
    let entries = state
        .db
        .run(move |conn| {
            let unknown = || AppError::not_found("calendar");
            let (owner, language) = calendar_feed::find_owner(conn, &token, now)?.ok_or_else(unknown)?;
            let actor = current_user::load_actors(conn, &[owner])?.pop().ok_or_else(unknown)?;
            // Who has nothing to do with any degree, as the secretary, looks after all.
            let degrees =
                Some(calendar::degrees_of(conn, owner, year)?).filter(|degrees| !degrees.is_empty());
            let wanted = Wanted { actor: Some(&actor), degrees, from, to, now, year };
            Ok(merge(conn, &wanted, Reader { language, zone })?)
        })
        .await?;
    Ok(revalidated_text(&request, Sharing::Private, MEDIA_TYPE, text(&state, &entries)))
}

fn text(state: &AppState, entries: &[Dated]) -> String {
    let heading = Heading {
        name: "GesTFG",
        public_url: &state.config.public_url,
        zone: state.config.time_zone,
        rules: &state.time_zone,
    };
    ical::render(heading, entries)
}
