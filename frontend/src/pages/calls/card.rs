//! A call among others.

use crate::components::{Badge, Colour, Icon, IconName, RouteLink, Timeline, countdown};
use crate::format::{Dates, use_dates};
use crate::i18n::{Texts, use_texts};
use crate::route::Route;
use crate::zone::now;
use gestfg_types::calls::{Call, CallPhase, PhaseStanding};
use yew::prelude::*;

/// Properties of [`CallCard`].
#[derive(Properties, PartialEq)]
pub(crate) struct CallCardProps {
    /// The call.
    pub call: Call,
    /// Show its timeline from the beginning.
    #[prop_or_default]
    pub open: bool,
    /// Name its degree.
    #[prop_or_default]
    pub with_degree: bool,
}

/// The phase that matters most now: the open one that ends first, or the one
/// that opens next.
pub(super) fn pressing(phases: &[CallPhase]) -> Option<&CallPhase> {
    let with = |wanted: PhaseStanding| phases.iter().filter(move |phase| phase.standing == wanted);
    with(PhaseStanding::Open)
        .min_by_key(|phase| phase.ends_at)
        .or_else(|| with(PhaseStanding::Ahead).min_by_key(|phase| phase.starts_at))
}

/// What is open or comes next, in a line.
fn summary(phase: &CallPhase, t: Texts, dates: &Dates) -> String {
    let said = match phase.standing {
        PhaseStanding::Ahead => t.opens_on(&dates.date_time(phase.starts_at)),
        PhaseStanding::Open => t.until(&dates.deadline(phase.ends_at)),
        PhaseStanding::Over => t.closed_on(&dates.deadline(phase.ends_at)),
    };
    let near = countdown(phase.standing, phase.starts_at, phase.ends_at, now(), t, dates);
    let near = near.map(|near| format!(" · {near}")).unwrap_or_default();
    format!("{}: {said}{near}", t.phase_name(phase.phase))
}

/// Properties of [`CallBadge`].
#[derive(Properties, PartialEq)]
pub(crate) struct CallBadgeProps {
    /// The call.
    pub call: Call,
}

/// Where a call is: a draft, open, or over.
#[component]
pub(crate) fn CallBadge(props: &CallBadgeProps) -> Html {
    let t = use_texts();
    let call = &props.call;
    let over =
        !call.phases.is_empty() && call.phases.iter().all(|phase| phase.standing == PhaseStanding::Over);
    if call.opened_at.is_none() {
        html! { <Badge label={t.call_draft()} icon={IconName::Edit} /> }
    } else if over {
        html! { <Badge label={t.call_over()} icon={IconName::Archive} /> }
    } else {
        html! { <Badge label={t.call_open_now()} icon={IconName::Globe} colour={Colour::Green} /> }
    }
}

/// A call that opens to show its timeline.
#[component]
pub(crate) fn CallCard(props: &CallCardProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let call = &props.call;
    let title = if props.with_degree { t.call_full_title(&call.call) } else { t.call_title(&call.call) };
    html! {
        <details class="pf-v6-c-card gestfg-call" open={props.open}>
            <summary>
                <Icon name={IconName::ChevronRight} class="gestfg-call__chevron" />
                <span class="gestfg-task__what">
                    <span class="gestfg-call__title">{ title.clone() }</span>
                    <CallBadge call={call.clone()} />
                    if let Some(phase) = pressing(&call.phases) {
                        <span class="gestfg-subtle">{ summary(phase, t, &dates) }</span>
                    }
                </span>
            </summary>
            <div class="gestfg-call__body">
                <Timeline caption={t.phases_of(&title)} phases={call.phases.clone()} now={now()} />
                <p>
                    <RouteLink to={Route::Call { id: call.call.id }}>
                        { t.call_see() }<span class="pf-v6-screen-reader">{ format!(" {title}") }</span>
                    </RouteLink>
                </p>
            </div>
        </details>
    }
}
