//! The way to the inbox, with how much waits there.

use super::icon::{Icon, IconName};
use super::link::RouteLink;
use crate::i18n::use_texts;
use crate::live::use_unread;
use crate::route::Route;
use crate::session::use_session;
use yew::prelude::*;

/// The number beside a bell or an entry of the menu; nothing when it is zero.
/// It is said in words elsewhere.
pub(super) fn count_badge(count: i64) -> Html {
    if count <= 0 {
        return html! {};
    }
    let text = if count > 99 { "99+".to_owned() } else { count.to_string() };
    html! { <span class="pf-v6-c-badge pf-m-unread gestfg-count" aria-hidden="true">{ text }</span> }
}

/// The bell of the masthead. New arrivals are read out.
#[component]
pub(super) fn InboxBell() -> Html {
    let t = use_texts();
    let session = use_session();
    let count = use_unread().counts.notifications;
    if session.me().is_none() {
        return html! {};
    }
    let words = t.unread_notifications(count);
    html! {
        <>
            <RouteLink to={Route::Inbox} class="pf-v6-c-button pf-m-plain gestfg-bell" label={words.clone()}>
                <span class="pf-v6-c-button__icon"><Icon name={IconName::Bell} /></span>
                { count_badge(count) }
            </RouteLink>
            <span class="pf-v6-screen-reader" role="status">
                { if count > 0 { words } else { String::new() } }
            </span>
        </>
    }
}
