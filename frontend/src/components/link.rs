//! Links to places of the application.

use super::button::ButtonKind;
use super::icon::{Icon, IconName};
use crate::route::Route;
use yew::prelude::*;
use yew_router::prelude::*;

/// Properties of [`RouteLink`].
#[derive(Properties, PartialEq)]
pub struct RouteLinkProps {
    /// Where it leads.
    pub to: Route,
    /// The query of the place, e.g. `q=redes`.
    #[prop_or_default]
    pub query: Option<AttrValue>,
    /// Its classes.
    #[prop_or_default]
    pub class: Classes,
    /// Says that one is there already.
    #[prop_or_default]
    pub current: bool,
    /// What it shows.
    pub children: Html,
    /// What it says when it shows no words.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Also do this when it is followed.
    #[prop_or_default]
    pub onfollow: Callback<()>,
}

/// A link that changes the page without loading it; with a modifier key the
/// browser does what it always does.
#[component]
pub fn RouteLink(props: &RouteLinkProps) -> Html {
    let navigator = use_navigator();
    let path = props.to.to_path();
    let href = match &props.query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let onclick = {
        let (to, query, onfollow) = (props.to.clone(), props.query.clone(), props.onfollow.clone());
        Callback::from(move |event: MouseEvent| {
            if event.meta_key()
                || event.ctrl_key()
                || event.shift_key()
                || event.alt_key()
                || event.button() != 0
            {
                return;
            }
            let Some(navigator) = &navigator else { return };
            event.prevent_default();
            onfollow.emit(());
            let pairs: Vec<(String, String)> =
                query.as_deref().and_then(|query| serde_urlencoded::from_str(query).ok()).unwrap_or_default();
            if pairs.is_empty() || navigator.push_with_query(&to, pairs).is_err() {
                navigator.push(&to);
            }
        })
    };
    html! {
        <a
            class={props.class.clone()}
            {href}
            {onclick}
            aria-label={props.label.clone()}
            title={props.label.clone()}
            aria-current={props.current.then_some("page")}
        >
            { props.children.clone() }
        </a>
    }
}

/// A link that looks like a button.
pub fn route_button(to: Route, kind: ButtonKind, icon: Option<IconName>, label: &'static str) -> Html {
    html! {
        <RouteLink {to} class={kind.class()}>
            if let Some(name) = icon {
                <span class="pf-v6-c-button__icon pf-m-start"><Icon {name} /></span>
            }
            <span class="pf-v6-c-button__text">{ label }</span>
        </RouteLink>
    }
}

/// Properties of [`PathLink`].
#[derive(Properties, PartialEq)]
pub struct PathLinkProps {
    /// The place as the server names it, e.g. `/projects/7`.
    pub path: AttrValue,
    /// Its classes.
    #[prop_or_default]
    pub class: Classes,
    /// What it shows.
    pub children: Html,
    /// Also do this when it is followed.
    #[prop_or_default]
    pub onfollow: Callback<()>,
}

/// A link to a place the server named.
#[component]
pub fn PathLink(props: &PathLinkProps) -> Html {
    let (path, query) = props.path.split_once('?').unwrap_or((&props.path, ""));
    match Route::recognize(path) {
        Some(to) if to != Route::NotFound => html! {
            <RouteLink
                {to}
                query={(!query.is_empty()).then(|| AttrValue::from(query.to_owned()))}
                class={props.class.clone()}
                onfollow={props.onfollow.clone()}
            >
                { props.children.clone() }
            </RouteLink>
        },
        _ => html! {
            <a class={props.class.clone()} href={props.path.clone()} onclick={props.onfollow.reform(|_| ())}>
                { props.children.clone() }
            </a>
        },
    }
}
