//! The rounds of one's degrees, and what one asks for in them.

use super::closed::Final;
use super::editor::Editor;
use crate::api::applications::{
    confirm_application, decline_application, list_allocation_rounds, list_applications,
};
use crate::api::calls::current_calls;
use crate::api::duties::my_progress;
use crate::api::{ApiError, Client};
use crate::components::{
    Alert, Badge, Button, ButtonKind, Card, Colour, EmptyState, IconName, LoadingShape, PageHeader,
    PageSection, ProblemAlert, Tone, countdown, draw_remote, route_button, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{use_action, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use crate::session::use_session;
use crate::zone::now;
use gestfg_types::allocation_rounds::{
    AllocationRound, AllocationRoundAction as Action, AllocationRoundState as State,
};
use gestfg_types::applications::{Application, ApplicationAction};
use gestfg_types::calls::PhaseStanding;
use gestfg_types::ids::{ApplicationId, DegreeId, ProjectId, UserId};
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Query {
    /// A project to be added at once.
    add: String,
}

/// What there is for one person.
#[derive(Debug, PartialEq)]
pub(super) struct Mine {
    rounds: Vec<AllocationRound>,
    applications: Vec<Application>,
    assigned: Vec<DegreeId>,
}

/// The rounds of the degrees one studies that are not over or that one took
/// part in: what is open first, then the latest.
pub(super) async fn rounds_of(
    client: &Client,
    degrees: &[DegreeId],
) -> Result<Vec<AllocationRound>, ApiError> {
    let mut rounds = Vec::new();
    for degree in degrees {
        for call in current_calls(client, Some(*degree)).await?.items {
            let found = list_allocation_rounds(client, call.call.id).await?.items;
            let last = found.iter().map(|round| round.number).max();
            rounds.extend(found.into_iter().filter(|round| {
                round.state != State::Cancelled
                    && (round.own_application_id.is_some()
                        || (Some(round.number) == last && round.state != State::Published))
            }));
        }
    }
    rounds.sort_by_key(|round| (round.state != State::Open, std::cmp::Reverse(round.opens_at)));
    Ok(rounds)
}

async fn mine(client: Client, degrees: Vec<DegreeId>) -> Result<Mine, ApiError> {
    let rounds = rounds_of(&client, &degrees).await?;
    let filters = [("mine", "true"), ("state", "live"), ("limit", "100")];
    let applications = list_applications(&client, &filters).await?.items;
    let progress = my_progress(&client).await?.items;
    let assigned = progress.iter().filter(|found| found.assignment_id.is_some());
    Ok(Mine { rounds, applications, assigned: assigned.map(|found| found.degree.id).collect() })
}

/// Whether somebody takes part in an application, or is only invited.
fn takes_part(application: &Application, who: UserId) -> bool {
    let member = application.members.iter().find(|member| member.person.id == who);
    member.is_some_and(|member| member.confirmed_at.is_some())
}

/// What one asks for, round by round.
#[component]
pub fn ApplicationsPage() -> Html {
    let t = use_texts();
    let session = use_session();
    let url = use_query::<Query>();
    let epoch = use_state_eq(|| 0_u32);
    let me = session.me().map_or(UserId(0), |me| me.id);
    let studied = session.me().map_or_else(Vec::new, |me| {
        me.roles.student.iter().flatten().map(|degree| degree.id).collect::<Vec<_>>()
    });
    let found = use_remote((studied, *epoch), |client, (degrees, _)| mine(client, degrees));
    use_updates(
        &[UpdateTopic::AllocationRounds, UpdateTopic::Applications, UpdateTopic::Calls],
        &found.refresh,
    );
    let anew = {
        let epoch = epoch.clone();
        Callback::from(move |()| epoch.set(*epoch + 1))
    };
    let add = url.query.add.parse().ok().map(ProjectId);
    let page = |mine: &Mine| {
        if mine.rounds.is_empty() {
            let actions =
                route_button(Route::Catalogue, ButtonKind::Primary, Some(IconName::Search), t.find_project());
            return html! {
                <EmptyState icon={IconName::Tasks} title={t.applications_empty()} {actions}>
                    { t.applications_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <div class="gestfg-stack">
                { for mine.rounds.iter().map(|round| {
                    let here = || mine.applications.iter().filter(|found| found.round_id == round.id);
                    let own = here().find(|found| takes_part(found, me)).cloned();
                    let invitations: Vec<_> = here().filter(|found| !takes_part(found, me)).cloned().collect();
                    html! {
                        <RoundCard
                            key={format!("{}-{}", round.id, *epoch)}
                            round={round.clone()}
                            application={own}
                            {invitations}
                            assigned={mine.assigned.contains(&round.call.degree.id)}
                            {add}
                            onchange={found.refresh.clone()}
                            onend={anew.clone()}
                        />
                    }
                }) }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={Route::Applications.title(t)} lead={t.applications_lead()} />
            <PageSection>{ draw_remote(&found, LoadingShape::Cards, page) }</PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RoundCardProps {
    round: AllocationRound,
    application: Option<Application>,
    invitations: Vec<Application>,
    assigned: bool,
    add: Option<ProjectId>,
    onchange: Callback<()>,
    onend: Callback<()>,
}

/// The colour of a state.
pub(crate) const fn round_colour(state: State) -> Colour {
    match state {
        State::Ahead => Colour::Grey,
        State::Open => Colour::Green,
        State::Ranking => Colour::Orange,
        State::Closed => Colour::Purple,
        State::Published => Colour::Blue,
        State::Cancelled => Colour::Red,
    }
}

/// A round with what one asks for in it.
#[component]
fn RoundCard(props: &RoundCardProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let round = &props.round;
    let open = round.state == State::Open;
    let standing = if open { PhaseStanding::Open } else { PhaseStanding::Ahead };
    let near = (open || round.state == State::Ahead)
        .then(|| countdown(standing, round.opens_at, round.closes_at, now(), t, &dates))
        .flatten();
    let when = match round.state {
        State::Ahead => t.round_opens(&dates.long_date_time(round.opens_at)),
        State::Open => t.round_closes(&dates.long_deadline(round.closes_at)),
        _ => t.round_closed(&dates.long_deadline(round.closes_at)),
    };
    let may_edit = match &props.application {
        Some(application) => application.allowed_actions.contains(&ApplicationAction::Edit),
        None => round.allowed_actions.contains(&Action::Apply) && !props.assigned,
    };
    let body = match &props.application {
        _ if may_edit => html! {
            <Editor
                round={round.clone()}
                application={props.application.clone()}
                add={props.add}
                onchange={props.onchange.clone()}
                onend={props.onend.clone()}
            />
        },
        Some(application) => html! {
            <>
                if round.state != State::Published {
                    <p>{ t.application_counts_now() }</p>
                }
                <Final application={application.clone()} state={round.state} />
            </>
        },
        None if props.assigned => html! { <p>{ t.application_has_project() }</p> },
        None if matches!(round.state, State::Ahead | State::Open) => html! {},
        None => html! { <p>{ t.application_none_made() }</p> },
    };
    let on_behalf = props.application.as_ref().is_some_and(|found| found.entered_by.is_some());
    html! {
        <Card title={t.round_title(&t.call_full_title(&round.call), round.number)}>
            <div class="gestfg-stack">
                <p>
                    <Badge label={t.round_state(round.state)} colour={round_colour(round.state)} />
                    { " " }
                    <span>{ when }</span>
                    if let Some(near) = near {
                        <strong>{ format!(" {near}") }</strong>
                    }
                </p>
                if round.allowed_actions.contains(&Action::ReadAnswer) {
                    <div>
                        { route_button(Route::Answer { id: round.id }, ButtonKind::Primary, Some(IconName::CheckCircle), t.application_read_answer()) }
                    </div>
                }
                if on_behalf {
                    <p class="gestfg-subtle">{ t.application_on_behalf() }</p>
                }
                { for props.invitations.iter().map(|invitation| html! {
                    <Invitation
                        key={invitation.id.0}
                        invitation={invitation.clone()}
                        onchange={props.onend.clone()}
                    />
                }) }
                { body }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct InvitationProps {
    invitation: Application,
    onchange: Callback<()>,
}

/// An invitation to a team, to be answered.
#[component]
fn Invitation(props: &InvitationProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let answer = {
        let onchange = props.onchange.clone();
        use_action(move |client, (id, yes): (ApplicationId, bool)| {
            let (toasts, onchange) = (toasts.clone(), onchange.clone());
            async move {
                if yes {
                    confirm_application(&client, id).await?;
                    toasts.done(t.application_joined());
                } else {
                    decline_application(&client, id).await?;
                    toasts.done(t.application_left());
                }
                onchange.emit(());
                Ok(())
            }
        })
    };
    let found = &props.invitation;
    let id = found.id;
    let may = found.allowed_actions.contains(&ApplicationAction::Confirm);
    let author = found.members.iter().find(|member| member.is_author);
    let author = author.map(|member| member.person.name.clone()).unwrap_or_default();
    let actions = html! {
        if may {
            <Button
                label={t.application_confirm()}
                kind={ButtonKind::Primary}
                small=true
                busy={answer.running}
                onclick={answer.run.reform(move |_: MouseEvent| (id, true))}
            />
            <Button
                label={t.application_decline()}
                kind={ButtonKind::Secondary}
                small=true
                busy={answer.running}
                onclick={answer.run.reform(move |_: MouseEvent| (id, false))}
            />
        }
    };
    html! {
        <Alert tone={Tone::Info} title={t.application_invitation(&author)} {actions}>
            <p>{ t.application_invitation_body() }</p>
            <ol class="pf-v6-c-list">
                { for found.preferences.iter().map(|wish| html! {
                    <li key={wish.project_id.0}>{ format!("{} · {}", wish.title, wish.tutor.name) }</li>
                }) }
            </ol>
            if let Some(error) = &answer.error {
                <ProblemAlert error={error.clone()} />
            }
        </Alert>
    }
}
