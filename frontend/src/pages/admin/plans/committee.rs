//! A committee on the board: its seats and its projects, each to be taken and put elsewhere.

use super::board::{Board, request, user};
use super::findings::marks;
use crate::components::{Badge, Button, ButtonKind, Colour, IconName};
use crate::i18n::{Texts, use_texts};
use gestfg_types::ids::{AreaId, EvaluationRequestId};
use gestfg_types::planning::{PlanFinding, PlanReport, PlanSeat};
use std::rc::Rc;
use yew::prelude::*;

/// What can be taken in hand, and put onto.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Who sits in a seat.
    Seat(PlanSeat),
    /// A project.
    Project(EvaluationRequestId),
    /// A committee as a whole: only something to put onto.
    Committee(usize),
}

/// What a person does with a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gesture {
    /// Take it, by dragging.
    Take(Piece),
    /// What is in hand is held over it.
    Over(Piece),
    /// Put what is in hand onto it.
    Put(Piece),
    /// Take it or put onto it, by a click, space or enter.
    Press(Piece),
    /// Choose another target: columns and rows.
    Step(isize, isize),
    /// Let go of what is in hand.
    LetGo,
    /// Ask where it should go.
    Ask(Piece),
    /// Fix it where it is, or let it go.
    Pin(Piece, bool),
}

/// Properties of [`CommitteeColumn`].
#[derive(Properties, PartialEq)]
pub(super) struct CommitteeColumnProps {
    /// All of them.
    pub(super) board: Rc<Board>,
    /// Which one, counted from 0.
    pub(super) at: usize,
    /// What the checker says.
    pub(super) report: Rc<PlanReport>,
    /// Whether it may be changed.
    pub(super) editable: bool,
    /// What is in hand.
    pub(super) held: Option<Piece>,
    /// What it would be put onto.
    pub(super) target: Option<Piece>,
    /// Whether the checker allows that.
    pub(super) allowed: bool,
    /// What a person does.
    pub(super) ongesture: Callback<Gesture>,
}

const COLOURS: [Colour; 7] =
    [Colour::Blue, Colour::Green, Colour::Orange, Colour::Purple, Colour::Teal, Colour::Red, Colour::Grey];

/// The number of a committee and its colour: never the colour alone.
pub(super) fn committee_badge(t: Texts, at: Option<usize>) -> Html {
    let Some(at) = at else { return html! {} };
    html! { <Badge label={t.committee_label(at + 1)} colour={COLOURS[at % COLOURS.len()]} /> }
}

/// The colour of an area and its name: never the colour alone.
fn area_badge(board: &Board, area: AreaId) -> Html {
    let Some(at) = board.names.areas.iter().position(|known| known.id == area) else { return html! {} };
    html! { <Badge label={board.names.areas[at].name.clone()} colour={COLOURS[at % COLOURS.len()]} /> }
}

/// The column of a committee.
#[component]
pub(super) fn CommitteeColumn(props: &CommitteeColumnProps) -> Html {
    let t = use_texts();
    let (board, at) = (&props.board, props.at);
    let Some(committee) = board.committees.get(at) else { return html! {} };
    let here = |all: &'_ [PlanFinding], wanted: &dyn Fn(&PlanFinding) -> bool| -> Vec<PlanFinding> {
        all.iter().filter(|found| wanted(found)).cloned().collect()
    };
    let marked = |wanted: &dyn Fn(&PlanFinding) -> bool| {
        let broken = here(&props.report.violations, wanted);
        let warned = here(&props.report.warnings, wanted);
        html! {
            <>
                { marks(t, &broken.iter().collect::<Vec<_>>(), true) }
                { marks(t, &warned.iter().collect::<Vec<_>>(), false) }
            </>
        }
    };
    let load: usize = committee
        .projects
        .iter()
        .filter_map(|id| board.question.projects.iter().find(|project| project.id == *id))
        .map(|project| project.students)
        .sum();
    let seats = committee.seats.iter().enumerate().map(|(seat, id)| {
        let place = PlanSeat { committee: at, seat };
        let person = user(id);
        let known = person.and_then(|who| board.names.people.iter().find(|known| known.id == who));
        let name = person.map_or_else(|| id.to_string(), |who| board.name(who));
        let about = move |found: &PlanFinding| {
            found.committees.contains(&at) && person.is_some_and(|who| found.people.contains(&who))
        };
        html! {
            <Movable
                key={format!("seat-{seat}")}
                piece={Piece::Seat(place)}
                label={format!("{}: {name}", t.seat_name(seat, board.full_seats()))}
                pinned={board.is_seat_pinned(place)}
                editable={props.editable}
                held={props.held}
                target={props.target}
                allowed={props.allowed}
                ongesture={props.ongesture.clone()}
            >
                <span class="gestfg-subtle gestfg-small">{ t.seat_name(seat, board.full_seats()) }</span>
                <strong>{ &name }</strong>
                if let Some(known) = known {
                    <span>{ area_badge(board, known.area_id) }</span>
                }
                { marked(&about) }
            </Movable>
        }
    });
    let projects = committee.projects.iter().filter_map(request).map(|id| {
        let known = board.names.projects.iter().find(|project| project.request_id == id);
        let tutors = known.map(|project| {
            project.tutors.iter().map(|tutor| tutor.name.clone()).collect::<Vec<_>>().join(", ")
        });
        let count = known.map_or(0, |project| project.students.len());
        let about = move |found: &PlanFinding| found.requests.contains(&id) && found.defences.is_empty();
        html! {
            <Movable
                key={format!("project-{id}")}
                piece={Piece::Project(id)}
                label={board.title(id)}
                pinned={board.is_project_pinned(id)}
                editable={props.editable}
                held={props.held}
                target={props.target}
                allowed={props.allowed}
                ongesture={props.ongesture.clone()}
            >
                <strong>{ board.title(id) }</strong>
                <span class="gestfg-subtle gestfg-small">
                    { format!("{} · {}", tutors.unwrap_or_default(), t.plan_students(count)) }
                </span>
                { marked(&about) }
            </Movable>
        }
    });
    let column = Piece::Committee(at);
    let ondragover = accept(&props.ongesture, column, props.held.is_some());
    let ondrop = drop_onto(&props.ongesture, column);
    let class = classes!(
        "gestfg-board__column",
        (props.target == Some(column)).then_some(if props.allowed {
            "gestfg-board--target"
        } else {
            "gestfg-board--refused"
        })
    );
    let alone = move |found: &PlanFinding| {
        found.committees.contains(&at) && found.people.is_empty() && found.requests.is_empty()
    };
    html! {
        <section {class} {ondragover} {ondrop} aria-labelledby={format!("committee-{at}")}>
            <h2 id={format!("committee-{at}")} class="gestfg-subheading">
                { t.committee_label(at + 1) }
                <span class="gestfg-subtle gestfg-small">{ format!(" · {}", t.plan_defences(load)) }</span>
            </h2>
            { marked(&alone) }
            <ul class="gestfg-board__list" role="list" aria-label={t.plan_seats()}>{ for seats }</ul>
            <ul class="gestfg-board__list" role="list" aria-label={t.plan_projects()}>{ for projects }</ul>
        </section>
    }
}

