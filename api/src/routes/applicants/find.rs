use super::{desk, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::applications::ProjectApplicants;
use gestfg_types::ids::{AllocationRoundId, ProjectId};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// In this round; the latest, if none is said.
    #[param(value_type = Option<i64>)]
    round_id: Option<AllocationRoundId>,
}

/// Who asks for a project: for its tutor and co-tutor, coordinators of its degree and admins.
/// It tells neither records nor what else they ask for.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ProjectId, Path), Params),
    responses((status = 200, body = ProjectApplicants, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/projects/{id}/applicants")]
pub(super) async fn list_project_applicants(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, round, now) = (id.into_inner(), params.into_inner().round_id, state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let desk = desk(conn, &user, id, round)?;
            shown(conn, &user, id, desk, now)
        })
        .await?;
    Ok(versioned(found.version, &found))
}
