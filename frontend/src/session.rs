//! The single owner of the access token and of who is signed in.
//!
//! The token lives in memory only; what outlives a reload is the `HttpOnly`
//! cookie that `POST /session/refresh` turns into a new token. When a session
//! is lost in the middle of something, the page and what was typed stay: the
//! state becomes [`Standing::Lost`] and a dialog asks to log in again.

use crate::api::client::{BASE, Client, read_body, read_refusal};
use crate::api::{self, ApiError};
use crate::i18n::use_language;
use crate::program::{Program, load_program};
use gestfg_types::session::{Me, Permission, SessionOpened};
use gloo_net::http::Request;
use gloo_storage::{LocalStorage, Storage};
use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use yew::prelude::*;

/// Says that this browser had a session, so that visitors are not asked for a
/// cookie they never had.
const HINT_KEY: &str = "gestfg.session";
/// A token this close to its end is renewed before it is used.
const MARGIN_SECONDS: i64 = 20;

struct Token {
    text: String,
    expires_at: i64,
}

/// The access token and the way to renew it.
#[derive(Default)]
pub struct Credentials {
    token: RefCell<Option<Token>>,
    refreshing: RefCell<Option<Promise>>,
    listener: RefCell<Callback<Renewal>>,
}

/// What came of renewing the token.
#[derive(Clone)]
enum Renewal {
    Done(Rc<Me>),
    Refused,
}

impl Credentials {
    fn keep(&self, opened: &SessionOpened) {
        let token = Token { text: opened.access_token.clone(), expires_at: opened.expires_at.timestamp() };
        *self.token.borrow_mut() = Some(token);
        let _ = LocalStorage::set(HINT_KEY, true);
    }

    fn forget(&self) {
        *self.token.borrow_mut() = None;
        LocalStorage::delete(HINT_KEY);
    }

    /// For how many seconds the token will still do, if there is one.
    #[must_use]
    pub fn seconds_left(&self) -> Option<i64> {
        self.token.borrow().as_ref().map(|token| token.expires_at - now())
    }

    /// The token to send, renewed first when it is about to end; none for a
    /// visitor.
    ///
    /// # Errors
    /// When it had to be renewed and could not.
    pub async fn usable_token(self: &Rc<Self>) -> Result<Option<String>, ApiError> {
        let state = self.token.borrow().as_ref().map(|token| (token.text.clone(), token.expires_at));
        match state {
            None => Ok(None),
            Some((text, expires_at)) if expires_at - MARGIN_SECONDS > now() => Ok(Some(text)),
            Some(_) => self.refresh().await.map(Some),
        }
    }

    /// Gets a new token by the cookie. Requests that find it stale at the same
    /// time share one renewal.
    ///
    /// # Errors
    /// When the server refuses or cannot be reached.
    pub async fn refresh(self: &Rc<Self>) -> Result<String, ApiError> {
        let running = self.refreshing.borrow().clone();
        let promise = running.unwrap_or_else(|| {
            let this = Rc::clone(self);
            let promise = alone_in_browser(move || {
                let this = Rc::clone(&this);
                future_to_promise(async move { Ok(JsValue::from_bool(this.renew().await)) })
            });
            *self.refreshing.borrow_mut() = Some(promise.clone());
            promise
        });
        let outcome = JsFuture::from(promise).await;
        *self.refreshing.borrow_mut() = None;
        if outcome.is_err() || outcome.is_ok_and(|reached| reached == JsValue::FALSE) {
            return Err(ApiError::Network);
        }
        let token = self.token.borrow().as_ref().map(|token| token.text.clone());
        token.ok_or(ApiError::SessionLost)
    }

    /// Asks once; false when the server was not reached.
    async fn renew(&self) -> bool {
        match request_refresh().await {
            Ok(opened) => {
                self.keep(&opened);
                self.tell(Renewal::Done(Rc::new(opened.user)));
                true
            }
            Err(ApiError::Problem(problem)) if problem.status == 401 => {
                self.forget();
                self.tell(Renewal::Refused);
                true
            }
            Err(_) => false,
        }
    }

    fn tell(&self, renewal: Renewal) {
        let listener = self.listener.borrow().clone();
        listener.emit(renewal);
    }
}

fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

async fn request_refresh() -> Result<SessionOpened, ApiError> {
    let response = Request::post(&format!("{BASE}/session/refresh")).send().await;
    let response = response.map_err(|_error| ApiError::Network)?;
    let text = response.text().await.map_err(|_error| ApiError::Network)?;
    if response.ok() {
        read_body(response.status(), &text)
    } else {
        Err(read_refusal(response.status(), &text))
    }
}

/// The cookie is good for one renewal, so the tabs of a browser take turns
/// where it offers locks.
fn alone_in_browser(work: impl Fn() -> Promise + 'static) -> Promise {
    let locks =
        Reflect::get(&gloo_utils::window().navigator(), &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request =
        Reflect::get(&locks, &"request".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    let Some(request) = request else { return work() };
    let work = Rc::new(work);
    let locked = {
        let work = Rc::clone(&work);
        Closure::once_into_js(move |_lock: JsValue| work())
    };
    match request.call2(&locks, &"gestfg-session".into(), &locked).map(JsCast::dyn_into::<Promise>) {
        Ok(Ok(promise)) => promise,
        _ => work(),
    }
}

/// Who is using the application.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Finding out.
    Starting,
    /// Nobody has logged in.
    Visitor,
    /// Someone has.
    SignedIn(Rc<Me>),
    /// Someone had, and must log in again to go on.
    Lost(Rc<Me>),
}

/// What happens to a session.
enum Event {
    Opened(Rc<Me>),
    Refused,
    Closed,
}

#[derive(Clone, PartialEq)]
struct State {
    standing: Standing,
    generation: u32,
    revivals: u32,
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match (event, &self.standing) {
            (Event::Opened(me), Standing::Lost(before)) if before.id == me.id => {
                next.revivals += 1;
                next.standing = Standing::SignedIn(me);
            }
            (Event::Opened(me), Standing::SignedIn(before)) if before.id == me.id => {
                next.standing = Standing::SignedIn(me);
            }
            (Event::Opened(me), _) => {
                next.generation += 1;
                next.standing = Standing::SignedIn(me);
            }
            (Event::Refused, Standing::SignedIn(me)) => next.standing = Standing::Lost(Rc::clone(me)),
            (Event::Refused, Standing::Lost(_)) => {}
            (Event::Refused | Event::Closed, _) => {
                next.generation += 1;
                next.standing = Standing::Visitor;
            }
        }
        Rc::new(next)
    }
}

