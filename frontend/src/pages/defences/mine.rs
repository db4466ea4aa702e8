//! The next defences the reader takes part in, for the front page.

use super::table::DefenceTable;
use crate::api::defences::{from_today, list_defences};
use crate::components::{Card, PageSection, RouteLink};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use crate::route::Route;
use gestfg_types::defences::Defence;
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// A few of them, with a way to all; nothing when there are none.
#[component]
pub(in crate::pages) fn MyDefences() -> Html {
    let t = use_texts();
    let found = use_remote((), |client, ()| async move {
        let from = from_today();
        list_defences(&client, &[("mine", "true"), ("from", from.as_str()), ("limit", "5")]).await
    });
    use_updates(&[UpdateTopic::Defences], &found.refresh);
    let items: Vec<Defence> =
        found.latest.as_ref().map(|page: &std::rc::Rc<Page<Defence>>| page.items.clone()).unwrap_or_default();
    let Some(first) = items.first() else { return html! {} };
    let query = AttrValue::from(format!("call_id={}&mine=1", first.call.id));
    let all = html! { <RouteLink to={Route::Defences} {query}>{ t.defences_see_mine() }</RouteLink> };
    html! {
        <PageSection>
            <Card title={t.defences_my_next()} actions={all}>
                <DefenceTable
                    caption={t.defences_my_next()}
                    defences={items}
                    with_day=true
                    with_room=true
                    with_committee=true
                    with_documents=true
                />
            </Card>
        </PageSection>
    }
}
