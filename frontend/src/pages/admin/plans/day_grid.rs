//! A day of the timetable: rooms across, times down, every cell a place to put something.

use super::committee::committee_badge;
use super::grid::{Cell, Grid};
use crate::components::{Icon, IconName};
use crate::format::use_dates;
use crate::i18n::use_texts;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Where a defence can be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// At a time, in a room.
    Cell(Cell),
    /// Out of the timetable.
    Out,
}

impl Spot {
    /// The time and room, unless it is out.
    pub(super) const fn cell(self) -> Option<Cell> {
        match self {
            Self::Cell(cell) => Some(cell),
            Self::Out => None,
        }
    }
}

/// What a person does with the timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Play {
    /// A cell has the focus.
    Focus(Cell),
    /// Take a defence, by dragging.
    Take(usize),
    /// What is in hand is held over a place.
    Over(Spot),
    /// Put what is in hand there.
    Put(Spot),
    /// Take the defence that is there, or put there what is in hand: by a click, space or enter.
    Press(Spot, Option<usize>),
    /// Go on by so many rooms and slots.
    Step(isize, isize),
    /// Look at this day.
    Day(usize),
    /// Go so many days on.
    DayStep(isize),
    /// Let go of what is in hand.
    LetGo,
    /// Ask where it should go.
    Ask(usize),
    /// Fix it where it is, or let it go.
    Pin(usize, bool),
}

/// Properties of [`DayGrid`].
#[derive(Properties, PartialEq)]
pub(super) struct DayGridProps {
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// The cell that has the focus; its day is the one that is drawn.
    pub(super) active: Cell,
    /// What is in hand.
    pub(super) held: Option<usize>,
    /// Where it would be put.
    pub(super) target: Option<Spot>,
    /// Whether the checker allows that.
    pub(super) allowed: bool,
    /// Cells of the day into which it would fit.
    pub(super) fitting: Rc<BTreeSet<Cell>>,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// Whether a change is on its way.
    pub(super) busy: bool,
    /// What a person does.
    pub(super) onplay: Callback<Play>,
}

