//! Documents handed in for an evaluation.

mod ask;
mod extensions;
mod place;
mod reading;
mod versions;

use crate::api::documents::{list_documents, list_documents_of_defence};
use crate::components::{Badge, Button, ButtonKind, Card, Colour, IconName, LoadingShape, draw_remote};
use crate::hooks::use_remote;
use crate::i18n::use_texts;
use crate::live::use_updates;
use ask::AskDialog;
use extensions::Extensions;
use gestfg_types::documents::{DocumentSet, DocumentSetAction};
use gestfg_types::ids::{DefenceId, EvaluationRequestId};
use gestfg_types::updates::UpdateTopic;
use place::Place;
use yew::prelude::*;

pub use reading::DefenceDocumentsPage;

/// What the documents are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// An evaluation request.
    Request(EvaluationRequestId),
    /// One defence of it.
    Defence(DefenceId),
}

/// Properties of [`Documents`].
#[derive(Properties, PartialEq)]
pub(crate) struct DocumentsProps {
    /// Of what.
    pub of: Source,
}

/// What is asked for before a defence, what was handed in, and the ways to
/// hand in and to ask for more time.
#[component]
pub(crate) fn Documents(props: &DocumentsProps) -> Html {
    let t = use_texts();
    let asking = use_state_eq(|| false);
    let found = use_remote(props.of, |client, of| async move {
        match of {
            Source::Request(id) => list_documents(&client, id).await,
            Source::Defence(id) => list_documents_of_defence(&client, id).await,
        }
    });
    use_updates(&[UpdateTopic::Documents, UpdateTopic::Calls], &found.refresh);
    let refresh = found.refresh.clone();
    let set = found.latest.clone();
    let may_ask =
        set.as_ref().is_some_and(|set| set.allowed_actions.contains(&DocumentSetAction::AskExtension));
    let open = {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(true))
    };
    let close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(false))
    };
    let asked = {
        let (asking, refresh) = (asking.setter(), refresh.clone());
        Callback::from(move |()| {
            asking.set(false);
            refresh.emit(());
        })
    };
    let actions = may_ask.then(|| {
        html! {
            <Button label={t.extension_ask()} kind={ButtonKind::Link} icon={IconName::Clock} onclick={open} />
        }
    });
    let draw = |set: &DocumentSet| {
        html! {
            <div class="gestfg-stack">
                if set.places.is_empty() {
                    <p class="gestfg-subtle">{ t.documents_none() }</p>
                } else {
                    <p>
                        if set.is_complete {
                            <Badge label={t.documents_complete()} colour={Colour::Green} icon={IconName::CheckCircle} />
                        } else {
                            <Badge label={t.documents_missing()} colour={Colour::Orange} icon={IconName::Warning} />
                        }
                    </p>
                    <ul class="gestfg-documents" role="list">
                        { for set.places.iter().map(|place| {
                            let owner = place.student.as_ref().map_or(0, |student| student.id.0);
                            html! {
                                <Place
                                    key={format!("{}-{owner}", place.kind)}
                                    request={set.evaluation_request_id}
                                    place={place.clone()}
                                    max_bytes={set.max_bytes}
                                    onchange={refresh.clone()}
                                />
                            }
                        }) }
                    </ul>
                }
                if !set.extensions.is_empty() {
                    <Extensions extensions={set.extensions.clone()} onchange={refresh.clone()} />
                }
            </div>
        }
    };
    html! {
        <Card title={t.documents()} actions={actions.unwrap_or_default()}>
            { draw_remote(&found, LoadingShape::Text, draw) }
            if let Some(set) = set.filter(|_| *asking) {
                <AskDialog set={(*set).clone()} onclose={close} onasked={asked} />
            }
        </Card>
    }
}
