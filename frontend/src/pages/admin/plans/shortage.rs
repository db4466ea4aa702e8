//! Where time is short: common free hours as a map, and the scarcest people, rooms and days.

use super::free_hours::{self, Away, Hour, Scope, Supply};
use super::grid::Grid;
use super::why::list;
use crate::components::{Choice, Column, DataTable, SelectField, TableContent};
use crate::format::{Dates, use_dates};
use crate::hooks::Field;
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Shortage`].
#[derive(Properties, PartialEq)]
pub(super) struct ShortageProps {
    /// The timetable.
    pub(super) grid: Rc<Grid>,
}

/// How many hours are listed as the nearest to one that suits everybody.
const NEAREST: usize = 5;

fn scope_of(value: &str) -> Option<Scope> {
    match value.split_once(' ') {
        Some(("committee", at)) => at.parse().ok().map(Scope::Committee),
        Some(("defence", at)) => at.parse().ok().map(Scope::Defence),
        _ => None,
    }
}

/// The map of the people somebody chooses, and three lists.
#[component]
pub(super) fn Shortage(props: &ShortageProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let grid = &props.grid;
    let left: Vec<usize> = grid.left().collect();
    let first = if left.is_empty() { "committee 0" } else { "" };
    let chosen = use_state_eq(|| first.to_owned());
    let field = Field {
        id: "hours-of".into(),
        value: (*chosen).clone(),
        error: None,
        onchange: {
            let chosen = chosen.setter();
            Callback::from(move |value: String| chosen.set(value))
        },
        onleave: Callback::noop(),
        disabled: false,
    };
    let committees = 0..grid.board.committees.len();
    let mut choices: Vec<Choice> =
        committees.map(|at| Choice::new(format!("committee {at}"), t.committee_label(at + 1))).collect();
    // Those without a place come first: they are what one looks for.
    let rest = (0..grid.count()).filter(|defence| grid.place(*defence).is_some());
    choices.extend(left.iter().copied().chain(rest).map(|defence| {
        let known = &grid.known[defence];
        Choice::new(format!("defence {defence}"), t.plan_defence_of(&known.student))
    }));
    let none = (!left.is_empty()).then(|| AttrValue::from(t.plan_unplaced(left.len())));
    let scope = scope_of(&chosen).unwrap_or(Scope::Unplaced);
    let map = use_memo((Rc::clone(grid), scope.defences(grid)), |(grid, _)| free_hours::hours(grid, scope));
    let scarce = use_memo(Rc::clone(grid), |grid| {
        (free_hours::people(grid), free_hours::rooms(grid), free_hours::days(grid))
    });
    let (people, rooms, days) = &*scarce;
    let names: Vec<String> = scope.people(grid).into_iter().map(|who| grid.board.name(who)).collect();
    let columns = |title: &'static str, open: &'static str, wanted: &'static str| {
        vec![
            Column::new(title, |row: &Supply<String>| html! { &row.of }),
            Column::new(open, |row: &Supply<String>| html! { row.open }),
            Column::new(wanted, |row: &Supply<String>| html! { row.wanted }),
            Column::new(t.plan_spare(), |row: &Supply<String>| html! { <strong>{ row.spare() }</strong> }),
        ]
    };
    let table = |caption: &'static str,
                 heads: (&'static str, &'static str, &'static str),
                 rows: Vec<Supply<String>>| {
        html! {
            <section>
                <h3 class="gestfg-subheading">{ caption }</h3>
                <DataTable {caption} compact=true content={TableContent::new(&columns(heads.0, heads.1, heads.2), &rows)} />
            </section>
        }
    };
    let people = named(people, |who| grid.board.name(*who));
    let rooms = named(rooms, |room| grid.room(*room));
    let days = named(days, |day| grid.day(&dates, *day));
    html! {
        <div class="gestfg-stack">
            <p class="gestfg-subtle">{ t.plan_shortage_lead() }</p>
            <SelectField {field} label={t.plan_hours_of()} {none} {choices} />
            <p>{ t.plan_people_looked_at(names.len(), &list(t, &names)) }</p>
            { heat(&dates, grid, &map, names.len()) }
            { nearest(&dates, grid, &map) }
            <div class="gestfg-scarce">
                { table(t.plan_scarce_people(), (t.plan_person(), t.plan_open_hours(), t.plan_wanted_hours()), people) }
                { table(t.plan_scarce_rooms(), (t.plan_room(), t.plan_open_hours(), t.plan_used_hours()), rooms) }
                { table(t.plan_scarce_days(), (t.plan_day(), t.plan_open_hours(), t.plan_used_hours()), days) }
            </div>
        </div>
    }
}

fn named<T>(all: &[Supply<T>], name: impl Fn(&T) -> String) -> Vec<Supply<String>> {
    all.iter().map(|one| Supply { of: name(&one.of), open: one.open, wanted: one.wanted }).collect()
}

/// The map: a table, so that it can be read as well as seen.
fn heat(dates: &Dates, grid: &Grid, map: &[Vec<Option<Hour>>], of: usize) -> Html {
    let t = dates.texts();
    let slots = map.iter().map(Vec::len).max().unwrap_or(0);
    let longest = map.iter().position(|day| day.len() == slots).unwrap_or(0);
    let cell = |hour: Option<&Hour>| {
        let Some(hour) = hour else {
            return html! { <td class="gestfg-heat__closed"><span class="pf-v6-screen-reader">{ t.plan_closed() }</span></td> };
        };
        // Nine steps of colour, and the number in every cell.
        let warmth = (hour.free * 8).checked_div(of).unwrap_or(0);
        let class = classes!(
            "gestfg-heat__cell",
            format!("gestfg-heat--{warmth}"),
            (hour.rooms == 0).then_some("gestfg-heat--full")
        );
        html! {
            <td {class} title={away(dates, grid, hour)}>
                { format!("{}/{of}", hour.free) }
                if hour.rooms == 0 {
                    <span class="pf-v6-screen-reader">{ t.plan_no_room_left() }</span>
                }
            </td>
        }
    };
    html! {
        <div class="gestfg-timegrid__scroll" tabindex="0" role="region" aria-label={t.plan_common_hours()}>
            <table class="gestfg-heat">
                <caption>{ t.plan_common_hours() }</caption>
                <thead>
                    <tr>
                        <th scope="col">{ t.plan_day() }</th>
                        { for (0..slots).map(|slot| html! { <th scope="col">{ grid.time(dates, longest, slot) }</th> }) }
                    </tr>
                </thead>
                <tbody>
                    { for map.iter().enumerate().map(|(day, hours)| html! {
                        <tr>
                            <th scope="row">{ grid.day(dates, day) }</th>
                            { for (0..slots).map(|slot| cell(hours.get(slot).and_then(Option::as_ref))) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

fn away(dates: &Dates, grid: &Grid, hour: &Hour) -> String {
    let t = dates.texts();
    let of = |wanted: Away| {
        let all = hour.away.iter().filter(|(_, why)| *why == wanted);
        all.map(|(who, _)| grid.board.name(*who)).collect::<Vec<_>>()
    };
    let (no, judging) = (of(Away::SaidNo), of(Away::Judging));
    let mut all = Vec::new();
    if !no.is_empty() {
        all.push(t.plan_cannot(&list(t, &no)));
    }
    if !judging.is_empty() {
        all.push(t.plan_judging(&list(t, &judging)));
    }
    if hour.rooms == 0 {
        all.push(t.plan_no_room_left().to_owned());
    }
    if all.is_empty() { t.plan_everybody_free().to_owned() } else { all.join(" ") }
}

/// The hours at which the fewest are missing, and who they are.
fn nearest(dates: &Dates, grid: &Grid, map: &[Vec<Option<Hour>>]) -> Html {
    let t = dates.texts();
    let mut all: Vec<(usize, usize, &Hour)> = map
        .iter()
        .enumerate()
        .flat_map(|(day, hours)| {
            hours.iter().enumerate().filter_map(move |(slot, hour)| Some((day, slot, hour.as_ref()?)))
        })
        .collect();
    all.sort_by_key(|(day, slot, hour)| (hour.away.len() + usize::from(hour.rooms == 0), *day, *slot));
    let item = |(day, slot, hour): &(usize, usize, &Hour)| {
        html! { <li><strong>{ grid.hour(dates, *day, *slot) }</strong>{ ": " }{ away(dates, grid, hour) }</li> }
    };
    html! {
        <section>
            <h3 class="gestfg-subheading">{ t.plan_nearest_hours() }</h3>
            <ul class="pf-v6-c-list">{ for all.iter().take(NEAREST).map(item) }</ul>
        </section>
    }
}
