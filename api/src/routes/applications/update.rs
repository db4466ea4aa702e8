use super::team::Team;
use super::{announce, check_author, check_live, check_takes_part, pass, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::allocation::wishes;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::allocation_round::RoundRow;
use crate::models::application::{ApplicationRow, MemberRow};
use crate::models::application_view::ApplicationDetail;
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::{allocation_round, application, application_view};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live as check_round;
use crate::routes::gate;
use actix_web::{HttpResponse, patch, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::applications::{Application, STATEMENT_MAX, UpdateApplication, Wish};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, DegreeId, UserId};
use serde_json::{Value, json};

/// Save an application: its statement, everything it asks for, its team.
///
/// By the students who take part while the round is open; the team by its author only.
/// Coordinators of the degree and admins on behalf, outside the dates with `override_reason`.
/// Made to be saved often: `If-Match` tells when somebody else of the team saved in between.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ApplicationId, Path), ("If-Match" = String, Header)),
    request_body = UpdateApplication,
    responses((status = 200, body = Application, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/applications/{id}")]
pub(super) async fn update_application(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ApplicationId>,
    body: web::Json<UpdateApplication>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let mut errors = FieldErrors::new();
    let statement = body.statement.as_ref().map(|text| errors.paragraphs("/statement", text, STATEMENT_MAX));
    errors.into_result()?;
    let saved = state
        .db
        .write(move |conn| {
            let found = application_view::find_visible(conn, id, &user)?;
            // Locks in the order of everybody: round, application.
            let round = allocation_round::hold(conn, AllocationRoundId(found.row.round_id))?;
            let before = application::lock(conn, id)?;
            let members = application::members(conn, id)?;
            check_takes_part(&user, &before, &members)?;
            if !body.invite.is_empty() || !body.remove.is_empty() {
                check_author(&user, &before, &members)?;
            }
            version.check(before.version)?;
            check_round(&round)?;
            check_live(&before)?;
            let passage = pass(&round, &user, reason.as_deref(), now, &config)?;
            let degree = DegreeId(before.degree_id);
            let team = Team { user: &user, round: &round, row: &before, members: &members };
            let invited = team.change(conn, &body.invite, &body.remove, now)?;
            let wishes_before = application::wishes(conn, id)?;
            let members_after = application::members(conn, id)?;
            if let Some(wanted) = &body.preferences {
                let list = checked(conn, &round, members_after.len(), wanted, &wishes_before)?;
                application::set_wishes(conn, &before, &list)?;
            }
            let after = application::touch(conn, id, statement.as_deref())?;
            let wishes_after = application::wishes(conn, id)?;
            Entry::new("application.update", id.0)
                .degree(degree)
                .override_reason(&passage)
                .before(&noted(&before, &members, &wishes_before))
                .after(&noted(&after, &members_after, &wishes_after))
                .record(conn, &(&user).into())?;
            tell(conn, &config, &user, &round, &invited, &removed(&found, &body.remove), now)?;
            let detail = application_view::find(conn, id)?;
            announce(conn, &detail)?;
            shown(conn, &user, id, &round, now)
        })
        .await?;
    Ok(versioned(saved.version, &saved))
}

/// What the audit log keeps of it.
fn noted(row: &ApplicationRow, members: &[MemberRow], wishes: &[Wish]) -> Value {
    let students: Vec<i64> = members.iter().map(|member| member.student_id).collect();
    json!({"statement": row.statement, "students": students, "preferences": wishes})
}

fn checked(
    conn: &mut PgConnection,
    round: &RoundRow,
    team: usize,
    wanted: &[Wish],
    before: &[Wish],
) -> AppResult<Vec<Wish>> {
    let asked: Vec<_> = wanted.iter().map(|wish| wish.project_id).collect();
    let projects = application_view::asked(conn, CallId(round.call_id), &asked)?;
    let before = before.iter().map(|wish| wish.project_id).collect();
    let team = i16::try_from(team).unwrap_or(i16::MAX);
    let mut errors = FieldErrors::new();
    let list = wishes::checked(wanted, &round.facts(), team, &projects, &before, &mut errors);
    errors.into_result()?;
    Ok(list)
}

fn removed(found: &ApplicationDetail, ids: &[UserId]) -> Vec<(UserId, String)> {
    let named = ids.iter().filter_map(|id| Some((*id, found.member(*id)?.name.clone())));
    named.collect()
}

/// Those who are invited, and those who were taken out, hear of it.
fn tell(
    conn: &mut PgConnection,
    config: &Config,
    user: &CurrentUser,
    round: &RoundRow,
    invited: &[UserId],
    removed: &[(UserId, String)],
    now: DateTime<Utc>,
) -> AppResult<()> {
    if invited.is_empty() && removed.is_empty() {
        return Ok(());
    }
    let call = CallId(round.call_id);
    let name = name_of(&call::find(conn, call)?.reference());
    // Whom a coordinator enters has been asked already.
    if !user.keeps_degree(DegreeId(round.degree_id)) {
        let (author, closes_at) = (user.name.clone(), round.closes_at);
        let letter = Letter::TeamInvitation { call, name: name.clone(), author, closes_at };
        notices::tell(conn, config, now, invited, &letter)?;
    }
    for (id, student) in removed {
        let letter =
            Letter::TeamChanged { call, name: name.clone(), student: student.clone(), joined: false };
        notices::tell(conn, config, now, &[*id], &letter)?;
    }
    Ok(())
}
