//! The poll of a call, who has answered, and what each of them said.

use super::answers::{Answers, OneProfessor};
use super::edit::PollDialog;
use crate::api::availability::{delete_poll, list_polls, remind_poll};
use crate::api::calls::find_call;
use crate::api::{ApiError, Client};
use crate::components::{
    Button, ButtonKind, Card, ConfirmDialog, Crumb, EmptyState, IconName, LoadingShape, PageHeader,
    PageSection, draw_remote, use_toasts,
};
use crate::format::use_dates;
use crate::hooks::{ListQuery, use_action, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::pages::availability::dates_of;
use crate::route::Route;
use gestfg_types::availability::{AvailabilityPoll, PollAction};
use gestfg_types::calls::Call;
use gestfg_types::ids::{CallId, UserId};
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// Which answers are in sight, or whose hours.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PollQuery {
    pub(super) answered: String,
    pub(super) cursor: String,
    pub(super) professor_id: String,
}

impl ListQuery for PollQuery {
    fn cursor(&mut self) -> &mut String {
        &mut self.cursor
    }
}

#[derive(PartialEq)]
struct Asking {
    call: Call,
    poll: Option<AvailabilityPoll>,
}

async fn asking(client: Client, id: CallId) -> Result<Asking, ApiError> {
    let call = find_call(&client, id).await?;
    let poll = list_polls(&client, Some(id)).await?.items.into_iter().next();
    Ok(Asking { call, poll })
}

#[derive(Clone, Copy, PartialEq)]
enum Over {
    Nothing,
    Writing,
    Reminding,
    Deleting,
}

/// Properties of [`CallAvailabilityPage`].
#[derive(Properties, PartialEq)]
pub struct CallAvailabilityPageProps {
    /// Of which call.
    pub id: CallId,
}

