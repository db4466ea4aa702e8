use super::{desk, shown};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{allocation_round, application_ranking};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::check_live;
use crate::routes::gate;
use actix_web::{HttpResponse, put, web};
use gestfg_types::allocation_rounds::TutorView;
use gestfg_types::applications::{ProjectApplicants, RankApplicants};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{ApplicationId, ProjectId};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;
use std::collections::BTreeSet;

/// Put those who ask for a project in order, or on a short list, as the round asks its tutors.
///
/// By its tutor and co-tutor from the opening of the round to `tutors_close_at`; by coordinators
/// of its degree and admins also outside, with `override_reason`. Who is left out comes after.
#[utoipa::path(
    tag = "allocation",
    params(("id" = ProjectId, Path), ("If-Match" = String, Header)),
    request_body = RankApplicants,
    responses((status = 200, body = ProjectApplicants, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[put("/projects/{id}/applicants")]
pub(super) async fn rank_project_applicants(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<ProjectId>,
    body: web::Json<RankApplicants>,
) -> AppResult<HttpResponse> {
    let (id, body, now) = (id.into_inner(), body.into_inner(), state.clock.now());
    let config = state.config.clone();
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let ranked = state
        .db
        .write(move |conn| {
            let mut desk = desk(conn, &user, id, Some(body.round_id))?;
            desk.round = allocation_round::hold(conn, body.round_id)?;
            let current = application_ranking::lock(conn, body.round_id, id)?;
            version.check(current)?;
            check_live(&desk.round)?;
            let (facts, degree) = (desk.round.facts(), desk.facts.degree);
            let window = [facts.tutors_window()];
            let gate = (Phase::ProjectAssignment, window.as_slice());
            let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
            let asking = application_ranking::asking(conn, body.round_id, id)?;
            check(&body.groups, facts.tutor_view, &asking.into_iter().collect())?;
            application_ranking::write(conn, (body.round_id, id), &body.groups, user.id)?;
            Entry::new("project.rank_applicants", id.0)
                .degree(degree)
                .override_reason(&passage)
                .after(&json!({"round_id": body.round_id, "groups": body.groups}))
                .record(conn, &(&user).into())?;
            let tutors = [desk.facts.tutor].into_iter().chain(desk.facts.cotutor);
            Change::of(UpdateTopic::Applications)
                .subject(body.round_id.0)
                .people(tutors)
                .degree(degree)
                .publish(conn)?;
            shown(conn, &user, id, desk, now)
        })
        .await?;
    Ok(versioned(ranked.version, &ranked))
}

/// Each of them asks for the project, and stands in one place.
fn check(groups: &[Vec<ApplicationId>], view: TutorView, asking: &BTreeSet<ApplicationId>) -> AppResult<()> {
    if view == TutorView::None {
        return Err(AppError::refuse(ErrorCode::InvalidState, "Tutors are not asked in this round."));
    }
    let mut errors = FieldErrors::new();
    if view == TutorView::Shortlist && groups.len() > 1 {
        errors.push("/groups", FieldCode::TooLong, "A short list is one group.");
    }
    let mut seen = BTreeSet::new();
    for (n, group) in groups.iter().enumerate() {
        for (m, application) in group.iter().enumerate() {
            let pointer = format!("/groups/{n}/{m}");
            if !asking.contains(application) {
                errors.push(pointer, FieldCode::Unknown, "This application does not ask for the project.");
            } else if !seen.insert(*application) {
                errors.push(pointer, FieldCode::Duplicate, "This application stands in another place too.");
            }
        }
    }
    errors.into_result()
}
