//! Where what is in hand would fit: the checker is asked about every cell of the day, a few at a
//! time, so that dragging stays smooth.

use super::grid::{Cell, Grid};
use gloo_timers::future::TimeoutFuture;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Cells judged before the browser may draw again.
const AT_ONCE: usize = 6;

/// The cells of a day in which a defence would break no rule, as far as they are known.
#[hook]
pub(super) fn use_fitting(
    grid: &Rc<Grid>,
    held: Option<usize>,
    day: usize,
    session: bool,
) -> Rc<BTreeSet<Cell>> {
    let fitting = use_state_eq(Rc::<BTreeSet<Cell>>::default);
    {
        let fitting = fitting.setter();
        use_effect_with((Rc::clone(grid), held, day, session), move |(grid, held, day, session)| {
            let over = Rc::new(std::cell::Cell::new(false));
            fitting.set(Rc::default());
            if let Some(defence) = *held {
                let (grid, day, session, over) = (Rc::clone(grid), *day, *session, Rc::clone(&over));
                spawn_local(async move { judge(&grid, defence, day, session, &fitting, &over).await });
            }
            move || over.set(true)
        });
    }
    Rc::clone(&fitting)
}

async fn judge(
    grid: &Grid,
    defence: usize,
    day: usize,
    session: bool,
    fitting: &UseStateSetter<Rc<BTreeSet<Cell>>>,
    over: &std::cell::Cell<bool>,
) {
    let slots = grid.question.days.get(day).map_or(0, |day| day.slots);
    let rooms = grid.question.rooms.len();
    let cells = (0..slots).flat_map(|slot| (0..rooms).map(move |room| Cell { day, slot, room }));
    let cells: Vec<Cell> =
        cells.filter(|cell| grid.is_open(*cell) && grid.place(defence) != Some(*cell)).collect();
    let mut found = BTreeSet::new();
    for some in cells.chunks(AT_ONCE) {
        TimeoutFuture::new(0).await;
        if over.get() {
            return;
        }
        let before = found.len();
        let fits = |cell: &&Cell| grid.judge(&grid.moves(defence, Some(**cell), session)).broken.is_empty();
        found.extend(some.iter().filter(fits));
        if found.len() > before {
            fitting.set(Rc::new(found.clone()));
        }
    }
}
