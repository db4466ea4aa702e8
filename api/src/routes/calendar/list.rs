use super::merge::{Wanted, merge};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::revalidated;
use crate::domain::dates::moment;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::views::calendar::Reader;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use gestfg_types::calendar::Calendar;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DegreeId;
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::IntoParams;

/// The most days asked for at once: a year and its margins.
const DAYS_MAX: i64 = 400;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// First day, in the institution's time zone.
    from: NaiveDate,
    /// Last day; 400 days at most in all.
    to: NaiveDate,
    /// Only calls of this degree, and events for it or for no degree; all by default.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// Language of the titles; by default the caller's, else the institution's.
    language: Option<Language>,
}

/// What is between two days: phases of opened calls, events for the caller,
/// and the ends of what the caller has to do.
#[utoipa::path(
    tag = "calendar",
    params(Params, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Calendar, headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing the caller sees has changed since that ETag."),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/calendar")]
pub(super) async fn list_calendar(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { from, to, degree_id, language } = params.into_inner();
    check(from, to)?;
    let zone = state.config.time_zone;
    let spoken = viewer.0.as_ref().map_or(state.config.default_language, |user| user.language);
    let reader = Reader { language: language.unwrap_or(spoken), zone };
    let (now, year) = (state.clock.now(), state.academic_year());
    let asking = viewer.clone();
    let items = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let wanted = Wanted {
                actor: asking.actor(),
                degrees: degree_id.map(|id| vec![id]),
                from: moment(zone, from.and_time(NaiveTime::MIN)),
                to: moment(zone, (to + Days::new(1)).and_time(NaiveTime::MIN)),
                now,
                year,
            };
            let entries = merge(conn, &wanted, reader)?;
            Ok(entries.into_iter().map(|dated| dated.entry).collect())
        })
        .await?;
    revalidated(&request, &viewer, &Calendar { from, to, items })
}

fn check(from: NaiveDate, to: NaiveDate) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    for (pointer, day) in [("/from", from), ("/to", to)] {
        if !(1990..=2200).contains(&day.year()) {
            errors.push(pointer, FieldCode::OutOfRange, "The year goes from 1990 to 2200.");
        }
    }
    if to < from {
        errors.push("/to", FieldCode::OutOfRange, "The last day is not before the first.");
    } else if (to - from).num_days() >= DAYS_MAX {
        errors.push("/to", FieldCode::OutOfRange, format!("At most {DAYS_MAX} days are shown at once."));
    }
    errors.into_result()
}
