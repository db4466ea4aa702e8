use super::{announce, hindered, pass, shown, team};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::wishes;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::mail::Letter;
use crate::models::allocation_round::{self, RoundRow};
use crate::models::audit::Entry;
use crate::models::call::{self, name_of};
use crate::models::{application, application_view};
use crate::notices;
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live;
use crate::routes::{BASE, gate};
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_types::applications::{Application, CreateApplication, STATEMENT_MAX};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{CallId, DegreeId, UserId};
use serde_json::json;
use std::collections::BTreeSet;

/// Apply in a round: for oneself, alone or with others who are invited.
///
/// While the round is open; what is saved when it closes counts. Those who are invited take part
/// once they say yes. Coordinators of the degree and admins apply on behalf (`student`), outside
/// the dates with `override_reason`; whom they enter takes part without being asked.
#[utoipa::path(
    tag = "allocation",
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    request_body = CreateApplication,
    responses((status = 201, body = Application, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/applications")]
pub(super) async fn create_application(
    user: CurrentUser,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateApplication>,
) -> AppResult<HttpResponse> {
    let (body, now, config) = (body.into_inner(), state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let mut errors = FieldErrors::new();
    let statement = errors.paragraphs("/statement", &body.statement, STATEMENT_MAX);
    errors.into_result()?;
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &user, now, &body, |conn| {
                // Whoever moves the dates of the round is waited for.
                let round = opened(conn, &user, &body)?;
                let degree = DegreeId(round.degree_id);
                let author = author(conn, &user, &round, body.student.as_deref())?;
                check_live(&round)?;
                let passage = pass(&round, &user, reason.as_deref(), now, &config)?;
                if let Some(hindrance) = application::hindrance(conn, author, degree)? {
                    return Err(hindered(hindrance, "/student"));
                }
                let others = team::invited(conn, &user, &round, &body.invite, &[author])?;
                let size = i16::try_from(1 + others.len()).unwrap_or(i16::MAX);
                let asked: Vec<_> = body.preferences.iter().map(|wish| wish.project_id).collect();
                let projects = application_view::asked(conn, CallId(round.call_id), &asked)?;
                let mut errors = FieldErrors::new();
                let none = BTreeSet::new();
                let list =
                    wishes::checked(&body.preferences, &round.facts(), size, &projects, &none, &mut errors);
                errors.into_result()?;
                let key = (body.round_id, degree);
                let row = application::create(conn, key, &statement, user.id, now)?;
                application::add_member(conn, &row, author, true, Some(now))?;
                let said_yes = user.keeps_degree(degree).then_some(now);
                for other in &others {
                    application::add_member(conn, &row, *other, false, said_yes)?;
                }
                application::set_wishes(conn, &row, &list)?;
                Entry::new("application.create", row.id)
                    .degree(degree)
                    .override_reason(&passage)
                    .after(&json!({"application": row, "author": author, "invited": others, "preferences": list}))
                    .record(conn, &(&user).into())?;
                let detail = application_view::find(conn, row.application_id())?;
                if said_yes.is_none() && !others.is_empty() {
                    let call = call::find(conn, CallId(round.call_id))?;
                    let letter = Letter::TeamInvitation {
                        call: CallId(call.id),
                        name: name_of(&call.reference()),
                        author: user.name.clone(),
                        closes_at: round.closes_at,
                    };
                    notices::tell(conn, &config, now, &others, &letter)?;
                }
                announce(conn, &detail)?;
                Ok(Created {
                    location: format!("{BASE}/applications/{}", row.id),
                    version: Some(row.version),
                    body: shown(conn, &user, row.application_id(), &round, now)?,
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

/// The round, if the caller may know of it; it stays as it is.
fn opened(conn: &mut PgConnection, user: &CurrentUser, body: &CreateApplication) -> AppResult<RoundRow> {
    let found = allocation_round::hold(conn, body.round_id)
        .and_then(|row| call::find_visible(conn, CallId(row.call_id), Some(user)).map(|_| row));
    found.map_err(|error| match error {
        diesel::NotFound => {
            AppError::invalid_field("/round_id", FieldCode::Unknown, "There is no such round.")
        }
        other => other.into(),
    })
}

/// Whose application it is: the caller's, or that of somebody the caller may speak for.
fn author(
    conn: &mut PgConnection,
    user: &CurrentUser,
    round: &RoundRow,
    student: Option<&str>,
) -> AppResult<UserId> {
    match student {
        Some(_) if !user.keeps_degree(DegreeId(round.degree_id)) => Err(AppError::forbidden(
            "Only a coordinator of the degree or an admin may apply on behalf of somebody.",
        )),
        Some(text) => team::recognise(conn, user, round, text, "/student"),
        None if user.is_student => Ok(user.id),
        None if user.keeps_degree(DegreeId(round.degree_id)) => {
            Err(AppError::invalid_field("/student", FieldCode::Required, "Say who applies."))
        }
        None => Err(AppError::forbidden("Students apply for projects.")),
    }
}
