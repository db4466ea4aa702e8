//! Agreements made before a round is allocated.

use crate::error::AppResult;
use crate::models::allocation_names;
use crate::models::allocation_pin::{self, NamedPin};
use crate::models::application;
use diesel::PgConnection;
use gestfg_types::allocation_runs::{AllocationPin, AllocationPins};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};
use gestfg_types::users::PersonRef;
use utoipa_actix_web::service_config::ServiceConfig;

mod delete;
mod list;
mod write;

/// The operations on agreements.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_allocation_pins)
        .service(write::pin_allocation)
        .service(delete::unpin_allocation);
}

/// The agreements of a round, with names.
fn shown(conn: &mut PgConnection, round: AllocationRoundId) -> AppResult<AllocationPins> {
    let rows: Vec<NamedPin> = allocation_pin::list(conn, round)?;
    let mut teams = Vec::new();
    for (row, _) in &rows {
        let members = application::members(conn, ApplicationId(row.application_id))?;
        teams.push(members.into_iter().map(|member| UserId(member.student_id)).collect::<Vec<_>>());
    }
    let people = teams.iter().flatten().copied().collect();
    let projects = rows.iter().map(|(row, _)| ProjectId(row.project_id)).collect();
    let names = allocation_names::load(conn, &projects, &people)?;
    let pin = |((row, by), team): (NamedPin, Vec<UserId>)| AllocationPin {
        application: names.application(ApplicationId(row.application_id), &team),
        project: names.project(ProjectId(row.project_id)),
        reason: row.reason,
        pinned_by: row
            .pinned_by
            .zip(by)
            .map(|(id, (first, last))| PersonRef { id: UserId(id), name: format!("{first} {last}") }),
        created_at: row.created_at,
    };
    Ok(AllocationPins { items: rows.into_iter().zip(teams).map(pin).collect() })
}
