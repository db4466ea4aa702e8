//! Why the planner made nothing.

use super::why;
use crate::format::use_dates;
use crate::i18n::use_texts;
use gestfg_types::planning::{PlanningProblem, PlanningReason};
use yew::prelude::*;

/// Properties of [`Reasons`].
#[derive(Properties, PartialEq)]
pub(super) struct ReasonsProps {
    /// Why a run made no version.
    pub(super) problem: PlanningProblem,
}

/// The facts that cannot hold together, in words.
#[component]
pub(super) fn Reasons(props: &ReasonsProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let reason = |reason: &PlanningReason| {
        // What has no form for other languages keeps its English sentence beside its kind.
        let plain = reason.code.is_empty() && !reason.text.is_empty();
        html! {
            <li>
                { why::reason(&dates, reason) }
                if plain {
                    <p class="gestfg-subtle gestfg-small" lang="en">{ &reason.text }</p>
                }
            </li>
        }
    };
    html! {
        <div class="gestfg-stack">
            <p>{ t.planning_problem(&props.problem.code) }</p>
            if !props.problem.reasons.is_empty() {
                <ul class="pf-v6-c-list" aria-label={t.plan_why_failed()}>
                    { for props.problem.reasons.iter().map(reason) }
                </ul>
            }
        </div>
    }
}
