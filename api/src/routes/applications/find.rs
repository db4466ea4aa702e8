use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::versioned;
use crate::models::{allocation_round, application_view};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::applications::Application;
use gestfg_types::ids::{AllocationRoundId, ApplicationId};

/// One application, for its students, those who are invited, and those who keep its degree.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Application, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/applications/{id}")]
pub(super) async fn find_application(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ApplicationId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let detail = application_view::find_visible(conn, id, &user)?;
            let round = allocation_round::find(conn, AllocationRoundId(detail.row.round_id))?;
            Ok(views::applications::application(detail, &round.facts(), &user, now))
        })
        .await?;
    Ok(versioned(found.version, &found))
}
