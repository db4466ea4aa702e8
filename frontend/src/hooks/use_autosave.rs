//! Saving what is changed without being asked to.

use super::use_unsaved_guard;
use crate::api::{ApiError, Client};
use crate::session::use_session;
use gestfg_types::errors::ErrorCode;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Wait this long after the last change before saving, in milliseconds.
const PAUSE: u32 = 700;
/// Wait this long before trying again what did not reach the server.
const AGAIN: u32 = 5_000;

/// What the server has of something, as far as is known here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its id; none before it is first saved.
    pub id: Option<i64>,
    /// The version that was seen.
    pub version: i32,
}

/// How the saving goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Saving {
    /// Everything is on the server.
    Saved,
    /// It is being sent, or is about to be.
    UnderWay,
    /// It is not on the server; what may help is tried without being asked.
    Failed(ApiError),
}

type Sending = Pin<Box<dyn Future<Output = Result<Seen, ApiError>>>>;
type Saver<D> = Rc<dyn Fn((D, D), Seen) -> Sending>;

struct Inner<D> {
    draft: D,
    saved: D,
    seen: Seen,
    busy: bool,
    failure: Option<ApiError>,
    timer: Option<Timeout>,
}

/// Something that is saved as it is changed.
pub struct Autosave<D: 'static> {
    /// As the person has it.
    pub draft: D,
    /// What the server has of it.
    pub seen: Seen,
    /// How the saving goes.
    pub saving: Saving,
    /// Change it.
    pub edit: Callback<D>,
    /// Try again now.
    pub retry: Callback<()>,
    /// The server has this: it is taken over where nothing else was written
    /// here, and else what is written here goes on top of it if only other
    /// parts changed.
    pub meet: Callback<(D, Seen)>,
    /// Save what is written here over what the server has at this version.
    pub insist: Callback<Seen>,
    /// Forget what is written here for what the server has.
    pub adopt: Callback<(D, Seen)>,
}

/// Keeps a draft saved as it is changed, by `save`, which is given the draft and
/// what was saved before. `initial` gives draft, what is saved, and its version. A lost connection or session is waited for.
#[hook]
pub fn use_autosave<D, F, Fut>(initial: impl FnOnce() -> (D, D, Seen), save: F) -> Autosave<D>
where
    D: Clone + PartialEq + 'static,
    F: Fn(Client, (D, D), Seen) -> Fut + 'static,
    Fut: Future<Output = Result<Seen, ApiError>> + 'static,
{
    let session = use_session();
    let redraw = use_force_update();
    let inner = use_mut_ref(move || {
        let (draft, saved, seen) = initial();
        Inner { draft, saved, seen, busy: false, failure: None, timer: None }
    });
    let latest = use_mut_ref(|| None::<Saver<D>>);
    {
        let client = session.client.clone();
        *latest.borrow_mut() =
            Some(Rc::new(move |drafts, seen| Box::pin(save(client.clone(), drafts, seen))));
    }
    let flush = use_memo((), |()| Flush { inner: inner.clone(), latest: latest.clone(), redraw });
    {
        let flush = flush.clone();
        use_effect_with(session.revivals, move |_| {
            let flush = flush.clone();
            flush.now();
        });
    }
    {
        let flush = flush.clone();
        use_effect_with((), move |()| {
            let online = {
                let flush = flush.clone();
                EventListener::new(&gloo_utils::window(), "online", move |_| flush.now())
            };
            move || {
                drop(online);
                // Whoever leaves the page need not wait for the pause.
                flush.now();
            }
        });
    }
    let on = |act: fn(&Flush<D>, D)| {
        let flush = flush.clone();
        Callback::from(move |draft: D| act(&flush, draft))
    };
    let told = |act: fn(&Flush<D>, (D, Seen))| {
        let flush = flush.clone();
        Callback::from(move |met: (D, Seen)| act(&flush, met))
    };
    let retry = {
        let flush = flush.clone();
        Callback::from(move |()| flush.now())
    };
    let insist = {
        let flush = flush.clone();
        Callback::from(move |seen: Seen| {
            flush.inner.borrow_mut().seen = seen;
            flush.now();
        })
    };
    let (draft, seen, saving) = {
        let inner = inner.borrow();
        let saving = match &inner.failure {
            Some(error) if !inner.busy => Saving::Failed(error.clone()),
            _ if inner.busy || inner.draft != inner.saved => Saving::UnderWay,
            _ => Saving::Saved,
        };
        (inner.draft.clone(), inner.seen, saving)
    };
    use_unsaved_guard(matches!(saving, Saving::Failed(_)));
    Autosave {
        draft,
        seen,
        saving,
        edit: on(Flush::edit),
        retry,
        meet: told(Flush::meet),
        insist,
        adopt: told(Flush::adopt),
    }
}

