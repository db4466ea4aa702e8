//! Why something cannot be done now.

use crate::api::calls::list_calls;
use crate::api::error::closed_sentence;
use crate::format::use_dates;
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use gestfg_types::calls::{Call, CallPhase, Phase, PhaseStanding};
use gestfg_types::errors::ClosedPhase;
use gestfg_types::ids::DegreeId;
use gestfg_types::updates::UpdateTopic;
use yew::prelude::*;

/// Properties of [`WindowNote`].
#[derive(Properties, PartialEq)]
pub(crate) struct WindowNoteProps {
    /// Of which degree.
    pub degree: DegreeId,
    /// The phase it belongs to.
    pub phase: Phase,
}

/// The nearest dates of a phase that is not open, as the server would name
/// them when it refuses; none while it is open.
pub(crate) fn closed(calls: &[Call], phase: Phase) -> Option<ClosedPhase> {
    let windows: Vec<&CallPhase> =
        calls.iter().flat_map(|call| &call.phases).filter(|found| found.phase == phase).collect();
    let with = |wanted: PhaseStanding| windows.iter().filter(move |found| found.standing == wanted);
    if with(PhaseStanding::Open).next().is_some() {
        return None;
    }
    Some(ClosedPhase {
        phase,
        call_id: None,
        opens_at: with(PhaseStanding::Ahead).map(|found| found.starts_at).min(),
        closed_at: with(PhaseStanding::Over).map(|found| found.ends_at).max(),
        may_override: false,
    })
}

/// Says beforehand what the server would answer: where a button is missing,
/// people want to know why, and when it will be there.
#[component]
pub(crate) fn WindowNote(props: &WindowNoteProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let found = use_remote(props.degree, |client, degree| async move {
        let degree = degree.to_string();
        list_calls(&client, &[("degree_id", degree.as_str()), ("state", "open"), ("limit", "20")]).await
    });
    use_updates(&[UpdateTopic::Calls], &found.refresh);
    let closed = found.latest.as_ref().and_then(|page| closed(&page.items, props.phase));
    html! {
        if let Some(closed) = closed {
            <p class="gestfg-subtle">{ closed_sentence(&closed, t, &dates) }</p>
        }
    }
}
