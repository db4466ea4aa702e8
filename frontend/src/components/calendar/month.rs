//! A month as a grid.
//!
//! The days are a grid for keyboards and screen readers: arrows move between
//! them, each says what is on it, Enter shows it. The bars above them are what
//! eyes and pointers use, and are hidden from the others.

use super::CalendarView;
use super::days::{lay_out, month_weeks, on_day, shift};
use super::entry::{entry_icon, source_class};
use crate::components::Icon;
use crate::format::{Dates, use_dates};
use crate::i18n::{Texts, use_texts};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use gestfg_types::calendar::{CalendarEntry, CalendarSource};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How many bars a day shows; the rest are counted.
const LANES: usize = 5;

/// The days of the week as a calendar begins it.
pub(super) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Properties of [`MonthGrid`].
#[derive(Properties, PartialEq)]
pub struct MonthGridProps {
    /// The day where the keyboard is; its month is shown.
    pub day: NaiveDate,
    /// The present day of the institution.
    pub today: NaiveDate,
    /// What is in the calendar.
    pub entries: Rc<Vec<CalendarEntry>>,
    /// Show an entry.
    pub onopen: Callback<CalendarEntry>,
    /// Show what is on a day.
    pub onday: Callback<NaiveDate>,
    /// Go to a day.
    pub onmove: Callback<NaiveDate>,
}

/// A month with its entries.
#[component]
pub fn MonthGrid(props: &MonthGridProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    // Whether the day was left by a key: the focus goes along then. The cell it
    // was in may be gone by the time the other month is drawn.
    let by_key = use_mut_ref(|| false);
    {
        let by_key = by_key.clone();
        use_effect_with(props.day, move |day| {
            if by_key.replace(false) {
                focus_day(*day);
            }
        });
    }
    let onkeydown = {
        let (day, onmove, onday) = (props.day, props.onmove.clone(), props.onday.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            if let Some(next) = moved(&key, day) {
                event.prevent_default();
                by_key.replace(true);
                onmove.emit(next);
            } else if key == "Enter" || key == " " {
                event.prevent_default();
                onday.emit(day);
            }
        })
    };
    let cell = |day: NaiveDate| {
        let class = classes!(
            "gestfg-day",
            (day.month() != props.day.month()).then_some("gestfg-day--outside"),
            (day == props.today).then_some("gestfg-day--today"),
        );
        let onclick = {
            let (onmove, onday) = (props.onmove.clone(), props.onday.clone());
            Callback::from(move |_: MouseEvent| {
                onmove.emit(day);
                onday.emit(day);
            })
        };
        html! {
            <div
                key={day.to_string()}
                {class}
                role="gridcell"
                id={cell_id(day)}
                tabindex={if day == props.day { "0" } else { "-1" }}
                aria-label={day_label(t, &props.entries, day)}
                aria-selected={if day == props.day { "true" } else { "false" }}
                aria-current={(day == props.today).then_some("date")}
                {onclick}
            >
                <span class="gestfg-day__number">{ day.day() }</span>
            </div>
        }
    };
    let week = |week: &[NaiveDate; 7]| {
        html! {
            <div class="gestfg-month__week" key={week[0].to_string()}>
                <div class="gestfg-month__days" role="row">{ for week.iter().map(|day| cell(*day)) }</div>
                { draw_bars(t, &dates, week, &props.entries, &props.onopen) }
            </div>
        }
    };
    html! {
        <div class="gestfg-month" role="grid" aria-label={t.month_of_year(props.day)} {onkeydown}>
            <div class="gestfg-month__head" role="row">
                { for WEEK.into_iter().map(|day| html! {
                    <div role="columnheader" aria-label={t.weekday(day)}>{ t.short_weekday(day) }</div>
                }) }
            </div>
            { for month_weeks(props.day).iter().map(week) }
        </div>
    }
}

