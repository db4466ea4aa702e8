//! Buttons.

use super::icon::{Icon, IconName};
use yew::prelude::*;

/// How much a button insists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Another thing to do here.
    Secondary,
    /// Something less usual.
    Tertiary,
    /// Something that takes away.
    Danger,
    /// Looks like a link.
    Link,
    /// A link within a sentence.
    InlineLink,
    /// Only an icon, or as plain as one.
    Plain,
    /// Belongs to a field.
    Control,
}

impl ButtonKind {
    /// PatternFly's classes for it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "pf-v6-c-button pf-m-primary",
            Self::Secondary => "pf-v6-c-button pf-m-secondary",
            Self::Tertiary => "pf-v6-c-button pf-m-tertiary",
            Self::Danger => "pf-v6-c-button pf-m-danger",
            Self::Link => "pf-v6-c-button pf-m-link",
            Self::InlineLink => "pf-v6-c-button pf-m-link pf-m-inline",
            Self::Plain => "pf-v6-c-button pf-m-plain",
            Self::Control => "pf-v6-c-button pf-m-control",
        }
    }
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What it says. With `icon_only` it is read out instead.
    pub label: AttrValue,
    /// How much it insists.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// What it does.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// An icon before its words.
    #[prop_or_default]
    pub icon: Option<IconName>,
    /// Show the icon alone.
    #[prop_or_default]
    pub icon_only: bool,
    /// Whether it sends the form it is in.
    #[prop_or_default]
    pub submit: bool,
    /// Whether it cannot be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it is at work; it cannot be used then.
    #[prop_or_default]
    pub busy: bool,
    /// As wide as what holds it.
    #[prop_or_default]
    pub block: bool,
    /// Smaller than usual.
    #[prop_or_default]
    pub small: bool,
    /// Says that it is switched on (`aria-pressed`).
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Says that what it opens is open.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// The id of what it opens.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// Its DOM id.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The id of the form it sends, when it stands outside.
    #[prop_or_default]
    pub form: Option<AttrValue>,
    /// Classes besides its own.
    #[prop_or_default]
    pub class: Classes,
    /// A way to its element.
    #[prop_or_default]
    pub node: NodeRef,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let class = classes!(
        props.kind.class(),
        props.block.then_some("pf-m-block"),
        props.small.then_some("pf-m-small"),
        props.busy.then_some("pf-m-progress pf-m-in-progress"),
        props.class.clone(),
    );
    let icon = props.icon.map(|name| {
        let class = if props.icon_only { "pf-v6-c-button__icon" } else { "pf-v6-c-button__icon pf-m-start" };
        html! { <span {class}><Icon {name} /></span> }
    });
    let label = props.icon_only.then(|| props.label.clone());
    let said = |value: Option<bool>| value.map(|on| AttrValue::Static(if on { "true" } else { "false" }));
    html! {
        <button
            ref={props.node.clone()}
            {class}
            id={props.id.clone()}
            form={props.form.clone()}
            type={if props.submit { "submit" } else { "button" }}
            disabled={props.disabled || props.busy}
            onclick={props.onclick.clone()}
            aria-label={label.clone()}
            title={label}
            aria-busy={props.busy.then_some("true")}
            aria-pressed={said(props.pressed)}
            aria-expanded={said(props.expanded)}
            aria-controls={props.controls.clone()}
        >
            if props.busy {
                <span class="pf-v6-c-button__progress">{ spinner() }</span>
            }
            { icon }
            if !props.icon_only {
                <span class="pf-v6-c-button__text">{ props.label.clone() }</span>
            }
        </button>
    }
}

fn spinner() -> Html {
    html! {
        <svg class="pf-v6-c-spinner pf-m-md" viewBox="0 0 100 100" aria-hidden="true">
            <circle class="pf-v6-c-spinner__path" cx="50" cy="50" r="45" fill="none" />
        </svg>
    }
}
