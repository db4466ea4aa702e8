//! The phases of a call in time.

use super::badge::{Badge, Colour};
use super::icon::{Icon, IconName};
use super::timeline_scale::{Scale, Tick};
use crate::format::{Dates, last_inside, use_dates};
use crate::i18n::{Texts, use_texts};
use chrono::{DateTime, Utc};
use gestfg_types::calls::{CallPhase, Phase, PhaseStanding};
use yew::prelude::*;

/// Properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// What it is about, for those who do not see it.
    pub caption: AttrValue,
    /// The phases that have dates.
    pub phases: Vec<CallPhase>,
    /// What is marked as today.
    pub now: DateTime<Utc>,
    /// Begin and end in columns of their own, to the minute, and what each
    /// phase is for.
    #[prop_or_default]
    pub detailed: bool,
    /// Name the phases without dates too.
    #[prop_or_default]
    pub all: bool,
    /// What stands in place of the dates of each phase, in their order: the
    /// fields of an editor.
    #[prop_or_default]
    pub fields: Vec<Html>,
}

/// The phases as bars under a scale of months, today marked. It is a table:
/// whoever cannot see the bars has the same dates in words.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let windows: Vec<_> = props.phases.iter().map(|phase| (phase.starts_at, phase.ends_at)).collect();
    let scale = Scale::of(&windows, props.now);
    let today = scale.and_then(|scale| scale.today(props.now));
    let ticks = scale.map(|scale| scale.ticks(t, &dates)).unwrap_or_default();
    let shown = Phase::ALL.iter().filter_map(|phase| {
        let found = props.phases.iter().find(|found| found.phase == *phase);
        (props.all || found.is_some()).then_some((*phase, found))
    });
    let heading = |label: &'static str, class: &'static str| {
        html! { <th role="columnheader" scope="col" {class}>{ label }</th> }
    };
    let row = |(phase, found): (Phase, Option<&CallPhase>)| {
        let open = found.is_some_and(|found| found.standing == PhaseStanding::Open);
        html! {
            <tr
                key={phase.as_str()}
                role="row"
                class={classes!("gestfg-timeline__row", open.then_some("gestfg-timeline__row--open"))}
                aria-current={open.then_some("step")}
            >
                <th role="rowheader" scope="row" class="gestfg-timeline__phase">
                    { t.phase_name(phase) }
                    if props.detailed {
                        <span class="gestfg-timeline__meaning">{ t.phase_meaning(phase) }</span>
                    }
                </th>
                if let Some(fields) = props.fields.get(phase as usize) {
                    <td role="cell" class="gestfg-timeline__fields">{ fields.clone() }</td>
                } else {
                    { dates_cells(found, props.detailed, t, &dates) }
                }
                <td role="cell" class="gestfg-timeline__standing">
                    { found.map(|found| standing(found, props.now, t, &dates)) }
                </td>
                <td class="gestfg-timeline__lane" aria-hidden="true">
                    { scale.map(|scale| lane(found, scale, &ticks, today)) }
                </td>
            </tr>
        }
    };
    html! {
        <table role="table" class={classes!("gestfg-timeline", props.detailed.then_some("gestfg-timeline--detailed"))}>
            <caption class="pf-v6-screen-reader">{ props.caption.clone() }</caption>
            <thead role="rowgroup">
                <tr role="row" class="gestfg-timeline__head">
                    { heading(t.phase(), "gestfg-timeline__phase") }
                    if props.detailed {
                        { heading(t.phase_from(), "gestfg-timeline__date") }
                        { heading(t.phase_until(), "gestfg-timeline__date") }
                    } else {
                        { heading(t.dates(), "gestfg-timeline__date") }
                    }
                    { heading(t.state(), "gestfg-timeline__standing") }
                    <td class="gestfg-timeline__lane" aria-hidden="true">{ axis(&ticks, today, t) }</td>
                </tr>
            </thead>
            <tbody role="rowgroup">{ for shown.map(row) }</tbody>
        </table>
    }
}

fn dates_cells(found: Option<&CallPhase>, detailed: bool, t: Texts, dates: &Dates) -> Html {
    let cell = |label: &'static str, text: Html| {
        html! { <td role="cell" class="gestfg-timeline__date" data-label={label}>{ text }</td> }
    };
    let missing = || html! { <span class="gestfg-subtle">{ t.no_dates_yet() }</span> };
    match (found, detailed) {
        (Some(found), true) => html! {
            <>
                { cell(t.phase_from(), html! { dates.date_time(found.starts_at) }) }
                { cell(t.phase_until(), html! { dates.deadline(found.ends_at) }) }
            </>
        },
        (Some(found), false) => cell(t.dates(), html! { dates.window(found.starts_at, found.ends_at) }),
        (None, true) => html! { <>{ cell(t.phase_from(), missing()) }{ cell(t.phase_until(), html! {}) }</> },
        (None, false) => cell(t.dates(), missing()),
    }
}

