//! What a document has in common with earlier ones, and who answers for it.

mod badge;
mod justification;
mod matches;

use crate::api::similarity::find_similarity;
use crate::components::{Alert, Card, Crumb, LoadingShape, PageHeader, PageSection, Tone, draw_remote};
use crate::format::{number, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use crate::live::use_updates;
use crate::route::Route;
use badge::SimilarityBadge;
use gestfg_types::ids::DocumentId;
use gestfg_types::similarity::{Similarity, SimilarityService, SimilarityState};
use gestfg_types::updates::UpdateTopic;
use justification::Justification;
use matches::Matches;
use yew::prelude::*;

pub(crate) use badge::SimilarityLine;

/// Thousandths in per cent, as people of the language write them.
fn per_cent(t: Texts, permille: i16) -> String {
    t.decimal(&format!("{}.{}", permille / 10, permille % 10))
}

/// Properties of [`SimilarityPage`].
#[derive(Properties, PartialEq)]
pub struct SimilarityPageProps {
    /// Of which document.
    pub id: DocumentId,
}

/// How much it is, the justification, and the passages side by side.
#[component]
pub fn SimilarityPage(props: &SimilarityPageProps) -> Html {
    let t = use_texts();
    let found = use_remote(props.id, |client, id| async move { find_similarity(&client, id).await });
    use_updates(&[UpdateTopic::Documents], &found.refresh);
    let lead = found.latest.as_ref().map(|found| {
        let version = t.document_version(found.version);
        AttrValue::from(format!("{} · {} · {version}", found.project_title, found.file_name))
    });
    let crumbs = vec![Crumb { to: Route::Assignments, label: t.route_assignments().into() }];
    let onchange = found.refresh.clone();
    let page = |similarity: &Similarity| {
        html! {
            <div class="gestfg-stack">
                <Outcome similarity={similarity.clone()} />
                if let Some(signed) = similarity.justifications.as_ref().filter(|signed| similarity.summary.is_flagged || !signed.is_empty()) {
                    <Justification similarity={similarity.clone()} signed={signed.clone()} onchange={onchange.clone()} />
                }
                if let Some(matches) = similarity.matches.as_ref().filter(|_| similarity.summary.state == SimilarityState::Done) {
                    <Matches matches={matches.clone()} />
                }
            </div>
        }
    };
    html! {
        <>
            <PageHeader title={t.route_similarity()} {lead} {crumbs} />
            <PageSection>{ draw_remote(&found, LoadingShape::Text, page) }</PageSection>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OutcomeProps {
    similarity: Similarity,
}

/// How much it is, of what, and what follows.
#[component]
fn Outcome(props: &OutcomeProps) -> Html {
    let t = use_texts();
    let dates = use_dates();
    let similarity = &props.similarity;
    let summary = similarity.summary;
    let waits = summary.is_flagged && !summary.is_justified;
    let is_own = similarity.matches.is_none();
    html! {
        <Card title={t.similarity_result()}>
            <div class="gestfg-stack">
                <p><SimilarityBadge {summary} /></p>
                { match summary.state {
                    SimilarityState::Done => html! {},
                    SimilarityState::Waiting | SimilarityState::Reading | SimilarityState::Read => {
                        html! { <p role="status">{ t.similarity_waits() }</p> }
                    }
                    SimilarityState::WithoutText => {
                        html! { <Alert tone={Tone::Warning} title={t.similarity_without_text()} /> }
                    }
                    SimilarityState::Unreadable => {
                        html! { <Alert tone={Tone::Warning} title={t.similarity_unreadable()} /> }
                    }
                } }
                if waits {
                    <Alert tone={Tone::Warning} title={t.similarity_flagged_title()}>
                        <p>{ if is_own { t.similarity_own_body() } else { t.similarity_flagged_body() } }</p>
                    </Alert>
                }
                <dl class="gestfg-facts">
                    if let Some(share) = summary.share_permille {
                        <dt>{ t.similarity_share() }</dt>
                        <dd><strong class="gestfg-mark">{ t.similarity_percent(&per_cent(t, share)) }</strong></dd>
                    }
                    if let Some(threshold) = summary.threshold_percent {
                        <dt>{ t.similarity_threshold() }</dt>
                        <dd>{ t.similarity_percent(&threshold.to_string()) }</dd>
                    }
                    if let (Some(read), Some(pages), Some(words)) = (similarity.pages_read, similarity.pages, similarity.words) {
                        <dt>{ t.similarity_read() }</dt>
                        <dd>
                            { t.similarity_extent(read, pages, &number(t, u64::try_from(words).unwrap_or_default())) }
                            if similarity.is_whole == Some(false) {
                                { ". " }{ t.similarity_not_whole() }
                            }
                        </dd>
                    }
                    if let (Some(count), Some(at)) = (similarity.compared_with, similarity.checked_at) {
                        <dt>{ t.similarity_compared() }</dt>
                        <dd>{ t.similarity_with(count, &dates.date_time(at)) }</dd>
                    }
                    if let Some(service) = &similarity.service {
                        <dt>{ t.similarity_service() }</dt>
                        <dd>{ told(t, service) }</dd>
                    }
                </dl>
            </div>
        </Card>
    }
}

/// What the service outside says.
fn told(t: Texts, service: &SimilarityService) -> Html {
    html! {
        <>
            { service.share_permille.map_or_else(
                || t.similarity_service_state(service.state).to_owned(),
                |share| t.similarity_percent(&per_cent(t, share)),
            ) }
            if let Some(url) = &service.report_url {
                { " · " }<a href={url.clone()} rel="noopener noreferrer" target="_blank">{ t.similarity_service_report() }</a>
            }
        </>
    }
}