fn accept(ongesture: &Callback<Gesture>, piece: Piece, held: bool) -> Callback<DragEvent> {
    let ongesture = ongesture.clone();
    Callback::from(move |event: DragEvent| {
        if held {
            event.prevent_default();
            event.stop_propagation();
            ongesture.emit(Gesture::Over(piece));
        }
    })
}

fn drop_onto(ongesture: &Callback<Gesture>, piece: Piece) -> Callback<DragEvent> {
    let ongesture = ongesture.clone();
    Callback::from(move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        ongesture.emit(Gesture::Put(piece));
    })
}

#[derive(Properties, PartialEq)]
struct MovableProps {
    piece: Piece,
    label: AttrValue,
    pinned: bool,
    editable: bool,
    held: Option<Piece>,
    target: Option<Piece>,
    allowed: bool,
    ongesture: Callback<Gesture>,
    children: Html,
}

/// Something that can be taken: by the mouse, by the keyboard, or by asking where it should go.
#[component]
fn Movable(props: &MovableProps) -> Html {
    let t = use_texts();
    let piece = props.piece;
    let held = props.held == Some(piece);
    let movable = props.editable && !props.pinned;
    let gesture = &props.ongesture;
    let ondragstart = {
        let gesture = gesture.clone();
        Callback::from(move |event: DragEvent| {
            // Firefox drags nothing that carries no data.
            if let Some(data) = event.data_transfer() {
                let _ = data.set_data("text/plain", "piece");
            }
            gesture.emit(Gesture::Take(piece));
        })
    };
    let onkeydown = {
        let (gesture, any) = (gesture.clone(), props.held.is_some());
        Callback::from(move |event: KeyboardEvent| {
            let said = match event.key().as_str() {
                "Enter" | " " if movable || any => Gesture::Press(piece),
                "Escape" if any => Gesture::LetGo,
                "ArrowLeft" if any => Gesture::Step(-1, 0),
                "ArrowRight" if any => Gesture::Step(1, 0),
                "ArrowUp" if any => Gesture::Step(0, -1),
                "ArrowDown" if any => Gesture::Step(0, 1),
                _ => return,
            };
            event.prevent_default();
            gesture.emit(said);
        })
    };
    let class = classes!(
        "gestfg-board__piece",
        held.then_some("gestfg-board__piece--held"),
        (props.target == Some(piece)).then_some(if props.allowed {
            "gestfg-board--target"
        } else {
            "gestfg-board--refused"
        })
    );
    html! {
        <li class="gestfg-board__item">
            <div
                {class}
                role="button"
                tabindex="0"
                aria-pressed={if held { "true" } else { "false" }}
                aria-disabled={(!movable).then_some("true")}
                aria-describedby="board-manners"
                draggable={if movable { "true" } else { "false" }}
                {ondragstart}
                ondragend={gesture.reform(|_: DragEvent| Gesture::LetGo)}
                ondragover={accept(gesture, piece, props.held.is_some())}
                ondrop={drop_onto(gesture, piece)}
                onclick={(movable || props.held.is_some()).then(|| gesture.reform(move |_: MouseEvent| Gesture::Press(piece)))}
                {onkeydown}
            >
                { props.children.clone() }
                if props.pinned {
                    <span><Badge label={t.plan_pinned()} icon={IconName::Pin} outline=true /></span>
                }
            </div>
            if props.editable {
                <div class="gestfg-board__tools">
                    if movable {
                        <Button
                            label={t.plan_move_named(&props.label)}
                            kind={ButtonKind::Plain}
                            icon={IconName::ArrowDown}
                            icon_only=true
                            small=true
                            onclick={gesture.reform(move |_: MouseEvent| Gesture::Ask(piece))}
                        />
                    }
                    <Button
                        label={t.plan_pin_named(&props.label)}
                        kind={ButtonKind::Plain}
                        icon={IconName::Pin}
                        icon_only=true
                        small=true
                        pressed={Some(props.pinned)}
                        onclick={{
                            let pinned = props.pinned;
                            gesture.reform(move |_: MouseEvent| Gesture::Pin(piece, !pinned))
                        }}
                    />
                </div>
            }
        </li>
    }
}