struct Flush<D> {
    inner: Rc<RefCell<Inner<D>>>,
    latest: Rc<RefCell<Option<Saver<D>>>>,
    redraw: UseForceUpdateHandle,
}

impl<D> Clone for Flush<D> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), latest: self.latest.clone(), redraw: self.redraw.clone() }
    }
}

impl<D: Clone + PartialEq + 'static> Flush<D> {
    fn edit(&self, draft: D) {
        self.inner.borrow_mut().draft = draft;
        self.later(PAUSE);
        self.redraw.force_update();
    }

    fn meet(&self, (draft, seen): (D, Seen)) {
        {
            let mut inner = self.inner.borrow_mut();
            if inner.busy || (inner.seen.id == seen.id && inner.seen.version >= seen.version) {
                return;
            }
            let untouched = inner.draft == inner.saved;
            // What others wrote is not written over unseen: saving is refused then.
            if !untouched && draft != inner.saved {
                return;
            }
            if untouched {
                inner.draft = draft.clone();
            }
            inner.saved = draft;
            inner.seen = seen;
        }
        self.redraw.force_update();
    }

    fn adopt(&self, (draft, seen): (D, Seen)) {
        {
            let mut inner = self.inner.borrow_mut();
            inner.draft = draft.clone();
            inner.saved = draft;
            inner.seen = seen;
            inner.failure = None;
        }
        self.redraw.force_update();
    }

    fn later(&self, milliseconds: u32) {
        let this = self.clone();
        let timer = Timeout::new(milliseconds, move || this.now());
        // Dropping the one before calls it off.
        self.inner.borrow_mut().timer = Some(timer);
    }

    fn now(&self) {
        let (draft, saved, seen) = {
            let mut inner = self.inner.borrow_mut();
            if inner.busy {
                return;
            }
            if inner.draft == inner.saved {
                if inner.failure.take().is_some() {
                    self.redraw.force_update();
                }
                return;
            }
            inner.busy = true;
            (inner.draft.clone(), inner.saved.clone(), inner.seen)
        };
        let Some(save) = self.latest.borrow().clone() else { return };
        self.redraw.force_update();
        let this = self.clone();
        spawn_local(async move {
            let outcome = save((draft.clone(), saved), seen).await;
            let again = {
                let mut inner = this.inner.borrow_mut();
                inner.busy = false;
                match outcome {
                    Ok(seen) => {
                        inner.seen = seen;
                        inner.saved = draft;
                        inner.failure = None;
                        (inner.draft != inner.saved).then_some(PAUSE)
                    }
                    Err(error) => {
                        let unreached = error.may_retry() && error != ApiError::SessionLost;
                        let changed = inner.draft != draft && error.code() != Some(ErrorCode::StaleVersion);
                        inner.failure = Some(error);
                        if unreached { Some(AGAIN) } else { changed.then_some(PAUSE) }
                    }
                }
            };
            if let Some(milliseconds) = again {
                this.later(milliseconds);
            }
            this.redraw.force_update();
        });
    }
}