fn draw_bars(
    t: Texts,
    dates: &Dates,
    week: &[NaiveDate; 7],
    entries: &[CalendarEntry],
    onopen: &Callback<CalendarEntry>,
) -> Html {
    let bars = lay_out(week, entries.iter());
    let hidden = |column: usize| {
        let over = |lane: usize, from: usize, length: usize| {
            lane >= LANES && from <= column && column < from + length
        };
        bars.iter().filter(|bar| over(bar.lane, bar.column, bar.length)).count()
    };
    html! {
        <div class="gestfg-month__bars" aria-hidden="true">
            { for bars.iter().filter(|bar| bar.lane < LANES).map(|bar| {
                let class = classes!(
                    "gestfg-entry",
                    source_class(bar.entry.source),
                    bar.from_before.then_some("gestfg-entry--from-before"),
                    bar.to_after.then_some("gestfg-entry--to-after"),
                );
                let style = format!("grid-column:{}/span {};grid-row:{}", bar.column + 1, bar.length, bar.lane + 1);
                let timed = bar.entry.source == CalendarSource::Event && !bar.entry.is_all_day && bar.length == 1;
                let onclick = {
                    let (onopen, entry) = (onopen.clone(), bar.entry.clone());
                    Callback::from(move |_: MouseEvent| onopen.emit(entry.clone()))
                };
                html! {
                    <button type="button" key={bar.entry.key.clone()} tabindex="-1" {class} {style} title={bar.entry.title.clone()} {onclick}>
                        <Icon name={entry_icon(bar.entry.source)} />
                        <span class="gestfg-entry__title">
                            if timed {
                                { dates.time(bar.entry.starts_at) }{ " " }
                            }
                            { &bar.entry.title }
                        </span>
                    </button>
                }
            }) }
            { for (0..7).map(|column| (column, hidden(column))).filter(|(_, count)| *count > 0).map(|(column, count)| {
                let style = format!("grid-column:{};grid-row:{}", column + 1, LANES + 1);
                html! { <span class="gestfg-month__more" {style}>{ t.and_more(count) }</span> }
            }) }
        </div>
    }
}

fn cell_id(day: NaiveDate) -> String {
    format!("day-{day}")
}

/// The day and what is on it, as it is read out.
fn day_label(t: Texts, entries: &[CalendarEntry], day: NaiveDate) -> String {
    let titles: Vec<&str> = on_day(entries, day).map(|entry| entry.title.as_str()).collect();
    if titles.is_empty() { t.long_day(day) } else { format!("{}: {}", t.long_day(day), titles.join("; ")) }
}

/// Where a key leads from a day.
fn moved(key: &str, day: NaiveDate) -> Option<NaiveDate> {
    let weekday = u64::from(day.weekday().num_days_from_monday());
    match key {
        "ArrowLeft" => day.checked_sub_days(Days::new(1)),
        "ArrowRight" => day.checked_add_days(Days::new(1)),
        "ArrowUp" => day.checked_sub_days(Days::new(7)),
        "ArrowDown" => day.checked_add_days(Days::new(7)),
        "Home" => day.checked_sub_days(Days::new(weekday)),
        "End" => day.checked_add_days(Days::new(6 - weekday)),
        "PageUp" => Some(shift(CalendarView::Month, day, false)),
        "PageDown" => Some(shift(CalendarView::Month, day, true)),
        _ => None,
    }
}

fn focus_day(day: NaiveDate) {
    let cell = gloo_utils::document().get_element_by_id(&cell_id(day));
    if let Some(cell) = cell.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) {
        let _ = cell.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_from_day_to_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        // A Wednesday.
        let from = day("2026-11-25");
        for (key, to) in [
            ("ArrowLeft", "2026-11-24"),
            ("ArrowDown", "2026-12-02"),
            ("Home", "2026-11-23"),
            ("End", "2026-11-29"),
            ("PageUp", "2026-10-25"),
        ] {
            assert_eq!(moved(key, from), Some(day(to)), "{key}");
        }
        assert_eq!(moved("a", from), None);
    }
}
