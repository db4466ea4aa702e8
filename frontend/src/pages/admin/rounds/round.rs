//! A round: what is asked for in it, agreements, and its allocations.

use super::applications::Applications;
use super::form::RoundDialog;
use super::pins::Pins;
use super::runs::Runs;
use crate::api::applications::{cancel_allocation_round, find_allocation_round};
use crate::api::calls::find_call;
use crate::components::{
    Badge, Button, ButtonKind, Crumb, IconName, LoadingShape, PageHeader, PageSection, ReasonDialog,
    draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{ListQuery, Remote, use_action, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::applications::round_colour;
use crate::route::Route;
use gestfg_types::allocation_rounds::{AllocationRound, AllocationRoundAction as Action};
use gestfg_types::ids::AllocationRoundId;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`AllocationRoundPage`].
#[derive(Properties, PartialEq)]
pub struct AllocationRoundPageProps {
    /// Which.
    pub id: AllocationRoundId,
}

/// What is looked at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RoundQuery {
    /// `pins`, `runs`; else applications.
    pub(super) tab: String,
    pub(super) q: String,
    pub(super) state: String,
    pub(super) cursor: String,
}

impl ListQuery for RoundQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Over {
    Nothing,
    Editing,
    Cancelling,
}

/// A round for those who keep it.
#[component]
pub fn AllocationRoundPage(props: &AllocationRoundPageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let url = use_query::<RoundQuery>();
    let over = use_state_eq(|| Over::Nothing);
    let found = use_remote(props.id, |client, id| async move { find_allocation_round(&client, id).await });
    use_updates(&[UpdateTopic::AllocationRounds, UpdateTopic::Applications], &found.refresh);
    let call_id = found.latest.as_ref().map(|round| round.call.id);
    let call = use_remote(call_id, |client, id| async move {
        match id {
            Some(id) => find_call(&client, id).await.map(|call| Some(Rc::new(call))),
            None => Ok(None),
        }
    });
    let cancel = {
        let (over, replace) = (over.setter(), found.replace.clone());
        let seen = found.latest.clone();
        use_action(move |client, reason: String| {
            let (over, replace, toasts, seen) = (over.clone(), replace.clone(), toasts.clone(), seen.clone());
            async move {
                let Some(round) = seen else { return Ok(()) };
                let changed = cancel_allocation_round(&client, round.id, round.version, &reason).await?;
                replace.emit(Rc::new(changed));
                toasts.done(t.round_cancelled());
                over.set(Over::Nothing);
                Ok(())
            }
        })
    };
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let close = {
        let (over, clear) = (over.setter(), cancel.clear.clone());
        Callback::from(move |()| {
            clear.emit(());
            over.set(Over::Nothing);
        })
    };
    let round = found.latest.clone().filter(|_| !matches!(found.state, Remote::Failed(_)));
    let mut crumbs = vec![Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() }];
    let Some(round) = round else {
        return html! {
            <>
                <PageHeader title={t.route_round()} {crumbs} />
                <PageSection>{ draw_remote(&found, LoadingShape::Rows, |_| html! {}) }</PageSection>
            </>
        };
    };
    crumbs.push(Crumb { to: Route::CallRounds { id: round.call.id }, label: t.route_call_rounds().into() });
    let may = |action: Action| round.allowed_actions.contains(&action);
    let tab = |name: &'static str, label: &'static str| {
        let current =
            url.query.tab == name || (name.is_empty() && !["pins", "runs"].contains(&url.query.tab.as_str()));
        let go =
            url.go.reform(move |_: MouseEvent| RoundQuery { tab: name.to_owned(), ..RoundQuery::default() });
        html! {
            <button type="button" class="gestfg-toggle" aria-pressed={if current { "true" } else { "false" }} onclick={go}>
                { label }
            </button>
        }
    };
    let actions = html! {
        <>
            if may(Action::Edit) {
                <Button label={t.round_edit()} kind={ButtonKind::Secondary} icon={IconName::Edit} onclick={open(Over::Editing)} />
            }
            if may(Action::Cancel) {
                <Button label={t.round_cancel()} kind={ButtonKind::Tertiary} icon={IconName::TimesCircle} onclick={open(Over::Cancelling)} />
            }
        </>
    };
    let body = match url.query.tab.as_str() {
        "pins" => html! { <Pins round={(*round).clone()} /> },
        "runs" => html! { <Runs round={(*round).clone()} /> },
        _ => html! { <Applications round={(*round).clone()} url={url.clone()} /> },
    };
    let dialog = match (*over, call.latest.as_ref().and_then(|call| (**call).clone())) {
        (Over::Editing, Some(call)) => {
            let (over, replace) = (over.setter(), found.replace.clone());
            let onsaved = Callback::from(move |saved: AllocationRound| {
                replace.emit(Rc::new(saved));
                over.set(Over::Nothing);
            });
            html! { <RoundDialog {call} round={Some((*round).clone())} onclose={close} {onsaved} /> }
        }
        (Over::Cancelling, _) => html! {
            <ReasonDialog
                title={t.round_cancel_title()}
                label={t.reason()}
                confirm={t.round_cancel()}
                danger=true
                busy={cancel.running}
                error={cancel.error.clone()}
                onconfirm={cancel.run.clone()}
                oncancel={close}
            >
                <p>{ t.round_cancel_body() }</p>
            </ReasonDialog>
        },
        _ => html! {},
    };
    let lead = format!(
        "{}. {}.",
        t.from_until(&dates.date_time(round.opens_at), &dates.deadline(round.closes_at)),
        t.tutor_view(round.tutor_view)
    );
    html! {
        <>
            <PageHeader
                title={t.round_title(&t.call_full_title(&round.call), round.number)}
                {lead}
                {crumbs}
                {actions}
                aside={html! { <Badge label={t.round_state(round.state)} colour={round_colour(round.state)} /> }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    <div class="gestfg-toggles" role="group" aria-label={t.round_parts()}>
                        { tab("", t.round_tab_applications()) }
                        { tab("pins", t.round_tab_pins()) }
                        { tab("runs", t.round_tab_runs()) }
                    </div>
                    { body }
                </div>
            </PageSection>
            { dialog }
        </>
    }
}
