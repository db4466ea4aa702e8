//! The weeks in which somebody says when they can come.

use super::range::RangeDialog;
use super::week_list::WeekList;
use crate::api::ApiError;
use crate::api::availability::{list_unavailability, say_availability};
use crate::components::{
    AvailabilityGrid, Button, ButtonKind, Icon, IconName, LoadingShape, Painted, ProblemAlert, Toggle,
    ToggleGroup, Week, draw_remote, monday, row_time, with_said,
};
use crate::format::use_dates;
use crate::hooks::{use_query, use_remote};
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::session::use_session;
use crate::zone::{now, use_zone};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use gestfg_types::availability::{AvailabilityAnswer, SayAvailability, Unavailability};
use gestfg_types::calls::CallRef;
use gestfg_types::ids::UserId;
use gestfg_types::updates::UpdateTopic;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// When the defences of a call are held.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DefenceDates {
    /// Of which call.
    pub(crate) call: CallRef,
    /// Their first moment.
    pub(crate) starts_at: DateTime<Utc>,
    /// The first moment after them.
    pub(crate) ends_at: DateTime<Utc>,
}

/// What the address says: the week in sight, and whatever page it is part of.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct WeekQuery {
    week: String,
    call_id: String,
    professor_id: String,
    answered: String,
}

/// Properties of [`AvailabilityEditor`].
#[derive(Properties, PartialEq)]
pub(crate) struct AvailabilityEditorProps {
    /// Whose, when it is another's.
    #[prop_or_default]
    pub(crate) professor: Option<UserId>,
    /// The dates of defences to choose from.
    pub(crate) dates: Rc<Vec<DefenceDates>>,
}

const BRUSHES: [(AvailabilityAnswer, &str); 3] = [
    (AvailabilityAnswer::No, "no"),
    (AvailabilityAnswer::IfNeeded, "if_needed"),
    (AvailabilityAnswer::Yes, "yes"),
];

/// Where saving is.
#[derive(Debug, Clone, PartialEq)]
enum Saving {
    Nothing,
    Running,
    Done,
    Failed(ApiError),
}

/// The day itself, or the Monday after it when it is of a weekend: no defences
/// are held then.
fn working(day: NaiveDate) -> NaiveDate {
    let left = 7 - u64::from(day.weekday().num_days_from_monday());
    if left > 2 { day } else { day.checked_add_days(Days::new(left)).unwrap_or(day) }
}

/// What was marked, in words.
fn told(t: Texts, week: &Week, painted: Painted) -> String {
    let (first, last) = (t.long_day(week.day(painted.days.0)), t.long_day(week.day(painted.days.1)));
    let days = if painted.days.0 == painted.days.1 { first } else { format!("{first} – {last}") };
    let at = |row: usize| row_time(row).format("%H:%M").to_string();
    let answer = t.availability_answer(painted.answer);
    t.availability_marked(&days, &at(painted.rows.0), &at(painted.rows.1 + 1), answer)
}

