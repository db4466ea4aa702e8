//! A week in columns, one below the other on a phone.

use super::CalendarView;
use super::agenda::EntryList;
use super::days::{on_day, span};
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

/// Seven days, each with what is on it.
#[component]
pub fn WeekView(props: &WeekViewProps) -> Html {
    let t = use_texts();
    let (first, _) = span(CalendarView::Week, props.day);
    html! {
        <div class="gestfg-week">
            { for first.iter_days().take(7).map(|day| {
                let entries: Vec<_> = on_day(&props.entries, day).cloned().collect();
                let current = (day == props.today).then_some("gestfg-week__day--today");
                html! {
                    <section key={day.to_string()} class={classes!("gestfg-week__day", current)}>
                        <h2 class="gestfg-week__date" aria-label={t.long_day(day)}>
                            <span>{ t.short_weekday(day.weekday()) }</span>
                            <strong>{ day.day() }</strong>
                        </h2>
                        if entries.is_empty() {
                            <p class="gestfg-subtle gestfg-small gestfg-week__nothing">{ t.nothing_that_day() }</p>
                        } else {
                            <EntryList {entries} onopen={props.onopen.clone()} />
                        }
                    </section>
                }
            }) }
        </div>
    }
}
