//! Searching and filtering a list.

use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use gloo_timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Wait this long after the last key before searching, in milliseconds.
const PAUSE: u32 = 250;

/// Properties of [`SearchBox`].
#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    /// Its label.
    pub label: AttrValue,
    /// What is being searched.
    pub value: AttrValue,
    /// Search this.
    pub onsearch: Callback<String>,
    /// Its DOM id.
    #[prop_or(AttrValue::Static("search"))]
    pub id: AttrValue,
}

/// Searches as one types, a little after the last key; Enter does not wait.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let t = use_texts();
    let typed = use_state_eq(|| props.value.clone());
    let pending = use_mut_ref(|| None::<Timeout>);
    let sent = use_mut_ref(|| props.value.clone());
    // A value that is not what was sent last comes from the URL: follow it.
    if *sent.borrow() != props.value {
        *sent.borrow_mut() = props.value.clone();
        typed.set(props.value.clone());
    }
    let send = {
        let (sent, onsearch) = (sent.clone(), props.onsearch.clone());
        move |text: AttrValue| {
            if *sent.borrow() != text {
                *sent.borrow_mut() = text.clone();
                onsearch.emit(text.trim().to_owned());
            }
        }
    };
    let oninput = {
        let (typed, pending, send) = (typed.clone(), pending.clone(), send.clone());
        Callback::from(move |event: InputEvent| {
            let text: AttrValue = event.target_unchecked_into::<HtmlInputElement>().value().into();
            typed.set(text.clone());
            let send = send.clone();
            *pending.borrow_mut() = Some(Timeout::new(PAUSE, move || send(text)));
        })
    };
    let onsubmit = {
        let (typed, pending, send) = (typed.clone(), pending.clone(), send.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            // It may stand within a larger form, which is not to be sent.
            event.stop_propagation();
            *pending.borrow_mut() = None;
            send((*typed).clone());
        })
    };
    let onclear = {
        let typed = typed.clone();
        Callback::from(move |_| {
            typed.set(AttrValue::Static(""));
            *pending.borrow_mut() = None;
            send(AttrValue::Static(""));
        })
    };
    html! {
        <form role="search" {onsubmit} class="gestfg-search">
            <label class="pf-v6-screen-reader" for={props.id.clone()}>{ props.label.clone() }</label>
            <div class="pf-v6-c-text-input-group">
                <div class="pf-v6-c-text-input-group__main pf-m-icon">
                    <span class="pf-v6-c-text-input-group__text">
                        <span class="pf-v6-c-text-input-group__icon"><Icon name={IconName::Search} /></span>
                        <input
                            class="pf-v6-c-text-input-group__text-input"
                            id={props.id.clone()}
                            type="search"
                            enterkeyhint="search"
                            value={(*typed).clone()}
                            placeholder={props.label.clone()}
                            autocomplete="off"
                            {oninput}
                        />
                    </span>
                </div>
                if !typed.is_empty() {
                    <div class="pf-v6-c-text-input-group__utilities">
                        <Button
                            label={t.clear_search()}
                            kind={ButtonKind::Plain}
                            icon={IconName::Times}
                            icon_only=true
                            onclick={onclear}
                        />
                    </div>
                }
            </div>
        </form>
    }
}

/// Properties of [`FilterBar`].
#[derive(Properties, PartialEq)]
pub struct FilterBarProps {
    /// The search box and the filters.
    pub children: Html,
    /// Whether any filter is set.
    #[prop_or_default]
    pub active: bool,
    /// Take all filters away.
    #[prop_or_default]
    pub onclear: Callback<()>,
}

/// A row of filters above a list, with a way to take them all away.
#[component]
pub fn FilterBar(props: &FilterBarProps) -> Html {
    let t = use_texts();
    html! {
        <div class="gestfg-filters" role="group" aria-label={t.filters()}>
            { props.children.clone() }
            if props.active {
                <Button
                    label={t.clear_filters()}
                    kind={ButtonKind::Link}
                    icon={IconName::Times}
                    onclick={props.onclear.reform(|_| ())}
                />
            }
        </div>
    }
}
