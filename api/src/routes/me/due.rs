use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::duties::duties;
use crate::domain::progress::progress;
use crate::error::AppResult;
use crate::models::{calendar, workload};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use chrono::Duration;
use gestfg_types::calendar::{Duties, ProgressList};

/// What one has to do next: what is open by its end, then what is ahead by its
/// beginning.
#[utoipa::path(
    tag = "me",
    responses((status = 200, body = Duties), Problems),
    security(("bearer" = []))
)]
#[get("/me/duties")]
pub(super) async fn list_duties(caller: CurrentUser, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let (now, year) = (state.clock.now(), state.academic_year());
    let items = state
        .db
        .run(move |conn| {
            let calls = calendar::list_calls(conn, None, now, None)?;
            Ok(duties(&workload::find(conn, &caller, year)?, &calls, now))
        })
        .await?;
    Ok(HttpResponse::Ok().json(Duties { items }))
}

/// How far one has come with one's project, in each degree one studies.
#[utoipa::path(
    tag = "me",
    responses((status = 200, body = ProgressList), Problems),
    security(("bearer" = []))
)]
#[get("/me/progress")]
pub(super) async fn find_progress(
    caller: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let (now, year) = (state.clock.now(), state.academic_year());
    let items = state
        .db
        .run(move |conn| {
            // A call entered some time ago may be over, and still be theirs.
            let calls = calendar::list_calls(conn, None, now - Duration::days(366), None)?;
            let load = workload::find(conn, &caller, year)?;
            Ok(load.studies.iter().map(|studies| progress(studies, &calls, now)).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(ProgressList { items }))
}
