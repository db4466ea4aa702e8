//! The frame every field stands in: label, help and what is wrong.

use super::icon::{Icon, IconName};
use crate::i18n::use_texts;
use gestfg_types::errors::FieldCode;
use yew::prelude::*;

/// Properties of [`FieldFrame`].
#[derive(Properties, PartialEq)]
pub struct FieldFrameProps {
    /// The DOM id of the control the label belongs to.
    pub id: AttrValue,
    /// Its label.
    pub label: AttrValue,
    /// Whether a value is due.
    #[prop_or_default]
    pub required: bool,
    /// How to fill it in.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<FieldCode>,
    /// Say it with these words instead of the code's.
    #[prop_or_default]
    pub says: Option<AttrValue>,
    /// Beside the help, e.g. how many characters are left.
    #[prop_or_default]
    pub aside: Html,
    /// The control.
    pub children: Html,
}

/// The id of the text that explains the control `id`.
#[must_use]
pub(super) fn help_id(id: &str) -> AttrValue {
    format!("{id}-help").into()
}

/// A label tied to its control, help below it, and what is wrong with it in
/// words, announced when it appears.
#[component]
pub fn FieldFrame(props: &FieldFrameProps) -> Html {
    let t = use_texts();
    html! {
        <div class="pf-v6-c-form__group">
            <div class="pf-v6-c-form__group-label">
                <label class="pf-v6-c-form__label" for={props.id.clone()}>
                    <span class="pf-v6-c-form__label-text">{ props.label.clone() }</span>
                    if props.required {
                        <span class="pf-v6-c-form__label-required" aria-hidden="true">{ " *" }</span>
                    }
                </label>
            </div>
            <div class="pf-v6-c-form__group-control">
                { props.children.clone() }
                <div class="pf-v6-c-form__helper-text" id={help_id(&props.id)} aria-live="polite">
                    <div class="pf-v6-c-helper-text gestfg-help">
                        if let Some(code) = props.error {
                            <div class="pf-v6-c-helper-text__item pf-m-error">
                                <span class="pf-v6-c-helper-text__item-icon"><Icon name={IconName::Danger} /></span>
                                <span class="pf-v6-c-helper-text__item-text">{ props.says.clone().unwrap_or_else(|| t.field_error(code).into()) }</span>
                            </div>
                        } else if let Some(help) = &props.help {
                            <div class="pf-v6-c-helper-text__item">
                                <span class="pf-v6-c-helper-text__item-text">{ help.clone() }</span>
                            </div>
                        }
                        { props.aside.clone() }
                    </div>
                </div>
            </div>
        </div>
    }
}
