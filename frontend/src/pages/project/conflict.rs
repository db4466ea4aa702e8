//! Two people wrote at once.

use super::draft::Draft;
use crate::components::{Button, ButtonKind, Dialog};
use crate::i18n::{Texts, use_texts};
use yew::prelude::*;

/// Properties of [`ConflictDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct ConflictDialogProps {
    /// What is typed here.
    pub mine: Draft,
    /// What the server has now.
    pub theirs: Draft,
    /// Keep what is typed, to save it on top.
    pub onkeep: Callback<()>,
    /// Discard it and load what is there.
    pub onload: Callback<()>,
}

/// The fields that differ, with what the server has.
fn differences(mine: &Draft, theirs: &Draft, t: Texts) -> Vec<(&'static str, String)> {
    let name = |person: &Option<gestfg_types::users::PersonRef>| {
        person.as_ref().map(|person| person.name.clone()).unwrap_or_default()
    };
    let pairs = [
        (t.title_column(), mine.title.clone(), theirs.title.clone()),
        (t.kind(), mine.kind.clone(), theirs.kind.clone()),
        (t.students(), mine.student_count.clone(), theirs.student_count.clone()),
        (t.description(), mine.description.clone(), theirs.description.clone()),
        (t.prior_knowledge(), mine.prior_knowledge.clone(), theirs.prior_knowledge.clone()),
        (t.resources(), mine.resources.clone(), theirs.resources.clone()),
        (t.keywords(), mine.keywords.clone(), theirs.keywords.clone()),
        (t.tutor(), name(&mine.tutor), name(&theirs.tutor)),
        (t.cotutor(), name(&mine.cotutor), name(&theirs.cotutor)),
    ];
    pairs
        .into_iter()
        .filter(|(_, mine, theirs)| mine != theirs)
        .map(|(label, _, theirs)| (label, theirs))
        .collect()
}

/// Shows what differs and lets the person choose; nothing typed is lost until
/// they do.
#[component]
pub(super) fn ConflictDialog(props: &ConflictDialogProps) -> Html {
    let t = use_texts();
    let footer = html! {
        <>
            <Button label={t.keep_mine()} onclick={props.onkeep.reform(|_| ())} />
            <Button label={t.load_theirs()} kind={ButtonKind::Secondary} onclick={props.onload.reform(|_| ())} />
        </>
    };
    let differing = differences(&props.mine, &props.theirs, t);
    html! {
        <Dialog title={t.conflict_title()} {footer} wide=true onclose={props.onkeep.clone()}>
            <p class="gestfg-gap-after">{ t.conflict_body() }</p>
            if !differing.is_empty() {
                <p class="gestfg-gap-after">{ t.conflict_changed() }</p>
                <dl class="gestfg-facts">
                    { for differing.into_iter().map(|(label, value)| html! {
                        <div>
                            <dt>{ label }</dt>
                            <dd class="gestfg-verbatim">{ if value.is_empty() { "—".to_owned() } else { value } }</dd>
                        </div>
                    }) }
                </dl>
            }
        </Dialog>
    }
}
