//! What opens over the calendar: an entry, a day, the addresses to subscribe.

use super::feed::FeedPanel;
use crate::api::calendar::public_feed;
use crate::components::{
    Agenda, Button, ButtonKind, CopyText, Dialog, IconName, PathLink, entry_when, on_day,
};
use crate::download::save_file;
use crate::format::use_dates;
use crate::i18n::use_texts;
use crate::ics::{IcsEntry, IcsTime, write_ics};
use crate::session::use_session;
use crate::zone;
use chrono::NaiveDate;
use gestfg_types::calendar::CalendarEntry;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EntryDialogProps {
    pub(super) entry: CalendarEntry,
    pub(super) onclose: Callback<()>,
}

/// What an entry is, when and where, and how to take it along.
#[component]
pub(super) fn EntryDialog(props: &EntryDialogProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let entry = &props.entry;
    let fact = |term: &'static str, value: String| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    let onsave = {
        let entry = entry.clone();
        Callback::from(move |_: MouseEvent| save_entry(&entry))
    };
    let footer = html! {
        <>
            <PathLink path={entry.path.clone()} class={ButtonKind::Primary.class()} onfollow={props.onclose.clone()}>
                <span class="pf-v6-c-button__text">{ t.entry_more(entry.source) }</span>
            </PathLink>
            <Button label={t.add_to_calendar()} kind={ButtonKind::Secondary} icon={IconName::Calendar} onclick={onsave} />
        </>
    };
    html! {
        <Dialog title={entry.title.clone()} {footer} onclose={props.onclose.clone()}>
            <dl class="gestfg-facts">
                { fact(t.when(), entry_when(t, &dates, entry)) }
                if !entry.location.is_empty() {
                    { fact(t.location(), entry.location.clone()) }
                }
                { fact(t.entry_kind(), t.calendar_source(entry.source).to_owned()) }
            </dl>
        </Dialog>
    }
}

/// Gives the reader the entry as a file.
fn save_entry(entry: &CalendarEntry) {
    let location = gloo_utils::window().location();
    let (origin, host) = (location.origin().unwrap_or_default(), location.hostname().unwrap_or_default());
    let when = if entry.is_all_day {
        IcsTime::Days(entry.first_day, entry.last_day)
    } else {
        IcsTime::Moments(entry.starts_at, entry.ends_at)
    };
    let ics = IcsEntry {
        key: entry.key.clone(),
        title: entry.title.clone(),
        location: entry.location.clone(),
        url: format!("{origin}{}", entry.path),
        when,
    };
    save_file(&format!("{}.ics", entry.key), "text/calendar", write_ics(&ics, &host, zone::now()).as_bytes());
}

#[derive(Properties, PartialEq)]
pub(super) struct DayDialogProps {
    pub(super) day: NaiveDate,
    pub(super) today: NaiveDate,
    pub(super) entries: Rc<Vec<CalendarEntry>>,
    pub(super) onopen: Callback<CalendarEntry>,
    pub(super) onclose: Callback<()>,
}

/// What is on a day.
#[component]
pub(super) fn DayDialog(props: &DayDialogProps) -> Html {
    let t = use_texts();
    let entries: Vec<_> = on_day(&props.entries, props.day).cloned().collect();
    let empty = entries.is_empty();
    html! {
        <Dialog title={t.on_that_day(props.day)} onclose={props.onclose.clone()}>
            if empty {
                <p>{ t.nothing_that_day() }</p>
            } else {
                <div class="gestfg-day-list">
                    <Agenda from={props.day} today={props.today} entries={Rc::new(entries)} onopen={props.onopen.clone()} />
                </div>
            }
        </Dialog>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct SubscribeDialogProps {
    /// The degree the calendar shows; empty for all.
    pub(super) degree_id: AttrValue,
    /// What that degree is called.
    pub(super) degree: Option<AttrValue>,
    pub(super) onclose: Callback<()>,
}

/// The addresses calendar programs read.
#[component]
pub(super) fn SubscribeDialog(props: &SubscribeDialogProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let origin = gloo_utils::window().location().origin().unwrap_or_default();
    let address = public_feed(&origin, &props.degree_id, t.language());
    html! {
        <Dialog title={t.subscribe()} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <h3 class="gestfg-subheading">{ t.feed_public(props.degree.as_deref()) }</h3>
                <p class="gestfg-subtle">{ t.feed_public_help() }</p>
                <CopyText text={address} />
                if session.me().is_some() {
                    <h3 class="gestfg-subheading">{ t.feed_private() }</h3>
                    <FeedPanel />
                }
            </div>
        </Dialog>
    }
}
