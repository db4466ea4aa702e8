//! Conflicts of interest: one's own, and those that are declared on behalf.

mod declare;
mod list;

use crate::components::Card;
use crate::i18n::use_texts;
pub(super) use list::ConflictList;
use yew::prelude::*;

/// The reader's own, in a card.
#[component]
pub(super) fn ConflictCard() -> Html {
    let t = use_texts();
    html! {
        <Card title={t.route_conflicts()}>
            <div class="gestfg-stack">
                <p>{ t.conflicts_own_lead() }</p>
                <ConflictList own=true />
            </div>
        </Card>
    }
}
