//! The calendar as a list.

use super::entry::{entry_hours, entry_icon, entry_when, source_class};
use crate::components::{Badge, Icon};
use crate::format::use_dates;
use crate::i18n::use_texts;
use chrono::NaiveDate;
use gestfg_types::calendar::CalendarEntry;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Agenda`].
#[derive(Properties, PartialEq)]
pub struct AgendaProps {
    /// The first day in sight: what began before is listed there.
    pub from: NaiveDate,
    /// The present day of the institution.
    pub today: NaiveDate,
    /// What is in the calendar, by its beginning.
    pub entries: Rc<Vec<CalendarEntry>>,
    /// Show an entry.
    pub onopen: Callback<CalendarEntry>,
}

/// Each day on which something begins, with what does.
#[component]
pub fn Agenda(props: &AgendaProps) -> Html {
    let t = use_texts();
    let mut days: Vec<(NaiveDate, Vec<CalendarEntry>)> = Vec::new();
    let mut sorted: Vec<&CalendarEntry> = props.entries.iter().collect();
    sorted.sort_by_key(|entry| entry.first_day.max(props.from));
    for entry in sorted {
        let day = entry.first_day.max(props.from);
        match days.last_mut() {
            Some((last, entries)) if *last == day => entries.push(entry.clone()),
            _ => days.push((day, vec![entry.clone()])),
        }
    }
    html! {
        <div class="gestfg-agenda">
            { for days.into_iter().map(|(day, entries)| {
                let current = (day == props.today).then_some("gestfg-agenda__day--today");
                html! {
                    <section key={day.to_string()} class={classes!("gestfg-agenda__day", current)}>
                        <h2 class="gestfg-agenda__date">
                            { t.long_day(day) }
                            if day == props.today {
                                { " " }<Badge label={t.today()} />
                            }
                        </h2>
                        <EntryList {entries} onopen={props.onopen.clone()} />
                    </section>
                }
            }) }
        </div>
    }
}

/// Properties of [`EntryList`].
#[derive(Properties, PartialEq)]
pub(super) struct EntryListProps {
    /// What is listed.
    pub(super) entries: Vec<CalendarEntry>,
    /// Show one.
    pub(super) onopen: Callback<CalendarEntry>,
    /// The day is said above: only the hours are missing.
    #[prop_or_default]
    pub(super) hours_only: bool,
}

/// Entries one below the other.
#[component]
pub(super) fn EntryList(props: &EntryListProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    html! {
        <ul class="gestfg-entries" role="list">
            { for props.entries.iter().map(|entry| {
                let onclick = {
                    let (onopen, entry) = (props.onopen.clone(), entry.clone());
                    Callback::from(move |_: MouseEvent| onopen.emit(entry.clone()))
                };
                let when = if props.hours_only {
                    entry_hours(&dates, entry)
                } else {
                    Some(entry_when(t, &dates, entry))
                };
                html! {
                    <li key={entry.key.clone()}>
                        <button type="button" class={classes!("gestfg-entry-row", source_class(entry.source))} {onclick}>
                            <Icon name={entry_icon(entry.source)} />
                            <span class="gestfg-entry-row__main">
                                <span class="pf-v6-screen-reader">{ t.calendar_source(entry.source) }{ ": " }</span>
                                <strong>{ &entry.title }</strong>
                                if let Some(when) = when {
                                    <span class="gestfg-subtle gestfg-small">{ when }</span>
                                }
                                if !entry.location.is_empty() {
                                    <span class="gestfg-subtle gestfg-small">{ &entry.location }</span>
                                }
                            </span>
                        </button>
                    </li>
                }
            }) }
        </ul>
    }
}
