//! A week in columns, one below the other on a phone.

use super::CalendarView;
use super::agenda::EntryList;
use super::days::{lay_out, on_day, span, week_from};
use super::entry::{entry_icon, entry_when, source_class};
use crate::components::Icon;
use crate::format::use_dates;
use crate::i18n::use_texts;
use chrono::{Datelike, NaiveDate};
use gestfg_types::calendar::CalendarEntry;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`WeekView`].
#[derive(Properties, PartialEq)]
pub struct WeekViewProps {
    /// A day of the week.
    pub day: NaiveDate,
    /// The present day of the institution.
    pub today: NaiveDate,
    /// What is in the calendar.
    pub entries: Rc<Vec<CalendarEntry>>,
    /// Show an entry.
    pub onopen: Callback<CalendarEntry>,
}

/// What lasts for days, once, and seven days with what is on each alone.
#[component]
pub fn WeekView(props: &WeekViewProps) -> Html {
    let t = use_texts();
    let (first, _) = span(CalendarView::Week, props.day);
    let is_long = |entry: &&CalendarEntry| entry.first_day != entry.last_day;
    let day = |(column, day): (usize, NaiveDate)| {
        let entries: Vec<_> = on_day(&props.entries, day).filter(|entry| !is_long(entry)).cloned().collect();
        let current = (day == props.today).then_some("gestfg-week__date--today");
        let style = format!("grid-column:{}", column + 1);
        html! {
            <section key={day.to_string()} class="gestfg-week__day" aria-label={t.long_day(day)}>
                <h2 class={classes!("gestfg-week__date", current)} style={style.clone()}>
                    <span>{ t.short_weekday(day.weekday()) }</span>
                    <strong>{ day.day() }</strong>
                </h2>
                <div class="gestfg-week__entries" {style}>
                    if entries.is_empty() {
                        <p class="gestfg-subtle gestfg-small">{ t.nothing_that_day() }</p>
                    } else {
                        <EntryList {entries} hours_only=true onopen={props.onopen.clone()} />
                    }
                </div>
            </section>
        }
    };
    html! {
        <div class="gestfg-week">
            <LongEntries
                {first}
                entries={props.entries.iter().filter(is_long).cloned().collect::<Vec<_>>()}
                onopen={props.onopen.clone()}
            />
            { for first.iter_days().take(7).enumerate().map(day) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LongEntriesProps {
    first: NaiveDate,
    entries: Vec<CalendarEntry>,
    onopen: Callback<CalendarEntry>,
}

/// What lasts for more than a day, as bars over the days of the week.
#[component]
fn LongEntries(props: &LongEntriesProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let bars = lay_out(&week_from(props.first), props.entries.iter());
    if bars.is_empty() {
        return html! {};
    }
    html! {
        <ul class="gestfg-week__long" role="list" aria-label={t.several_days()}>
            { for bars.iter().map(|bar| {
                let style = format!("grid-column:{}/span {};grid-row:{}", bar.column + 1, bar.length, bar.lane + 1);
                let class = classes!(
                    "gestfg-entry",
                    source_class(bar.entry.source),
                    bar.from_before.then_some("gestfg-entry--from-before"),
                    bar.to_after.then_some("gestfg-entry--to-after"),
                );
                let onclick = {
                    let (onopen, entry) = (props.onopen.clone(), bar.entry.clone());
                    Callback::from(move |_: MouseEvent| onopen.emit(entry.clone()))
                };
                html! {
                    <li key={bar.entry.key.clone()} {style}>
                        <button type="button" {class} title={entry_when(t, &dates, bar.entry)} {onclick}>
                            <Icon name={entry_icon(bar.entry.source)} />
                            <span class="gestfg-entry__title">
                                <span class="pf-v6-screen-reader">{ t.calendar_source(bar.entry.source) }{ ": " }</span>
                                { &bar.entry.title }
                            </span>
                        </button>
                    </li>
                }
            }) }
        </ul>
    }
}
