//! Remote data, every case drawn.

use super::alert::ProblemAlert;
use super::button::{Button, ButtonKind};
use super::icon::IconName;
use crate::api::ApiError;
use crate::hooks::{Remote, RemoteHandle};
use crate::i18n::use_texts;
use yew::prelude::*;

/// The shape of what is on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LoadingShape {
    /// Rows of a table.
    #[default]
    Rows,
    /// A page of text.
    Text,
    /// Cards beside each other.
    Cards,
}

/// Properties of [`Loading`].
#[derive(Properties, PartialEq)]
pub struct LoadingProps {
    /// The shape of what is on its way.
    #[prop_or_default]
    pub shape: LoadingShape,
}

/// Grey shapes where something is about to be.
#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    let t = use_texts();
    let (class, count) = match props.shape {
        LoadingShape::Rows => ("gestfg-loading-rows", 6),
        LoadingShape::Text => ("gestfg-loading-text", 8),
        LoadingShape::Cards => ("gestfg-cards", 6),
    };
    let piece = if props.shape == LoadingShape::Cards {
        "pf-v6-c-skeleton gestfg-skeleton-card"
    } else {
        "pf-v6-c-skeleton"
    };
    html! {
        <div {class} role="status">
            <span class="pf-v6-screen-reader">{ t.loading() }</span>
            { for (0..count).map(|_| html! { <div class={piece} aria-hidden="true"></div> }) }
        </div>
    }
}

/// Properties of [`LoadFailed`].
#[derive(Properties, PartialEq)]
pub struct LoadFailedProps {
    /// Why it did not come.
    pub error: ApiError,
    /// Ask again.
    pub onretry: Callback<()>,
}

/// Says why something did not come, and offers to ask again.
#[component]
pub fn LoadFailed(props: &LoadFailedProps) -> Html {
    let t = use_texts();
    let actions = html! {
        <Button
            label={t.retry()}
            kind={ButtonKind::InlineLink}
            icon={IconName::Undo}
            onclick={props.onretry.reform(|_| ())}
        />
    };
    html! { <ProblemAlert error={props.error.clone()} {actions} /> }
}

/// Draws remote data: shapes while they come, what went wrong, or `ready`.
/// While newer data come, the former stay, marked as busy.
pub fn draw_remote<T>(remote: &RemoteHandle<T>, shape: LoadingShape, ready: impl FnOnce(&T) -> Html) -> Html {
    match (&remote.state, &remote.latest) {
        (Remote::Failed(error), _) => failed(error, &remote.reload),
        (Remote::Ready(data), _) => frame(ready(data), false),
        (Remote::Loading | Remote::Idle, Some(data)) => frame(ready(data), true),
        (Remote::Loading | Remote::Idle, None) => html! { <Loading {shape} /> },
    }
}

fn failed(error: &ApiError, reload: &Callback<()>) -> Html {
    html! { <LoadFailed error={error.clone()} onretry={reload.clone()} /> }
}

fn frame(content: Html, busy: bool) -> Html {
    html! {
        <div class={busy.then_some("gestfg-refreshing")} aria-busy={if busy { "true" } else { "false" }}>{ content }</div>
    }
}
