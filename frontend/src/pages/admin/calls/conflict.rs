//! Two people changed the dates at once.

use super::draft::Draft;
use crate::components::{Button, ButtonKind, Dialog};
use crate::format::{Dates, use_dates};
use crate::i18n::{Texts, use_texts};
use gestfg_types::calls::{Call, Phase};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`ConflictDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct ConflictDialogProps {
    /// What is typed here.
    pub(super) mine: Draft,
    /// What the server has now.
    pub(super) theirs: Rc<Call>,
    /// Keep what is typed, to save it on top.
    pub(super) onkeep: Callback<()>,
    /// Discard it and load what is there.
    pub(super) onload: Callback<()>,
}

/// The phases that differ, with what the server has.
fn differences(mine: &Draft, theirs: &Call, t: Texts, dates: &Dates) -> Vec<(&'static str, String)> {
    let there = Draft::of(theirs, dates);
    let said = |phase: Phase| {
        theirs.phases.iter().find(|found| found.phase == phase).map_or_else(
            || t.no_dates_yet().to_owned(),
            |found| t.from_until(&dates.date_time(found.starts_at), &dates.deadline(found.ends_at)),
        )
    };
    Phase::ALL
        .iter()
        .filter(|phase| mine.window(**phase) != there.window(**phase))
        .map(|phase| (t.phase_name(*phase), said(*phase)))
        .collect()
}

/// Shows what differs and lets the person choose; nothing typed is lost until
/// they do.
#[component]
pub(super) fn ConflictDialog(props: &ConflictDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let footer = html! {
        <>
            <Button label={t.keep_mine()} onclick={props.onkeep.reform(|_| ())} />
            <Button label={t.load_theirs()} kind={ButtonKind::Secondary} onclick={props.onload.reform(|_| ())} />
        </>
    };
    let differing = differences(&props.mine, &props.theirs, t, &dates);
    html! {
        <Dialog title={t.call_conflict_title()} {footer} onclose={props.onkeep.clone()}>
            <p class="gestfg-gap-after">{ t.call_conflict_body() }</p>
            if !differing.is_empty() {
                <p class="gestfg-gap-after">{ t.call_conflict_theirs() }</p>
                <dl class="gestfg-facts">
                    { for differing.into_iter().map(|(label, value)| html! {
                        <div><dt>{ label }</dt><dd>{ value }</dd></div>
                    }) }
                </dl>
            }
        </Dialog>
    }
}
