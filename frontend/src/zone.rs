//! What this installation says about itself, and its time zone.
//!
//! A deadline is a moment of the institution, not of the reader: whoever looks
//! at it from elsewhere sees the clock of the institution all the same.

use crate::api::session::configuration;
use crate::session::use_session;
use chrono::{DateTime, Local, NaiveDate, NaiveDateTime, Utc};
use gestfg_types::master::Configuration;
use gestfg_types::time_zone::TimeZoneRules;
use gloo_storage::{LocalStorage, Storage};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The last configuration is remembered here, so that the next visit begins
/// with it instead of waiting for it.
const STORAGE_KEY: &str = "gestfg.configuration";

/// The clock of the institution. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Zone(Option<Rc<TimeZoneRules>>);

impl Zone {
    /// The clock these rules describe.
    #[must_use]
    pub fn of(rules: TimeZoneRules) -> Self {
        Self(Some(Rc::new(rules)))
    }

    /// Its IANA name; empty as long as it is not known.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or("", |rules| rules.name.as_str())
    }

    /// What the clock of the institution shows. Until its rules have come, on
    /// the very first visit, the reader's own clock stands in.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        match &self.0 {
            Some(rules) => rules.local(at),
            None => at.with_timezone(&Local).naive_local(),
        }
    }

    /// The moment at which the clock of the institution shows this.
    #[must_use]
    pub fn moment(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match &self.0 {
            Some(rules) => rules.moment(local),
            None => {
                local.and_local_timezone(Local).earliest().map_or_else(|| local.and_utc(), |at| at.to_utc())
            }
        }
    }

    /// The day of the institution.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local(at).date()
    }

    /// The first moment of a day of the institution.
    #[must_use]
    pub fn start_of_day(&self, day: NaiveDate) -> DateTime<Utc> {
        self.moment(day.and_time(chrono::NaiveTime::MIN))
    }
}

/// The present moment by the reader's machine. Only for what is marked as
/// today: whether something is open is said by the server.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "a browser has no other clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// What is known about this installation; nothing until the first answer.
type Known = Option<Rc<Configuration>>;

/// Properties of [`ConfigurationProvider`].
#[derive(Properties, PartialEq)]
pub struct ConfigurationProviderProps {
    /// What is to know the installation.
    pub children: Html,
    /// Use this one and ask nobody (for tests).
    #[prop_or_default]
    pub fixed: Option<Configuration>,
}

/// Asks for the configuration once and gives it to all below it.
#[component]
pub fn ConfigurationProvider(props: &ConfigurationProviderProps) -> Html {
    let session = use_session();
    let fixed = props.fixed.clone();
    let asks = fixed.is_none();
    let known = use_state_eq(move || fixed.or_else(remembered).map(Rc::new));
    let answered = use_mut_ref(|| false);
    {
        let setter = known.setter();
        // When it could not be had it is asked for again when someone logs in.
        use_effect_with(session.generation, move |_| {
            if asks && !*answered.borrow() {
                spawn_local(async move {
                    if let Ok(found) = configuration(&session.client).await {
                        *answered.borrow_mut() = true;
                        let _ = LocalStorage::set(STORAGE_KEY, &found);
                        setter.set(Some(Rc::new(found)));
                    }
                });
            }
        });
    }
    let context = (*known).clone();
    html! { <ContextProvider<Known> {context}>{ props.children.clone() }</ContextProvider<Known>> }
}

fn remembered() -> Option<Configuration> {
    if cfg!(target_arch = "wasm32") { LocalStorage::get(STORAGE_KEY).ok() } else { None }
}

/// What is known about this installation.
#[hook]
pub fn use_configuration() -> Option<Rc<Configuration>> {
    use_context::<Known>().flatten()
}

/// The clock of the institution.
#[hook]
pub fn use_zone() -> Zone {
    let known = use_configuration();
    let zone = use_memo(known, |known| {
        Zone(known.as_ref().map(|configuration| Rc::new(configuration.time_zone.clone())))
    });
    (*zone).clone()
}
