use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::config::Config;
use crate::domain::phase_gate::Passage;
use crate::domain::policy;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{call, defence};
use crate::openapi::Problems;
use crate::routes::gate;
use crate::routes::marks::Marked;
use crate::routes::similarity::pass_similarity;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::defences::{Defence, DefenceState, UpdateDefence};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, DefenceId, DegreeId};
use gestfg_types::rubrics::RubricRole;
use gestfg_types::updates::UpdateTopic;

/// The longest remarks.
const LONGEST: usize = 2000;

/// Change the remarks of a defence, or how it stands. By coordinators of the degree and admins; by
/// the president of its committee only whether it was held, as long as marks can be written.
/// Outside that time coordinators and admins say so with `override_reason`, and nobody once the
/// marks are published.
///
/// It cannot be held while a flagged document of it waits for a justification, but by
/// coordinators and admins with `override_reason`.
#[utoipa::path(
    tag = "defences",
    params(("id" = DefenceId, Path), ("If-Match" = String, Header)),
    request_body = UpdateDefence,
    responses((status = 200, body = Defence, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/defences/{id}")]
pub(super) async fn update_defence(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<UpdateDefence>,
) -> AppResult<HttpResponse> {
    let (id, body) = (id.into_inner(), body.into_inner());
    let (now, config) = (state.clock.now(), state.config.clone());
    let mut errors = FieldErrors::new();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let remarks = body.remarks.as_deref().map(|remarks| errors.paragraphs("/remarks", remarks, LONGEST));
    let changed = state
        .db
        .write(move |conn| {
            let found = defence::find(conn, id)?;
            let degree = DegreeId(found.degree_id);
            let plans = policy::may_plan(&user, degree).is_ok();
            if !plans {
                may_say_outcome(conn, id, &user, &body, (now, &config))?;
            }
            // Whoever closes the minutes waits for this, or this for them.
            call::share(conn, CallId(found.call_id))?;
            let before = defence::lock(conn, id)?;
            version.check(before.version)?;
            errors.into_result()?;
            let is_held_now =
                body.state == Some(DefenceState::Held) && before.state != DefenceState::Held.as_str();
            let outcome = if plans && body.state.is_some_and(|state| changes_outcome(&before.state, state)) {
                pass_gate(conn, id, &user, reason.as_deref(), (now, &config))?
            } else {
                Passage::Open
            };
            let passage = if is_held_now {
                pass_similarity(conn, id, (&user, degree), reason.as_deref())?
            } else {
                Passage::Open
            };
            let after = defence::update(conn, id, remarks.as_deref(), body.state)?;
            Entry::new("defence.update", id.0)
                .degree(degree)
                .override_reason(if passage == Passage::Open { &outcome } else { &passage })
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            Change::of(UpdateTopic::Defences).subject(found.call_id).everybody().publish(conn)?;
            Ok(views::defences::defence(defence::find(conn, id)?, Some(&user)))
        })
        .await?;
    Ok(versioned(changed.version, &changed))
}

/// Whether this says, or unsays, that a student has defended or has not come.
fn changes_outcome(before: &str, after: DefenceState) -> bool {
    let is_outcome = |state: &str| {
        [DefenceState::Held, DefenceState::NotPresented].iter().any(|one| one.as_str() == state)
    };
    before != after.as_str() && (is_outcome(before) || is_outcome(after.as_str()))
}

/// An outcome is part of the mark: it is said while marks can be written, and afterwards with a
/// reason, as long as they are not published.
fn pass_gate(
    conn: &mut PgConnection,
    id: DefenceId,
    user: &CurrentUser,
    reason: Option<&str>,
    clock: (DateTime<Utc>, &Config),
) -> AppResult<Passage> {
    match Marked::load(conn, id) {
        Ok(marked) => marked.pass(conn, user, RubricRole::Committee, reason, clock),
        // Cancelled before, or taken out of the call: of no mark.
        Err(error) if error.code() == ErrorCode::NotFound => Ok(Passage::Open),
        Err(error) => Err(error),
    }
}

/// Whether the president says no more than whether the student defended, in time.
fn may_say_outcome(
    conn: &mut PgConnection,
    id: DefenceId,
    user: &CurrentUser,
    body: &UpdateDefence,
    (now, config): (DateTime<Utc>, &Config),
) -> AppResult<()> {
    let says_outcome =
        body.remarks.is_none() && body.state.is_some_and(|state| state != DefenceState::Cancelled);
    let marked = Marked::load(conn, id).ok().filter(|marked| marked.marking().may_preside(user).is_ok());
    let Some(marked) = marked.filter(|_| says_outcome) else {
        return Err(AppError::forbidden(
            "Only a coordinator of the degree or an admin changes defences; their president says whether they were held.",
        ));
    };
    marked.pass(conn, user, RubricRole::Committee, None, (now, config))?;
    Ok(())
}