/// The hours of one week after another. What is marked is saved at once.
#[component]
pub(crate) fn AvailabilityEditor(props: &AvailabilityEditorProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let zone = use_zone();
    let session = use_session();
    let url = use_query::<WeekQuery>();
    let brush = use_state_eq(|| AvailabilityAnswer::No);
    let saving = use_state_eq(|| Saving::Nothing);
    let said_now = use_state_eq(String::new);
    let ranging = use_state_eq(|| false);
    // Marks follow each other faster than the server answers: they wait in line.
    let line = use_mut_ref(VecDeque::<SayAvailability>::new);
    let sending = use_mut_ref(|| false);

    let wanted = props.dates.iter().find(|found| found.call.id.to_string() == url.query.call_id);
    let first = wanted.or(props.dates.first()).map_or_else(now, |found| found.starts_at.max(now()));
    let day: NaiveDate = url.query.week.parse().unwrap_or_else(|_error| working(zone.day(first)));
    let week = Week { monday: monday(day), zone: zone.clone() };
    let asked = (props.professor, week.bounds());
    let found = use_remote(asked, |client, (professor, (from, to))| async move {
        let page = list_unavailability(&client, professor, from, to).await?;
        Ok(Rc::new(page.items))
    });
    let refresh = {
        let (refresh, sending) = (found.refresh.clone(), sending.clone());
        Callback::from(move |()| {
            // One's own marks come back as hints: while more are under way they would flicker.
            if !*sending.borrow() {
                refresh.emit(());
            }
        })
    };
    use_updates(&[UpdateTopic::Availability], &refresh);

    let send = {
        let (saving, client, reload) = (saving.setter(), session.client.clone(), found.refresh.clone());
        Callback::from(move |sayings: Vec<SayAvailability>| {
            line.borrow_mut().extend(sayings);
            if sending.replace(true) {
                return;
            }
            let (line, sending, saving) = (line.clone(), sending.clone(), saving.clone());
            let (client, reload) = (client.clone(), reload.clone());
            saving.set(Saving::Running);
            spawn_local(async move {
                let mut outcome = Saving::Done;
                loop {
                    let next = line.borrow_mut().pop_front();
                    let Some(saying) = next else { break };
                    if let Err(error) = say_availability(&client, &saying).await {
                        line.borrow_mut().clear();
                        outcome = Saving::Failed(error);
                    }
                }
                sending.replace(false);
                saving.set(outcome);
                reload.emit(());
            });
        })
    };
    let onpaint = {
        let (send, replace, latest) = (send, found.replace.clone(), found.latest.clone());
        let (week, professor, said_now) = (week.clone(), props.professor, said_now.setter());
        Callback::from(move |painted: Painted| {
            let sayings = painted.sayings(&week, professor);
            let known: Vec<Unavailability> = latest.as_ref().map(|said| said.to_vec()).unwrap_or_default();
            let shown = sayings.iter().fold(known, |said, saying| with_said(&said, saying));
            replace.emit(Rc::new(Rc::new(shown)));
            said_now.set(told(t, &week, painted));
            send.emit(sayings);
        })
    };
    let to_week = {
        let query = url.query.clone();
        url.adjust.reform(move |day: NaiveDate| WeekQuery { week: monday(day).to_string(), ..query.clone() })
    };
    let leaf = |days: i64| {
        let day = if days < 0 {
            week.monday.checked_sub_days(Days::new(days.unsigned_abs()))
        } else {
            week.monday.checked_add_days(Days::new(days.unsigned_abs()))
        };
        let day = day.unwrap_or(week.monday);
        to_week.reform(move |_: MouseEvent| day)
    };
    let last = |end: DateTime<Utc>| zone.day(crate::format::last_inside(end));
    let windows: Rc<Vec<(NaiveDate, NaiveDate)>> =
        Rc::new(props.dates.iter().map(|it| (zone.day(it.starts_at), last(it.ends_at))).collect());
    let jump = |found: &DefenceDates| {
        let day = working(zone.day(found.starts_at.max(now())));
        let current = monday(day) == week.monday;
        let label =
            format!("{} · {}", t.call_full_title(&found.call), dates.window(found.starts_at, found.ends_at));
        html! {
            <li key={found.call.id.0}>
                <button
                    type="button"
                    class="gestfg-toggle"
                    aria-pressed={if current { "true" } else { "false" }}
                    onclick={to_week.reform(move |_: MouseEvent| day)}
                >
                    { label }
                </button>
            </li>
        }
    };
    let onbrush = {
        let brush = brush.setter();
        Callback::from(move |value: String| {
            brush.set(AvailabilityAnswer::from_name(&value).unwrap_or(AvailabilityAnswer::No));
        })
    };
    let chosen = BRUSHES.iter().find(|(answer, _)| *answer == *brush).map_or("no", |(_, name)| *name);
    let toggles = BRUSHES.map(|(answer, name)| Toggle::new(name, t.availability_answer(answer))).to_vec();
    let set_ranging = |on: bool| {
        let ranging = ranging.setter();
        move || ranging.set(on)
    };
    let (open, close) = (set_ranging(true), set_ranging(false));
    let ranged = {
        let (refresh, close, to_week, zone) =
            (found.refresh.clone(), close.clone(), to_week.clone(), zone.clone());
        Callback::from(move |from: DateTime<Utc>| {
            close();
            to_week.emit(zone.day(from));
            refresh.emit(());
        })
    };
    let grid = |said: &Rc<Vec<Unavailability>>| {
        html! {
            <div class="gestfg-stack">
                <AvailabilityGrid
                    week={week.clone()}
                    said={Rc::clone(said)}
                    windows={Rc::clone(&windows)}
                    brush={*brush}
                    onpaint={onpaint.clone()}
                />
                <WeekList said={Rc::clone(said)} onchange={found.refresh.clone()} />
            </div>
        }
    };
    let state = match &*saving {
        Saving::Nothing | Saving::Failed(_) => String::new(),
        Saving::Running => t.availability_saving().to_owned(),
        Saving::Done => format!("{} {}", t.availability_saved(), *said_now),
    };
    html! {
        <div class="gestfg-stack gestfg-availability">
            if props.dates.is_empty() {
                <p class="gestfg-subtle">{ t.availability_no_windows() }</p>
            } else {
                <div>
                    <h2 id="defence-weeks" class="gestfg-subheading">{ t.availability_go_to() }</h2>
                    <ul class="gestfg-toggles" role="list" aria-labelledby="defence-weeks">
                        { for props.dates.iter().map(jump) }
                    </ul>
                </div>
            }
            <div class="gestfg-calendar-bar">
                <div class="gestfg-calendar-bar__days">
                    <Button
                        label={t.availability_earlier()}
                        kind={ButtonKind::Plain}
                        icon={IconName::ChevronLeft}
                        icon_only=true
                        onclick={leaf(-7)}
                    />
                    <Button
                        label={t.availability_later()}
                        kind={ButtonKind::Plain}
                        icon={IconName::ChevronRight}
                        icon_only=true
                        onclick={leaf(7)}
                    />
                    <p class="gestfg-calendar-bar__title" aria-live="polite">
                        { t.days_between(week.monday, week.day(Week::DAYS - 1)) }
                    </p>
                </div>
                <div class="gestfg-row-actions gestfg-row-actions--start">
                    <span id="brush-label">{ t.availability_brush() }</span>
                    <ToggleGroup label={t.availability_brush()} {toggles} {chosen} onchange={onbrush} />
                </div>
                <Button
                    label={t.availability_range()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::Plus}
                    onclick={Callback::from(move |_: MouseEvent| open())}
                />
            </div>
            <p id="hours-manners" class="gestfg-subtle gestfg-small">{ t.availability_manners() }</p>
            if let Saving::Failed(error) = &*saving {
                <ProblemAlert error={error.clone()} />
            }
            <p class="gestfg-availability__state" role="status">
                if *saving == Saving::Done {
                    <Icon name={IconName::Check} />
                }
                { state }
            </p>
            { draw_remote(&found, LoadingShape::Rows, grid) }
            if *ranging {
                <RangeDialog
                    professor={props.professor}
                    day={week.monday}
                    onclose={Callback::from(move |()| close())}
                    onsaid={ranged}
                />
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_week_of_a_weekend_is_the_next() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap_or_default() };
        assert_eq!(working(day("2026-12-25")), day("2026-12-25"));
        assert_eq!(working(day("2026-12-26")), day("2026-12-28"));
        assert_eq!(working(day("2026-12-27")), day("2026-12-28"));
    }
}
