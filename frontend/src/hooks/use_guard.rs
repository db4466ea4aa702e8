//! Nobody loses what they typed by a stray click.

use gloo_events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Whether something typed would be lost by leaving the page. The switch of
/// the application asks it before it follows the URL.
#[derive(Clone, Default)]
pub struct Guard(Rc<Cell<bool>>);

impl PartialEq for Guard {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Guard {
    /// Whether leaving would lose something.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.get()
    }

    /// From now on leaving loses nothing: it was saved, or is not wanted.
    pub fn release(&self) {
        self.0.set(false);
    }
}

/// The guard of the application.
#[hook]
pub fn use_guard() -> Guard {
    use_context::<Guard>().unwrap_or_default()
}

/// Guards the page while `unsaved`. The handle given back releases it before
/// navigating away on purpose.
#[hook]
pub fn use_unsaved_guard(unsaved: bool) -> Guard {
    let guard = use_guard();
    {
        let guard = guard.clone();
        use_effect_with(unsaved, move |unsaved| {
            guard.0.set(*unsaved);
            let listener = unsaved.then(|| {
                let guard = guard.clone();
                EventListener::new_with_options(
                    &gloo_utils::window(),
                    "beforeunload",
                    EventListenerOptions::enable_prevent_default(),
                    move |event| {
                        if guard.is_set() {
                            event.prevent_default();
                        }
                    },
                )
            });
            move || {
                guard.release();
                drop(listener);
            }
        });
    }
    guard
}
