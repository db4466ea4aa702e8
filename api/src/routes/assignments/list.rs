use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::assignment::{self, AssignmentFilter};
use crate::models::call;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::assignments::{Assignment, AssignmentState};
use gestfg_types::ids::{DegreeId, ProjectId, UserId};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// Of this project.
    #[param(value_type = Option<i64>)]
    pub(super) project_id: Option<ProjectId>,
    /// With this student.
    #[param(value_type = Option<i64>)]
    pub(super) student_id: Option<UserId>,
    /// In this state.
    pub(super) state: Option<AssignmentState>,
    /// Of projects of this degree.
    #[param(value_type = Option<i64>)]
    pub(super) degree_id: Option<DegreeId>,
    /// With the caller as student, tutor or co-tutor.
    #[serde(default)]
    pub(super) mine: bool,
    /// Entered in a call, or not.
    pub(super) requested: Option<bool>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    pub(super) limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub(super) cursor: Option<String>,
}

/// What the parameters ask for.
pub(super) fn filter_of(params: &Params) -> AssignmentFilter {
    AssignmentFilter {
        project: params.project_id,
        student: params.student_id,
        state: params.state,
        degree: params.degree_id,
        mine: params.mine,
        requested: params.requested,
    }
}

/// List the assignments the caller may see, the newest first.
#[utoipa::path(
    tag = "assignments",
    params(Params),
    responses((status = 200, body = Page<Assignment>), Problems),
    security(("bearer" = []))
)]
#[get("/assignments")]
pub(super) async fn list_assignments(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let params = params.into_inner();
    let page = PageParams::<i64>::parse(params.limit, params.cursor.as_deref())?;
    let filter = filter_of(&params);
    let now = state.clock.now();
    let page = state
        .db
        .run(move |conn| {
            let window = assignment::list(conn, &user, &filter, &page)?;
            let open = call::open_phases(conn, now)?;
            Ok(window.map(|row| views::assignments::assignment(row, &user, &open)))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
