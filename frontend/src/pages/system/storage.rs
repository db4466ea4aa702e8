//! How much room documents and the database take.

use crate::components::{Alert, Card, Tone};
use crate::format::{number, size};
use crate::i18n::use_texts;
use gestfg_types::documents::StorageUsage;
use yew::prelude::*;

/// Properties of [`StorageCard`].
#[derive(Properties, PartialEq)]
pub(super) struct StorageCardProps {
    /// What is taken.
    pub usage: StorageUsage,
}

/// What documents and the database take, with a warning when it gets tight.
#[component]
pub(super) fn StorageCard(props: &StorageCardProps) -> Html {
    let t = use_texts();
    let usage = &props.usage;
    let fact = |term: &'static str, value: Html| html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> };
    let bytes = |bytes: i64| size(t, bytes.unsigned_abs());
    let documents = |count: i64, of: i64| t.storage_documents(&number(t, count.unsigned_abs()), &bytes(of));
    let database = match usage.database_limit_bytes {
        Some(limit) if limit > 0 => {
            let percent = usage.database_bytes.unsigned_abs() * 100 / limit.unsigned_abs();
            html! {
                <>
                    <p id="storage-database">{ t.storage_used(&bytes(usage.database_bytes), &bytes(limit), percent) }</p>
                    <meter
                        class="gestfg-meter"
                        aria-labelledby="storage-database"
                        max="100"
                        high="80"
                        value={percent.min(100).to_string()}
                    ></meter>
                </>
            }
        }
        _ => html! { bytes(usage.database_bytes) },
    };
    html! {
        <>
            if usage.is_nearly_full {
                <Alert tone={Tone::Warning} title={t.storage_nearly_full()}><p>{ t.storage_nearly_full_body() }</p></Alert>
            }
            <Card title={t.status_room()}>
                <dl class="gestfg-facts">
                    { fact(t.storage_database(), database) }
                    { fact(t.storage_in_database(), html! { documents(usage.documents_in_database, usage.document_bytes_in_database) }) }
                    { fact(t.storage_in_bucket(), html! { documents(usage.documents_in_bucket, usage.document_bytes_in_bucket) }) }
                    { fact(t.storage_new_go_to(), html! { t.document_store(usage.store) }) }
                </dl>
            </Card>
        </>
    }
}
