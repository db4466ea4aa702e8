//! Who wants to hear of what.

use gestfg_types::updates::{Update, UpdateTopic};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;

/// Hints often come in bunches, and to everybody at once: wait at least this
/// long, in milliseconds, before reading again,
const GATHER: f64 = 80.0;
/// and up to this much longer, so that not all browsers ask together.
const SPREAD: f64 = 320.0;
/// Try again so much later when a dialog is open: what is below it must not
/// change while somebody decides about it.
const DIALOG: u32 = 1_500;

/// What somebody wants to hear of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interest {
    /// Of these topics,
    pub topics: &'static [UpdateTopic],
    /// about this thing only, if about one.
    pub subject: Option<i64>,
}

impl Interest {
    /// Whether an update is among it. A hint without subject is about all.
    #[must_use]
    pub fn covers(&self, update: &Update) -> bool {
        let about = match (self.subject, update.subject_id) {
            (Some(wanted), Some(given)) => wanted == given,
            _ => true,
        };
        about && self.topics.contains(&update.topic)
    }
}

/// Somebody who wants to hear.
pub(super) struct Listener {
    interest: Interest,
    tell: RefCell<Callback<()>>,
    pending: RefCell<Option<Timeout>>,
}

impl Listener {
    pub(super) fn new(interest: Interest) -> Self {
        Self { interest, tell: RefCell::default(), pending: RefCell::default() }
    }

    /// Tell it so from now on.
    pub(super) fn set(&self, tell: &Callback<()>) {
        *self.tell.borrow_mut() = tell.clone();
    }

    fn hear(self: &Rc<Self>) {
        if self.pending.borrow().is_none() {
            let pause = SPREAD.mul_add(js_sys::Math::random(), GATHER);
            self.wait(pause as u32);
        }
    }

    fn wait(self: &Rc<Self>, pause: u32) {
        let this = Rc::downgrade(self);
        let timeout = Timeout::new(pause, move || {
            let Some(listener) = this.upgrade() else { return };
            if dialog_is_open() {
                listener.wait(DIALOG);
                return;
            }
            listener.pending.borrow_mut().take();
            let tell = listener.tell.borrow().clone();
            tell.emit(());
        });
        *self.pending.borrow_mut() = Some(timeout);
    }
}

fn dialog_is_open() -> bool {
    gloo_utils::document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Where updates come in and listeners hear of them.
#[derive(Default)]
pub struct Hub {
    listeners: RefCell<Vec<Rc<Listener>>>,
    place: RefCell<String>,
}

impl PartialEq for Hub {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Hub {
    pub(super) fn add(&self, listener: &Rc<Listener>) {
        self.listeners.borrow_mut().push(Rc::clone(listener));
    }

    pub(super) fn remove(&self, listener: &Rc<Listener>) {
        self.listeners.borrow_mut().retain(|found| !Rc::ptr_eq(found, listener));
        listener.pending.borrow_mut().take();
    }

    /// Tells whom it concerns.
    pub(super) fn announce(&self, update: &Update) {
        for listener in self.listeners.borrow().iter().filter(|found| found.interest.covers(update)) {
            listener.hear();
        }
    }

    /// Tells everybody: what happened meanwhile is not known.
    pub(super) fn announce_all(&self) {
        for listener in self.listeners.borrow().iter() {
            listener.hear();
        }
    }

    /// The place to resume from; empty at the beginning.
    pub(super) fn place(&self) -> String {
        self.place.borrow().clone()
    }

    pub(super) fn move_to(&self, place: &str) {
        place.clone_into(&mut self.place.borrow_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interest_covers_its_topics_and_its_subject() {
        let update = |topic, subject_id| Update { topic, subject_id };
        let lists = Interest { topics: &[UpdateTopic::Projects, UpdateTopic::Calls], subject: None };
        assert!(lists.covers(&update(UpdateTopic::Calls, Some(3))));
        assert!(!lists.covers(&update(UpdateTopic::Inbox, None)));
        let thread = Interest { topics: &[UpdateTopic::Messages], subject: Some(3) };
        assert!(thread.covers(&update(UpdateTopic::Messages, Some(3))));
        assert!(thread.covers(&update(UpdateTopic::Messages, None)));
        assert!(!thread.covers(&update(UpdateTopic::Messages, Some(4))));
    }
}
