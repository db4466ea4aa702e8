//! Who sits in a committee.

use super::call_in::CallInDialog;
use crate::api::defences::defences_feed;
use crate::components::{Badge, Button, ButtonKind, Colour, Icon, IconName};
use crate::i18n::{Texts, use_texts};
use crate::program::Program;
use gestfg_types::defences::{Committee, CommitteeAction, CommitteeSeat};
use yew::prelude::*;

/// Properties of [`CommitteeCard`].
#[derive(Properties, PartialEq)]
pub(super) struct CommitteeCardProps {
    /// The committee.
    pub(super) committee: Committee,
    /// Somebody stepped in.
    pub(super) onchange: Callback<()>,
}

fn seat(seat: &CommitteeSeat, committee: &Committee, t: Texts) -> Html {
    let acting = committee.seats.iter().find(|other| other.acting_for.as_deref() == Some(&seat.seat));
    html! {
        <li key={seat.seat.clone()} class={classes!("gestfg-seat", acting.map(|_| "gestfg-seat--absent"))}>
            <span class="gestfg-subtle gestfg-small">{ t.committee_seat(&seat.seat) }</span>
            <span>
                <span class="gestfg-seat__name">{ &seat.professor.name }</span>
                <span class="gestfg-subtle">{ format!(" · {}", seat.department) }</span>
            </span>
            if let Some(other) = acting {
                <Badge label={t.seat_replaced_by(&other.professor.name)} icon={IconName::Undo} colour={Colour::Orange} />
            }
            if let Some(full) = &seat.acting_for {
                <Badge label={t.seat_acts_for(t.committee_seat(full))} icon={IconName::Check} colour={Colour::Green} />
            }
            if let Some(reason) = seat.called_in_reason.as_ref().filter(|_| seat.acting_for.is_some()) {
                <span class="gestfg-small">{ reason }</span>
            }
        </li>
    }
}

/// The seats of a committee, and calling a substitute in.
#[component]
pub(super) fn CommitteeCard(props: &CommitteeCardProps) -> Html {
    let t = use_texts();
    let calling = use_state_eq(|| false);
    let committee = &props.committee;
    let has_substitutes = committee.seats.iter().any(|seat| seat.seat.starts_with("substitute"));
    let may = Program::HAS_SESSIONS
        && has_substitutes
        && committee.allowed_actions.contains(&CommitteeAction::CallIn);
    let open = {
        let calling = calling.setter();
        Callback::from(move |_: MouseEvent| calling.set(true))
    };
    let close = {
        let calling = calling.setter();
        Callback::from(move |()| calling.set(false))
    };
    let done = {
        let (calling, onchange) = (calling.setter(), props.onchange.clone());
        Callback::from(move |()| {
            calling.set(false);
            onchange.emit(());
        })
    };
    html! {
        <div class="gestfg-committee">
            <ul class="gestfg-seats" role="list" aria-label={t.committee_people()}>
                { for committee.seats.iter().map(|it| seat(it, committee, t)) }
            </ul>
            if may {
                <Button
                    label={t.call_in()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::UserPlus}
                    small=true
                    onclick={open}
                />
            }
            if Program::HAS_SESSIONS && committee.defence_count > 0 {
                <a
                    class={ButtonKind::Link.class()}
                    href={defences_feed(&format!("call_id={}&committee_id={}", committee.call.id, committee.id))}
                    download=""
                >
                    <span class="pf-v6-c-button__icon pf-m-start"><Icon name={IconName::Feed} /></span>
                    <span class="pf-v6-c-button__text">{ t.committee_ics() }</span>
                </a>
            }
            if may && *calling {
                <CallInDialog committee={committee.clone()} onclose={close} ondone={done} />
            }
        </div>
    }
}
