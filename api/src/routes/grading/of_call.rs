use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::grading::Exact;
use crate::domain::marking;
use crate::error::AppResult;
use crate::models::call_marks::{self, Gathered};
use crate::models::{call, minutes};
use crate::openapi::Problems;
use crate::routes::minutes::rules_of;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::grading::GradingRules;
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::minutes::{CallGrading, GradingAction, GradingEntry, MinutesState};

/// How far the marks of a call are: what each student would get, everything
/// that is missing, and who would get honours. For the presidents of its
/// committees, coordinators of the degree and admins.
#[utoipa::path(
    tag = "grading",
    params(("id" = CallId, Path)),
    responses((status = 200, body = CallGrading), Problems),
    security(("bearer" = []))
)]
#[get("/calls/{id}/grading")]
pub(super) async fn find_call_grading(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let found = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, id, Some(&user))?;
            let degree = DegreeId(call.degree_id);
            marking::may_close(&user, degree, call_marks::presides(conn, id, user.id)?)?;
            let latest = minutes::latest(conn, id)?;
            let rules = rules_of(conn, &call, latest.as_ref())?;
            let gathered = call_marks::gather(conn, id, None)?;
            let entries: Vec<_> = gathered.iter().filter_map(|one| entry(one, &rules)).collect();
            let missing: Vec<_> = gathered.iter().flat_map(|one| one.candidate.missing(&rules)).collect();
            let marks: Vec<_> = entries.iter().filter_map(|one| Some((one.defence_id, one.mark?))).collect();
            let is_live = latest.as_ref().is_some_and(|row| row.state() != MinutesState::Reopened);
            let may_publish = !is_live && missing.is_empty() && !entries.is_empty();
            Ok(CallGrading {
                honours: crate::routes::minutes::honours_of(conn, &call, &rules, &marks)?,
                minutes: latest.map(|row| views::minutes::reference(&row, call.reference())),
                call: call.reference(),
                rules,
                entries,
                missing,
                allowed_actions: if may_publish { vec![GradingAction::Publish] } else { Vec::new() },
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

/// What a student would get; none without a defence.
fn entry(one: &Gathered, rules: &GradingRules) -> Option<GradingEntry> {
    let outcome = one.candidate.outcome(rules);
    Some(GradingEntry {
        defence_id: one.candidate.defence?,
        student: one.candidate.student.clone(),
        project_title: one.row.project_title.clone(),
        committee_number: one.row.committee_number.unwrap_or_default(),
        tutor_mark: outcome.tutor.map(Exact::to_three_decimals),
        committee_mark: outcome.committee.map(Exact::to_three_decimals),
        mark: outcome.mark,
        band: outcome.band,
    })
}