/// The session as the rest of the application sees it.
#[derive(Clone, PartialEq)]
pub struct Session {
    /// Who is using the application.
    pub standing: Standing,
    /// Sends requests as that person.
    pub client: Client,
    /// Grows when another person comes: what was read must be read again.
    pub generation: u32,
    /// Grows when the same person logs in again: what failed may be retried.
    pub revivals: u32,
    open: Callback<SessionOpened>,
    close: Callback<()>,
    update: Callback<Me>,
}

impl Session {
    /// The signed-in person, also while their session is lost.
    #[must_use]
    pub fn me(&self) -> Option<&Rc<Me>> {
        match &self.standing {
            Standing::SignedIn(me) | Standing::Lost(me) if Program::HAS_SESSIONS => Some(me),
            _ => None,
        }
    }

    /// Whether the signed-in person may do this somewhere.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.me().is_some_and(|me| me.may(permission))
    }

    /// Takes over what a log-in answered.
    pub fn open(&self, opened: SessionOpened) {
        self.open.emit(opened);
    }

    /// Ends the session, here and on the server.
    pub fn close(&self) {
        self.close.emit(());
    }

    /// Shows new data of the signed-in person.
    pub fn update(&self, me: Me) {
        self.update.emit(me);
    }
}

/// Properties of [`SessionProvider`].
#[derive(Properties, PartialEq)]
pub struct SessionProviderProps {
    /// What is to know who is signed in.
    pub children: Html,
    /// Begin like this and ask nobody (for tests).
    #[prop_or_default]
    pub fixed: Option<Standing>,
}

/// Owns the session and gives it to all below it.
#[component]
pub fn SessionProvider(props: &SessionProviderProps) -> Html {
    let fixed = props.fixed.clone();
    let credentials = use_memo((), |()| Rc::new(Credentials::default()));
    let credentials = Rc::clone(&credentials);
    let client = use_memo((), |()| Client::new(Rc::clone(&credentials)));
    let language = use_language();
    let state = use_reducer_eq(move || State {
        standing: fixed.unwrap_or(Standing::Starting),
        generation: 0,
        revivals: 0,
    });

    {
        let dispatcher = state.dispatcher();
        let credentials = Rc::clone(&credentials);
        let asked = props.fixed.is_none();
        use_effect_with((), move |()| {
            let told = dispatcher.clone();
            *credentials.listener.borrow_mut() = Callback::from(move |renewal| match renewal {
                Renewal::Done(me) => told.dispatch(Event::Opened(me)),
                Renewal::Refused => told.dispatch(Event::Refused),
            });
            if !asked {
            } else if Program::HAS_SESSIONS && LocalStorage::get::<bool>(HINT_KEY).unwrap_or(false) {
                spawn_local(async move {
                    if credentials.refresh().await == Err(ApiError::Network) {
                        dispatcher.dispatch(Event::Refused);
                    }
                });
            } else {
                dispatcher.dispatch(Event::Closed);
            }
        });
    }

    let open = {
        let dispatcher = state.dispatcher();
        let credentials = Rc::clone(&credentials);
        Callback::from(move |opened: SessionOpened| {
            credentials.keep(&opened);
            language.set.emit(opened.user.language);
            if !Program::HAS_SESSIONS {
                load_program();
                return;
            }
            dispatcher.dispatch(Event::Opened(Rc::new(opened.user)));
        })
    };
    let close = {
        let dispatcher = state.dispatcher();
        let client = (*client).clone();
        let credentials = Rc::clone(&credentials);
        Callback::from(move |()| {
            let (dispatcher, client, credentials) =
                (dispatcher.clone(), client.clone(), Rc::clone(&credentials));
            spawn_local(async move {
                let _ = api::session::log_out(&client).await;
                credentials.forget();
                dispatcher.dispatch(Event::Closed);
            });
        })
    };
    let update = {
        let dispatcher = state.dispatcher();
        Callback::from(move |me: Me| dispatcher.dispatch(Event::Opened(Rc::new(me))))
    };
    let context = Session {
        standing: state.standing.clone(),
        client: (*client).clone(),
        generation: state.generation,
        revivals: state.revivals,
        open,
        close,
        update,
    };
    html! { <ContextProvider<Session> {context}>{ props.children.clone() }</ContextProvider<Session>> }
}

/// The session. Outside [`SessionProvider`] it is a visitor's.
#[hook]
pub fn use_session() -> Session {
    let fallback = use_memo((), |()| Client::new(Rc::default()));
    use_context::<Session>().unwrap_or_else(|| Session {
        standing: Standing::Visitor,
        client: (*fallback).clone(),
        generation: 0,
        revivals: 0,
        open: Callback::noop(),
        close: Callback::noop(),
        update: Callback::noop(),
    })
}
