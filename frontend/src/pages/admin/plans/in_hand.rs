//! The defence that is chosen in the grid, and what can be done with it.

use super::day_grid::{Play, Spot};
use super::grid::Grid;
use crate::components::{Button, ButtonKind, IconName};
use crate::format::use_dates;
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`InHand`].
#[derive(Properties, PartialEq)]
pub(super) struct InHandProps {
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// The one that is chosen.
    pub(super) chosen: Option<usize>,
    /// Whether it is in hand.
    pub(super) held: bool,
    /// Whether all that its committee judges on the same day goes with it.
    pub(super) session: bool,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// What is said of what is in hand.
    pub(super) said: String,
    /// Have the rest go with it, or not.
    pub(super) onsession: Callback<()>,
    /// What a person does.
    pub(super) onplay: Callback<Play>,
}

/// Its name, its buttons, and what the checker says of where it is held.
#[component]
pub(super) fn InHand(props: &InHandProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let (grid, play) = (&props.grid, &props.onplay);
    let chosen = props.chosen.filter(|defence| *defence < grid.count());
    let buttons = |defence: usize| {
        let pinned = grid.is_pinned(defence);
        let standing = !grid.question.committees.is_empty();
        html! {
            <div class="gestfg-timegrid__buttons">
                if !pinned {
                    <Button
                        label={t.plan_move_to()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::ArrowDown}
                        small=true
                        onclick={play.reform(move |_: MouseEvent| Play::Ask(defence))}
                    />
                }
                if grid.place(defence).is_some() {
                    <Button
                        label={t.plan_pin()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Pin}
                        small=true
                        pressed={Some(pinned)}
                        onclick={play.reform(move |_: MouseEvent| Play::Pin(defence, !pinned))}
                    />
                    if standing && !pinned {
                        <Button
                            label={t.plan_session()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Layers}
                            small=true
                            pressed={Some(props.session)}
                            onclick={props.onsession.reform(|_: MouseEvent| ())}
                        />
                    }
                }
                if props.held {
                    if grid.place(defence).is_some() {
                        <Button
                            label={t.plan_take_out_now()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::TimesCircle}
                            small=true
                            onclick={play.reform(|_: MouseEvent| Play::Put(Spot::Out))}
                        />
                    }
                    <Button
                        label={t.plan_let_go()}
                        kind={ButtonKind::Link}
                        small=true
                        onclick={play.reform(|_: MouseEvent| Play::LetGo)}
                    />
                }
            </div>
        }
    };
    html! {
        <div class="gestfg-timegrid__hand" role="group" aria-label={t.plan_chosen()}>
            if let Some(defence) = chosen {
                <p class="gestfg-timegrid__name">
                    <strong>{ &grid.known[defence].student }</strong>
                    { " · " }
                    { grid.place(defence).map_or_else(|| t.plan_without_hour().to_owned(), |cell| grid.when(&dates, cell)) }
                    <span class="gestfg-subtle">{ " · " }{ &grid.known[defence].title }</span>
                </p>
                if props.editable {
                    { buttons(defence) }
                }
            } else {
                <p class="gestfg-subtle">{ t.plan_choose_defence() }</p>
            }
            <p class="gestfg-board__said" role="status" aria-live="assertive">{ &props.said }</p>
        </div>
    }
}
