//! Minutes of calls: provisional marks, the closed list, its verification.

use crate::auth::CurrentUser;
use crate::domain::actor::Actor;
use crate::domain::completeness::{self, Candidate};
use crate::domain::grading::{self, Exact};
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::call::CallDetail;
use crate::models::call_marks::{self, Gathered};
use crate::models::minutes::{self, MinutesRow, NewEntry};
use crate::models::update::Change;
use crate::models::{call, grading_settings, mark_claim};
use crate::views;
use diesel::PgConnection;
use gestfg_types::errors::{ErrorCode, FieldCode, FieldError};
use gestfg_types::grading::{Band, GradingRules};
use gestfg_types::ids::{AssignmentId, CallId, DefenceId, DegreeId, MinutesId, UserId};
use gestfg_types::mark::Mark;
use gestfg_types::minutes::{Honours, Minutes, MinutesState, Missing};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

mod close;
mod create;
mod export;
mod find;
mod list;
mod own;
mod print;
mod reopen;
mod verify;

/// The operations on minutes.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(create::create_minutes)
        .service(list::list_minutes)
        .service(verify::verify_minutes)
        .service(find::find_minutes)
        .service(print::print_minutes)
        .service(export::export_minutes)
        .service(close::close_minutes)
        .service(reopen::reopen_minutes)
        .service(own::list_own_marks);
}

/// The rules the marks of a call are made under: those of live minutes, or else those in force.
pub(super) fn rules_of(
    conn: &mut PgConnection,
    call: &CallDetail,
    latest: Option<&MinutesRow>,
) -> AppResult<GradingRules> {
    match latest {
        Some(row) if row.state() != MinutesState::Reopened => Ok(row.rules()),
        _ => Ok(grading_settings::in_force(conn, DegreeId(call.degree_id), call.academic_year)?.rules),
    }
}

/// The quota of the year, what is left of it, and who would get honours.
pub(super) fn honours_of(
    conn: &mut PgConnection,
    call: &CallDetail,
    rules: &GradingRules,
    marks: &[(DefenceId, Mark)],
) -> AppResult<Honours> {
    let (degree, year) = (DegreeId(call.degree_id), call.academic_year);
    let enrolled = match rules.enrolled {
        Some(enrolled) => i64::from(enrolled),
        None => grading_settings::count_enrolled(conn, degree, year)?,
    };
    let quota = grading::honours_quota(rules, enrolled);
    let given = minutes::count_honours(conn, degree, year, CallId(call.id))?;
    let places = quota.map(|quota| (quota - given).max(0));
    let (proposed, tied) = grading::honours(rules, marks, places);
    Ok(Honours { enrolled, quota, given, places, proposed, tied })
}

/// Refuse while something is missing, with each of it.
pub(super) fn refuse_missing(missing: &[Missing]) -> AppResult<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let errors = missing.iter().map(|one| FieldError {
        pointer: one.defence_id.map_or_else(|| "/call_id".to_owned(), |id| format!("/defences/{id}")),
        code: FieldCode::Required,
        message: completeness::sentence(one),
    });
    let refusal = AppError::code_only(ErrorCode::MarksIncomplete);
    Err(errors.fold(refusal, AppError::with))
}

/// The final mark of somebody of whom nothing is missing, ready to be written.
pub(super) fn new_entry(candidate: &Candidate, rules: &GradingRules) -> Option<NewEntry> {
    let outcome = candidate.outcome(rules);
    Some(NewEntry {
        defence: candidate.defence?,
        student: candidate.student.id,
        tutor_mark: outcome.tutor.map(Exact::to_three_decimals),
        committee_mark: outcome.committee.map(Exact::to_three_decimals),
        mark: outcome.mark,
        band: outcome.band.unwrap_or(Band::NotPresented),
    })
}

/// Minutes as this person may read them: presidents of the call, and who keeps the degree.
fn shown(conn: &mut PgConnection, id: MinutesId, actor: &Actor) -> AppResult<Minutes> {
    let row = minutes::find(conn, id)?;
    let call = call::find(conn, CallId(row.call_id))?;
    let presides = call_marks::presides(conn, CallId(call.id), actor.id)?;
    if !presides && !actor.keeps_degree(DegreeId(call.degree_id)) {
        return Err(AppError::not_found("minutes"));
    }
    let mut live = views::minutes::record(&row, call.reference(), minutes::entries(conn, id)?);
    if row.state() == MinutesState::Provisional {
        live.open_claims = i64::try_from(mark_claim::list_open(conn, id)?.len()).unwrap_or_default();
        let marks: Vec<_> = live.entries.iter().filter_map(|one| Some((one.defence_id, one.mark?))).collect();
        live.honours = Some(honours_of(conn, &call, &live.rules, &marks)?);
    }
    Ok(views::minutes::minutes(&row, live, actor, presides))
}

/// Everybody the marks of these students concern.
fn people(gathered: &[Gathered]) -> Vec<UserId> {
    gathered.iter().flat_map(|one| one.candidate.people()).collect()
}

/// Note of assignments that minutes have finished, or made active again, by whom.
fn record_steps(
    conn: &mut PgConnection,
    assignments: &[AssignmentId],
    (action, state): (&'static str, &str),
    (degree, user): (DegreeId, &CurrentUser),
) -> AppResult<()> {
    for id in assignments {
        Entry::new(action, id.0).degree(degree).after(&json!({"state": state})).record(conn, &user.into())?;
    }
    if !assignments.is_empty() {
        Change::of(UpdateTopic::Assignments).degree(degree).publish(conn)?;
    }
    Ok(())
}

/// Tell whoever watches that the marks of a call have changed, students included.
pub(super) fn publish_change(
    conn: &mut PgConnection,
    call: &CallDetail,
    people: Vec<UserId>,
) -> AppResult<()> {
    Change::of(UpdateTopic::Marks)
        .subject(call.id)
        .people(people)
        .degree(DegreeId(call.degree_id))
        .publish(conn)?;
    Ok(())
}
