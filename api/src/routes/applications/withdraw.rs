use super::{announce, check_author, check_live, pass, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::{allocation_round, application, application_view};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live as check_round;
use crate::routes::gate;
use actix_web::{HttpResponse, post, web};
use gestfg_types::applications::{Application, WithdrawApplication};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, DegreeId};

/// Take an application back; its students can apply anew while the round is open. By its author;
/// by coordinators of the degree and admins also outside the dates, with `override_reason`. The
/// others of the team are told.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ApplicationId, Path), ("If-Match" = String, Header)),
    request_body = WithdrawApplication,
    responses((status = 200, body = Application, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/applications/{id}/withdraw")]
pub(super) async fn withdraw_application(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ApplicationId>,
    body: web::Json<WithdrawApplication>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let withdrawn = state
        .db
        .write(move |conn| {
            let found = application_view::find_visible(conn, id, &user)?;
            let round = allocation_round::hold(conn, AllocationRoundId(found.row.round_id))?;
            let before = application::lock(conn, id)?;
            let members = application::members(conn, id)?;
            check_author(&user, &before, &members)?;
            version.check(before.version)?;
            check_round(&round)?;
            check_live(&before)?;
            let passage = pass(&round, &user, reason.as_deref(), now, &config)?;
            let after = application::withdraw(conn, id, now)?;
            Entry::new("application.withdraw", id.0)
                .degree(DegreeId(after.degree_id))
                .override_reason(&passage)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let call = call::find(conn, CallId(round.call_id))?;
            let letter = Letter::ApplicationWithdrawn {
                call: CallId(call.id),
                name: name_of(&call.reference()),
                by: user.name.clone(),
            };
            notices::tell(conn, &config, now, &found.others(user.id), &letter)?;
            announce(conn, &found)?;
            shown(conn, &user, id, &round, now)
        })
        .await?;
    Ok(versioned(withdrawn.version, &withdrawn))
}
