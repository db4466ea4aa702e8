//! Light, dark, or as the system says.

use gloo_storage::{LocalStorage, Storage};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use yew::prelude::*;

const STORAGE_KEY: &str = "gestfg.theme";
const DARK_CLASS: &str = "pf-v6-theme-dark";
const DARK_QUERY: &str = "(prefers-color-scheme: dark)";

/// What the person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// The theme in use and the way to change it.
#[derive(Clone, PartialEq)]
pub struct ThemeHandle {
    /// What was chosen.
    pub theme: Theme,
    /// Choose, and remember it in this browser.
    pub set: Callback<Theme>,
}

/// Keeps the page in the chosen theme; call it once, in the shell.
#[hook]
pub fn use_theme() -> ThemeHandle {
    let theme = use_state_eq(|| {
        if cfg!(target_arch = "wasm32") {
            LocalStorage::get(STORAGE_KEY).unwrap_or_default()
        } else {
            Theme::System
        }
    });
    use_effect_with(*theme, |theme| {
        let theme = *theme;
        apply(theme);
        let query = gloo_utils::window().match_media(DARK_QUERY).ok().flatten();
        let listener = query.map(|query| {
            let target: &web_sys::EventTarget = query.unchecked_ref();
            gloo_events::EventListener::new(target, "change", move |_| apply(theme))
        });
        move || drop(listener)
    });
    let set = use_callback(theme.setter(), |chosen: Theme, setter| {
        let _ = LocalStorage::set(STORAGE_KEY, chosen);
        setter.set(chosen);
    });
    ThemeHandle { theme: *theme, set }
}

fn apply(theme: Theme) {
    let system = || {
        let query = gloo_utils::window().match_media(DARK_QUERY).ok().flatten();
        query.is_some_and(|query| query.matches())
    };
    let dark = match theme {
        Theme::System => system(),
        Theme::Light => false,
        Theme::Dark => true,
    };
    if let Some(root) = gloo_utils::document().document_element() {
        let _ = root.class_list().toggle_with_force(DARK_CLASS, dark);
    }
}
