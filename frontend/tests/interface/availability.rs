use crate::draw::{draw, draw_in};
use chrono::NaiveDate;
use gestfg_frontend::components::{
    AvailabilityGrid, HOUR_ROWS, OrderList, Ordered, Painted, Week, with_said,
};
use gestfg_frontend::zone::Zone;
use gestfg_types::availability::AvailabilityAnswer;
use gestfg_types::session::Language;
use std::rc::Rc;
use yew::prelude::*;

fn week() -> Week {
    Week { monday: NaiveDate::from_ymd_opt(2027, 6, 21).unwrap(), zone: Zone::default() }
}

/// Tuesday and Wednesday from 9:00 to 10:00.
fn two_days(answer: AvailabilityAnswer) -> Painted {
    Painted { days: (1, 2), rows: (2, 3), answer }
}

fn grid() -> Html {
    let sayings = two_days(AvailabilityAnswer::No).sayings(&week(), None);
    let said = sayings.iter().fold(Vec::new(), |said, saying| with_said(&said, saying));
    html! {
        <AvailabilityGrid
            week={week()}
            said={Rc::new(said)}
            windows={Rc::new(vec![(week().day(1), week().day(4))])}
            brush={AvailabilityAnswer::No}
            onpaint={Callback::noop()}
        />
    }
}

#[test]
fn what_is_marked_over_days_is_said_day_by_day() {
    let sayings = two_days(AvailabilityAnswer::IfNeeded).sayings(&week(), None);
    let times: Vec<i64> = sayings.iter().map(|it| (it.ends_at - it.starts_at).num_minutes()).collect();
    assert_eq!(times, [60, 60]);
    assert_eq!((sayings[1].starts_at - sayings[0].starts_at).num_hours(), 24);
}

#[tokio::test]
async fn each_half_hour_says_what_was_said_of_it() {
    let html = draw(grid).await;
    assert!(html.contains("role=\"grid\""));
    assert_eq!(html.matches("role=\"gridcell\"").count(), Week::DAYS * HOUR_ROWS);
    assert!(html.contains("aria-label=\"martes, 22 de junio de 2027, 09:00: No\""));
    assert!(html.contains("aria-label=\"lunes, 21 de junio de 2027, 09:00: Sí\""));
    // Four half hours, and the title of each button over a day or beside an hour.
    assert_eq!(html.matches(": No\"").count(), 4 + Week::DAYS + HOUR_ROWS);
    // The keyboard enters at one of them only.
    assert_eq!(html.matches("tabindex=\"0\"").count(), 1);
    let html = draw_in(Language::En, grid).await;
    assert!(html.contains("aria-label=\"Tuesday 22 June 2027, 09:00: No\""));
}

#[tokio::test]
async fn the_first_and_the_last_of_a_list_go_no_further() {
    let html = draw(|| {
        let line = |value: &'static str| Ordered { value: value.into(), label: value.into(), on: true };
        html! { <OrderList label="Orden" items={vec![line("uno"), line("dos")]} onchange={Callback::noop()} /> }
    })
    .await;
    assert_eq!(html.matches(" disabled=").count(), 2);
    assert!(html.contains("aria-label=\"Subir «dos»\""));
    assert!(html.contains("aria-label=\"Bajar «uno»\""));
}
