//! Where an evaluation request is.

use crate::components::{Badge, Colour, IconName};
use crate::i18n::use_texts;
use gestfg_types::evaluation_requests::EvaluationRequestState;
use yew::prelude::*;

/// Properties of [`RequestBadge`].
#[derive(Properties, PartialEq)]
pub(crate) struct RequestBadgeProps {
    /// Where it is.
    pub state: EvaluationRequestState,
}

/// Where an evaluation request is, in a word.
#[component]
pub(crate) fn RequestBadge(props: &RequestBadgeProps) -> Html {
    let t = use_texts();
    let (icon, colour) = match props.state {
        EvaluationRequestState::Requested => (IconName::CheckCircle, Colour::Green),
        EvaluationRequestState::Withdrawn => (IconName::Undo, Colour::Grey),
    };
    html! { <Badge label={t.request_state(props.state)} {icon} {colour} /> }
}
