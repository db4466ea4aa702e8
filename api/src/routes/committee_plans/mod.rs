//! Versions of the committees and the timetable of a call.

use crate::auth::CurrentUser;
use crate::domain::planning::Draft;
use crate::error::AppResult;
use crate::models::call::{self, CallDetail};
use crate::models::committee_plan::{self, CommitteePlanRow, NamedPlan};
use crate::models::planning_names;
use crate::models::update::Change;
use crate::routes::planning_jobs::call_of_draft;
use crate::views;
use chrono::{DateTime, Utc};
use diesel::{PgConnection, QueryResult};
use gestfg_types::ids::{CallId, CommitteePlanId, DegreeId};
use gestfg_types::planning::{CommitteePlan, CommitteePlanSummary};
use gestfg_types::updates::UpdateTopic;
use utoipa_actix_web::service_config::ServiceConfig;

mod compare;
mod delete;
mod edit;
mod export;
mod find;
mod list;
mod move_defence;
mod move_project;
mod pin;
mod preview;
mod publication;
mod publish;
mod restore;
mod swap_seats;
mod update;

/// The operations on versions.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_committee_plans)
        .service(find::find_committee_plan)
        .service(update::update_committee_plan)
        .service(delete::delete_committee_plan)
        .service(swap_seats::swap_seats)
        .service(move_project::move_project)
        .service(move_defence::move_defence)
        .service(pin::pin)
        .service(restore::restore_committee_plan)
        .service(compare::compare_committee_plans)
        .service(export::export_committee_plan)
        .service(preview::preview_publication)
        .service(publish::publish_committee_plan);
}

/// A version with its call, for those who may plan it: for others it does not exist.
fn kept_plan(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: CommitteePlanId,
) -> AppResult<(NamedPlan, CallDetail)> {
    let plan = committee_plan::find(conn, id)?;
    let call = call_of_draft(conn, user, CallId(plan.0.call_id))?;
    Ok((plan, call))
}

/// A version in a list, as this person sees it.
fn summary(
    conn: &mut PgConnection,
    user: &CurrentUser,
    plan: &NamedPlan,
    degree: i64,
    now: DateTime<Utc>,
) -> QueryResult<CommitteePlanSummary> {
    let open = call::open_phases(conn, now)?;
    Ok(views::planning::summary(plan, DegreeId(degree), user, &open))
}

/// A version, whole, as this person sees it.
fn whole(
    conn: &mut PgConnection,
    user: &CurrentUser,
    plan: NamedPlan,
    degree: i64,
    now: DateTime<Utc>,
) -> QueryResult<CommitteePlan> {
    let summary = summary(conn, user, &plan, degree, now)?;
    let draft: Draft = plan.0.draft()?;
    let named = planning_names::load(conn, &draft)?;
    Ok(views::planning::plan(plan.0, summary, &draft, named))
}

/// Hint at a change to those who plan.
fn announce(conn: &mut PgConnection, row: &CommitteePlanRow, degree: i64) -> QueryResult<()> {
    Change::of(UpdateTopic::CommitteePlans).subject(row.id).degree(DegreeId(degree)).publish(conn)
}
