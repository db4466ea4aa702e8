//! Cards.

use yew::prelude::*;

/// Properties of [`Card`].
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// Its heading.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Beside its heading.
    #[prop_or_default]
    pub actions: Html,
    /// What it holds.
    pub children: Html,
    /// What closes it.
    #[prop_or_default]
    pub footer: Html,
    /// Classes besides its own.
    #[prop_or_default]
    pub class: Classes,
}

/// A card with an optional heading of the second level.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! {
        <div class={classes!("pf-v6-c-card", props.class.clone())}>
            if let Some(title) = &props.title {
                <div class="pf-v6-c-card__header">
                    if props.actions != Html::default() {
                        <div class="pf-v6-c-card__actions">{ props.actions.clone() }</div>
                    }
                    <div class="pf-v6-c-card__header-main">
                        <div class="pf-v6-c-card__title">
                            <h2 class="pf-v6-c-card__title-text">{ title.clone() }</h2>
                        </div>
                    </div>
                </div>
            }
            <div class="pf-v6-c-card__body">{ props.children.clone() }</div>
            if props.footer != Html::default() {
                <div class="pf-v6-c-card__footer">{ props.footer.clone() }</div>
            }
        </div>
    }
}