/// Where a phase stands in words, with how long it still lasts.
fn standing(found: &CallPhase, now: DateTime<Utc>, t: Texts, dates: &Dates) -> Html {
    let (icon, colour) = match found.standing {
        PhaseStanding::Ahead => (IconName::Clock, Colour::Blue),
        PhaseStanding::Open => (IconName::Check, Colour::Green),
        PhaseStanding::Over => (IconName::Archive, Colour::Grey),
    };
    let more = countdown(found.standing, found.starts_at, found.ends_at, now, t, dates);
    html! {
        <>
            <Badge label={t.phase_standing(found.standing)} {icon} {colour} />
            if let Some(more) = more {
                <span class="gestfg-timeline__countdown">{ more }</span>
            }
        </>
    }
}

/// How long something still lasts, or when it opens, when that is near.
#[must_use]
pub fn countdown(
    standing: PhaseStanding,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    now: DateTime<Utc>,
    t: Texts,
    dates: &Dates,
) -> Option<String> {
    /// Beyond this many days the date alone says enough.
    const NEAR: i64 = 30;
    let days = |at: DateTime<Utc>| (dates.zone().day(at) - dates.zone().day(now)).num_days();
    match standing {
        PhaseStanding::Open => match days(last_inside(ends_at)) {
            ..=0 => Some(t.ends_today().to_owned()),
            1 => Some(t.ends_tomorrow().to_owned()),
            left @ 2..=NEAR => Some(t.days_left(left)),
            _ => None,
        },
        PhaseStanding::Ahead => match days(starts_at) {
            ..=0 => Some(t.opens_today().to_owned()),
            1 => Some(t.opens_tomorrow().to_owned()),
            left @ 2..=NEAR => Some(t.opens_in(left)),
            _ => None,
        },
        PhaseStanding::Over => None,
    }
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

/// The scale above the lanes. A label stands to the right of its mark, and to
/// the left of it where there would be no room.
fn axis(ticks: &[Tick], today: Option<f64>, t: Texts) -> Html {
    let anchor = |place: f64| if place > 88.0 { "end" } else { "start" };
    html! {
        <svg class="gestfg-timeline__axis" focusable="false">
            { for ticks.iter().map(|tick| html! {
                <>
                    <line class="gestfg-timeline__grid" x1={percent(tick.place)} x2={percent(tick.place)} y1="50%" y2="100%" />
                    <text
                        class="gestfg-timeline__month"
                        x={percent(tick.place)}
                        y="88%"
                        dx={if tick.place > 88.0 { "-3" } else { "3" }}
                        text-anchor={anchor(tick.place)}
                    >
                        { tick.label.clone() }
                    </text>
                </>
            }) }
            if let Some(place) = today {
                <line class="gestfg-timeline__now" x1={percent(place)} x2={percent(place)} y1="0" y2="100%" />
                <text
                    class="gestfg-timeline__today"
                    x={percent(place)}
                    y="36%"
                    dx={if place > 88.0 { "-4" } else { "4" }}
                    text-anchor={anchor(place)}
                >
                    { t.today() }
                </text>
            }
        </svg>
    }
}

fn lane(found: Option<&CallPhase>, scale: Scale, ticks: &[Tick], today: Option<f64>) -> Html {
    let bar = found.map(|found| {
        let (from, to) = (scale.place(found.starts_at), scale.place(found.ends_at));
        let class = match found.standing {
            PhaseStanding::Ahead => "gestfg-timeline__bar gestfg-timeline__bar--ahead",
            PhaseStanding::Open => "gestfg-timeline__bar gestfg-timeline__bar--open",
            PhaseStanding::Over => "gestfg-timeline__bar gestfg-timeline__bar--over",
        };
        // A window of hours is still to be seen.
        html! { <rect {class} x={percent(from)} width={percent((to - from).max(0.8))} y="22%" height="56%" rx="4" /> }
    });
    html! {
        <svg class="gestfg-timeline__lane-drawing" focusable="false">
            { for ticks.iter().map(|tick| html! {
                <line class="gestfg-timeline__grid" x1={percent(tick.place)} x2={percent(tick.place)} y1="0" y2="100%" />
            }) }
            { bar }
            if let Some(place) = today {
                <line class="gestfg-timeline__now" x1={percent(place)} x2={percent(place)} y1="0" y2="100%" />
            }
        </svg>
    }
}

/// Properties of [`PhaseWarnings`].
#[derive(Properties, PartialEq)]
pub struct PhaseWarningsProps {
    /// What is odd about the dates.
    pub warnings: Vec<gestfg_types::calls::PhaseWarning>,
}

/// What is odd about the dates of a call, in sentences.
#[component]
pub fn PhaseWarnings(props: &PhaseWarningsProps) -> Html {
    let t = use_texts();
    html! {
        <ul class="gestfg-warnings" role="list">
            { for props.warnings.iter().map(|warning| html! {
                <li><Icon name={IconName::Warning} />{ " " }<span>{ t.phase_warning(*warning) }</span></li>
            }) }
        </ul>
    }
}
