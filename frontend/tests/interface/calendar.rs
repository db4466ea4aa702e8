use crate::draw::{draw, draw_in, words};
use chrono::NaiveDate;
use gestfg_frontend::components::{Agenda, MonthGrid};
use gestfg_types::calendar::{CalendarEntry, CalendarSource};
use gestfg_types::session::Language;
use std::rc::Rc;
use yew::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(key: &str, title: &str, first: &str, last: &str) -> CalendarEntry {
    CalendarEntry {
        key: key.to_owned(),
        source: CalendarSource::Phase,
        title: title.to_owned(),
        starts_at: day(first).and_hms_opt(8, 0, 0).unwrap().and_utc(),
        ends_at: day(last).and_hms_opt(18, 0, 0).unwrap().and_utc(),
        is_all_day: true,
        first_day: day(first),
        last_day: day(last),
        location: String::new(),
        call: None,
        phase: None,
        event_id: None,
        path: "/calls/3".to_owned(),
    }
}

fn entries() -> Rc<Vec<CalendarEntry>> {
    Rc::new(vec![
        entry("a", "Entrega de material", "2026-11-19", "2026-11-24"),
        entry("b", "Charla", "2026-11-23", "2026-11-23"),
    ])
}

fn month() -> Html {
    html! {
        <MonthGrid
            day={day("2026-11-23")}
            today={day("2026-11-20")}
            entries={entries()}
            onopen={Callback::noop()}
            onday={Callback::noop()}
            onmove={Callback::noop()}
        />
    }
}

#[tokio::test]
async fn a_month_is_a_grid_of_whole_weeks() {
    let html = draw(month).await;
    assert!(html.contains("role=\"grid\" aria-label=\"noviembre de 2026\""));
    assert_eq!(html.matches("role=\"columnheader\"").count(), 7);
    assert_eq!(html.matches("role=\"gridcell\"").count(), 42);
    // The keyboard enters at one day only; the others are reached by arrows.
    let cells = html.split("role=\"gridcell\"").skip(1);
    assert_eq!(cells.filter(|cell| cell.trim_start().contains("tabindex=\"0\"")).count(), 1);
    assert_eq!(html.matches("aria-current=\"date\"").count(), 1);
}

#[tokio::test]
async fn a_day_says_what_is_on_it() {
    let html = draw(month).await;
    assert!(html.contains("aria-label=\"lunes, 23 de noviembre de 2026: Entrega de material; Charla\""));
    assert!(html.contains("aria-label=\"miércoles, 25 de noviembre de 2026\""));
    let html = draw_in(Language::En, month).await;
    assert!(html.contains("aria-label=\"Tuesday 24 November 2026: Entrega de material\""));
}

#[tokio::test]
async fn a_bar_goes_on_in_the_next_week() {
    let html = draw(month).await;
    assert_eq!(html.matches("gestfg-entry--to-after").count(), 1);
    assert_eq!(html.matches("gestfg-entry--from-before").count(), 1);
    assert!(html.contains("grid-column:4/span 4;grid-row:1"));
    assert!(html.contains("grid-column:1/span 2;grid-row:1"));
}

#[tokio::test]
async fn the_agenda_lists_what_began_before_on_its_first_day() {
    let html = draw(|| {
        html! {
            <Agenda from={day("2026-11-22")} today={day("2026-11-23")} entries={entries()} onopen={Callback::noop()} />
        }
    })
    .await;
    let text = words(&html);
    let (first, second) = text.split_once("lunes, 23 de noviembre de 2026").unwrap();
    assert!(first.starts_with("domingo, 22 de noviembre de 2026"), "{first}");
    assert!(first.contains("Plazo de convocatoria: Entrega de material"), "{first}");
    assert!(second.contains("Hoy") && second.contains("Charla"), "{second}");
}
