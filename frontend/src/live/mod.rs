//! What others do shows at once: one stream of hints for the whole tab, and
//! whoever shows something that changed reads it again.

mod connection;
mod hub;
mod stream;
mod unread;

use crate::program::Program;
use crate::session::{Standing, use_session};
use connection::Connection;
use gestfg_types::updates::UpdateTopic;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use hub::Listener;
pub use hub::{Hub, Interest};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
pub use stream::{StreamEvent, StreamParser};
pub use unread::{Unread, UnreadProvider, use_unread};
use wasm_bindgen_futures::spawn_local;
use web_sys::VisibilityState;
use yew::prelude::*;

/// A tab that has been out of sight for so many milliseconds stops listening:
/// browsers keep only a few connections to one server for all their tabs.
/// What it missed it hears of when it is looked at again.
const OUT_OF_SIGHT: u32 = 20_000;

/// The hub, which stays the same while the application runs.
#[derive(Clone, PartialEq)]
struct LiveContext(Rc<Hub>);

/// Properties of [`LiveProvider`].
#[derive(Properties, PartialEq)]
pub struct LiveProviderProps {
    /// What may want to hear of updates.
    pub children: Html,
}

/// Listens while somebody is signed in and the tab is looked at.
#[component]
pub fn LiveProvider(props: &LiveProviderProps) -> Html {
    let session = use_session();
    let hub = use_memo((), |()| Hub::default());
    let awake = use_awake();
    let listening = match &session.standing {
        Standing::SignedIn(me) => Some(me.id),
        Standing::Starting | Standing::Visitor | Standing::Lost(_) => None,
    };
    {
        // Another person has nothing to resume.
        let hub = Rc::clone(&hub);
        use_effect_with(session.generation, move |_| hub.move_to(""));
    }
    {
        let (hub, client) = (Rc::clone(&hub), session.client.clone());
        use_effect_with((listening, session.generation, awake), move |(listening, _, awake)| {
            let wanted = Program::HAS_SESSIONS && listening.is_some() && awake.is_some();
            let connection = wanted.then(|| Rc::new(Connection::new(hub, client)));
            if let Some(connection) = &connection {
                spawn_local(Rc::clone(connection).keep_listening());
            }
            move || {
                if let Some(connection) = connection {
                    connection.end();
                }
            }
        });
    }
    html! { <ContextProvider<LiveContext> context={LiveContext(hub)}>{ props.children.clone() }</ContextProvider<LiveContext>> }
}

/// A number while the tab is looked at or was a moment ago, another one each
/// time that trying again has become worth while.
#[hook]
fn use_awake() -> Option<u32> {
    let awake = use_state_eq(|| (cfg!(target_arch = "wasm32") && is_visible()).then_some(0_u32));
    {
        let (setter, asleep) = (awake.setter(), Rc::new(Cell::new(awake.is_none())));
        use_effect_with((), move |()| {
            let wakings = Rc::new(Cell::new(0_u32));
            let wake = {
                let setter = setter.clone();
                move || {
                    wakings.set(wakings.get() + 1);
                    setter.set(Some(wakings.get()));
                }
            };
            let on_sight = {
                let (wake, drowsy) = (wake.clone(), RefCell::new(None::<Timeout>));
                EventListener::new(&gloo_utils::document(), "visibilitychange", move |_| {
                    let (setter, asleep) = (setter.clone(), Rc::clone(&asleep));
                    if is_visible() {
                        drowsy.replace(None);
                        if asleep.replace(false) {
                            wake();
                        }
                    } else {
                        drowsy.replace(Some(Timeout::new(OUT_OF_SIGHT, move || {
                            asleep.set(true);
                            setter.set(None);
                        })));
                    }
                })
            };
            let on_line = EventListener::new(&gloo_utils::window(), "online", move |_| {
                if is_visible() {
                    wake();
                }
            });
            move || drop((on_sight, on_line))
        });
    }
    *awake
}

fn is_visible() -> bool {
    gloo_utils::document().visibility_state() == VisibilityState::Visible
}

/// Calls `tell` when something of these topics has changed. The callback may
/// differ at every drawing; the latest is called.
#[hook]
pub fn use_updates(topics: &'static [UpdateTopic], tell: &Callback<()>) {
    use_interest(Interest { topics, subject: None }, tell);
}

/// [`use_updates`] about one thing only.
#[hook]
pub fn use_updates_about(topics: &'static [UpdateTopic], subject: i64, tell: &Callback<()>) {
    use_interest(Interest { topics, subject: Some(subject) }, tell);
}

#[hook]
fn use_interest(interest: Interest, tell: &Callback<()>) {
    let live = use_context::<LiveContext>();
    let listener = use_memo(interest, |interest| Rc::new(Listener::new(*interest)));
    let listener = Rc::clone(&listener);
    listener.set(tell);
    use_effect_with((interest, live), move |(_, live)| {
        let hub = live.as_ref().map(|live| Rc::clone(&live.0));
        if let Some(hub) = &hub {
            hub.add(&listener);
        }
        move || {
            if let Some(hub) = hub {
                hub.remove(&listener);
            }
        }
    });
}