/// The days to choose from, and the grid of the one chosen.
#[component]
pub(super) fn DayGrid(props: &DayGridProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let (grid, day, play) = (&props.grid, props.active.day, &props.onplay);
    let rooms = 0..grid.question.rooms.len();
    let slots = 0..grid.question.days.get(day).map_or(0, |day| day.slots);
    let title = grid.day(&dates, day);
    let onkeydown = {
        let (play, active) = (play.clone(), props.active);
        let (here, held) = (grid.at(props.active), props.held.is_some());
        Callback::from(move |event: KeyboardEvent| {
            let said = match event.key().as_str() {
                "Enter" | " " => Play::Press(Spot::Cell(active), here),
                "Escape" if held => Play::LetGo,
                "ArrowLeft" => Play::Step(-1, 0),
                "ArrowRight" => Play::Step(1, 0),
                "ArrowUp" => Play::Step(0, -1),
                "ArrowDown" => Play::Step(0, 1),
                "PageUp" => Play::DayStep(-1),
                "PageDown" => Play::DayStep(1),
                _ => return,
            };
            event.prevent_default();
            play.emit(said);
        })
    };
    html! {
        <div class={classes!("gestfg-timegrid__day", props.busy.then_some("gestfg-refreshing"))}>
            <div class="gestfg-timegrid__days" role="group" aria-label={t.plan_days()}>
                { for (0..grid.question.days.len()).map(|at| day_button(props, at, &grid.day(&dates, at))) }
            </div>
            <div class="gestfg-timegrid__scroll">
                <table class="gestfg-timegrid" role="grid" aria-label={t.plan_grid_of(&title)} aria-describedby="grid-manners" {onkeydown}>
                    <thead>
                        <tr>
                            <th scope="col">{ t.plan_hour() }</th>
                            { for rooms.clone().map(|room| html! { <th scope="col">{ grid.room(room) }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for slots.map(|slot| html! {
                            <tr key={slot}>
                                <th scope="row">{ grid.time(&dates, day, slot) }</th>
                                { for rooms.clone().map(|room| cell(props, Cell { day, slot, room }, t.plan_free(), t.plan_closed())) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

/// The button of a day; what is dragged over it opens the day.
fn day_button(props: &DayGridProps, day: usize, title: &str) -> Html {
    let on = day == props.active.day;
    let choose = props.onplay.reform(move |_: MouseEvent| Play::Day(day));
    let ondragover = {
        let (play, held) = (props.onplay.clone(), props.held.is_some());
        Callback::from(move |_: DragEvent| {
            if held && !on {
                play.emit(Play::Day(day));
            }
        })
    };
    let count = props.grid.of_day(day).len();
    html! {
        <button
            type="button"
            key={day}
            class={classes!("gestfg-timegrid__pick", on.then_some("gestfg-timegrid__pick--on"))}
            aria-pressed={if on { "true" } else { "false" }}
            onclick={choose}
            {ondragover}
        >
            { title.to_owned() }
            <span class="gestfg-timegrid__count">{ count }</span>
        </button>
    }
}

fn cell(props: &DayGridProps, at: Cell, free: &str, closed: &str) -> Html {
    let (grid, play) = (&props.grid, &props.onplay);
    let spot = Spot::Cell(at);
    let here = grid.at(at);
    let open = grid.is_open(at);
    let class = classes!(
        (!open).then_some("gestfg-timegrid__closed"),
        props.fitting.contains(&at).then_some("gestfg-timegrid__fits"),
        (here.is_some() && props.held == here).then_some("gestfg-board__piece--held"),
        (props.target == Some(spot)).then_some(if props.allowed {
            "gestfg-board--target"
        } else {
            "gestfg-board--refused"
        })
    );
    let any = props.held.is_some();
    let ondragover = {
        let play = play.clone();
        Callback::from(move |event: DragEvent| {
            if any {
                event.prevent_default();
                play.emit(Play::Over(spot));
            }
        })
    };
    let ondrop = {
        let play = play.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            play.emit(Play::Put(spot));
        })
    };
    let active = props.active == at;
    html! {
        <td
            id={id_of(at)}
            key={at.room}
            {class}
            tabindex={if active { "0" } else { "-1" }}
            aria-selected={(here.is_some() && props.held == here).then_some("true")}
            onfocus={play.reform(move |_: FocusEvent| Play::Focus(at))}
            onclick={play.reform(move |_: MouseEvent| Play::Press(spot, here))}
            {ondragover}
            {ondrop}
        >
            if let Some(defence) = here {
                <Card grid={Rc::clone(grid)} {defence} movable={props.editable && !grid.is_pinned(defence)} onplay={play.clone()} />
            } else {
                <span class="pf-v6-screen-reader">{ if open { free.to_owned() } else { closed.to_owned() } }</span>
            }
        </td>
    }
}

/// Properties of [`Card`].
#[derive(Properties, PartialEq)]
pub(super) struct CardProps {
    /// All of them.
    pub(super) grid: Rc<Grid>,
    /// Which one.
    pub(super) defence: usize,
    /// Whether it may be dragged.
    pub(super) movable: bool,
    /// What a person does.
    pub(super) onplay: Callback<Play>,
}

/// A defence: its student, its project, the initials of its tutors and its committee.
#[component]
pub(super) fn Card(props: &CardProps) -> Html {
    let t = use_texts();
    let defence = props.defence;
    let Some(known) = props.grid.known.get(defence) else { return html! {} };
    let ondragstart = {
        let play = props.onplay.clone();
        Callback::from(move |event: DragEvent| {
            // Firefox drags nothing that carries no data.
            if let Some(data) = event.data_transfer() {
                let _ = data.set_data("text/plain", "defence");
            }
            play.emit(Play::Take(defence));
        })
    };
    html! {
        <div
            class="gestfg-slot"
            draggable={if props.movable { "true" } else { "false" }}
            {ondragstart}
            ondragend={props.onplay.reform(|_: DragEvent| Play::LetGo)}
        >
            <strong>{ &known.student }</strong>
            <span class="gestfg-small gestfg-clamp">{ &known.title }</span>
            <span class="gestfg-slot__facts">
                { committee_badge(t, known.committee) }
                if !known.initials.is_empty() {
                    <abbr class="gestfg-subtle gestfg-small" title={known.tutors.clone()}>{ &known.initials }</abbr>
                }
                if props.grid.is_pinned(defence) {
                    <span class="gestfg-slot__pin"><Icon name={IconName::Pin} /><span class="pf-v6-screen-reader">{ t.plan_pinned() }</span></span>
                }
            </span>
        </div>
    }
}

fn id_of(cell: Cell) -> String {
    format!("slot-{}-{}-{}", cell.day, cell.slot, cell.room)
}

/// Gives a cell the focus.
pub(super) fn focus_cell(cell: Cell) {
    let found = gloo_utils::document().get_element_by_id(&id_of(cell));
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
