//! Assignments entered for evaluation in a call.

use crate::mail::Letter;
use crate::models::assignment::AssignmentDetail;
use crate::models::call::name_of;
use crate::models::evaluation_request::EvaluationRequestDetail;
use crate::models::update::Change;
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::{AssignmentId, DegreeId};
use gestfg_types::updates::UpdateTopic;
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

/// The letter that tells of an assignment taken out of its call.
pub(super) fn withdrawn_letter(detail: &EvaluationRequestDetail, reason: Option<&str>) -> Letter {
    Letter::EvaluationWithdrawn {
        assignment: AssignmentId(detail.assignment.id),
        title: detail.assignment.project_title.clone(),
        call: name_of(&detail.call()),
        reason: reason.map(str::to_owned),
    }
}
