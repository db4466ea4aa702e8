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
struct Params {
    /// Of this project.
    #[param(value_type = Option<i64>)]
    project_id: Option<ProjectId>,
    /// With this student.
    #[param(value_type = Option<i64>)]
    student_id: Option<UserId>,
    /// In this state.
    state: Option<AssignmentState>,
    /// Of projects of this degree.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// With the caller as student, tutor or co-tutor.
    #[serde(default)]
    mine: bool,
    /// Entered in a call, or not.
    requested: Option<bool>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
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
    let filter = AssignmentFilter {
        project: params.project_id,
        student: params.student_id,
        state: params.state,
        degree: params.degree_id,
        mine: params.mine,
        requested: params.requested,
    };
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
