use crate::app::AppState;
use crate::auth::Viewer;
use crate::caching::revalidated;
use crate::error::AppResult;
use crate::models::call::{self, CallFilter, Position};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, Utc};
use gestfg_types::calls::Call;
use gestfg_types::ids::{DegreeId, SittingId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Of this degree.
    #[param(value_type = Option<i64>)]
    pub(super) degree_id: Option<DegreeId>,
    /// Of this academic year, by the year it starts in.
    pub(super) academic_year: Option<i16>,
    /// Of this sitting.
    #[param(value_type = Option<i64>)]
    pub(super) sitting_id: Option<SittingId>,
    /// Opened ones, or drafts.
    #[param(inline)]
    pub(super) state: Option<StateParam>,
    /// Only those with a phase that has not ended.
    #[serde(default)]
    pub(super) current: bool,
    /// Only those whose defences were published.
    #[serde(default)]
    pub(super) published_defences: bool,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateParam {
    Draft,
    Open,
}

/// List calls: later years first, in a year by their beginning.
///
/// Everybody sees those that were opened; coordinators and admins also the
/// drafts of their degrees.
#[utoipa::path(
    tag = "calls",
    params(Params, ("If-None-Match" = Option<String>, Header)),
    responses(
        (status = 200, body = Page<Call>, headers(("ETag"), ("Cache-Control"))),
        (status = 304, description = "Nothing the caller sees has changed since that ETag."),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/calls")]
pub(super) async fn list_calls(
    viewer: Viewer,
    request: HttpRequest,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let page = PageParams::<Position>::parse(params.limit, params.cursor.as_deref())?;
    let now = state.clock.now();
    let filter = filter_of(&params, now);
    let asking = viewer.clone();
    let page = state
        .public_reads
        .of(&viewer)
        .run(move |conn| {
            let window = call::list(conn, asking.actor(), &filter, &page)?;
            Ok(window.map(|row| views::calls::call(&row, asking.actor(), now)))
        })
        .await?;
    revalidated(&request, &viewer, &page)
}

/// What the parameters ask for.
pub(super) fn filter_of(params: &Params, now: DateTime<Utc>) -> CallFilter {
    CallFilter {
        degree: params.degree_id,
        year: params.academic_year,
        sitting: params.sitting_id,
        opened: params.state.map(|wanted| wanted == StateParam::Open),
        going_on_at: params.current.then_some(now),
        has_defences: params.published_defences,
    }
}
