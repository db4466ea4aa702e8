//! How a document stands, in a word.

use super::per_cent;
use crate::components::{Badge, Colour, IconName, RouteLink};
use crate::i18n::use_texts;
use crate::route::Route;
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::{SimilarityState, SimilaritySummary};
use yew::prelude::*;

/// Properties of [`SimilarityBadge`].
#[derive(Properties, PartialEq)]
pub(super) struct SimilarityBadgeProps {
    /// How it stands.
    pub(super) summary: SimilaritySummary,
}

/// How much it is, and whether somebody has to answer for it.
#[component]
pub(super) fn SimilarityBadge(props: &SimilarityBadgeProps) -> Html {
    let t = use_texts();
    let summary = props.summary;
    let Some(share) = summary.share_permille else {
        let is_stuck = matches!(summary.state, SimilarityState::WithoutText | SimilarityState::Unreadable);
        let (colour, icon) =
            if is_stuck { (Colour::Orange, IconName::Warning) } else { (Colour::Grey, IconName::Clock) };
        return html! { <Badge label={t.similarity_state(summary.state)} {colour} {icon} outline=true /> };
    };
    let (colour, icon, word) = match (summary.is_flagged, summary.is_justified) {
        (true, false) => (Colour::Red, IconName::Warning, t.similarity_unjustified()),
        (true, true) => (Colour::Teal, IconName::CheckCircle, t.similarity_justified()),
        (false, _) => (Colour::Green, IconName::CheckCircle, t.similarity_below()),
    };
    let label = format!("{} · {word}", t.similarity_badge(&per_cent(t, share)));
    html! { <Badge {label} {colour} {icon} /> }
}

/// Properties of [`SimilarityLine`].
#[derive(Properties, PartialEq)]
pub(crate) struct SimilarityLineProps {
    /// Of which document.
    pub document: DocumentId,
    /// The file's name, to tell one link from another.
    pub name: AttrValue,
    /// How it stands.
    pub summary: SimilaritySummary,
}

/// How a version stands, and the way to the page about it.
#[component]
pub(crate) fn SimilarityLine(props: &SimilarityLineProps) -> Html {
    let t = use_texts();
    let words = t.similarity_details();
    html! {
        <p class="gestfg-small">
            <SimilarityBadge summary={props.summary} />{ " " }
            <RouteLink to={Route::Similarity { id: props.document }} label={format!("{words}: {}", props.name)}>
                { words }
            </RouteLink>
        </p>
    }
}
