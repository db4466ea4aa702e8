//! The title of the browser's tab.

use yew::prelude::*;

/// Shows `title` in the tab while the component is there.
#[hook]
pub fn use_title(title: &str) {
    let title = if title.is_empty() { "GesTFG".to_owned() } else { format!("{title} · GesTFG") };
    use_effect_with(title, |title| gloo_utils::document().set_title(title));
}
