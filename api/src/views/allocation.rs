//! Rounds of applications.

use crate::domain::actor::Actor;
use crate::models::allocation_round::RoundRow;
use crate::models::application_view::Offered;
use crate::models::call::CallDetail;
use chrono::{DateTime, Utc};
use gestfg_types::allocation_rounds::{AllocationRound, OfferedProject};
use gestfg_types::ids::{AllocationRoundId, ApplicationId, ProjectId, UserId};
use gestfg_types::users::PersonRef;

/// What of a round depends on who asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Live applications.
    pub applications: i64,
    /// The viewer's own.
    pub own: Option<ApplicationId>,
    /// Whether the viewer studies its degree.
    pub studies: bool,
}

/// A round of a call, for this viewer at this moment.
#[must_use]
pub fn round(
    row: &RoundRow,
    call: &CallDetail,
    viewer: &Actor,
    seen: Seen,
    now: DateTime<Utc>,
) -> AllocationRound {
    let facts = row.facts();
    let allowed_actions = facts.allowed_actions(viewer, seen.own.is_some(), seen.studies, now);
    let RoundRow {
        id,
        call_id: _,
        degree_id: _,
        number,
        opens_at,
        closes_at,
        tutors_close_at,
        max_preferences,
        ties_allowed,
        tutor_view: _,
        show_counts,
        team_max,
        tutor_limit,
        state: _,
        settled_at,
        version,
    } = *row;
    AllocationRound {
        id: AllocationRoundId(id),
        call: call.reference(),
        number,
        state: facts.state(now),
        opens_at,
        closes_at,
        tutors_close_at,
        max_preferences,
        ties_allowed,
        tutor_view: facts.tutor_view,
        show_counts,
        team_max,
        tutor_limit,
        application_count: viewer.keeps_degree(facts.degree).then_some(seen.applications),
        own_application_id: seen.own,
        settled_at,
        version,
        allowed_actions,
    }
}

/// A project on offer; how many ask for it only if that may be known.
#[must_use]
pub fn offered(row: Offered, counts: bool) -> OfferedProject {
    let Offered { id, title, title_folded: _, tutor_id, tutor_name, places, applications, first_choices } =
        row;
    OfferedProject {
        project_id: ProjectId(id),
        title,
        tutor: PersonRef { id: UserId(tutor_id), name: tutor_name },
        places,
        applications: counts.then_some(applications),
        first_choices: counts.then_some(first_choices),
    }
}
