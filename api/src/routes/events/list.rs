use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::revalidated;
use crate::error::{AppError, AppResult};
use crate::models::event::{self, EventFilter, Reader};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpRequest, HttpResponse, get, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::events::{Event, EventKind};
use gestfg_types::ids::DegreeId;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Only announcements, or only entries.
    kind: Option<EventKind>,
    /// All that the caller keeps and nothing else, unpublished and expired ones too.
    #[serde(default)]
    managed: bool,
    /// Part of the title, ignoring case and accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// For the people of this degree.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the events that are out and for the caller, pinned ones first, then
/// the latest. Visitors see the public ones.
#[utoipa::path(
    tag = "events",
    params(Params, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Page<Event>, headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing the caller sees has changed since that ETag."),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/events")]
pub(super) async fn list_events(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let filter = filter_of(&params, &viewer)?;
    let page = PageParams::parse(params.limit, params.cursor.as_deref())?;
    let (now, year) = (state.clock.now(), state.academic_year());
    let asking = viewer.clone();
    let page: Page<Event> = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let reader = Reader { actor: asking.actor(), now, year };
            let window = event::list(conn, reader, &filter, &page)?;
            Ok(window.map(|event| views::events::event(event, asking.actor())))
        })
        .await?;
    revalidated(&request, &viewer, &page)
}

/// What these parameters ask for. Who is not signed in keeps nothing.
pub(super) fn filter_of(params: &Params, viewer: &Viewer) -> AppResult<EventFilter> {
    if params.managed && viewer.0.is_none() {
        return Err(AppError::code_only(ErrorCode::NotAuthenticated));
    }
    let Params { kind, managed, q, degree_id, .. } = params;
    Ok(EventFilter { kind: *kind, managed: *managed, q: q.clone(), degree: *degree_id })
}
