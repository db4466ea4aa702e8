//! A poll that asks the reader.

use crate::api::availability::answer_poll;
use crate::components::{Badge, Button, Card, Colour, IconName, ProblemAlert, countdown, use_toasts};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::zone::now;
use gestfg_types::availability::{AvailabilityPoll, PollAction};
use gestfg_types::calls::PhaseStanding;
use yew::prelude::*;

/// Properties of [`PollCard`].
#[derive(Properties, PartialEq)]
pub(super) struct PollCardProps {
    /// The poll.
    pub(super) poll: AvailabilityPoll,
    /// It was answered.
    pub(super) onanswered: Callback<()>,
}

/// What is asked, until when, and a button that says that all is said.
#[component]
pub(super) fn PollCard(props: &PollCardProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let (poll, at) = (&props.poll, now());
    let answer = {
        let (id, onanswered) = (poll.id, props.onanswered.clone());
        use_action(move |client, ()| {
            let (onanswered, toasts) = (onanswered.clone(), toasts.clone());
            async move {
                answer_poll(&client, id, None).await?;
                toasts.done(t.poll_answered());
                onanswered.emit(());
                Ok(())
            }
        })
    };
    let standing = if poll.deadline > at { PhaseStanding::Open } else { PhaseStanding::Over };
    let near = countdown(standing, poll.asked_at, poll.deadline, at, t, &dates);
    let near = near.map(|near| format!(" · {near}")).unwrap_or_default();
    let badge = match (poll.my_answer_at, standing) {
        (Some(_), _) => {
            html! { <Badge label={t.poll_only_answered()} icon={IconName::Check} colour={Colour::Green} /> }
        }
        (None, PhaseStanding::Over) => html! { <Badge label={t.poll_closed()} icon={IconName::Clock} /> },
        (None, _) => {
            html! { <Badge label={t.poll_not_yet()} icon={IconName::Clock} colour={Colour::Orange} /> }
        }
    };
    html! {
        <Card title={t.poll_title(&t.call_full_title(&poll.call))} actions={badge}>
            <div class="gestfg-stack">
                <p>{ format!("{}: {}{near}", t.poll_deadline(), dates.deadline(poll.deadline)) }</p>
                if !poll.message.is_empty() {
                    <p class="gestfg-quote">{ &poll.message }</p>
                }
                if let Some(error) = &answer.error {
                    <ProblemAlert error={error.clone()} />
                }
                if let Some(answered) = poll.my_answer_at {
                    <p>{ t.poll_answered_on(&dates.date_time(answered)) }</p>
                }
                if poll.allowed_actions.contains(&PollAction::Answer) {
                    <div class="gestfg-row-actions gestfg-row-actions--start">
                        <Button
                            label={t.poll_done()}
                            icon={IconName::Check}
                            busy={answer.running}
                            onclick={answer.run.reform(|_| ())}
                        />
                        <span class="gestfg-subtle">{ t.poll_done_help() }</span>
                    </div>
                }
            </div>
        </Card>
    }
}
