//! The announcements on the front page.

use crate::api::events::list_events;
use crate::components::{AnnouncementItem, Card, LoadFailed, PageSection};
use crate::hooks::{Remote, use_remote};
use crate::i18n::use_texts;
use crate::live::use_updates;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// How many are shown.
const SHOWN: &str = "5";

/// What is announced to the reader, the pinned first; nothing at all while
/// there is nothing to say.
#[component]
pub(in crate::pages) fn Announcements() -> Html {
    let t = use_texts();
    let remote = use_remote((), |client, ()| async move {
        list_events(&client, &[("kind", "announcement"), ("limit", SHOWN)]).await
    });
    use_updates(&[UpdateTopic::Events], &remote.refresh);
    let content = match (&remote.state, &remote.latest) {
        (Remote::Failed(error), _) => {
            html! { <LoadFailed error={error.clone()} onretry={remote.reload.clone()} /> }
        }
        (_, Some(page)) if !page.items.is_empty() => html! {
            <div class="gestfg-announcements">
                { for page.items.iter().map(|event| html! { <AnnouncementItem key={event.id.0} event={event.clone()} /> }) }
            </div>
        },
        _ => return html! {},
    };
    html! { <PageSection><Card title={t.announcements()}>{ content }</Card></PageSection> }
}
