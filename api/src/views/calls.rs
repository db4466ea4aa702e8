//! Calls.

use crate::domain::actor::Actor;
use crate::models::call::CallDetail;
use chrono::{DateTime, Utc};
use gestfg_types::calls::{Call, CallAction, CallPhase, warnings};
use gestfg_types::ids::DegreeId;

/// A call, for this viewer at this moment.
#[must_use]
pub fn call(row: &CallDetail, viewer: Option<&Actor>, now: DateTime<Utc>) -> Call {
    let keeps = viewer.is_some_and(|actor| actor.keeps_degree(DegreeId(row.degree_id)));
    let dates = row.dates();
    let mut allowed_actions = Vec::new();
    if keeps {
        allowed_actions.extend([CallAction::Edit, CallAction::Copy]);
        match row.opened_at {
            None if dates.is_empty() => {}
            None => allowed_actions.push(CallAction::Open),
            Some(_) => allowed_actions.push(CallAction::ManageRequests),
        }
        if row.request_count == 0 {
            allowed_actions.push(CallAction::Delete);
        }
    }
    Call {
        call: row.reference(),
        opened_at: row.opened_at,
        warnings: if keeps { warnings(&dates) } else { Vec::new() },
        phases: dates
            .iter()
            .map(|dates| CallPhase {
                phase: dates.phase,
                starts_at: dates.starts_at,
                ends_at: dates.ends_at,
                standing: dates.standing(now),
            })
            .collect(),
        request_count: keeps.then_some(row.request_count),
        version: row.version,
        allowed_actions,
    }
}
