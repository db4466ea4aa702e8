//! The timetable of a version: rooms and times of each day, changed by hand.

use super::board::{Board, Verdict};
use super::committees::{findings, measures};
use super::day_grid::{DayGrid, Play, Spot, focus_cell};
use super::day_list::DayList;
use super::findings::{Findings, spoken};
use super::fitting::use_fitting;
use super::grid::{Cell, Grid, Step};
use super::in_hand::InHand;
use super::place::PlaceDialog;
use super::plan::Kept;
use super::unplaced::Unplaced;
use crate::api::ApiError;
use crate::api::planning::change_committee_plan;
use crate::components::{EmptyState, IconName, ProblemAlert, Toggle, ToggleGroup, Tone, use_toasts};
use crate::format::use_dates;
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::pages::requests::given;
use gestfg_types::planning::{PlanPart, PlanReport};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Timetable`].
#[derive(Properties, PartialEq)]
pub(super) struct TimetableProps {
    /// The version as it is kept.
    pub(super) kept: Kept,
    /// Its committees.
    pub(super) board: Rc<Board>,
    /// Its timetable, once there is one.
    pub(super) grid: Option<Rc<Grid>>,
    /// What the checker says.
    pub(super) report: Rc<PlanReport>,
}

/// What is asked of the server.
enum Ask {
    Move(Vec<Step>),
    Pin(usize, bool),
}

/// The timetable, or what to do while there is none.
#[component]
pub(super) fn Timetable(props: &TimetableProps) -> Html {
    let t = use_texts();
    match &props.grid {
        None => html! {
            <EmptyState icon={IconName::Clock} title={t.plan_no_timetable()}>{ t.plan_no_timetable_body() }</EmptyState>
        },
        Some(grid) => html! {
            <Sheet kept={props.kept.clone()} board={Rc::clone(&props.board)} grid={Rc::clone(grid)} report={Rc::clone(&props.report)} />
        },
    }
}

#[derive(Properties, PartialEq)]
struct SheetProps {
    kept: Kept,
    board: Rc<Board>,
    grid: Rc<Grid>,
    report: Rc<PlanReport>,
}

/// A grid for each day, what is in hand, and what came of the last change.
#[component]
fn Sheet(props: &SheetProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let toasts = use_toasts();
    let grid = &props.grid;
    let first = first_cell(grid);
    let active = use_state_eq(move || first);
    let chosen = use_state_eq(|| None::<usize>);
    let held = use_state_eq(|| None::<usize>);
    let target = use_state_eq(|| None::<Spot>);
    let session = use_state_eq(|| false);
    let asking = use_state_eq(|| None::<usize>);
    let refused = use_state_eq(Verdict::default);
    let listed = use_state_eq(is_narrow);
    // Counts the steps of the keyboard, each of which takes the focus along.
    let steps = use_state_eq(|| 0_u32);
    use_effect_with(*steps, {
        let active = *active;
        move |steps| {
            if *steps > 0 {
                focus_cell(active);
            }
        }
    });
    let send = {
        let (kept, grid, refused) = (props.kept.clone(), Rc::clone(grid), refused.setter());
        use_action(move |client, ask: Ask| {
            let (kept, toasts, refused) = (kept.clone(), toasts.clone(), refused.clone());
            let reason = given(&kept.reason);
            let (path, body) = match ask {
                Ask::Move(moves) => ("move-defence", grid.request(&moves, reason)),
                Ask::Pin(defence, pinned) => ("pin", grid.pin(defence, pinned, reason)),
            };
            async move {
                match change_committee_plan(&client, &kept.summary, path, &body).await {
                    Ok(changed) => {
                        toasts.done(t.plan_changed());
                        kept.onchanged.emit(Rc::new(changed));
                        Ok(())
                    }
                    Err(ApiError::Problem(problem)) if !problem.violations.is_empty() => {
                        refused.set(Verdict { broken: problem.violations, ..Verdict::default() });
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            }
        })
    };
    let editable = props.kept.editable && !send.running;
    let attempt = {
        let (grid, refused, run) = (Rc::clone(grid), refused.setter(), send.run.clone());
        Callback::from(move |moves: Vec<Step>| {
            let verdict = grid.judge(&moves);
            let breaks = !verdict.broken.is_empty();
            refused.set(verdict);
            if !breaks {
                run.emit(Ask::Move(moves));
            }
        })
    };
    let onplay = {
        let (grid, attempt, pin) = (Rc::clone(grid), attempt.clone(), send.run.clone());
        let (active, chosen, held, target) = (active.clone(), chosen.setter(), held.clone(), target.clone());
        let (session, asking, steps) = (*session, asking.setter(), steps.clone());
        Callback::from(move |play: Play| {
            let let_go = || {
                held.set(None);
                target.set(None);
            };
            let put = |spot: Spot| {
                if let Some(defence) = *held
                    && grid.place(defence) != spot.cell()
                {
                    attempt.emit(grid.moves(defence, spot.cell(), session));
                }
                let_go();
            };
            let go_to = |cell: Cell| {
                active.set(cell);
                steps.set(*steps + 1);
                match *held {
                    Some(_) => target.set(Some(Spot::Cell(cell))),
                    None => chosen.set(grid.at(cell)),
                }
            };
            match play {
                Play::Focus(cell) => {
                    active.set(cell);
                    if held.is_none() {
                        chosen.set(grid.at(cell));
                    }
                }
                Play::Take(defence) => {
                    chosen.set(Some(defence));
                    held.set(Some(defence));
                    target.set(None);
                }
                Play::Over(spot) => target.set(Some(spot)),
                Play::Put(spot) => put(spot),
                Play::Press(spot, here) => match (*held, here) {
                    (Some(present), Some(here)) if present == here && target.is_none() => let_go(),
                    (Some(_), _) => put(spot),
                    (None, Some(here)) => {
                        chosen.set(Some(here));
                        if editable && !grid.is_pinned(here) {
                            held.set(Some(here));
                            target.set(None);
                            if spot == Spot::Out {
                                // The arrows go on from where they were in the grid.
                                steps.set(*steps + 1);
                            }
                        }
                    }
                    (None, None) => {}
                },
                Play::Step(rooms, slots) => go_to(stepped(&grid, *active, rooms, slots)),
                Play::Day(day) => active.set(Cell { day, ..*active }),
                Play::DayStep(by) => go_to(day_step(&grid, *active, by)),
                Play::LetGo => let_go(),
                Play::Ask(defence) => {
                    let_go();
                    asking.set(Some(defence));
                }
                Play::Pin(defence, pinned) => {
                    let_go();
                    pin.emit(Ask::Pin(defence, pinned));
                }
            }
        })
    };
    let fitting = use_fitting(grid, *held, active.day, *session);
    let verdict = held.zip(*target).filter(|(held, spot)| grid.place(*held) != spot.cell());
    let verdict = verdict.map(|(held, spot)| grid.judge(&grid.moves(held, spot.cell(), *session)));
    let fits = verdict.as_ref().is_some_and(|verdict| verdict.broken.is_empty());
    let said = match (*held, *target) {
        (None, _) => String::new(),
        (Some(held), None) => t.plan_held(&grid.known[held].student),
        (Some(held), Some(spot)) => {
            let place =
                spot.cell().map_or_else(|| t.plan_take_out().to_owned(), |cell| grid.when(&dates, cell));
            let verdict = verdict.as_ref();
            let what = verdict
                .map_or_else(|| t.plan_here_already().to_owned(), |found| spoken(t, &grid.board, found));
            format!("{} → {place}. {what}", grid.known[held].student)
        }
    };
    let forget = {
        let refused = refused.setter();
        Callback::from(move |()| refused.set(Verdict::default()))
    };
    let (broken, warned) = (refused.broken.clone(), refused.warnings.clone());
    let warned = if broken.is_empty() { warned } else { Vec::new() };
    let toggles = vec![Toggle::new("grid", t.plan_as_grid()), Toggle::new("list", t.plan_as_list())];
    let onlisted = {
        let listed = listed.setter();
        Callback::from(move |view: String| listed.set(view == "list"))
    };
    let close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    html! {
        <div class="gestfg-stack">
            if let Some(error) = &send.error {
                <ProblemAlert error={error.clone()} />
            }
            <Findings board={Rc::clone(&props.board)} title={t.plan_refused()} tone={Tone::Danger} found={broken} urgent=true onclose={forget.clone()} />
            <Findings board={Rc::clone(&props.board)} title={t.plan_done_though()} tone={Tone::Warning} found={warned} onclose={forget} />
            <Unplaced kept={props.kept.clone()} grid={Rc::clone(grid)} held={*held} target={*target} {editable} onplay={onplay.clone()} />
            <ToggleGroup label={t.view()} {toggles} chosen={if *listed { "list" } else { "grid" }} onchange={onlisted} />
            if *listed {
                <DayList grid={Rc::clone(grid)} {editable} onplay={onplay.clone()} />
            } else {
                <p id="grid-manners" class="gestfg-subtle gestfg-small">{ t.plan_grid_manners() }</p>
                <InHand
                    grid={Rc::clone(grid)}
                    chosen={*chosen}
                    held={held.is_some()}
                    session={*session}
                    {editable}
                    {said}
                    onsession={{
                        let session = session.clone();
                        Callback::from(move |()| session.set(!*session))
                    }}
                    onplay={onplay.clone()}
                />
                <DayGrid
                    grid={Rc::clone(grid)}
                    active={*active}
                    held={*held}
                    target={*target}
                    allowed={fits}
                    {fitting}
                    {editable}
                    busy={send.running}
                    {onplay}
                />
            }
            { findings(t, &props.board, &props.report, PlanPart::Timetable) }
            { measures(t, &props.report.measures, PlanPart::Timetable) }
            if let Some(defence) = *asking {
                <PlaceDialog
                    grid={Rc::clone(grid)}
                    {defence}
                    onclose={close.clone()}
                    onmove={Callback::from(move |moves: Vec<Step>| {
                        close.emit(());
                        attempt.emit(moves);
                    })}
                />
            }
        </div>
    }
}

/// Whether the window is a phone's, on which a grid of rooms does not fit.
fn is_narrow() -> bool {
    cfg!(target_arch = "wasm32")
        && gloo_utils::window()
            .match_media("(max-width: 47.99rem)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches())
}

/// Where one begins: at the first defence, or else at the first cell.
fn first_cell(grid: &Grid) -> Cell {
    let placed = (0..grid.count()).filter_map(|defence| grid.place(defence));
    placed.min().unwrap_or(Cell { day: 0, slot: 0, room: 0 })
}

/// The next cell in a direction, within the day.
fn stepped(grid: &Grid, from: Cell, rooms: isize, slots: isize) -> Cell {
    let within =
        |at: usize, by: isize, count: usize| at.saturating_add_signed(by).min(count.saturating_sub(1));
    Cell {
        room: within(from.room, rooms, grid.question.rooms.len()),
        slot: within(from.slot, slots, grid.question.days.get(from.day).map_or(0, |day| day.slots)),
        ..from
    }
}

/// The same cell of another day, or the nearest to it.
fn day_step(grid: &Grid, from: Cell, by: isize) -> Cell {
    let day = from.day.saturating_add_signed(by).min(grid.question.days.len().saturating_sub(1));
    stepped(grid, Cell { day, ..from }, 0, 0)
}
