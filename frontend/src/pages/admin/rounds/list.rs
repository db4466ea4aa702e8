//! The rounds of a call.

use super::form::RoundDialog;
use crate::api::applications::list_allocation_rounds;
use crate::api::calls::find_call;
use crate::components::{
    Badge, Button, Column, Crumb, DataTable, EmptyState, IconName, LoadingShape, PageHeader, PageSection,
    RouteLink, TableContent, draw_remote,
};
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::applications::round_colour;
use crate::route::Route;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundState, AllocationRounds};
use gestfg_types::ids::CallId;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;
use yew_router::prelude::*;

/// Properties of [`CallRoundsPage`].
#[derive(Properties, PartialEq)]
pub struct CallRoundsPageProps {
    /// Of which call.
    pub id: CallId,
}

/// The rounds of a call, and opening another.
#[component]
pub fn CallRoundsPage(props: &CallRoundsPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let navigator = use_navigator();
    let making = use_state_eq(|| false);
    let call = use_remote(props.id, |client, id| async move { find_call(&client, id).await });
    let rounds = use_remote(props.id, |client, id| async move { list_allocation_rounds(&client, id).await });
    use_updates(
        &[UpdateTopic::AllocationRounds, UpdateTopic::Applications, UpdateTopic::Calls],
        &rounds.refresh,
    );
    let title = call.latest.as_ref().map_or_else(
        || t.route_call_rounds().to_owned(),
        |call| format!("{} · {}", t.route_call_rounds(), t.call_full_title(&call.call)),
    );
    let crumbs = vec![
        Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() },
        Crumb { to: Route::CallEditor { id: props.id }, label: t.route_call().into() },
    ];
    let settled = |round: &AllocationRound| {
        matches!(round.state, AllocationRoundState::Published | AllocationRoundState::Cancelled)
    };
    let may = rounds.latest.as_ref().is_some_and(|rounds| rounds.items.iter().all(settled));
    let start = {
        let making = making.setter();
        html! {
            <Button
                label={t.round_new()}
                icon={IconName::Plus}
                disabled={!may || call.latest.is_none()}
                onclick={Callback::from(move |_: MouseEvent| making.set(true))}
            />
        }
    };
    let columns = vec![
        Column::new(t.round_number(), move |round: &AllocationRound| {
            html! { <RouteLink to={Route::AllocationRound { id: round.id }}>{ t.round_label(round.number) }</RouteLink> }
        }),
        Column::new(t.state(), move |round: &AllocationRound| {
            html! { <Badge label={t.round_state(round.state)} colour={round_colour(round.state)} /> }
        }),
        {
            let dates = dates.clone();
            Column::new(t.round_dates(), move |round: &AllocationRound| {
                html! { t.from_until(&dates.date_time(round.opens_at), &dates.deadline(round.closes_at)) }
            })
        },
        Column::new(
            t.round_tutor_view(),
            move |round: &AllocationRound| html! { t.tutor_view(round.tutor_view) },
        ),
        Column::new(t.round_applications(), |round: &AllocationRound| {
            html! { round.application_count.map_or_else(|| "—".to_owned(), |count| count.to_string()) }
        }),
    ];
    let list = |found: &AllocationRounds| {
        if found.items.is_empty() {
            return html! {
                <EmptyState icon={IconName::Tasks} title={t.rounds_empty()} actions={start.clone()}>
                    { t.rounds_empty_body() }
                </EmptyState>
            };
        }
        html! {
            <div class="gestfg-stack">
                <DataTable caption={t.route_call_rounds()} content={TableContent::new(&columns, &found.items)} />
                <p class="gestfg-subtle">{ if may { t.round_second_may() } else { t.round_one_at_a_time() } }</p>
            </div>
        }
    };
    let close = {
        let making = making.setter();
        Callback::from(move |()| making.set(false))
    };
    let onsaved = Callback::from(move |round: AllocationRound| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::AllocationRound { id: round.id });
        }
    });
    html! {
        <>
            <PageHeader {title} lead={t.rounds_lead()} {crumbs} actions={start.clone()} />
            <PageSection>{ draw_remote(&rounds, LoadingShape::Rows, list) }</PageSection>
            if let Some(call) = call.latest.clone().filter(|_| *making) {
                <RoundDialog {call} onclose={close} {onsaved} />
            }
        </>
    }
}
