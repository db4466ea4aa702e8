//! How the installation is doing: what it takes, what waits, what failed.

use super::storage::StorageCard;
use crate::api::documents::storage_usage;
use crate::api::system::find_system_status;
use crate::components::{
    Alert, Button, ButtonKind, Card, Column, DataTable, IconName, LoadingShape, PageHeader, PageSection,
    TableContent, Tone, draw_remote,
};
use crate::format::{Dates, number, size, use_dates};
use crate::hooks::use_remote;
use crate::i18n::{Texts, use_texts};
use gestfg_types::system::{MailError, Queue, SystemStatus, TableSize, UnexpectedError};
use yew::prelude::*;

/// The page for admins.
#[component]
pub fn StatusPage() -> Html {
    let t = use_texts();
    let dates = use_dates();
    let usage = use_remote((), |client, ()| async move { storage_usage(&client).await });
    let status = use_remote((), |client, ()| async move { find_system_status(&client).await });
    let reload = {
        let (usage, status) = (usage.reload.clone(), status.reload.clone());
        Callback::from(move |_: MouseEvent| {
            usage.emit(());
            status.emit(());
        })
    };
    html! {
        <>
            <PageHeader
                title={t.route_storage()}
                lead={t.status_lead()}
                actions={html! {
                    <Button
                        label={t.reload()}
                        kind={ButtonKind::Secondary}
                        icon={IconName::Undo}
                        busy={status.is_loading()}
                        onclick={reload}
                    />
                }}
            />
            <PageSection>
                <div class="gestfg-stack">
                    { draw_remote(&status, LoadingShape::Text, |status: &SystemStatus| warnings(t, status)) }
                    { draw_remote(&usage, LoadingShape::Text, |usage| html! { <StorageCard usage={usage.clone()} /> }) }
                    { draw_remote(&status, LoadingShape::Text, |status: &SystemStatus| cards(t, &dates, status)) }
                </div>
            </PageSection>
        </>
    }
}

/// What somebody has to do something about.
fn warnings(t: Texts, status: &SystemStatus) -> Html {
    let pending = &status.migrations.pending;
    html! {
        if !pending.is_empty() {
            <Alert tone={Tone::Danger} title={t.status_pending()}><p>{ pending.join(", ") }</p></Alert>
        }
    }
}

fn cards(t: Texts, dates: &Dates, status: &SystemStatus) -> Html {
    html! {
        <div class="gestfg-stack">
            { program(t, dates, status) }
            { copies(t, dates, status) }
            <Card title={t.status_queues()}>
                <DataTable caption={t.status_queues()} content={TableContent::new(&queue_columns(t), &status.queues)} />
            </Card>
            if !status.mail_errors.is_empty() {
                <Card title={t.status_mail_errors()}>
                    <DataTable
                        caption={t.status_mail_errors()}
                        content={TableContent::new(&mail_columns(t, dates), &status.mail_errors)}
                    />
                </Card>
            }
            <Card title={t.status_errors()}>
                if status.errors.is_empty() {
                    <p class="gestfg-subtle">{ t.status_no_errors() }</p>
                } else {
                    <DataTable
                        caption={t.status_errors()}
                        content={TableContent::new(&error_columns(t, dates), &status.errors)}
                    />
                }
            </Card>
            <Card title={t.status_tables()}>
                <DataTable caption={t.status_tables()} content={TableContent::new(&table_columns(t), &status.database.tables)} />
            </Card>
        </div>
    }
}

fn fact(term: &'static str, value: impl Into<AttrValue>) -> Html {
    let value: AttrValue = value.into();
    html! { <div><dt>{ term }</dt><dd>{ value }</dd></div> }
}

