//! The hours of a week, to be marked by mouse, finger or keyboard.

use super::week::{HOUR_ROWS, Painted, Said, Week, row_time, said_of};
use crate::components::{Icon, IconName};
use crate::i18n::{Texts, use_texts};
use chrono::{Datelike, NaiveDate};
use gestfg_types::availability::{AvailabilityAnswer, Unavailability};
use gloo_events::EventListener;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};
use yew::prelude::*;

/// Properties of [`AvailabilityGrid`].
#[derive(Properties, PartialEq)]
pub struct AvailabilityGridProps {
    /// Which week.
    pub week: Week,
    /// What was said of it.
    pub said: Rc<Vec<Unavailability>>,
    /// First and last days of defences; other days are drawn paler.
    pub windows: Rc<Vec<(NaiveDate, NaiveDate)>>,
    /// What marking says.
    pub brush: AvailabilityAnswer,
    /// Something was marked.
    pub onpaint: Callback<Painted>,
}

/// A day and a row.
type Slot = (usize, usize);

/// Where marking began, and where it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Chosen {
    anchor: Slot,
    head: Slot,
}

impl Chosen {
    const fn at(slot: Slot) -> Self {
        Self { anchor: slot, head: slot }
    }

    fn days(self) -> (usize, usize) {
        (self.anchor.0.min(self.head.0), self.anchor.0.max(self.head.0))
    }

    fn rows(self) -> (usize, usize) {
        (self.anchor.1.min(self.head.1), self.anchor.1.max(self.head.1))
    }

    fn has(self, (day, row): Slot) -> bool {
        let (days, rows) = (self.days(), self.rows());
        (days.0..=days.1).contains(&day) && (rows.0..=rows.1).contains(&row)
    }
}

/// The slot an event happened in.
fn slot_of(target: Option<web_sys::EventTarget>) -> Option<Slot> {
    let element = target?.dyn_into::<Element>().ok()?.closest("[data-slot]").ok()??;
    let (day, row) =
        element.get_attribute("data-slot")?.split_once('-').map(|(d, r)| (d.parse(), r.parse()))?;
    day.ok().zip(row.ok())
}

/// Where a key leads from a slot.
fn step(key: &str, (day, row): Slot) -> Option<Slot> {
    let (last_day, last_row) = (Week::DAYS - 1, HOUR_ROWS - 1);
    Some(match key {
        "ArrowLeft" => (day.saturating_sub(1), row),
        "ArrowRight" => ((day + 1).min(last_day), row),
        "ArrowUp" => (day, row.saturating_sub(1)),
        "ArrowDown" => (day, (row + 1).min(last_row)),
        "Home" => (0, row),
        "End" => (last_day, row),
        "PageUp" => (day, 0),
        "PageDown" => (day, last_row),
        _ => return None,
    })
}

/// What marking says: the brush, or yes when everything marked says so already.
fn answer_for(chosen: Chosen, brush: AvailabilityAnswer, said: impl Fn(Slot) -> Said) -> AvailabilityAnswer {
    let (days, rows) = (chosen.days(), chosen.rows());
    let mut slots = (days.0..=days.1).flat_map(|day| (rows.0..=rows.1).map(move |row| (day, row)));
    if slots.all(|slot| said(slot).answer == brush) { AvailabilityAnswer::Yes } else { brush }
}

fn mark(answer: AvailabilityAnswer) -> (&'static str, Option<IconName>) {
    match answer {
        AvailabilityAnswer::Yes => ("gestfg-hours__slot--yes", None),
        AvailabilityAnswer::IfNeeded => ("gestfg-hours__slot--if-needed", Some(IconName::Warning)),
        AvailabilityAnswer::No => ("gestfg-hours__slot--no", Some(IconName::Times)),
    }
}

