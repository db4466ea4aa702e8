//! Allocations of a round, side by side; one of them is published.

use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::models::allocation_round::RoundRow;
use crate::models::allocation_run::{self, NamedRun};
use crate::models::call::CallDetail;
use crate::routes::allocation_rounds::kept_round;
use crate::views::allocation_runs;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::allocation_runs::AllocationRunSummary;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRoundId, AllocationRunId};
use utoipa_actix_web::service_config::ServiceConfig;

mod answer;
mod compare;
mod create;
mod delete;
mod export;
mod find;
mod list;
mod preview;
mod publication;
mod publish;
mod rename;

/// The operations on allocations.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_allocation_runs)
        .service(create::create_allocation_run)
        .service(find::find_allocation_run)
        .service(rename::rename_allocation_run)
        .service(delete::delete_allocation_run)
        .service(compare::compare_allocation_runs)
        .service(export::export_allocation_run)
        .service(preview::preview_allocation)
        .service(publish::publish_allocation_run)
        .service(answer::find_allocation_answer);
}

/// A run with its round and call, for those who allocate: for others it does not exist.
fn kept_run(
    conn: &mut PgConnection,
    user: &CurrentUser,
    id: AllocationRunId,
) -> AppResult<(NamedRun, RoundRow, CallDetail)> {
    let run = allocation_run::find(conn, id)?;
    let kept = kept_round(conn, user, AllocationRoundId(run.0.round_id));
    let (round, call) = kept.map_err(|error| match error.code() {
        ErrorCode::Forbidden => AppError::not_found("allocation"),
        _ => error,
    })?;
    Ok((run, round, call))
}

/// A run in a list, as it is now.
fn summary(
    conn: &mut PgConnection,
    id: AllocationRunId,
    round: &RoundRow,
    now: DateTime<Utc>,
) -> AppResult<AllocationRunSummary> {
    Ok(allocation_runs::summary(&allocation_run::find(conn, id)?, round, now)?)
}

/// A name that fits, or none.
fn named(given: Option<&str>) -> AppResult<Option<String>> {
    use crate::domain::text::one_line;
    use gestfg_types::errors::FieldCode;
    let name = given.map(one_line).filter(|name| !name.is_empty());
    if name.as_ref().is_some_and(|name| name.chars().count() > 100 || name.contains('\0')) {
        let sentence = "A name has at most 100 characters.";
        return Err(AppError::invalid_field("/name", FieldCode::TooLong, sentence));
    }
    Ok(name)
}
