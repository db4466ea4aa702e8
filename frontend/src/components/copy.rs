//! A text to be taken elsewhere.

use super::button::{Button, ButtonKind};
use super::icon::IconName;
use super::toast::use_toasts;
use crate::components::Tone;
use crate::i18n::use_texts;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

/// Properties of [`CopyText`].
#[derive(Properties, PartialEq)]
pub struct CopyTextProps {
    /// The text.
    pub text: AttrValue,
}

/// A text with a button that copies it.
#[component]
pub fn CopyText(props: &CopyTextProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let onclick = {
        let text = props.text.clone();
        Callback::from(move |_: MouseEvent| {
            let (text, toasts) = (text.clone(), toasts.clone());
            // Away from https and localhost browsers have no clipboard to write to.
            if !gloo_utils::window().is_secure_context() {
                toasts.say(Tone::Warning, t.copy_by_hand());
                return;
            }
            spawn_local(async move {
                let copied = gloo_utils::window().navigator().clipboard().write_text(&text);
                match JsFuture::from(copied).await {
                    Ok(_) => toasts.done(t.copied()),
                    Err(_) => toasts.say(Tone::Warning, t.copy_by_hand()),
                }
            });
        })
    };
    html! {
        <div class="gestfg-copy">
            <code class="gestfg-secret">{ props.text.clone() }</code>
            <Button label={t.copy()} kind={ButtonKind::Secondary} icon={IconName::Copy} {onclick} />
        </div>
    }
}
