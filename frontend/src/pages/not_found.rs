//! Nothing is here.

use crate::components::{ButtonKind, EmptyState, IconName, PageHeader, PageSection, route_button};
use crate::i18n::use_texts;
use crate::route::Route;
use yew::prelude::*;

/// Says that there is no such page.
#[component]
pub fn NotFoundPage() -> Html {
    let t = use_texts();
    let actions = html! {
        <>
            { route_button(Route::Front, ButtonKind::Primary, Some(IconName::Home), t.go_to_front()) }
            { route_button(Route::Catalogue, ButtonKind::Link, None, t.browse_all()) }
        </>
    };
    html! {
        <>
            <PageHeader title={t.route_not_found()} />
            <PageSection>
                <EmptyState title={t.not_found_title()} {actions}>{ t.not_found_body() }</EmptyState>
            </PageSection>
        </>
    }
}