/// A week in half hours. Marking what is marked already takes it back.
#[component]
pub fn AvailabilityGrid(props: &AvailabilityGridProps) -> Html {
    let t = use_texts();
    let chosen = use_state_eq(|| Chosen::at((0, 2)));
    let dragging = use_state_eq(|| false);
    // Where a press came from: a finger marks on its click, so that it can scroll as well.
    let by_mouse = use_mut_ref(|| false);
    let root = use_node_ref();
    let said = |(day, row): Slot| said_of(&props.said, props.week.span(day, row, row));
    let paint = {
        let (onpaint, said, week) = (props.onpaint.clone(), Rc::clone(&props.said), props.week.clone());
        Callback::from(move |(chosen, brush, toggles): (Chosen, AvailabilityAnswer, bool)| {
            let said = |(day, row): Slot| said_of(&said, week.span(day, row, row));
            let answer = if toggles { answer_for(chosen, brush, said) } else { brush };
            onpaint.emit(Painted { days: chosen.days(), rows: chosen.rows(), answer });
        })
    };
    {
        // The button may be let go anywhere.
        let (dragging, chosen, paint, brush) = (dragging.clone(), chosen.clone(), paint.clone(), props.brush);
        use_effect_with((*dragging, *chosen, props.brush, Rc::clone(&props.said)), move |_| {
            let listener = dragging.then(|| {
                EventListener::once(&gloo_utils::document(), "pointerup", move |_| {
                    dragging.set(false);
                    paint.emit((*chosen, brush, true));
                })
            });
            move || drop(listener)
        });
    }
    let onpointerdown = {
        let (chosen, dragging, by_mouse) = (chosen.setter(), dragging.setter(), by_mouse.clone());
        Callback::from(move |event: PointerEvent| {
            let mouse = event.pointer_type() != "touch";
            *by_mouse.borrow_mut() = mouse;
            if let Some(slot) = slot_of(event.target()).filter(|_| mouse && event.button() == 0) {
                chosen.set(Chosen::at(slot));
                dragging.set(true);
            }
        })
    };
    let onpointerover = {
        let (chosen, dragging) = (chosen.clone(), *dragging);
        Callback::from(move |event: PointerEvent| {
            if let Some(head) = slot_of(event.target()).filter(|_| dragging) {
                chosen.set(Chosen { head, ..*chosen });
            }
        })
    };
    let onclick = {
        let (chosen, paint, brush) = (chosen.setter(), paint.clone(), props.brush);
        Callback::from(move |event: MouseEvent| {
            // A click without a press comes from assistive technology.
            let pressed = *by_mouse.borrow() && event.detail() > 0;
            if let Some(slot) = slot_of(event.target()).filter(|_| !pressed) {
                chosen.set(Chosen::at(slot));
                paint.emit((Chosen::at(slot), brush, true));
            }
        })
    };
    let onkeydown = {
        let (chosen, paint, brush, root) = (chosen.clone(), paint.clone(), props.brush, root.clone());
        Callback::from(move |event: KeyboardEvent| {
            if slot_of(event.target()).is_none() || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if let Some(head) = step(&event.key(), chosen.head) {
                event.prevent_default();
                let anchor = if event.shift_key() { chosen.anchor } else { head };
                chosen.set(Chosen { anchor, head });
                focus(&root, head);
                return;
            }
            let said = match event.key().as_str() {
                " " | "Enter" => (brush, true),
                "1" => (AvailabilityAnswer::Yes, false),
                "2" => (AvailabilityAnswer::IfNeeded, false),
                "3" => (AvailabilityAnswer::No, false),
                _ => return,
            };
            event.prevent_default();
            paint.emit((*chosen, said.0, said.1));
        })
    };
    let several = chosen.anchor != chosen.head;
    let whole = |anchor: Slot, head: Slot| {
        let (paint, brush) = (paint.clone(), props.brush);
        Callback::from(move |_: MouseEvent| paint.emit((Chosen { anchor, head }, brush, true)))
    };
    let is_outside = |day: NaiveDate| {
        !props.windows.is_empty()
            && !props.windows.iter().any(|(first, last)| (*first..=*last).contains(&day))
    };
    let heading = |index: usize| {
        let day = props.week.day(index);
        let label = t.availability_whole_day(&t.long_day(day), t.availability_answer(props.brush));
        html! {
            <th scope="col" class={classes!(is_outside(day).then_some("gestfg-hours--outside"))}>
                <button
                    type="button"
                    class="gestfg-hours__whole"
                    title={label.clone()}
                    onclick={whole((index, 0), (index, HOUR_ROWS - 1))}
                >
                    <span>{ t.short_weekday(day.weekday()) }</span>
                    <strong>{ day.day() }</strong>
                    <span class="pf-v6-screen-reader">{ label }</span>
                </button>
            </th>
        }
    };
    let cell = |slot: Slot| {
        let day = props.week.day(slot.0);
        let found = said(slot);
        let (class, icon) = mark(found.answer);
        let class = classes!(
            "gestfg-hours__slot",
            class,
            is_outside(day).then_some("gestfg-hours--outside"),
            (chosen.has(slot) && (several || *dragging)).then_some("gestfg-hours__slot--chosen"),
        );
        let icon = if found.from_file { Some(IconName::Calendar) } else { icon };
        html! {
            <td
                role="gridcell"
                {class}
                data-slot={format!("{}-{}", slot.0, slot.1)}
                tabindex={if slot == chosen.head { "0" } else { "-1" }}
                aria-label={cell_label(t, day, slot.1, found)}
                aria-selected={if several && chosen.has(slot) { "true" } else { "false" }}
            >
                if let Some(name) = icon {
                    <Icon {name} />
                }
            </td>
        }
    };
    let row = |row: usize| {
        let time = row_time(row).format("%H:%M").to_string();
        let label = t.availability_whole_row(&time, t.availability_answer(props.brush));
        html! {
            <tr role="row" key={row} class={classes!(row.is_multiple_of(2).then_some("gestfg-hours__hour"))}>
                <th scope="row">
                    <button
                        type="button"
                        class="gestfg-hours__whole"
                        title={label.clone()}
                        onclick={whole((0, row), (Week::DAYS - 1, row))}
                    >
                        { time }
                        <span class="pf-v6-screen-reader">{ " " }{ label }</span>
                    </button>
                </th>
                { for (0..Week::DAYS).map(|day| cell((day, row))) }
            </tr>
        }
    };
    html! {
        <table
            ref={root}
            role="grid"
            class="gestfg-hours"
            aria-label={t.availability_grid()}
            aria-describedby="hours-manners"
            aria-multiselectable="true"
            {onpointerdown}
            {onpointerover}
            {onclick}
            {onkeydown}
        >
            <thead>
                <tr role="row">
                    <th scope="col"><span class="pf-v6-screen-reader">{ t.availability_time() }</span></th>
                    { for (0..Week::DAYS).map(heading) }
                </tr>
            </thead>
            <tbody>{ for (0..HOUR_ROWS).map(row) }</tbody>
        </table>
    }
}

fn cell_label(t: Texts, day: NaiveDate, row: usize, said: Said) -> String {
    let time = row_time(row).format("%H:%M").to_string();
    t.availability_cell(&t.long_day(day), &time, t.availability_answer(said.answer))
}

fn focus(root: &NodeRef, (day, row): Slot) {
    let selector = format!("[data-slot='{day}-{row}']");
    let found = root.cast::<Element>().and_then(|root| root.query_selector(&selector).ok().flatten());
    if let Some(cell) = found.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}
