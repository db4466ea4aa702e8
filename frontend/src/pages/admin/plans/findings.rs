//! Rules broken and wishes not met, in words.

use super::board::{Board, Verdict};
use super::names::student;
use crate::components::{Alert, Icon, IconName, Tone};
use crate::i18n::{Texts, use_texts};
use gestfg_types::planning::PlanFinding;
use std::rc::Rc;
use yew::prelude::*;

/// One of them as a sentence: the rule, and where it is broken.
pub(super) fn sentence(t: Texts, board: &Board, found: &PlanFinding) -> String {
    let mut about: Vec<String> = found.people.iter().map(|who| board.name(*who)).collect();
    if found.defences.is_empty() {
        about.extend(found.requests.iter().map(|request| format!("«{}»", board.title(*request))));
    }
    about.extend(found.defences.iter().filter_map(|defence| student(&board.names, defence)));
    let rooms = board.names.rooms.iter().filter(|room| found.rooms.contains(&room.id));
    about.extend(rooms.map(|room| room.name.clone()));
    about.extend(found.committees.iter().map(|at| t.committee_label(at + 1)));
    about.dedup();
    let rule = t.plan_rule(&found.rule);
    if about.is_empty() { rule.to_owned() } else { format!("{rule} {}.", about.join(", ")) }
}

/// What a change would do, in one breath.
pub(super) fn spoken(t: Texts, board: &Board, verdict: &Verdict) -> String {
    let each = |found: &[PlanFinding]| -> Vec<String> {
        found.iter().map(|found| sentence(t, board, found)).collect()
    };
    if !verdict.broken.is_empty() {
        return each(&verdict.broken).join(" ");
    }
    let mut all = vec![t.plan_move_fits().to_owned()];
    all.extend(each(&verdict.warnings));
    let worse = verdict.worse.iter();
    all.extend(worse.map(|(what, was, is)| t.plan_gets_worse(t.plan_objective(what), *was, *is)));
    all.join(" ")
}

/// More than these are folded where that is wished.
const MANY: usize = 5;

/// Properties of [`Findings`].
#[derive(Properties, PartialEq)]
pub(super) struct FindingsProps {
    /// Where the names are.
    pub(super) board: Rc<Board>,
    /// The heading.
    pub(super) title: AttrValue,
    /// How it is meant.
    pub(super) tone: Tone,
    /// What was found.
    pub(super) found: Vec<PlanFinding>,
    /// Whether it interrupts a screen reader.
    #[prop_or_default]
    pub(super) urgent: bool,
    /// Lets the reader put it away.
    #[prop_or_default]
    pub(super) onclose: Option<Callback<()>>,
    /// Whether many of them are shown only when asked for.
    #[prop_or_default]
    pub(super) folded: bool,
}

/// A list of them; nothing when there is none.
#[component]
pub(super) fn Findings(props: &FindingsProps) -> Html {
    let t = use_texts();
    if props.found.is_empty() {
        return html! {};
    }
    let list = html! {
        <ul class="pf-v6-c-list">
            { for props.found.iter().map(|found| html! { <li>{ sentence(t, &props.board, found) }</li> }) }
        </ul>
    };
    html! {
        <Alert
            tone={props.tone}
            title={format!("{} ({})", props.title, props.found.len())}
            urgent={props.urgent}
            onclose={props.onclose.clone()}
        >
            if props.folded && props.found.len() > MANY {
                <details><summary>{ t.plan_show_all() }</summary>{ list }</details>
            } else {
                { list }
            }
        </Alert>
    }
}

/// What was found of a change before it is made.
pub(super) fn judged(t: Texts, board: &Rc<Board>, verdict: &Verdict) -> Html {
    html! {
        <>
            if verdict.broken.is_empty() && verdict.warnings.is_empty() {
                <p>{ t.plan_move_fits() }</p>
            }
            <Findings board={Rc::clone(board)} title={t.plan_would_break()} tone={Tone::Danger} found={verdict.broken.clone()} />
            <Findings board={Rc::clone(board)} title={t.plan_would_warn()} tone={Tone::Warning} found={verdict.warnings.clone()} />
        </>
    }
}

/// The same beside the thing it is about.
pub(super) fn marks(t: Texts, found: &[&PlanFinding], broken: bool) -> Html {
    let (icon, class) = if broken {
        (IconName::Danger, "gestfg-board__mark gestfg-board__mark--broken")
    } else {
        (IconName::Warning, "gestfg-board__mark")
    };
    html! {
        { for found.iter().map(|found| html! {
            <p {class}><Icon name={icon} /><span>{ t.plan_rule(&found.rule) }</span></p>
        }) }
    }
}
