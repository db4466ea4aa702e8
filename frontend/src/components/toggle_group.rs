//! A few choices side by side.

use yew::prelude::*;

/// One of the choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Toggle {
    /// As it is stored.
    pub value: AttrValue,
    /// As it is shown.
    pub label: AttrValue,
}

impl Toggle {
    /// A value and its words.
    pub fn new(value: &'static str, label: impl Into<AttrValue>) -> Self {
        Self { value: AttrValue::Static(value), label: label.into() }
    }
}

/// Properties of [`ToggleGroup`].
#[derive(Properties, PartialEq)]
pub struct ToggleGroupProps {
    /// What is chosen by it, for those who do not see it.
    pub label: AttrValue,
    /// What there is to choose from.
    pub toggles: Vec<Toggle>,
    /// The value chosen.
    pub chosen: AttrValue,
    /// Choose this value.
    pub onchange: Callback<String>,
}

/// One of a few values, all of them in sight.
#[component]
pub fn ToggleGroup(props: &ToggleGroupProps) -> Html {
    let item = |toggle: &Toggle| {
        let on = toggle.value == props.chosen;
        let value = toggle.value.clone();
        html! {
            <div class="pf-v6-c-toggle-group__item">
                <button
                    type="button"
                    class={classes!("pf-v6-c-toggle-group__button", on.then_some("pf-m-selected"))}
                    aria-pressed={if on { "true" } else { "false" }}
                    onclick={props.onchange.reform(move |_| value.to_string())}
                >
                    <span class="pf-v6-c-toggle-group__text">{ toggle.label.clone() }</span>
                </button>
            </div>
        }
    };
    html! {
        <div class="pf-v6-c-toggle-group" role="group" aria-label={props.label.clone()}>
            { for props.toggles.iter().map(item) }
        </div>
    }
}
