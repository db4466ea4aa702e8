//! Short messages that come and go.

use super::alert::Tone;
use super::button::{Button, ButtonKind};
use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use yew::prelude::*;

/// How long a message stays, in milliseconds.
const LIFE: u32 = 7_000;

#[derive(Debug, Clone, PartialEq)]
struct Toast {
    id: u32,
    tone: Tone,
    text: AttrValue,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct State {
    next: u32,
    toasts: Vec<Toast>,
}

enum Event {
    Show(Tone, AttrValue),
    Hide(u32),
}

impl Reducible for State {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Show(tone, text) => {
                next.toasts.push(Toast { id: next.next, tone, text });
                next.next += 1;
            }
            Event::Hide(id) => next.toasts.retain(|toast| toast.id != id),
        }
        Rc::new(next)
    }
}

/// The way to show a short message.
#[derive(Clone, PartialEq)]
pub struct ToastContext {
    state: UseReducerDispatcher<State>,
}

impl ToastContext {
    /// Says that something was done.
    pub fn done(&self, text: impl Into<AttrValue>) {
        self.state.dispatch(Event::Show(Tone::Success, text.into()));
    }

    /// Says something.
    pub fn say(&self, tone: Tone, text: impl Into<AttrValue>) {
        self.state.dispatch(Event::Show(tone, text.into()));
    }
}

/// Properties of [`Toasts`].
#[derive(Properties, PartialEq)]
pub struct ToastsProps {
    /// What may show messages.
    pub children: Html,
}

/// Shows the messages of all below it, and has them read out.
#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let t = use_texts();
    let state = use_reducer_eq(State::default);
    let context = ToastContext { state: state.dispatcher() };
    html! {
        <ContextProvider<ToastContext> {context}>
            { props.children.clone() }
            <ul class="pf-v6-c-alert-group pf-m-toast" role="list" aria-live="polite" aria-label={t.messages()}>
                { for state.toasts.iter().map(|toast| {
                    let id = toast.id;
                    let dispatcher = state.dispatcher();
                    let onclose = Callback::from(move |()| dispatcher.dispatch(Event::Hide(id)));
                    html! { <ToastView key={id} tone={toast.tone} text={toast.text.clone()} {onclose} /> }
                }) }
            </ul>
        </ContextProvider<ToastContext>>
    }
}

#[derive(Properties, PartialEq)]
struct ToastViewProps {
    tone: Tone,
    text: AttrValue,
    onclose: Callback<()>,
}

#[component]
fn ToastView(props: &ToastViewProps) -> Html {
    let t = use_texts();
    {
        let onclose = props.onclose.clone();
        use_effect_with((), move |()| {
            let timeout = Timeout::new(LIFE, move || onclose.emit(()));
            move || drop(timeout)
        });
    }
    html! {
        <li class="pf-v6-c-alert-group__item">
            <div class={classes!("pf-v6-c-alert", props.tone.class())}>
                <div class="pf-v6-c-alert__icon"><Icon name={props.tone.icon()} /></div>
                <p class="pf-v6-c-alert__title">
                    <span class="pf-v6-screen-reader">{ t.tone(props.tone) }{ " " }</span>
                    { props.text.clone() }
                </p>
                <div class="pf-v6-c-alert__action">
                    <Button
                        label={t.close()}
                        kind={ButtonKind::Plain}
                        icon={IconName::Times}
                        icon_only=true
                        onclick={props.onclose.reform(|_| ())}
                    />
                </div>
            </div>
        </li>
    }
}

/// The way to show a short message. Outside [`Toasts`] nothing shows.
#[hook]
pub fn use_toasts() -> ToastContext {
    let fallback = use_reducer_eq(State::default);
    use_context::<ToastContext>().unwrap_or_else(|| ToastContext { state: fallback.dispatcher() })
}
