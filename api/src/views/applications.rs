//! Applications.

use crate::domain::actor::Actor;
use crate::domain::allocation::round::RoundFacts;
use crate::models::application_view::{ApplicationDetail, Member, Preference};
use chrono::{DateTime, Utc};
use gestfg_types::applications::{
    Application, ApplicationAction as Action, ApplicationMember, ApplicationPreference, ApplicationState,
};
use gestfg_types::ids::{AllocationRoundId, DegreeId, ProjectId, UserId};
use gestfg_types::users::PersonRef;

/// An application of this round, for this viewer at this moment.
#[must_use]
pub fn application(
    detail: ApplicationDetail,
    round: &RoundFacts,
    viewer: &Actor,
    now: DateTime<Utc>,
) -> Application {
    let allowed_actions = allowed_actions(&detail, round, viewer, now);
    let keeps = viewer.keeps_degree(DegreeId(detail.row.degree_id));
    let team = i16::try_from(detail.members.len()).unwrap_or(i16::MAX);
    let author = detail.members.iter().find(|member| member.is_author).map(|member| member.student_id);
    let ApplicationDetail { row, entered_by, members, preferences } = detail;
    Application {
        id: row.application_id(),
        round_id: AllocationRoundId(row.round_id),
        state: row.state(),
        entered_by: row
            .entered_by
            .filter(|id| Some(*id) != author)
            .zip(entered_by)
            .map(|(id, name)| PersonRef { id: UserId(id), name }),
        statement: row.statement,
        members: members
            .into_iter()
            .map(|member| {
                let shows_record = keeps || member.student_id == viewer.id.0;
                self::member(member, shows_record)
            })
            .collect(),
        preferences: preferences.into_iter().map(|wish| preference(wish, team)).collect(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        withdrawn_at: row.withdrawn_at,
        version: row.version,
        allowed_actions,
    }
}

fn member(row: Member, shows_record: bool) -> ApplicationMember {
    let Member { application_id: _, student_id, name, email, is_author, confirmed_at, record } = row;
    ApplicationMember {
        person: PersonRef { id: UserId(student_id), name },
        email,
        is_author,
        confirmed_at,
        record: record.filter(|_| shows_record),
    }
}

fn preference(row: Preference, team: i16) -> ApplicationPreference {
    let standing = row.asked().standing(team);
    let Preference { project_id, title, tutor_id, tutor_name, places, rank, .. } = row;
    ApplicationPreference {
        project_id: ProjectId(project_id),
        title,
        tutor: PersonRef { id: UserId(tutor_id), name: tutor_name },
        places,
        rank,
        standing,
    }
}

fn allowed_actions(
    detail: &ApplicationDetail,
    round: &RoundFacts,
    viewer: &Actor,
    now: DateTime<Utc>,
) -> Vec<Action> {
    if detail.row.state() != ApplicationState::Live || round.settled.is_some() {
        return Vec::new();
    }
    let is_open = round.window().contains(now);
    let keeps = viewer.keeps_degree(round.degree);
    let me = detail.member(viewer.id);
    let takes_part = me.is_some_and(|member| member.confirmed_at.is_some());
    let is_author = me.is_some_and(|member| member.is_author);
    [
        (Action::Edit, is_open && (takes_part || keeps)),
        (Action::EditWithReason, !is_open && keeps),
        (Action::EditTeam, is_open && (is_author || keeps) && round.team_max > 1),
        (Action::Withdraw, is_open && (is_author || keeps)),
        (Action::WithdrawWithReason, !is_open && keeps),
        (Action::Confirm, is_open && me.is_some() && !takes_part),
        (Action::Decline, is_open && me.is_some() && !is_author),
    ]
    .into_iter()
    .filter_map(|(action, may)| may.then_some(action))
    .collect()
}
