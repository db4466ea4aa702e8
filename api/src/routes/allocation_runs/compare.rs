use super::kept_run;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::answer::{Grant, Load, grants, loads, teams};
use crate::error::{AppError, AppResult};
use crate::models::allocation_names::{self, Names};
use crate::models::allocation_run::RunRow;
use crate::openapi::Problems;
use crate::views::allocation_runs;
use actix_web::{HttpResponse, get, web};
use gestfg_types::allocation_runs::{
    AllocationComparison, AllocationDifference, Granted, TutorLoadDifference,
};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AllocationRunId, ApplicationId, UserId};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// The other allocation, of the same round.
    #[param(value_type = i64)]
    with: AllocationRunId,
}

/// How an allocation differs from another of its round: `before` is the other, `after` this one.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path), Params),
    responses((status = 200, body = AllocationComparison), Problems),
    security(("bearer" = []))
)]
#[get("/allocation-runs/{id}/comparison")]
pub(super) async fn compare_allocation_runs(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, with, now) = (id.into_inner(), params.into_inner().with, state.clock.now());
    let found = state
        .db
        .run(move |conn| {
            let (this, round, _) = kept_run(conn, &user, id)?;
            let (other, other_round, _) = kept_run(conn, &user, with)?;
            if round.id != other_round.id {
                let sentence = "Allocations of two rounds cannot be compared.";
                return Err(AppError::invalid_field("/with", FieldCode::Unknown, sentence));
            }
            let Given { grants: after, teams: teams_after, loads: loads_after } = given(&this.0)?;
            let Given { grants: before, mut teams, loads } = given(&other.0)?;
            teams.extend(teams_after);
            let projects = before.values().chain(after.values()).map(|grant| grant.project).collect();
            let tutors: BTreeSet<UserId> = loads.keys().chain(loads_after.keys()).copied().collect();
            let people = teams.values().flatten().chain(&tutors).copied().collect();
            let names = allocation_names::load(conn, &projects, &people)?;
            let differences = differences(&before, &after, &teams, &names);
            let count = |wanted: std::cmp::Ordering| {
                differences
                    .iter()
                    .filter(|one| place(one.after.as_ref()).cmp(&place(one.before.as_ref())) == wanted)
                    .count()
            };
            Ok(AllocationComparison {
                same_inputs: this.0.input_hash == other.0.input_hash,
                before: allocation_runs::summary(&other, &round, now)?,
                after: allocation_runs::summary(&this, &round, now)?,
                better: count(std::cmp::Ordering::Less),
                worse: count(std::cmp::Ordering::Greater),
                differences,
                tutors: side_by_side(&tutors, &loads, &loads_after, &names),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

type Grants = BTreeMap<ApplicationId, Grant>;
type Loads = BTreeMap<UserId, Load>;

/// What an allocation gives.
struct Given {
    grants: Grants,
    teams: BTreeMap<ApplicationId, Vec<UserId>>,
    loads: Loads,
}

fn given(row: &RunRow) -> AppResult<Given> {
    let question = row.question()?;
    let answer = row.answer()?.ok_or_else(|| {
        AppError::refuse(ErrorCode::InvalidState, "One of the two has not been worked out.")
    })?;
    let given = grants(&question, &answer).into_iter().map(|grant| (grant.application, grant));
    Ok(Given { grants: given.collect(), teams: teams(&question), loads: loads(&question, &answer) })
}

/// Those who get more or fewer first, then by name.
fn side_by_side(
    tutors: &BTreeSet<UserId>,
    before: &Loads,
    after: &Loads,
    names: &Names,
) -> Vec<TutorLoadDifference> {
    let projects = |loads: &Loads, id: &UserId| loads.get(id).map_or(0, |load| load.projects);
    let mut rows: Vec<TutorLoadDifference> = tutors
        .iter()
        .map(|id| TutorLoadDifference {
            tutor: names.person(*id),
            before: projects(before, id),
            after: projects(after, id),
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        (std::cmp::Reverse(row.after.abs_diff(row.before)), row.tutor.name.clone(), row.tutor.id)
    });
    rows
}

/// The better, the smaller: what was not asked for comes after every wish, nothing last.
fn place(granted: Option<&Granted>) -> usize {
    granted.map_or(usize::MAX, |granted| granted.rank.unwrap_or(usize::MAX - 1))
}

fn differences(
    before: &Grants,
    after: &Grants,
    teams: &BTreeMap<ApplicationId, Vec<UserId>>,
    names: &Names,
) -> Vec<AllocationDifference> {
    let granted = |grant: Option<&Grant>| {
        let grant = grant?;
        let title = names.project(grant.project).title;
        Some(Granted { project_id: grant.project, title, rank: grant.rank })
    };
    let differ = |id: &ApplicationId| {
        before.get(id).map(|grant| grant.project) != after.get(id).map(|grant| grant.project)
    };
    teams
        .iter()
        .filter(|(id, _)| differ(id))
        .map(|(id, team)| AllocationDifference {
            application: names.application(*id, team),
            before: granted(before.get(id)),
            after: granted(after.get(id)),
        })
        .collect()
}
