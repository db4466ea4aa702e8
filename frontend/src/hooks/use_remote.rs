//! Data that lives on the server.

use crate::api::{ApiError, Client};
use crate::session::use_session;
use std::any::Any;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;
use yew::prelude::*;

/// Where the data are.
#[derive(Debug)]
pub enum Remote<T: ?Sized> {
    /// Nobody has asked yet.
    Idle,
    /// On their way.
    Loading,
    /// Here.
    Ready(Rc<T>),
    /// Not coming.
    Failed(ApiError),
}

impl<T: ?Sized> Clone for Remote<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Idle => Self::Idle,
            Self::Loading => Self::Loading,
            Self::Ready(data) => Self::Ready(Rc::clone(data)),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

/// Remote data, and what can be done about them.
pub struct RemoteHandle<T: 'static> {
    /// Where the data are.
    pub state: Remote<T>,
    /// The last data that came, also while newer ones are on their way: a
    /// list that is being filtered keeps showing the former answer.
    pub latest: Option<Rc<T>>,
    /// Ask again.
    pub reload: Callback<()>,
    /// Ask again without showing it: what is on the screen stays until the
    /// answer is here, and if none comes.
    pub refresh: Callback<()>,
    /// Show this instead: what an operation on the data answered.
    pub replace: Callback<Rc<T>>,
}

impl<T> Clone for RemoteHandle<T> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            latest: self.latest.clone(),
            reload: self.reload.clone(),
            refresh: self.refresh.clone(),
            replace: self.replace.clone(),
        }
    }
}

impl<T> RemoteHandle<T> {
    /// The data, once they are here.
    #[must_use]
    pub fn ready(&self) -> Option<&Rc<T>> {
        match &self.state {
            Remote::Ready(data) => Some(data),
            Remote::Idle | Remote::Loading | Remote::Failed(_) => None,
        }
    }

    /// Whether an answer is being waited for.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        matches!(self.state, Remote::Loading | Remote::Idle)
    }
}

/// The state without its type. One copy of everything below serves every
/// list and page: as many copies as types would weigh more than the pages.
struct State {
    state: Remote<dyn Any>,
    latest: Option<Rc<dyn Any>>,
}

enum Event {
    Asked,
    Came(Rc<dyn Any>),
    Failed(ApiError),
    FailedQuietly(ApiError),
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let latest = self.latest.clone();
        Rc::new(match event {
            Event::Asked => Self { state: Remote::Loading, latest },
            Event::Came(data) => Self { state: Remote::Ready(Rc::clone(&data)), latest: Some(data) },
            Event::FailedQuietly(_) if matches!(self.state, Remote::Ready(_)) => {
                Self { state: self.state.clone(), latest }
            }
            Event::Failed(error) | Event::FailedQuietly(error) => {
                Self { state: Remote::Failed(error), latest }
            }
        })
    }
}

/// What the question depends on, without its type.
#[derive(Clone)]
struct Deps {
    value: Rc<dyn Any>,
    same: fn(&dyn Any, &dyn Any) -> bool,
}

impl PartialEq for Deps {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&*self.value, &*other.value)
    }
}

fn same<D: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<D>().zip(other.downcast_ref::<D>()).is_some_and(|(one, other)| one == other)
}

type Answer = Pin<Box<dyn Future<Output = Result<Rc<dyn Any>, ApiError>>>>;
type Ask = Box<dyn FnOnce(Client) -> Answer>;

struct Untyped {
    state: UseReducerHandle<State>,
    reload: Callback<()>,
    refresh: Callback<()>,
}

#[hook]
fn use_untyped(deps: Deps, ask: Ask) -> Untyped {
    let session = use_session();
    let state = use_reducer(|| State { state: Remote::Idle, latest: None });
    let asked = use_state(|| 0_u32);
    let lost = matches!(state.state, Remote::Failed(ApiError::SessionLost));
    // What failed for want of a session is asked again when it is back; what
    // is on the screen is not: somebody may be typing into it.
    let revivals = use_mut_ref(|| session.revivals);
    if lost {
        *revivals.borrow_mut() = session.revivals;
    }
    let revival = *revivals.borrow();
    let quiet = use_mut_ref(|| false);

    {
        let dispatcher = state.dispatcher();
        let client = session.client.clone();
        let quiet = Rc::clone(&quiet);
        use_effect_with((deps, session.generation, *asked, revival), move |_| {
            let controller = AbortController::new().ok();
            let signal = controller.as_ref().map(AbortController::signal);
            let wanted = Rc::new(Cell::new(true));
            let future = ask(client.with_signal(signal));
            let failed = if quiet.replace(false) {
                Event::FailedQuietly
            } else {
                dispatcher.dispatch(Event::Asked);
                Event::Failed
            };
            spawn_local({
                let wanted = Rc::clone(&wanted);
                async move {
                    let outcome = future.await;
                    if wanted.get() {
                        dispatcher.dispatch(outcome.map_or_else(failed, Event::Came));
                    }
                }
            });
            move || {
                wanted.set(false);
                if let Some(controller) = controller {
                    controller.abort();
                }
            }
        });
    }
    let reload = use_callback(asked, |(), asked| asked.set(**asked + 1));
    let refresh = use_callback((reload.clone(), quiet), |(), (reload, quiet)| {
        quiet.replace(true);
        reload.emit(());
    });
    Untyped { state, reload, refresh }
}

/// Asks the server, again whenever `deps` or the signed-in person change. A
/// request that is no longer wanted is aborted.
#[hook]
pub fn use_remote<T, D, F, Fut>(deps: D, ask: F) -> RemoteHandle<T>
where
    T: 'static,
    D: Clone + PartialEq + 'static,
    F: FnOnce(Client, D) -> Fut + 'static,
    Fut: Future<Output = Result<T, ApiError>> + 'static,
{
    let asked = deps.clone();
    let ask: Ask = Box::new(move |client| {
        let answer = ask(client, asked);
        Box::pin(async move { answer.await.map(|data| Rc::new(data) as Rc<dyn Any>) })
    });
    let untyped = use_untyped(Deps { value: Rc::new(deps), same: same::<D> }, ask);
    let typed = |data: &Rc<dyn Any>| Rc::clone(data).downcast::<T>().ok();
    let state = match &untyped.state.state {
        Remote::Idle => Remote::Idle,
        Remote::Loading => Remote::Loading,
        Remote::Failed(error) => Remote::Failed(error.clone()),
        Remote::Ready(data) => typed(data).map_or(Remote::Idle, Remote::Ready),
    };
    let dispatcher = untyped.state.dispatcher();
    RemoteHandle {
        state,
        latest: untyped.state.latest.as_ref().and_then(typed),
        reload: untyped.reload,
        refresh: untyped.refresh,
        replace: Callback::from(move |data: Rc<T>| dispatcher.dispatch(Event::Came(data))),
    }
}