fn program(t: Texts, dates: &Dates, status: &SystemStatus) -> Html {
    let (program, database, migrations) = (&status.program, &status.database, &status.migrations);
    // Enough to find it by.
    let commit: String = program.commit.chars().take(12).collect();
    let of = |used: i64, limit: i64| t.status_of(used.unsigned_abs(), limit.unsigned_abs());
    html! {
        <Card title={t.status_program()}>
            <dl class="gestfg-facts">
                { fact(t.status_version(), format!("{} ({commit})", program.version)) }
                { fact(t.status_started(), dates.date_time(program.started_at)) }
                if let Some(bytes) = program.resident_bytes {
                    { fact(t.status_memory(), size(t, bytes.unsigned_abs())) }
                }
                { fact(t.status_streams(), number(t, program.streams.unsigned_abs())) }
                { fact(t.status_own_connections(), of(program.connections_used, program.connections_limit)) }
                { fact("PostgreSQL", database.version.clone()) }
                { fact(t.status_connections(), of(database.connections, database.connections_limit)) }
                { fact(
                    t.status_migrations(),
                    t.status_applied(migrations.applied.unsigned_abs(), migrations.latest.as_deref().unwrap_or("—")),
                ) }
            </dl>
        </Card>
    }
}

fn copies(t: Texts, dates: &Dates, status: &SystemStatus) -> Html {
    let backup = status.last_backup.as_ref().map_or_else(
        || t.status_no_backup().to_owned(),
        |backup| {
            let bytes = size(t, backup.document_bytes.unsigned_abs());
            let rows = number(t, backup.row_count.unsigned_abs());
            let documents = number(t, backup.document_count.unsigned_abs());
            t.status_backup_of(&dates.date_time(backup.ended_at), &rows, &documents, &bytes)
        },
    );
    let night = status.last_retention.as_ref().map_or_else(
        || t.retention_never().to_owned(),
        |night| match night.ended_at {
            Some(at) => dates.date_time(at),
            None => format!("{} ({})", dates.day(night.day), t.retention_unfinished()),
        },
    );
    html! {
        <Card title={t.status_copies()}>
            <dl class="gestfg-facts">
                { fact(t.status_backup(), backup) }
                { fact(t.retention_last_night(), night) }
            </dl>
        </Card>
    }
}

fn queue_columns(t: Texts) -> Vec<Column<Queue>> {
    let count = move |count: i64| html! { number(t, count.unsigned_abs()) };
    vec![
        Column::new(t.status_queue(), move |queue: &Queue| html! { t.queue_kind(queue.kind) }),
        Column::new(t.status_waiting(), move |queue: &Queue| count(queue.waiting)),
        Column::new(t.status_failed(), move |queue: &Queue| count(queue.failed)),
    ]
}

fn mail_columns(t: Texts, dates: &Dates) -> Vec<Column<MailError>> {
    let dates = dates.clone();
    vec![
        Column::new(t.mail_written(), move |error: &MailError| html! { dates.date_time(error.created_at) }),
        Column::new(t.mail_attempts(), move |error: &MailError| html! { error.attempts }),
        Column::new(t.mail_last_error(), |error: &MailError| html! { error.error.clone() }),
    ]
}

fn error_columns(t: Texts, dates: &Dates) -> Vec<Column<UnexpectedError>> {
    let dates = dates.clone();
    vec![
        Column::new(
            t.audit_when(),
            move |error: &UnexpectedError| html! { dates.date_time(error.happened_at) },
        ),
        Column::new(
            t.status_operation(),
            |error: &UnexpectedError| html! { <code>{ error.operation.clone() }</code> },
        ),
        Column::new(t.status_error(), |error: &UnexpectedError| html! { error.error.clone() }),
        Column::new(
            t.audit_request(),
            |error: &UnexpectedError| html! { <code>{ error.request_id.clone() }</code> },
        ),
    ]
}

fn table_columns(t: Texts) -> Vec<Column<TableSize>> {
    vec![
        Column::new(t.status_table(), |table: &TableSize| html! { <code>{ table.name.clone() }</code> }),
        Column::new(t.status_size(), move |table: &TableSize| html! { size(t, table.bytes.unsigned_abs()) }),
    ]
}
