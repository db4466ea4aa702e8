//! Who asks for a project, for its tutors.

use crate::auth::CurrentUser;
use crate::domain::policy::{self, ProjectFacts};
use crate::error::{AppError, AppResult};
use crate::models::allocation_round::{self, RoundRow};
use crate::models::{application_ranking, call, project_view};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::allocation_rounds::TutorView;
use gestfg_types::applications::{ProjectApplicant, ProjectApplicants};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, ProjectId};
use utoipa_actix_web::service_config::ServiceConfig;

mod find;
mod rank;

/// The operations on those who ask for a project.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find::list_project_applicants).service(rank::rank_project_applicants);
}

/// A project that is asked for, in the round it is asked for in.
struct Desk {
    title: String,
    facts: ProjectFacts,
    round: RoundRow,
}

/// For its tutors and those who keep its degree; without a round, in the latest.
fn desk(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: ProjectId,
    round: Option<AllocationRoundId>,
) -> AppResult<Desk> {
    let detail = project_view::find_visible(conn, id, Some(user))?;
    let facts = detail.summary.facts();
    policy::may_see_applicants(user, &facts)?;
    let round = match round {
        Some(round) => allocation_round::find(conn, round)?,
        None => allocation_round::find_of_project(conn, id)?,
    };
    call::find_visible(conn, CallId(round.call_id), Some(user))?;
    if round.degree_id != facts.degree.0 {
        return Err(AppError::not_found("round"));
    }
    Ok(Desk { title: detail.summary.title, facts, round })
}

/// Those who ask for it, as its tutors see them.
fn shown(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: ProjectId,
    desk: Desk,
    now: DateTime<Utc>,
) -> AppResult<ProjectApplicants> {
    let round = desk.round.round_id();
    let rows = application_ranking::list(conn, round, id)?;
    let facts = desk.round.facts();
    let is_open = facts.tutors_window().contains(now) || user.keeps_degree(desk.facts.degree);
    Ok(ProjectApplicants {
        project_id: id,
        project_title: desk.title,
        round_id: round,
        tutor_view: facts.tutor_view,
        tutors_close_at: facts.tutors_close_at,
        items: rows
            .into_iter()
            .map(|row| ProjectApplicant {
                application_id: ApplicationId(row.application_id),
                members: row.members(),
                rank: row.rank.filter(|_| facts.tutor_view != TutorView::None),
                statement: row.statement,
            })
            .collect(),
        may_rank: is_open && facts.settled.is_none() && facts.tutor_view != TutorView::None,
        version: application_ranking::version(conn, round, id)?,
    })
}
