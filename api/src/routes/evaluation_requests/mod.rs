//! Assignments entered for evaluation in a call.

use crate::auth::CurrentUser;
use crate::config::Config;
use crate::error::AppResult;
use crate::mail::Letter;
use crate::models::assignment::AssignmentDetail;
use crate::models::audit::Entry;
use crate::models::call::name_of;
use crate::models::evaluation_request::EvaluationRequestDetail;
use crate::models::update::Change;
use crate::models::{defence, settlement};
use crate::notices;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::defences::DefenceState;
use gestfg_types::ids::{AssignmentId, CallId, CommitteeId, DegreeId, UserId};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

mod batch;
mod create;
mod enter;
mod export;
mod find;
mod list;
mod withdraw;

/// The operations on evaluation requests.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_evaluation_requests)
        .service(create::create_evaluation_request)
        .service(batch::create_evaluation_requests)
        .service(export::export_evaluation_requests)
        .service(find::find_evaluation_request)
        .service(withdraw::withdraw_evaluation_request);
}

/// Hint at a change to those whose lists show the request.
fn announce(conn: &mut PgConnection, request: i64, assignment: &AssignmentDetail) -> QueryResult<()> {
    let people = || {
        let tutors = [assignment.facts().tutor].into_iter().chain(assignment.facts().cotutor);
        assignment.student_ids().into_iter().chain(tutors)
    };
    let degree = DegreeId(assignment.degree_id);
    Change::of(UpdateTopic::EvaluationRequests)
        .subject(request)
        .people(people())
        .degree(degree)
        .publish(conn)?;
    Change::of(UpdateTopic::Assignments).subject(assignment.id).people(people()).degree(degree).publish(conn)
}

/// Cancel the planned defences of what is taken out of a call, and tell those who would have judged.
pub(in crate::routes) fn drop_defences(
    conn: &mut PgConnection,
    request: &EvaluationRequestDetail,
    user: &CurrentUser,
    (now, config): (DateTime<Utc>, &Config),
) -> AppResult<()> {
    let dropped = settlement::drop_defences(conn, request.request_id)?;
    let Some(first) = dropped.first() else { return Ok(()) };
    for one in &dropped {
        Entry::new("defence.update", one.id)
            .degree(DegreeId(request.assignment.degree_id))
            .before(&json!({"state": DefenceState::Planned}))
            .after(&json!({"state": DefenceState::Cancelled}))
            .record(conn, &user.into())?;
    }
    let committee = defence::find_committee(conn, CommitteeId(first.committee_id))?;
    let judges = committee.seats().into_iter().map(|seat| UserId(seat.professor_id));
    let told: Vec<_> = judges.filter(|id| *id != user.id).collect();
    let letter = Letter::DefenceCancelled {
        call: CallId(request.call_id),
        name: name_of(&request.call()),
        title: request.assignment.project_title.clone(),
    };
    notices::tell(conn, config, now, &told, &letter)?;
    Change::of(UpdateTopic::Defences).subject(request.call_id).everybody().publish(conn)?;
    Ok(())
}

/// The letter that tells of an assignment taken out of its call.
pub(super) fn withdrawn_letter(detail: &EvaluationRequestDetail, reason: Option<&str>) -> Letter {
    Letter::EvaluationWithdrawn {
        assignment: AssignmentId(detail.assignment.id),
        title: detail.assignment.project_title.clone(),
        call: name_of(&detail.call()),
        reason: reason.map(str::to_owned),
    }
}
