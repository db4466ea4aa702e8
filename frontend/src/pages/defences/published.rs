//! Timetables that were published, for the front page.

use crate::api::defences::list_published_calls;
use crate::components::{Card, Icon, IconName, PageSection, RouteLink};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::route::Route;
use yew::prelude::*;

/// Links to those that are not over; nothing when there are none.
#[component]
pub(in crate::pages) fn Published() -> Html {
    let t = use_texts();
    let found = use_remote((), |client, ()| async move { list_published_calls(&client, true).await });
    let Some(page) = found.latest.filter(|page| !page.items.is_empty()) else { return html! {} };
    html! {
        <PageSection>
            <Card title={t.defences_published()}>
                <ul class="gestfg-dues" role="list">
                    { for page.items.iter().map(|call| html! {
                        <li key={call.call.id.0}>
                            <RouteLink
                                to={Route::Defences}
                                query={AttrValue::from(format!("call_id={}", call.call.id))}
                                class="gestfg-due"
                            >
                                <span class="gestfg-due__icon"><Icon name={IconName::Users} /></span>
                                <span>{ t.call_full_title(&call.call) }</span>
                                <Icon name={IconName::ChevronRight} />
                            </RouteLink>
                        </li>
                    }) }
                </ul>
            </Card>
        </PageSection>
    }
}
