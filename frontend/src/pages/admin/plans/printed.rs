//! Committees and timetable on paper: what the screen needs for working is left out.

use super::board::{Board, user};
use super::grid::Grid;
use crate::format::use_dates;
use crate::i18n::use_texts;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Printed`].
#[derive(Properties, PartialEq)]
pub(super) struct PrintedProps {
    /// What the call is called.
    pub(super) call: String,
    /// The committees.
    pub(super) board: Rc<Board>,
    /// The timetable, once there is one.
    pub(super) grid: Option<Rc<Grid>>,
}

/// Shown on paper only: the committees, then the timetable day by day.
#[component]
pub(super) fn Printed(props: &PrintedProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let board = &props.board;
    let committee = |at: usize| {
        let found = &board.committees[at];
        let seats = found.seats.iter().enumerate().map(|(seat, id)| {
            let name = user(id).map_or_else(|| id.to_string(), |who| board.name(who));
            html! { <tr><th scope="row">{ t.seat_name(seat, board.full_seats()) }</th><td>{ name }</td></tr> }
        });
        let projects = found.projects.iter().filter_map(super::board::request).map(|id| {
            let known = board.names.projects.iter().find(|project| project.request_id == id);
            let students = known.map_or_else(String::new, |project| {
                project.students.iter().map(|student| student.name.clone()).collect::<Vec<_>>().join(", ")
            });
            html! { <li>{ students }{ " — " }{ board.title(id) }</li> }
        });
        html! {
            <section class="gestfg-printed__part" key={at}>
                <h3>{ t.committee_label(at + 1) }</h3>
                <table class="gestfg-printed__table"><tbody>{ for seats }</tbody></table>
                <ul>{ for projects }</ul>
            </section>
        }
    };
    let day = |grid: &Grid, day: usize| {
        let all = grid.of_day(day);
        if all.is_empty() {
            return html! {};
        }
        let rows = all.into_iter().map(|(cell, defence)| {
            let known = &grid.known[defence];
            html! {
                <tr>
                    <td>{ grid.time(&dates, cell.day, cell.slot) }</td>
                    <td>{ grid.room(cell.room) }</td>
                    <td>{ &known.student }</td>
                    <td>{ &known.title }</td>
                    <td>{ &known.tutors }</td>
                    <td>{ known.committee.map(|at| t.committee_label(at + 1)) }</td>
                </tr>
            }
        });
        html! {
            <section class="gestfg-printed__part" key={day}>
                <h3>{ grid.day(&dates, day) }</h3>
                <table class="gestfg-printed__table">
                    <thead>
                        <tr>
                            <th scope="col">{ t.plan_hour() }</th>
                            <th scope="col">{ t.plan_room() }</th>
                            <th scope="col">{ t.plan_student() }</th>
                            <th scope="col">{ t.plan_project() }</th>
                            <th scope="col">{ t.plan_tutors() }</th>
                            <th scope="col">{ t.plan_committee() }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </section>
        }
    };
    html! {
        <div class="gestfg-printed">
            <p>{ &props.call }</p>
            <h2>{ t.plan_committees() }</h2>
            { for (0..board.committees.len()).map(committee) }
            if let Some(grid) = &props.grid {
                <h2>{ t.plan_timetable() }</h2>
                { for (0..grid.question.days.len()).map(|at| day(grid, at)) }
                if grid.left().next().is_some() {
                    <section class="gestfg-printed__part">
                        <h3>{ t.plan_unplaced(grid.left().count()) }</h3>
                        <ul>{ for grid.left().map(|defence| html! { <li>{ &grid.known[defence].student }{ " — " }{ &grid.known[defence].title }</li> }) }</ul>
                    </section>
                }
            }
        </div>
    }
}
