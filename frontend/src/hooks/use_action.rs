//! Something done on the server because a person asked for it.

use crate::api::{ApiError, Client};
use crate::session::use_session;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// An action, and how the last try went.
pub struct ActionHandle<A: 'static> {
    /// Whether it is being done; what starts it is disabled meanwhile.
    pub running: bool,
    /// Why the last try failed.
    pub error: Option<ApiError>,
    /// Do it.
    pub run: Callback<A>,
    /// Forget the last failure.
    pub clear: Callback<()>,
}

impl<A> Clone for ActionHandle<A> {
    fn clone(&self) -> Self {
        Self {
            running: self.running,
            error: self.error.clone(),
            run: self.run.clone(),
            clear: self.clear.clone(),
        }
    }
}

/// Makes an action of `act`. What is to happen when it succeeds is the last
/// part of `act` itself. A second call while it runs does nothing.
#[hook]
pub fn use_action<A, F, Fut>(act: F) -> ActionHandle<A>
where
    A: 'static,
    F: Fn(Client, A) -> Fut + 'static,
    Fut: Future<Output = Result<(), ApiError>> + 'static,
{
    let session = use_session();
    let running = use_state_eq(|| false);
    let error = use_state_eq(|| None::<ApiError>);
    let busy = use_mut_ref(|| false);

    let run = {
        let (running, error) = (running.setter(), error.setter());
        Callback::from(move |argument: A| {
            if !busy.replace(true) {
                let act = Box::pin(act(session.client.clone(), argument));
                follow(act, running.clone(), error.clone(), busy.clone());
            }
        })
    };
    let clear = use_callback(error.setter(), |(), error| error.set(None));
    ActionHandle { running: *running, error: (*error).clone(), run, clear }
}

/// Waits for an action and says how it went; one copy for all actions.
fn follow(
    act: Pin<Box<dyn Future<Output = Result<(), ApiError>>>>,
    running: UseStateSetter<bool>,
    error: UseStateSetter<Option<ApiError>>,
    busy: Rc<RefCell<bool>>,
) {
    running.set(true);
    error.set(None);
    spawn_local(async move {
        let outcome = act.await;
        busy.replace(false);
        running.set(false);
        if let Err(failure) = outcome {
            error.set(Some(failure));
        }
    });
}
