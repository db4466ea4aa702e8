use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::{answer, ids};
use crate::error::{AppError, AppResult};
use crate::models::allocation_names;
use crate::models::allocation_run::RunRow;
use crate::models::{allocation_publication, allocation_run, application, application_view};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::seen_round;
use actix_web::{HttpResponse, get, web};
use diesel::PgConnection;
use gestfg_planner::allocation::{Instance, Solution};
use gestfg_types::allocation_runs::{AllocationAnswer, AnsweredWish};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, DegreeId, UserId};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of this application, for those who keep the degree; else the caller's own.
    #[param(value_type = Option<i64>)]
    application_id: Option<ApplicationId>,
}

/// What became of an application in a published allocation: what it got, and of every other wish
/// exactly why not, without anybody else's name or mark.
///
/// For its students, once it is published; for coordinators of the degree and admins too.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path), Params),
    responses((status = 200, body = AllocationAnswer), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-rounds/{id}/answer")]
pub(super) async fn find_allocation_answer(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, asked) = (id.into_inner(), params.into_inner().application_id);
    let answer = state
        .db
        .run(move |conn| {
            seen_round(conn, &user, id)?;
            let own = || AppError::not_found("application");
            let application = match asked {
                Some(asked) => {
                    let found = application_view::find_visible(conn, asked, &user)?;
                    // Who was invited and did not join learns nothing of what the team got.
                    let of_team = found.taking_part().contains(&user.id);
                    if !of_team && !user.keeps_degree(DegreeId(found.row.degree_id)) {
                        return Err(own());
                    }
                    found.row
                }
                None => {
                    let found = application::of_student(conn, id, user.id)?.ok_or_else(own)?;
                    application::find(conn, found)?
                }
            };
            if application.round_id != id.0 {
                return Err(own());
            }
            let run = allocation_run::published(conn, id)?.ok_or_else(|| {
                AppError::refuse(ErrorCode::InvalidState, "The allocation has not been published.")
            })?;
            answered(conn, &run, application.application_id())
        })
        .await?;
    Ok(HttpResponse::Ok().json(answer))
}

fn answered(conn: &mut PgConnection, run: &RunRow, id: ApplicationId) -> AppResult<AllocationAnswer> {
    let question = run.question()?;
    let solution = run.answer()?.ok_or_else(|| AppError::not_found("allocation"))?;
    // Who asked for nothing was not in the question.
    let team = answer::teams(&question).remove(&id).unwrap_or_default();
    let grant = answer::grants(&question, &solution).into_iter().find(|grant| grant.application == id);
    let applicant = question.applicants.iter().find(|applicant| applicant.id == ids::applicant(id));
    let asked = applicant.into_iter().flat_map(|applicant| applicant.preferences.iter().flatten());
    let projects = asked.filter_map(ids::project_of).chain(grant.iter().map(|grant| grant.project)).collect();
    let names = allocation_names::load(conn, &projects, &team.iter().copied().collect())?;
    let members = team.iter().map(|student: &UserId| names.person(*student)).collect();
    Ok(AllocationAnswer {
        application_id: id,
        members,
        granted: grant.as_ref().map(|grant| names.project(grant.project)),
        granted_rank: grant.as_ref().and_then(|grant| grant.rank),
        assignment_id: allocation_publication::assignment_of(conn, id)?,
        wishes: wishes(&question, &solution, id, &names),
        method: run.method(),
        published_at: run.published_at.unwrap_or(run.created_at),
        seed: run.seed,
        input_hash: run.input_hash.clone(),
        algorithm_version: solution.algorithm_version,
    })
}

fn wishes(
    question: &Instance,
    solution: &Solution,
    id: ApplicationId,
    names: &allocation_names::Names,
) -> Vec<AnsweredWish> {
    let applicant = ids::applicant(id);
    let Some(asking) = question.applicants.iter().find(|other| other.id == applicant) else {
        return Vec::new();
    };
    let got = solution.pairs.iter().find(|pair| pair.applicant == applicant).map(|pair| &pair.project);
    let answers = || solution.answers.iter().filter(|answer| answer.applicant == applicant);
    let wish = |(rank, project): (usize, &gestfg_planner::id::ProjectId)| {
        let granted = got == Some(project);
        let reason = answers().find(|answer| answer.project == *project);
        Some(AnsweredWish {
            project: names.project(ids::project_of(project)?),
            rank: i16::try_from(rank).unwrap_or(i16::MAX),
            granted,
            reason: reason.filter(|_| !granted).map(|found| answer::reason(&found.reason)),
        })
    };
    asking.wishes().filter_map(wish).collect()
}
