//! Every word on the screen, in both languages.
//!
//! A text is a method of [`Texts`]; the macros below take its Spanish and its
//! English side by side, so that one cannot exist without the other. The texts
//! live in `frontend/locales`, one file per part of the interface. Whole
//! sentences only: what depends on a value takes it as an argument.

use gestfg_types::session::Language;
use gloo_storage::{LocalStorage, Storage};
use yew::prelude::*;

/// The texts of one language. Copy it freely: it is one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(Language);

impl Texts {
    /// The texts of a language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        Self(language)
    }

    /// The language they are in.
    #[must_use]
    pub const fn language(self) -> Language {
        self.0
    }
}

/// Texts that never change: `name = "español", "English";`.
macro_rules! texts {
    ($($name:ident = $es:literal, $en:literal;)+) => {
        impl crate::i18n::Texts {
            $(
                #[doc = $en]
                #[must_use]
                pub const fn $name(self) -> &'static str {
                    match self.language() {
                        gestfg_types::session::Language::Es => $es,
                        gestfg_types::session::Language::En => $en,
                    }
                }
            )+
        }
    };
}

/// Texts that depend on values:
/// `name(n: u64) = format!("…"), format!("…");`.
macro_rules! phrases {
    ($($(#[$doc:meta])+ $name:ident($($arg:ident: $ty:ty),+) = $es:expr, $en:expr;)+) => {
        impl crate::i18n::Texts {
            $(
                $(#[$doc])+
                #[must_use]
                pub fn $name(self, $($arg: $ty),+) -> String {
                    match self.language() {
                        gestfg_types::session::Language::Es => $es.into(),
                        gestfg_types::session::Language::En => $en.into(),
                    }
                }
            )+
        }
    };
}

/// Texts of the values of an enum, exhaustively:
/// `name(State) { State::Draft = "Borrador", "Draft"; }`.
macro_rules! labels {
    ($($(#[$doc:meta])+ $name:ident($ty:ty) { $($variant:pat = $es:literal, $en:literal;)+ })+) => {
        impl crate::i18n::Texts {
            $(
                $(#[$doc])+
                #[must_use]
                pub const fn $name(self, value: $ty) -> &'static str {
                    let (es, en) = match value { $($variant => ($es, $en)),+ };
                    match self.language() {
                        gestfg_types::session::Language::Es => es,
                        gestfg_types::session::Language::En => en,
                    }
                }
            )+
        }
    };
}

/// Texts of words the server uses as names, with one for names not known here:
/// `name { "draft" = "Borrador", "Draft"; _ = "Otro", "Other"; }`.
macro_rules! names {
    ($($(#[$doc:meta])+ $name:ident { $($word:literal = $es:literal, $en:literal;)+ _ = $other_es:literal, $other_en:literal; })+) => {
        impl crate::i18n::Texts {
            $(
                $(#[$doc])+
                #[must_use]
                pub fn $name(self, word: &str) -> &'static str {
                    let (es, en) = match word { $($word => ($es, $en),)+ _ => ($other_es, $other_en) };
                    match self.language() {
                        gestfg_types::session::Language::Es => es,
                        gestfg_types::session::Language::En => en,
                    }
                }
            )+
        }
    };
}

#[path = "../locales/accounts.rs"]
mod accounts;
#[path = "../locales/admin.rs"]
mod admin;
#[path = "../locales/applications.rs"]
mod applications;
#[path = "../locales/availability.rs"]
mod availability;
#[path = "../locales/calendar.rs"]
mod calendar;
#[path = "../locales/calls.rs"]
mod calls;
#[path = "../locales/common.rs"]
mod common;
#[path = "../locales/defences.rs"]
mod defences;
#[path = "../locales/documents.rs"]
mod documents;
#[path = "../locales/errors.rs"]
mod errors;
#[path = "../locales/events.rs"]
mod events;
#[path = "../locales/imports.rs"]
mod imports;
#[path = "../locales/marks.rs"]
mod marks;
#[path = "../locales/notices.rs"]
mod notices;
#[path = "../locales/people.rs"]
mod people;
#[path = "../locales/personal.rs"]
mod personal;
#[path = "../locales/planning.rs"]
mod planning;
#[path = "../locales/projects.rs"]
mod projects;
#[path = "../locales/rounds.rs"]
mod rounds;
#[path = "../locales/similarity.rs"]
mod similarity;
#[path = "../locales/statistics.rs"]
mod statistics;
#[path = "../locales/system.rs"]
mod system;

const STORAGE_KEY: &str = "gestfg.language";

/// The language in use and the way to change it.
#[derive(Clone, PartialEq)]
pub struct LanguageContext {
    /// The language in use.
    pub language: Language,
    /// Use another one, and remember it in this browser.
    pub set: Callback<Language>,
}

/// Properties of [`LanguageProvider`].
#[derive(Properties, PartialEq)]
pub struct LanguageProviderProps {
    /// What is to be drawn in that language.
    pub children: Html,
    /// Use this one instead of what the browser remembers (for tests).
    #[prop_or_default]
    pub fixed: Option<Language>,
}

/// Gives the language to all below it, and keeps `<html lang>` true.
#[component]
pub fn LanguageProvider(props: &LanguageProviderProps) -> Html {
    let fixed = props.fixed;
    let language = use_state_eq(move || fixed.unwrap_or_else(remembered));
    use_effect_with(*language, |language| {
        if let Some(root) = gloo_utils::document().document_element() {
            let _ = root.set_attribute("lang", language.as_str());
        }
    });
    let set = use_callback(language.setter(), |chosen: Language, setter| {
        let _ = LocalStorage::set(STORAGE_KEY, chosen);
        setter.set(chosen);
    });
    let context = LanguageContext { language: *language, set };
    html! { <ContextProvider<LanguageContext> {context}>{ props.children.clone() }</ContextProvider<LanguageContext>> }
}

fn remembered() -> Language {
    if cfg!(target_arch = "wasm32") {
        LocalStorage::get(STORAGE_KEY).unwrap_or_default()
    } else {
        Language::default()
    }
}

/// The texts of the language in use.
#[hook]
pub fn use_texts() -> Texts {
    Texts::of(use_context::<LanguageContext>().map_or_else(Language::default, |context| context.language))
}

/// The language in use and the way to change it.
#[hook]
pub fn use_language() -> LanguageContext {
    use_context::<LanguageContext>()
        .unwrap_or_else(|| LanguageContext { language: Language::default(), set: Callback::noop() })
}
