use super::{announce, check_live, hindered, pass, shown, tell_team};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::versioned;
use crate::models::audit::Entry;
use crate::models::{allocation_round, application, application_view};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live as check_round;
use actix_web::{HttpResponse, post, web};
use gestfg_types::applications::Application;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, DegreeId};
use serde_json::json;

/// Say yes to an invitation to a team, while the round is open. Who applies already takes that
/// back first. Saying yes twice changes nothing. The others of the team are told.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ApplicationId, Path)),
    responses((status = 200, body = Application, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/applications/{id}/confirm")]
pub(super) async fn confirm_application(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ApplicationId>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let joined = state
        .db
        .write(move |conn| {
            let found = application_view::find_visible(conn, id, &user)?;
            let round = allocation_round::hold(conn, AllocationRoundId(found.row.round_id))?;
            let row = application::lock(conn, id)?;
            let members = application::members(conn, id)?;
            let me = members
                .iter()
                .find(|member| member.student_id == user.id.0)
                .ok_or_else(|| AppError::forbidden("Only students who are invited say yes."))?;
            if me.confirmed_at.is_some() {
                return shown(conn, &user, id, &round, now);
            }
            check_round(&round)?;
            check_live(&row)?;
            pass(&round, &user, None, now, &config)?;
            let degree = DegreeId(row.degree_id);
            if let Some(hindrance) = application::hindrance(conn, user.id, degree)? {
                return Err(hindered(hindrance, "/student"));
            }
            application::confirm(conn, id, user.id, now)?;
            application::touch(conn, id, None)?;
            Entry::new("application.confirm", id.0)
                .degree(degree)
                .after(&json!({"student": user.id}))
                .record(conn, &(&user).into())?;
            tell_team(conn, (&config, now), &round, &found, &user, true)?;
            announce(conn, &found)?;
            shown(conn, &user, id, &round, now)
        })
        .await?;
    Ok(versioned(joined.version, &joined))
}
