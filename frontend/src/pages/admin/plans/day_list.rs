//! The timetable as a list by day: for phones, and for those who read better so.

use super::committee::committee_badge;
use super::day_grid::Play;
use super::grid::Grid;
use crate::components::{Badge, Button, ButtonKind, IconName};
use crate::format::use_dates;
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DayList`].
#[derive(Properties, PartialEq)]
pub(super) struct DayListProps {
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// What a person does.
    pub(super) onplay: Callback<Play>,
}

/// The days that have defences, each with these in the order of time.
#[component]
pub(super) fn DayList(props: &DayListProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let (grid, play) = (&props.grid, &props.onplay);
    let item = |cell: super::grid::Cell, defence: usize| {
        let known = &grid.known[defence];
        let pinned = grid.is_pinned(defence);
        html! {
            <li class="gestfg-board__item" key={defence}>
                <div class="gestfg-board__piece">
                    <span>
                        <strong>{ grid.time(&dates, cell.day, cell.slot) }</strong>
                        { " · " }{ grid.room(cell.room) }
                    </span>
                    <span>{ &known.student }</span>
                    <span class="gestfg-small">{ &known.title }</span>
                    <span class="gestfg-slot__facts">
                        { committee_badge(t, known.committee) }
                        <span class="gestfg-subtle gestfg-small">{ &known.tutors }</span>
                        if pinned {
                            <Badge label={t.plan_pinned()} icon={IconName::Pin} outline=true />
                        }
                    </span>
                </div>
                if props.editable {
                    <div class="gestfg-board__tools">
                        if !pinned {
                            <Button
                                label={t.plan_move_named(&known.student)}
                                kind={ButtonKind::Plain}
                                icon={IconName::ArrowDown}
                                icon_only=true
                                small=true
                                onclick={play.reform(move |_: MouseEvent| Play::Ask(defence))}
                            />
                        }
                        <Button
                            label={t.plan_pin_named(&known.student)}
                            kind={ButtonKind::Plain}
                            icon={IconName::Pin}
                            icon_only=true
                            small=true
                            pressed={Some(pinned)}
                            onclick={play.reform(move |_: MouseEvent| Play::Pin(defence, !pinned))}
                        />
                    </div>
                }
            </li>
        }
    };
    let day = |day: usize| {
        let all = grid.of_day(day);
        if all.is_empty() {
            return html! {};
        }
        html! {
            <section key={day}>
                <h3 class="gestfg-subheading">{ grid.day(&dates, day) }</h3>
                <ul class="gestfg-board__list" role="list">{ for all.into_iter().map(|(cell, defence)| item(cell, defence)) }</ul>
            </section>
        }
    };
    html! {
        <div class="gestfg-stack">{ for (0..grid.question.days.len()).map(day) }</div>
    }
}
