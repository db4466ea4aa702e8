use super::publication::{Prepared, prepare};
use super::{kept_run, summary};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::answer::teams;
use crate::domain::phase_gate::Passage;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::allocation_names::{self, Names};
use crate::models::allocation_publication::{self, Given};
use crate::models::allocation_round::{self, RoundRow};
use crate::models::allocation_run;
use crate::models::audit::Entry;
use crate::models::call::{CallDetail, name_of};
use crate::models::update::Change;
use crate::notices::{self, News};
use crate::openapi::Problems;
use crate::routes::allocation_rounds::{announce, check_live};
use crate::routes::gate;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::allocation_rounds::AllocationRoundState;
use gestfg_types::allocation_runs::{AllocationPublication, PublishAllocation};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, AllocationRunId, CallId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;
use std::collections::{BTreeSet, HashMap};

/// Give the projects of an allocation: every one becomes an assignment, or none does.
///
/// It is held against what holds now and refused with everything that does not any more. Each
/// student is told what became of their application, each tutor who got their projects. The round
/// is settled by it. Publishing what is published changes nothing and tells nobody. By
/// coordinators of the degree and admins when the round has closed; before, or although its
/// inputs have changed since they were frozen, with `override_reason`.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path), ("If-Match" = String, Header)),
    request_body = PublishAllocation,
    responses((status = 200, body = AllocationPublication, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/allocation-runs/{id}/publish")]
pub(super) async fn publish_allocation_run(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
    body: web::Json<PublishAllocation>,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let published = state
        .db
        .write(move |conn| {
            let (run, _, call) = kept_run(conn, &user, id)?;
            // One at a time in a round: the second of two sees what the first published.
            let round = allocation_round::lock(conn, AllocationRoundId(run.0.round_id))?;
            let before = allocation_run::lock(conn, id)?;
            let mut told = 0;
            if !before.is_published() {
                version.check(before.version)?;
                check_live(&round)?;
                allocation_publication::lock(conn, &before)?;
                let prepared = prepare(conn, &before, &round)?;
                prepared.check()?;
                let passage = pass(&round, &prepared, reason.as_deref(), now)?;
                let names = allocation_names::of(conn, &prepared.question)?;
                let given = allocation_publication::write(conn, &prepared.grants, id, user.id, now)?;
                let after = allocation_run::set_published(conn, id, now)?;
                let settled =
                    allocation_round::settle(conn, round.round_id(), AllocationRoundState::Published, now)?;
                let degree = DegreeId(round.degree_id);
                for one in &given {
                    Entry::new("assignment.create", one.assignment.0)
                        .degree(degree)
                        .after(&json!({"allocation_run": id, "project_id": one.project, "students": one.students}))
                        .record(conn, &(&user).into())?;
                }
                Entry::new("allocation_run.publish", id.0)
                    .degree(degree)
                    .override_reason(&passage)
                    .before(&before.noted())
                    .after(&after.noted())
                    .record(conn, &(&user).into())?;
                let news = news(&prepared, &given, &names, (round.round_id(), &call));
                told = news.iter().flat_map(|news| &news.people).collect::<BTreeSet<_>>().len();
                notices::tell_all(conn, &config, now, &news)?;
                hint(conn, &settled, &call)?;
            }
            let round = allocation_round::find(conn, round.round_id())?;
            let assignments = allocation_publication::assignments(conn, id)?;
            Ok(AllocationPublication { run: summary(conn, id, &round, now)?, assignments, told })
        })
        .await?;
    Ok(versioned(published.run.version, &published))
}

/// By the clock, over what was frozen; or with a written reason.
fn pass(
    round: &RoundRow,
    prepared: &Prepared,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> AppResult<Passage> {
    let has_closed = round.facts().state(now) == AllocationRoundState::Closed;
    let refusal = if !has_closed {
        AppError::refuse(
            ErrorCode::InvalidState,
            "The round is not over. Give `override_reason` to publish all the same.",
        )
    } else if prepared.inputs_changed {
        AppError::refuse(
            ErrorCode::AllocationOutdated,
            "Applications, records, orders or pins have changed since. Have it worked out again, or give `override_reason`.",
        )
    } else {
        return Ok(Passage::Open);
    };
    reason.map(|reason| Passage::Overridden(reason.to_owned())).ok_or(refusal)
}

/// To every student what became of it, to every tutor who got their project.
fn news(
    prepared: &Prepared,
    given: &[Given],
    names: &Names,
    (round, call): (AllocationRoundId, &CallDetail),
) -> Vec<News> {
    let (id, name) = (CallId(call.id), name_of(&call.reference()));
    let by_application: HashMap<_, _> = given.iter().map(|one| (one.application, one)).collect();
    let mut news = Vec::new();
    for (application, students) in teams(&prepared.question) {
        let Some(one) = by_application.get(&application) else {
            let letter = Letter::AllocationResult {
                call: id,
                round: Some(round),
                name: name.clone(),
                title: None,
                tutor: None,
                rank: None,
            };
            news.push(News { people: students, letter });
            continue;
        };
        let project = names.project(one.project);
        news.push(News {
            people: students.clone(),
            letter: Letter::AllocationResult {
                call: id,
                round: Some(round),
                name: name.clone(),
                title: Some(project.title.clone()),
                tutor: Some(project.tutor.name.clone()),
                rank: one.rank,
            },
        });
        news.push(News {
            people: [Some(project.tutor.id), one.cotutor].into_iter().flatten().collect(),
            letter: Letter::Assigned {
                assignment: one.assignment,
                title: project.title,
                tutor: project.tutor.name,
                students: students.iter().map(|student| names.person(*student).name).collect(),
            },
        });
    }
    news
}

/// Everybody's lists of projects and assignments change with it.
fn hint(conn: &mut PgConnection, round: &RoundRow, call: &CallDetail) -> QueryResult<()> {
    announce(conn, round, call)?;
    for topic in [UpdateTopic::Assignments, UpdateTopic::Projects] {
        Change::of(topic).everybody().publish(conn)?;
    }
    Ok(())
}
