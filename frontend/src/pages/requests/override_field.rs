//! Acting outside the dates, with a reason.

use crate::api::ApiError;
use crate::components::TextAreaField;
use crate::hooks::Field;
use crate::i18n::use_texts;
use gestfg_types::projects::REASON_MAX;
use yew::prelude::*;

/// Properties of [`OverrideField`].
#[derive(Properties, PartialEq)]
pub(crate) struct OverrideFieldProps {
    /// The reason and what may become of it.
    pub field: Field<String>,
    /// Why the last try failed.
    pub failure: Option<ApiError>,
    /// Whether it is known beforehand that a reason is due.
    #[prop_or_default]
    pub due: bool,
}

/// Asks for the reason once it is known that one is due: before, it would
/// invite people to explain what needs no explaining.
#[component]
pub(crate) fn OverrideField(props: &OverrideFieldProps) -> Html {
    let t = use_texts();
    let refused = props.failure.as_ref().is_some_and(ApiError::may_override);
    if !props.due && !refused && props.field.value.is_empty() {
        return html! {};
    }
    html! {
        <TextAreaField
            field={props.field.clone()}
            label={t.override_reason()}
            help={t.override_reason_help()}
            required=true
            rows={3}
            max={REASON_MAX}
        />
    }
}

/// The reason as it travels: nothing when nothing was written.
pub(crate) fn given(reason: &str) -> Option<String> {
    let reason = reason.trim();
    (!reason.is_empty()).then(|| reason.to_owned())
}
