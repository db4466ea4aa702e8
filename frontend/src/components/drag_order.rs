//! Dragging a line of a list to the place of another.

use yew::prelude::*;

/// What is dragged, and over what it is.
#[derive(Clone)]
pub(super) struct DragOrder<K: 'static> {
    held: UseStateHandle<Option<K>>,
    over: UseStateHandle<Option<K>>,
    ondropped: Callback<(K, K)>,
}

/// What one line listens to.
#[derive(Clone)]
pub(super) struct DragListeners {
    /// It is taken.
    pub(super) start: Callback<DragEvent>,
    /// Something is held over it.
    pub(super) over: Callback<DragEvent>,
    /// Something is let go over it.
    pub(super) drop: Callback<DragEvent>,
    /// It is let go, wherever that is.
    pub(super) end: Callback<DragEvent>,
}

/// Lines known by their keys: `ondropped` is told which was let go over which.
#[hook]
pub(super) fn use_drag_order<K: Copy + PartialEq + 'static>(ondropped: Callback<(K, K)>) -> DragOrder<K> {
    let held = use_state_eq(|| None);
    let over = use_state_eq(|| None);
    DragOrder { held, over, ondropped }
}

impl<K: Copy + PartialEq + 'static> DragOrder<K> {
    /// Whether this line is the one that is dragged.
    #[must_use]
    pub(super) fn holds(&self, line: K) -> bool {
        *self.held == Some(line)
    }

    /// Whether another line would be let go over this one.
    #[must_use]
    pub(super) fn aims_at(&self, line: K) -> bool {
        self.held.is_some() && !self.holds(line) && *self.over == Some(line)
    }

    /// What this line listens to.
    #[must_use]
    pub(super) fn listeners(&self, line: K) -> DragListeners {
        let let_go = {
            let (held, over) = (self.held.setter(), self.over.setter());
            move || {
                held.set(None);
                over.set(None);
            }
        };
        let start = {
            let held = self.held.setter();
            Callback::from(move |event: DragEvent| {
                // Firefox drags nothing that carries no data.
                if let Some(data) = event.data_transfer() {
                    let _ = data.set_data("text/plain", "line");
                }
                held.set(Some(line));
            })
        };
        let over = {
            let (over, is_held) = (self.over.setter(), self.held.is_some());
            Callback::from(move |event: DragEvent| {
                if is_held {
                    event.prevent_default();
                    over.set(Some(line));
                }
            })
        };
        let drop = {
            let (held, ondropped, let_go) = (*self.held, self.ondropped.clone(), let_go.clone());
            Callback::from(move |event: DragEvent| {
                event.prevent_default();
                if let Some(held) = held {
                    ondropped.emit((held, line));
                }
                let_go();
            })
        };
        DragListeners { start, over, drop, end: Callback::from(move |_: DragEvent| let_go()) }
    }
}
