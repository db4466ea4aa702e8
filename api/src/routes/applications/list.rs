use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::allocation_round;
use crate::models::application_view::{self, ApplicationFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::applications::{Application, ApplicationState};
use gestfg_types::ids::{AllocationRoundId, CallId, ProjectId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// In this round.
    #[param(value_type = Option<i64>)]
    round_id: Option<AllocationRoundId>,
    /// In rounds of this call.
    #[param(value_type = Option<i64>)]
    call_id: Option<CallId>,
    /// That ask for this project.
    #[param(value_type = Option<i64>)]
    project_id: Option<ProjectId>,
    /// In this state.
    state: Option<ApplicationState>,
    /// With the caller among its students.
    #[serde(default)]
    mine: bool,
    /// Part of the name of a student or of the title of a project.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List the applications the caller may see, the newest first: their own and those they are
/// invited to; coordinators those of their degrees, admins all. Tutors see who asks for their
/// projects under `/projects/{id}/applicants`.
#[utoipa::path(
    tag = "allocation",
    params(Params),
    responses((status = 200, body = Page<Application>), Problems),
    security(("bearer" = []))
)]
#[get("/applications")]
pub(super) async fn list_applications(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let page = PageParams::<i64>::parse(params.limit, params.cursor.as_deref())?;
    let filter = ApplicationFilter {
        round: params.round_id,
        call: params.call_id,
        project: params.project_id,
        state: params.state,
        mine: params.mine,
        q: params.q,
    };
    let now = state.clock.now();
    let page = state
        .db
        .run(move |conn| {
            let window = application_view::list(conn, &user, &filter, &page)?;
            let mut rounds = HashMap::new();
            for id in window.rows.iter().map(|detail| detail.row.round_id) {
                if let Entry::Vacant(unknown) = rounds.entry(id) {
                    unknown.insert(allocation_round::find(conn, AllocationRoundId(id))?.facts());
                }
            }
            let items = window.rows.into_iter().filter_map(|detail| {
                let round = rounds.get(&detail.row.round_id)?;
                Some(views::applications::application(detail, round, &user, now))
            });
            Ok(Page { items: items.collect(), next_cursor: window.next_cursor, total: window.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
