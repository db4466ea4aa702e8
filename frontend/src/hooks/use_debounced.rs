//! A value once it has stopped changing.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Gives `value` after it has stayed the same for `milliseconds`.
#[hook]
pub fn use_debounced<T>(value: T, milliseconds: u32) -> T
where
    T: Clone + PartialEq + 'static,
{
    let settled = use_state_eq(|| value.clone());
    {
        let setter = settled.setter();
        use_effect_with(value, move |value| {
            let value = value.clone();
            let timeout = Timeout::new(milliseconds, move || setter.set(value));
            move || drop(timeout)
        });
    }
    (*settled).clone()
}
