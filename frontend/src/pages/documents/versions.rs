//! The versions of a document.

use crate::api::documents::document_content;
use crate::components::{Badge, Button, ButtonKind, Colour, IconName, ProblemAlert};
use crate::download::save_file;
use crate::format::{size, use_dates};
use crate::hooks::use_action;
use crate::i18n::use_texts;
use crate::pages::similarity::SimilarityLine;
use gestfg_types::documents::Document;
use yew::prelude::*;

/// Properties of [`Versions`].
#[derive(Properties, PartialEq)]
pub(super) struct VersionsProps {
    /// What people call the document.
    pub(super) name: AttrValue,
    /// The newest first.
    pub(super) versions: Vec<Document>,
}

/// The newest version, and the earlier ones for those who look for them.
#[component]
pub(super) fn Versions(props: &VersionsProps) -> Html {
    let t = use_texts();
    let draw = |document: &Document| {
        html! { <Version key={document.id.0} name={props.name.clone()} document={document.clone()} /> }
    };
    html! {
        <>
            { for props.versions.first().map(draw) }
            if props.versions.len() > 1 {
                <details class="gestfg-document__older">
                    <summary>{ format!("{} ({})", t.document_older(), props.versions.len() - 1) }</summary>
                    { for props.versions.iter().skip(1).map(draw) }
                </details>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct VersionProps {
    name: AttrValue,
    document: Document,
}

/// What was received, with the way to have it back.
#[component]
fn Version(props: &VersionProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let document = &props.document;
    let download = use_action({
        let (id, name, format) = (document.id, document.file_name.clone(), document.format);
        move |client, ()| {
            let name = name.clone();
            async move {
                let bytes = document_content(&client, id).await?;
                save_file(&name, format.media_type(), &bytes);
                Ok(())
            }
        }
    });
    html! {
        <div class="gestfg-document__version">
            <div class="gestfg-document__file">
                <p>
                    <strong>{ &document.file_name }</strong>
                    <span class="gestfg-subtle">
                        { format!(" · {} · {}", t.document_version(document.version), size(t, document.size.unsigned_abs())) }
                    </span>
                    if document.outside_reason.is_some() {
                        { " " }<Badge label={t.document_outside()} colour={Colour::Orange} outline=true />
                    }
                </p>
                <p class="gestfg-subtle gestfg-small">
                    { t.document_received(&document.uploaded_by.name, &dates.long_date_time(document.uploaded_at)) }
                </p>
                <p class="gestfg-small">
                    <span class="gestfg-subtle">{ t.document_fingerprint() }{ ": " }</span>
                    <code class="gestfg-fingerprint">{ &document.sha256 }</code>
                </p>
                if let Some(summary) = document.similarity {
                    <SimilarityLine document={document.id} name={document.file_name.clone()} {summary} />
                }
                if let Some(error) = &download.error {
                    <ProblemAlert error={error.clone()} />
                }
            </div>
            if document.is_kept {
              <Button
                label={t.document_download_named(&props.name, document.version)}
                kind={ButtonKind::Plain}
                icon={IconName::Download}
                icon_only=true
                busy={download.running}
                onclick={download.run.reform(|_| ())}
              />
            } else {
                <span class="gestfg-subtle gestfg-small">{ t.document_not_kept() }</span>
            }
        </div>
    }
}
