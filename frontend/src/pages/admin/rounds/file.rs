//! Choices and records from a spreadsheet: first what would happen, then taking it.

use crate::api::allocation_runs::read_application_file;
use crate::components::{
    Alert, Badge, Button, ButtonKind, Colour, Column, DataTable, Dialog, ProblemAlert, TableContent,
    TextAreaField, Tone, use_toasts,
};
use crate::hooks::{filter_field, use_action};
use crate::i18n::{Texts, use_texts};
use crate::pages::imports::{FileDrop, fault};
use crate::pages::requests::given;
use gestfg_types::allocation_rounds::AllocationRound;
use gestfg_types::application_files::{
    ApplicationFile, ApplicationFileMode as Mode, ApplicationFileRow, ApplicationRowOutcome as Outcome,
};
use gestfg_types::projects::REASON_MAX;
use web_sys::File;
use yew::prelude::*;

/// The most rows shown; those with errors come first.
const SHOWN: usize = 200;

/// Properties of [`FileDialog`].
#[derive(Properties, PartialEq)]
pub(super) struct FileDialogProps {
    /// Into which round.
    pub(super) round: AllocationRound,
    /// Whether a reason is due.
    pub(super) due: bool,
    /// Leave it.
    pub(super) onclose: Callback<()>,
    /// It was taken.
    pub(super) ondone: Callback<()>,
}

/// Reads a spreadsheet, shows what would happen row by row, and takes it.
#[component]
pub(super) fn FileDialog(props: &FileDialogProps) -> Html {
    let t = use_texts();
    let toasts = use_toasts();
    let file = use_state_eq(|| None::<File>);
    let preview = use_state_eq(|| None::<ApplicationFile>);
    let reason = use_state_eq(String::new);
    let read = {
        let (preview, ondone, round) = (preview.setter(), props.ondone.clone(), props.round.id);
        use_action(move |client, (file, mode, reason): (File, Mode, Option<String>)| {
            let (preview, ondone, toasts) = (preview.clone(), ondone.clone(), toasts.clone());
            async move {
                let found = read_application_file(&client, round, &file, mode, reason.as_deref()).await?;
                if found.committed {
                    toasts.done(t.choices_taken(found.create + found.update));
                    ondone.emit(());
                } else {
                    preview.set(Some(found));
                }
                Ok(())
            }
        })
    };
    let onfile = {
        let (file, preview, run) = (file.setter(), preview.setter(), read.run.clone());
        Callback::from(move |chosen: File| {
            preview.set(None);
            file.set(Some(chosen.clone()));
            if fault(t, &chosen).is_none() {
                run.emit((chosen, Mode::Preview, None));
            }
        })
    };
    let take = |mode: Mode| {
        let (file, run, reason) = ((*file).clone(), read.run.clone(), (*reason).clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = &file {
                run.emit((file.clone(), mode, given(&reason)));
            }
        })
    };
    let ready = preview.as_ref().filter(|found| found.create + found.update > 0);
    let without_reason = props.due && given(&reason).is_none();
    let footer = html! {
        <>
            if let Some(found) = ready {
                <Button
                    label={if found.error > 0 { t.choices_take_valid(found.error) } else { t.choices_take().to_owned() }}
                    busy={read.running}
                    disabled={without_reason}
                    onclick={take(if found.error > 0 { Mode::Valid } else { Mode::All })}
                />
            }
            <Button label={t.cancel()} kind={ButtonKind::Link} disabled={read.running} onclick={props.onclose.reform(|_| ())} />
        </>
    };
    let reason_field = filter_field("choices-reason", (*reason).clone(), {
        let reason = reason.setter();
        Callback::from(move |text: String| reason.set(text))
    });
    html! {
        <Dialog title={t.choices_file()} {footer} wide=true busy={read.running} onclose={props.onclose.clone()}>
            <div class="gestfg-stack">
                <p>{ t.choices_body() }</p>
                <FileDrop
                    file={(*file).clone()}
                    fault={(*file).as_ref().and_then(|file| fault(t, file))}
                    disabled={read.running}
                    {onfile}
                />
                if read.running {
                    <p role="status">{ t.reading_file() }</p>
                }
                if let Some(error) = &read.error {
                    <ProblemAlert error={error.clone()} />
                }
                if let Some(found) = &*preview {
                    { draw(found, t) }
                    if props.due {
                        <TextAreaField field={reason_field} label={t.override_reason()} help={t.override_reason_help()} required=true rows={3} max={REASON_MAX} />
                    }
                }
            </div>
        </Dialog>
    }
}

fn draw(found: &ApplicationFile, t: Texts) -> Html {
    let tone = if found.error > 0 { Tone::Warning } else { Tone::Info };
    let mut rows: Vec<ApplicationFileRow> = found.rows.clone();
    rows.sort_by_key(|row| (row.outcome != Outcome::Error, row.row));
    rows.truncate(SHOWN);
    let columns = [
        Column::new(t.choices_row(), |row: &ApplicationFileRow| html! { row.row }),
        Column::new(t.choices_outcome(), move |row: &ApplicationFileRow| {
            let colour = match row.outcome {
                Outcome::Create => Colour::Green,
                Outcome::Update => Colour::Blue,
                Outcome::Unchanged => Colour::Grey,
                Outcome::Error => Colour::Red,
            };
            html! { <Badge label={t.choices_outcome_of(row.outcome)} {colour} /> }
        }),
        Column::new(t.students(), |row: &ApplicationFileRow| {
            html! { row.student.as_ref().map(|student| student.name.clone()).unwrap_or_default() }
        }),
        Column::new(t.round_wishes(), |row: &ApplicationFileRow| html! { row.wishes }),
        Column::new(t.choices_errors(), move |row: &ApplicationFileRow| {
            html! {
                <ul class="gestfg-plain" role="list">
                    { for row.errors.iter().map(|error| html! {
                        <li>{ format!("{}: {}", t.choices_column(&error.column), t.field_error(error.code)) }</li>
                    }) }
                </ul>
            }
        }),
    ];
    html! {
        <>
            <Alert {tone} title={t.choices_summary(found.create, found.update, found.unchanged, found.error)}>
                <p>
                    { t.choices_columns() }{ ": " }
                    { found.columns.iter().filter(|column| column.field.is_some()).map(|column| format!("{} ({})", column.header, column.letter)).collect::<Vec<_>>().join(", ") }
                </p>
            </Alert>
            <div class="gestfg-scroll" tabindex="0" role="region" aria-label={t.choices_preview()}>
                <DataTable caption={t.choices_preview()} compact=true content={TableContent::new(&columns, &rows)} />
            </div>
            if found.rows.len() > SHOWN {
                <p class="gestfg-subtle">{ t.choices_more(found.rows.len() - SHOWN) }</p>
            }
        </>
    }
}
