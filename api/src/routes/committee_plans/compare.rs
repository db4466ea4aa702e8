use super::kept_plan;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::{Draft, comparison, report};
use crate::error::{AppError, AppResult};
use crate::models::planning_names::{self, Named};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::CommitteePlanId;
use gestfg_types::planning::{PlanComparison, ProjectDifference, SeatDifference};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// The other version, of the same call.
    #[param(value_type = i64)]
    with: CommitteePlanId,
}

/// How a version differs from another of its call: `before` is the other, `after` is this one.
#[utoipa::path(
    tag = "planning",
    params(("id" = CommitteePlanId, Path), Params),
    responses((status = 200, body = PlanComparison), Problems),
    security(("bearer" = []))
)]
#[get("/committee-plans/{id}/comparison")]
pub(super) async fn compare_committee_plans(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<CommitteePlanId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, with) = (id.into_inner(), params.into_inner().with);
    let found = state
        .db
        .run(move |conn| {
            let (after, call) = kept_plan(conn, &user, id)?;
            let (before, other) = kept_plan(conn, &user, with)?;
            if call.id != other.id {
                let sentence = "Versions of two calls cannot be compared.";
                return Err(AppError::invalid_field("/with", FieldCode::Unknown, sentence));
            }
            let (before, after) = (before.0.draft()?, after.0.draft()?);
            let mut named = planning_names::load(conn, &after)?;
            named.and(planning_names::load(conn, &before)?);
            Ok(compare(&before, &after, named))
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

fn compare(before: &Draft, after: &Draft, named: Named) -> PlanComparison {
    let seats = comparison::seats(before, after).into_iter().map(|(seat, old, new)| SeatDifference {
        seat,
        before: old.and_then(|id| named.person(id)),
        after: new.and_then(|id| named.person(id)),
    });
    let projects = comparison::projects(before, after).into_iter().map(|(request_id, old, new)| {
        ProjectDifference { request_id, title: named.title(request_id), before: old, after: new }
    });
    let (seats, projects) = (seats.collect(), projects.collect());
    let measures =
        comparison::measures(&report::report(before, &named.words), &report::report(after, &named.words));
    let defences = comparison::defences(before, after);
    PlanComparison { seats, projects, defences, measures, names: named.names }
}
