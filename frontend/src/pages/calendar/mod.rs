//! The calendar: phases, events and one's own duties.

mod details;
mod feed;

use crate::api::calendar::list_calendar;
use crate::api::master::active_degrees;
use crate::components::{
    Agenda, Button, ButtonKind, CalendarView, Choice, EmptyState, IconName, LoadingShape, MonthGrid,
    PageHeader, PageSection, SelectField, Toggle, ToggleGroup, WeekView, draw_remote, shift, span,
};
use crate::hooks::{filter_field, use_query, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::session::use_session;
use crate::zone::{self, use_zone};
use chrono::NaiveDate;
use details::{DayDialog, EntryDialog, SubscribeDialog};
pub(super) use feed::FeedPanel;
use gestfg_types::calendar::{Calendar, CalendarEntry};
use gestfg_types::session::Me;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use yew::prelude::*;

/// On a screen narrower than this a grid of a month says little.
const NARROW: f64 = 768.0;
/// Stands for all degrees where one of them is usual.
const EVERY: &str = "all";

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct CalendarQuery {
    view: String,
    date: String,
    degree_id: String,
}

/// What stands before the calendar.
#[derive(Clone, PartialEq)]
enum Over {
    Nothing,
    Entry(Box<CalendarEntry>),
    Day(NaiveDate),
    Subscribing,
}

fn usual_view() -> CalendarView {
    let width = gloo_utils::window().inner_width().ok().and_then(|width| width.as_f64());
    if width.is_some_and(|width| width < NARROW) { CalendarView::Agenda } else { CalendarView::Month }
}

/// The degree of somebody who studies one and has nothing to do with others:
/// theirs is shown unless they ask for all.
fn own_degree(me: &Me) -> String {
    let roles = &me.roles;
    match roles.student.as_deref() {
        Some([degree]) if roles.professor.is_none() && !roles.admin => degree.id.to_string(),
        _ => String::new(),
    }
}

/// The calendar page.
#[component]
pub fn CalendarPage() -> Html {
    let t = use_texts();
    let zone = use_zone();
    let url = use_query::<CalendarQuery>();
    let query = url.query.clone();
    let usual = use_memo((), |()| usual_view());
    let over = use_state_eq(|| Over::Nothing);
    let today = zone.day(zone::now());
    let day = query.date.parse().unwrap_or(today);
    let view = CalendarView::named(&query.view).unwrap_or(*usual);
    let (from, to) = span(view, day);
    let session = use_session();
    let own = session.me().map(|me| own_degree(me)).unwrap_or_default();
    let degree_id = match query.degree_id.as_str() {
        "" => own.clone(),
        EVERY => String::new(),
        chosen => chosen.to_owned(),
    };
    let asked = (from, to, degree_id.clone(), t.language());
    let remote = use_remote(asked, |client, (from, to, degree_id, language)| async move {
        let calendar: Calendar = list_calendar(&client, from, to, &degree_id, language).await?;
        Ok(Rc::new(calendar.items))
    });
    use_updates(
        &[UpdateTopic::Calls, UpdateTopic::Events, UpdateTopic::Assignments, UpdateTopic::EvaluationRequests],
        &remote.refresh,
    );
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        page.items
            .iter()
            .map(|degree| Choice::new(degree.id, format!("{} · {}", degree.code, degree.name)))
            .collect()
    });
    let degree = degree_choices.iter().find(|choice| choice.value == degree_id);
    let degree = degree.map(|choice| choice.label.clone());

    let to_day = |write: &Callback<CalendarQuery>| {
        let query = query.clone();
        write.reform(move |day: NaiveDate| {
            let date = if day == today { String::new() } else { day.to_string() };
            CalendarQuery { date, ..query.clone() }
        })
    };
    let (visit, adjust) = (to_day(&url.go), to_day(&url.adjust));
    let leaf = |on: bool| visit.reform(move |_: MouseEvent| shift(view, day, on));
    let onview = {
        let query = query.clone();
        url.go.reform(move |view: String| CalendarQuery { view, ..query.clone() })
    };
    let ondegree = {
        let query = query.clone();
        let narrowed = !own.is_empty();
        url.go.reform(move |chosen: String| {
            let degree_id = if chosen.is_empty() && narrowed { EVERY.to_owned() } else { chosen };
            CalendarQuery { degree_id, ..query.clone() }
        })
    };
    let onopen = {
        let over = over.setter();
        Callback::from(move |entry: CalendarEntry| over.set(Over::Entry(Box::new(entry))))
    };
    let onday = {
        let over = over.setter();
        Callback::from(move |day: NaiveDate| over.set(Over::Day(day)))
    };
    let onclose = {
        let over = over.setter();
        Callback::from(move |()| over.set(Over::Nothing))
    };
    let subscribe = {
        let over = over.setter();
        Callback::from(move |_: MouseEvent| over.set(Over::Subscribing))
    };
    let print = Callback::from(|_: MouseEvent| {
        let _ = gloo_utils::window().print();
    });
    let actions = html! {
        <>
            <Button label={t.subscribe()} kind={ButtonKind::Secondary} icon={IconName::Feed} onclick={subscribe} />
            <Button label={t.print()} kind={ButtonKind::Secondary} icon={IconName::Printer} onclick={print} />
        </>
    };
    let toggles = [CalendarView::Agenda, CalendarView::Week, CalendarView::Month]
        .map(|view| Toggle::new(view.as_str(), t.calendar_view(view)))
        .to_vec();
    let title = match view {
        CalendarView::Week | CalendarView::Agenda => t.days_between(from, to),
        CalendarView::Month => t.month_of_year(day),
    };
    let none = Rc::default();
    let entries: &Rc<Vec<CalendarEntry>> = remote.latest.as_deref().unwrap_or(&none);
    let draw = |entries: &Rc<Vec<CalendarEntry>>| match view {
        CalendarView::Month => html! {
            <MonthGrid
                {day}
                {today}
                entries={Rc::clone(entries)}
                onopen={onopen.clone()}
                onday={onday.clone()}
                onmove={adjust.clone()}
            />
        },
        CalendarView::Week => {
            html! { <WeekView {day} {today} entries={Rc::clone(entries)} onopen={onopen.clone()} /> }
        }
        CalendarView::Agenda if entries.is_empty() => html! {
            <EmptyState icon={IconName::Calendar} title={t.calendar_empty()}>{ t.calendar_empty_body() }</EmptyState>
        },
        CalendarView::Agenda => {
            html! { <Agenda {from} {today} entries={Rc::clone(entries)} onopen={onopen.clone()} /> }
        }
    };
    let dialog = match &*over {
        Over::Nothing => html! {},
        Over::Entry(entry) => html! { <EntryDialog key="entry" entry={(**entry).clone()} {onclose} /> },
        Over::Day(day) => html! {
            <DayDialog key="day" day={*day} {today} entries={Rc::clone(entries)} onopen={onopen.clone()} {onclose} />
        },
        Over::Subscribing => html! {
            <SubscribeDialog key="subscribe" degree_id={degree_id.clone()} {degree} {onclose} />
        },
    };
    html! {
        <>
            <PageHeader title={t.route_calendar()} {actions} />
            <PageSection>
                <div class="gestfg-calendar-bar">
                    <div class="gestfg-calendar-bar__days">
                        <Button
                            label={t.earlier()}
                            kind={ButtonKind::Plain}
                            icon={IconName::ChevronLeft}
                            icon_only=true
                            onclick={leaf(false)}
                        />
                        <Button
                            label={t.later()}
                            kind={ButtonKind::Plain}
                            icon={IconName::ChevronRight}
                            icon_only=true
                            onclick={leaf(true)}
                        />
                        <Button
                            label={t.today()}
                            kind={ButtonKind::Secondary}
                            small=true
                            disabled={day == today}
                            onclick={visit.reform(move |_: MouseEvent| today)}
                        />
                        <p class="gestfg-calendar-bar__title" aria-live="polite">{ title }</p>
                    </div>
                    <ToggleGroup label={t.view()} {toggles} chosen={view.as_str()} onchange={onview} />
                    <div class="gestfg-calendar-bar__degree gestfg-filters">
                        <SelectField
                            label={t.degree()}
                            none={t.any_feminine()}
                            choices={degree_choices}
                            field={filter_field("calendar-degree", degree_id.clone(), ondegree)}
                        />
                    </div>
                </div>
                { draw_remote(&remote, LoadingShape::Rows, draw) }
            </PageSection>
            { dialog }
        </>
    }
}