/// The page.
#[component]
pub fn CallAvailabilityPage(props: &CallAvailabilityPageProps) -> Html {
    let t = use_texts();
    let url = use_query::<PollQuery>();
    let over = use_state_eq(|| Over::Nothing);
    let found = use_remote(props.id, asking);
    use_updates(&[UpdateTopic::Availability, UpdateTopic::Calls], &found.refresh);
    let close = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let done = {
        let (over, refresh) = (over.setter(), found.refresh.clone());
        Callback::from(move |()| {
            over.set(Over::Nothing);
            refresh.emit(());
        })
    };
    let open = |next: Over| {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(next))
    };
    let latest = found.latest.clone();
    let poll = latest.as_ref().and_then(|asking| asking.poll.clone());
    let may = |action: PollAction| poll.as_ref().is_some_and(|poll| poll.allowed_actions.contains(&action));
    let actions = html! {
        <>
            if may(PollAction::Remind) {
                <Button label={t.poll_remind()} icon={IconName::Bell} onclick={open(Over::Reminding)} />
            }
            if may(PollAction::Edit) {
                <Button label={t.edit()} kind={ButtonKind::Secondary} icon={IconName::Edit} onclick={open(Over::Writing)} />
            }
            if may(PollAction::Delete) {
                <Button label={t.delete()} kind={ButtonKind::Tertiary} icon={IconName::Trash} onclick={open(Over::Deleting)} />
            }
        </>
    };
    let dialog = match (*over, &latest, &poll) {
        (Over::Writing, Some(asking), _) => html! {
            <PollDialog call={asking.call.call.id} poll={poll.clone()} onclose={close} onsaved={done} />
        },
        (Over::Reminding, _, Some(poll)) => {
            html! { <RemindDialog poll={poll.clone()} onclose={close} ondone={done} /> }
        }
        (Over::Deleting, _, Some(poll)) => {
            html! { <WithdrawDialog poll={poll.clone()} onclose={close} ondone={done} /> }
        }
        _ => html! {},
    };
    let draw = |asking: &Asking| {
        let dates = Rc::new(dates_of(&asking.call).into_iter().collect::<Vec<_>>());
        if let Ok(professor) = url.query.professor_id.parse::<UserId>() {
            return html! {
                <OneProfessor
                    {professor}
                    poll={asking.poll.clone()}
                    {dates}
                    onback={url.go.reform(|()| PollQuery::default())}
                    onanswered={found.refresh.clone()}
                />
            };
        }
        match &asking.poll {
            Some(poll) => html! {
                <div class="gestfg-stack">
                    <Facts poll={poll.clone()} />
                    <Answers poll={poll.clone()} url={url.clone()} onanswered={found.refresh.clone()} />
                </div>
            },
            None => {
                let may = asking.call.opened_at.is_some() && !dates.is_empty();
                let ask = html! {
                    <Button label={t.poll_ask()} icon={IconName::Send} disabled={!may} onclick={open(Over::Writing)} />
                };
                html! {
                    <EmptyState icon={IconName::Calendar} title={t.poll_empty()} actions={ask}>
                        <p>{ t.poll_empty_body() }</p>
                        if !may {
                            <p>{ t.poll_needs_dates() }</p>
                        }
                    </EmptyState>
                }
            }
        }
    };
    let title = latest.as_ref().map_or_else(
        || t.route_call_availability().to_owned(),
        |asking| format!("{} · {}", t.route_call_availability(), t.call_full_title(&asking.call.call)),
    );
    let crumbs = vec![
        Crumb { to: Route::AdminCalls, label: t.route_admin_calls().into() },
        Crumb { to: Route::CallEditor { id: props.id }, label: t.route_call().into() },
    ];
    html! {
        <>
            <PageHeader {title} lead={t.poll_lead()} {crumbs} {actions} />
            <PageSection>{ draw_remote(&found, LoadingShape::Rows, draw) }</PageSection>
            { dialog }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct FactsProps {
    poll: AvailabilityPoll,
}

/// What was asked, until when, and how many have answered.
#[component]
fn Facts(props: &FactsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let poll = &props.poll;
    let (asked, answered) = (poll.asked_count.unwrap_or_default(), poll.answered_count.unwrap_or_default());
    let fact = |term: &'static str, value: String| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    let by = poll.asked_by.as_ref().map(|by| format!(" · {}", by.name)).unwrap_or_default();
    html! {
        <Card>
            <div class="gestfg-stack">
                <div>
                    <p id="poll-progress"><strong>{ t.poll_progress(answered, asked) }</strong></p>
                    <progress
                        class="gestfg-meter"
                        aria-labelledby="poll-progress"
                        max={asked.max(1).to_string()}
                        value={answered.to_string()}
                    />
                </div>
                <dl class="gestfg-facts">
                    { fact(t.poll_deadline(), dates.deadline(poll.deadline)) }
                    { fact(t.poll_asked(), format!("{}{by}", dates.date_time(poll.asked_at))) }
                    if let Some(at) = poll.reminded_at {
                        { fact(t.poll_last_reminder(), dates.date_time(at)) }
                    }
                </dl>
                if !poll.message.is_empty() {
                    <p class="gestfg-quote">{ &poll.message }</p>
                }
            </div>
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    poll: AvailabilityPoll,
    onclose: Callback<()>,
    ondone: Callback<()>,
}

#[component]
fn RemindDialog(props: &AskedProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let poll = &props.poll;
    let remind = {
        let (id, ondone) = (poll.id, props.ondone.clone());
        use_action(move |client, ()| {
            let (ondone, toasts) = (ondone.clone(), toasts.clone());
            async move {
                remind_poll(&client, id).await?;
                toasts.done(t.poll_reminded());
                ondone.emit(());
                Ok(())
            }
        })
    };
    let silent = poll.asked_count.unwrap_or_default() - poll.answered_count.unwrap_or_default();
    html! {
        <ConfirmDialog
            title={t.poll_remind_title()}
            confirm={t.poll_remind()}
            busy={remind.running}
            error={remind.error.clone()}
            onconfirm={remind.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p>{ t.poll_remind_body(silent) }</p>
        </ConfirmDialog>
    }
}

#[component]
fn WithdrawDialog(props: &AskedProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let withdraw = {
        let (poll, ondone) = (props.poll.clone(), props.ondone.clone());
        use_action(move |client, ()| {
            let (poll, ondone, toasts) = (poll.clone(), ondone.clone(), toasts.clone());
            async move {
                delete_poll(&client, &poll).await?;
                toasts.done(t.poll_deleted());
                ondone.emit(());
                Ok(())
            }
        })
    };
    html! {
        <ConfirmDialog
            title={t.poll_delete_title()}
            confirm={t.delete()}
            danger=true
            busy={withdraw.running}
            error={withdraw.error.clone()}
            onconfirm={withdraw.run.clone()}
            oncancel={props.onclose.clone()}
        >
            <p>{ t.poll_delete_body() }</p>
        </ConfirmDialog>
    }
}
