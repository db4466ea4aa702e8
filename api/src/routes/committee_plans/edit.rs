//! What every change by hand does: see that it keeps the rules, or name those it breaks.

use super::{announce, kept_plan, whole};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::planning::edits::NoSuch;
use crate::domain::planning::{Draft, report};
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::{call, committee_plan, planning_names};
use crate::routes::gate;
use actix_web::HttpResponse;
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, CommitteePlanId, DegreeId};
use gestfg_types::planning::CommitteePlanState;

/// Who changes which version, having seen what, and why although the phase is closed.
pub(super) struct Editing {
    pub(super) user: CurrentUser,
    pub(super) id: CommitteePlanId,
    pub(super) version: IfMatch,
    pub(super) reason: Option<String>,
    /// As the audit log calls it.
    pub(super) action: &'static str,
}

impl Editing {
    /// Change a draft, unless that breaks a hard rule it kept before.
    pub(super) async fn change(
        self,
        state: &AppState,
        edit: impl FnOnce(&mut Draft) -> Result<(), NoSuch> + Send + 'static,
    ) -> AppResult<HttpResponse> {
        let Self { user, id, version, reason, action } = self;
        let (now, config) = (state.clock.now(), state.config.clone());
        let reason = gate::override_reason(reason.as_deref())?;
        let changed = state
            .db
            .write(move |conn| {
                let (_, call) = kept_plan(conn, &user, id)?;
                let degree = DegreeId(call.degree_id);
                // Locks in the order of everybody: call, plan.
                let windows = call::windows_of_call(conn, CallId(call.id), Phase::CommitteeFormation)?;
                let before = committee_plan::lock(conn, id)?;
                version.check(before.version)?;
                if before.state() != CommitteePlanState::Draft {
                    return Err(AppError::refuse(
                        ErrorCode::InvalidState,
                        "A version that was published stays as it is; restore it to a new draft.",
                    ));
                }
                let gate = (Phase::CommitteeFormation, windows.as_slice());
                let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
                let mut draft = before.draft()?;
                let named = planning_names::load(conn, &draft)?;
                let old = report::report(&draft, &named.words);
                edit(&mut draft).map_err(|NoSuch(field)| {
                    AppError::invalid_field(field, FieldCode::Unknown, "The version has no such thing.")
                })?;
                let broken = report::newly_broken(&old, &report::report(&draft, &named.words));
                if !broken.is_empty() {
                    return Err(AppError::breaks_rules(broken));
                }
                let after = committee_plan::change(conn, id, &draft)?;
                Entry::new(action, id.0)
                    .degree(degree)
                    .override_reason(&passage)
                    .before(&before.noted())
                    .after(&after.noted())
                    .record(conn, &(&user).into())?;
                announce(conn, &after, call.degree_id)?;
                let plan = committee_plan::find(conn, id)?;
                Ok(whole(conn, &user, plan, call.degree_id, now)?)
            })
            .await?;
        Ok(versioned(changed.summary.version, &changed))
    }
}
