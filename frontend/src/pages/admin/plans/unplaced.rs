//! Defences without a place: why, and what would give them one.

use super::day_grid::{Card, Play, Spot};
use super::grid::Grid;
use super::plan::Kept;
use super::repair::RepairDialog;
use super::why;
use crate::components::{Button, ButtonKind, IconName};
use crate::format::use_dates;
use crate::i18n::use_texts;
use gestfg_planner::timetable::{ReasonKind, Repair};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Unplaced`].
#[derive(Properties, PartialEq)]
pub(super) struct UnplacedProps {
    /// The version as it is kept.
    pub(super) kept: Kept,
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// What is in hand.
    pub(super) held: Option<usize>,
    /// Where it would be put.
    pub(super) target: Option<Spot>,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// What a person does.
    pub(super) onplay: Callback<Play>,
}

/// A tray of them, to be dragged from and into.
#[component]
pub(super) fn Unplaced(props: &UnplacedProps) -> Html {
    let t = use_texts();
    let (grid, play) = (&props.grid, &props.onplay);
    let looking = use_state_eq(|| None::<(usize, Repair)>);
    let left: Vec<usize> = grid.left().collect();
    let held = props.held.is_some();
    let ondragover = {
        let play = play.clone();
        Callback::from(move |event: DragEvent| {
            if held {
                event.prevent_default();
                play.emit(Play::Over(Spot::Out));
            }
        })
    };
    let ondrop = {
        let play = play.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            play.emit(Play::Put(Spot::Out));
        })
    };
    let class = classes!(
        "gestfg-timegrid__tray",
        (props.target == Some(Spot::Out)).then_some("gestfg-board--target")
    );
    let close = {
        let looking = looking.setter();
        Callback::from(move |()| looking.set(None))
    };
    let onlook = {
        let looking = looking.setter();
        Callback::from(move |chosen: (usize, Repair)| looking.set(Some(chosen)))
    };
    html! {
        <section {class} aria-labelledby="plan-unplaced" {ondragover} {ondrop}>
            // Always there and always as high: what is dragged must not move what it is dragged to.
            <h2 id="plan-unplaced" class="gestfg-subheading">
                { if left.is_empty() { t.plan_all_placed(grid.count()) } else { t.plan_unplaced(left.len()) } }
            </h2>
            <ul class="gestfg-timegrid__unplaced" role="list">
                { for left.iter().map(|defence| html! {
                    <Left
                        key={*defence}
                        grid={Rc::clone(grid)}
                        defence={*defence}
                        held={props.held == Some(*defence)}
                        editable={props.editable}
                        onplay={play.clone()}
                        onlook={onlook.clone()}
                    />
                }) }
            </ul>
            if let Some((defence, repair)) = &*looking {
                <RepairDialog
                    kept={props.kept.clone()}
                    grid={Rc::clone(grid)}
                    defence={*defence}
                    repair={repair.clone()}
                    onclose={close}
                />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct LeftProps {
    grid: Rc<Grid>,
    defence: usize,
    held: bool,
    editable: bool,
    onplay: Callback<Play>,
    onlook: Callback<(usize, Repair)>,
}

/// One of them, with its reason and the repairs that were tried, cheapest first.
#[component]
fn Left(props: &LeftProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let (grid, defence, play) = (&props.grid, props.defence, &props.onplay);
    let known = &grid.known[defence];
    let id = &grid.question.defences[defence].id;
    let left = grid.answer.unplaced.iter().find(|left| left.defence == *id);
    let onkeydown = {
        let (play, held) = (play.clone(), props.held);
        Callback::from(move |event: KeyboardEvent| {
            let said = match event.key().as_str() {
                "Enter" | " " => Play::Press(Spot::Out, Some(defence)),
                "Escape" if held => Play::LetGo,
                _ => return,
            };
            event.prevent_default();
            play.emit(said);
        })
    };
    let repair = |found: &Repair| {
        let look = props.onlook.clone();
        let (title, chosen) = (why::place(&dates, grid, &found.placement), found.clone());
        html! {
            <li>
                <ul class="pf-v6-c-list">
                    { for why::steps(&dates, grid, found).into_iter().map(|step| html! { <li>{ step }</li> }) }
                </ul>
                <Button
                    label={t.plan_look_at_repair(&title)}
                    kind={ButtonKind::Link}
                    small=true
                    onclick={Callback::from(move |_: MouseEvent| look.emit((defence, chosen.clone())))}
                />
            </li>
        }
    };
    html! {
        <li class="gestfg-timegrid__left">
            <div class="gestfg-board__item">
                <div
                    class={classes!("gestfg-board__piece", props.held.then_some("gestfg-board__piece--held"))}
                    role="button"
                    tabindex="0"
                    aria-pressed={if props.held { "true" } else { "false" }}
                    aria-disabled={(!props.editable).then_some("true")}
                    onclick={play.reform(move |_: MouseEvent| Play::Press(Spot::Out, Some(defence)))}
                    {onkeydown}
                >
                    <Card grid={Rc::clone(grid)} {defence} movable={props.editable} onplay={play.clone()} />
                </div>
                if props.editable {
                    <div class="gestfg-board__tools">
                        <Button
                            label={t.plan_move_named(&known.student)}
                            kind={ButtonKind::Plain}
                            icon={IconName::ArrowDown}
                            icon_only=true
                            small=true
                            onclick={play.reform(move |_: MouseEvent| Play::Ask(defence))}
                        />
                    </div>
                }
            </div>
            if let Some(left) = left {
                <div>
                    if let Some(known) = grid.unplaced.iter().find(|known| known.defence == id.0) {
                        <p>{ why::reason(&dates, &known.reason) }</p>
                    }
                    if left.reason.minimal && left.reason.kind != ReasonKind::Unknown {
                        <p class="gestfg-subtle gestfg-small">{ t.why_minimal() }</p>
                    }
                    if !left.repairs.is_empty() {
                        <details>
                            <summary>{ t.plan_repairs_count(left.repairs.len()) }</summary>
                            <ol class="gestfg-timegrid__repairs">{ for left.repairs.iter().map(repair) }</ol>
                        </details>
                    }
                </div>
            }
        </li>
    }
}
