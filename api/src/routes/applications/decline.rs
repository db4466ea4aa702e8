use super::{announce, check_live, pass, tell_team};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{allocation_round, application, application_view};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live as check_round;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, DegreeId};
use serde_json::json;

/// Turn an invitation to a team down, or leave it, while the round is open. The application
/// stands for the others, who are told; its author takes it back instead.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ApplicationId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/applications/{id}/decline")]
pub(super) async fn decline_application(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<ApplicationId>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    state
        .db
        .write(move |conn| {
            let found = application_view::find_visible(conn, id, &user)?;
            let round = allocation_round::hold(conn, AllocationRoundId(found.row.round_id))?;
            let row = application::lock(conn, id)?;
            let members = application::members(conn, id)?;
            let me = members
                .iter()
                .find(|member| member.student_id == user.id.0)
                .ok_or_else(|| AppError::forbidden("Only students of the team leave it."))?;
            check_round(&round)?;
            check_live(&row)?;
            if me.is_author {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "Its author takes the application back instead of leaving it.",
                ));
            }
            pass(&round, &user, None, now, &config)?;
            application::remove_member(conn, id, user.id)?;
            application::touch(conn, id, None)?;
            Entry::new("application.decline", id.0)
                .degree(DegreeId(row.degree_id))
                .before(&json!({"student": user.id}))
                .record(conn, &(&user).into())?;
            tell_team(conn, (&config, now), &round, &found, &user, false)?;
            Ok(announce(conn, &found)?)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
