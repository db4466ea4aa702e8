//! Nothing here yet, and what to do about it.

use super::icon::{Icon, IconName};
use yew::prelude::*;

/// Properties of [`EmptyState`].
#[derive(Properties, PartialEq)]
pub struct EmptyStateProps {
    /// Its icon.
    #[prop_or(IconName::Search)]
    pub icon: IconName,
    /// What is missing.
    pub title: AttrValue,
    /// Why, and what to do.
    #[prop_or_default]
    pub children: Html,
    /// Buttons or links that do it.
    #[prop_or_default]
    pub actions: Html,
}

/// Says that there is nothing, and what to do about it.
#[component]
pub fn EmptyState(props: &EmptyStateProps) -> Html {
    html! {
        <div class="pf-v6-c-empty-state">
            <div class="pf-v6-c-empty-state__content">
                <div class="pf-v6-c-empty-state__header">
                    <div class="pf-v6-c-empty-state__icon"><Icon name={props.icon} /></div>
                    <div class="pf-v6-c-empty-state__title">
                        <h2 class="pf-v6-c-empty-state__title-text">{ props.title.clone() }</h2>
                    </div>
                </div>
                <div class="pf-v6-c-empty-state__body">{ props.children.clone() }</div>
                if props.actions != Html::default() {
                    <div class="pf-v6-c-empty-state__footer">
                        <div class="pf-v6-c-empty-state__actions">{ props.actions.clone() }</div>
                    </div>
                }
            </div>
        </div>
    }
}
