//! Whether the tab can be seen.

use gloo_events::EventListener;
use web_sys::VisibilityState;
use yew::prelude::*;

/// Whether the tab is in sight now; what is not seen is not read.
#[hook]
pub fn use_visible() -> bool {
    let visible = use_state_eq(|| cfg!(target_arch = "wasm32") && is_visible());
    {
        let setter = visible.setter();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&gloo_utils::document(), "visibilitychange", move |_| {
                setter.set(is_visible());
            });
            move || drop(listener)
        });
    }
    *visible
}

fn is_visible() -> bool {
    gloo_utils::document().visibility_state() == VisibilityState::Visible
}
