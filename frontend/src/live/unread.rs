//! How many things wait to be read.

use super::use_updates;
use crate::api::notifications::unread_counts;
use crate::hooks::use_remote;
use crate::program::Program;
use crate::session::use_session;
use gestfg_types::notifications::UnreadCounts;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// The numbers, and the way to count anew.
#[derive(Clone, Default, PartialEq)]
pub struct Unread {
    /// How many there are; none for a visitor.
    pub counts: UnreadCounts,
    /// Count anew: something was read here.
    pub refresh: Callback<()>,
}

/// Properties of [`UnreadProvider`].
#[derive(Properties, PartialEq)]
pub struct UnreadProviderProps {
    /// What shows the numbers.
    pub children: Html,
}

/// Keeps the numbers true and gives them to all below it.
#[component]
pub fn UnreadProvider(props: &UnreadProviderProps) -> Html {
    let session = use_session();
    let who = session.me().map(|me| me.id);
    let remote = use_remote(who, |client, who| async move {
        match who {
            Some(_) if Program::HAS_SESSIONS => unread_counts(&client).await,
            _ => Ok(UnreadCounts::default()),
        }
    });
    use_updates(&[UpdateTopic::Inbox, UpdateTopic::Messages], &remote.refresh);
    let counts = remote.latest.as_deref().copied().filter(|_| who.is_some()).unwrap_or_default();
    let context = Unread { counts, refresh: remote.refresh };
    html! { <ContextProvider<Unread> {context}>{ props.children.clone() }</ContextProvider<Unread>> }
}

/// How many things wait to be read.
#[hook]
pub fn use_unread() -> Unread {
    use_context::<Unread>().unwrap_or_default()
}
