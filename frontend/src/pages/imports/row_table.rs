//! The rows of a preview, each problem in its cell.

use crate::components::{Badge, Colour, Icon, IconName};
use crate::i18n::{Texts, use_texts};
use gestfg_types::imports::{CellProblem, Import, ImportField, ImportRow, ImportState, RowOutcome, Severity};
use gestfg_types::session::Language;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct RowTableProps {
    pub(super) import: Import,
    pub(super) rows: Vec<ImportRow>,
}

/// The fields worth a column: those taken from the sheet, and those something
/// is said about.
fn shown_fields(import: &Import, rows: &[ImportRow]) -> Vec<ImportField> {
    let taken = |field: &ImportField| import.layout.columns.iter().any(|column| column.field == Some(*field));
    let said = |field: &ImportField| {
        rows.iter().any(|row| {
            row.values.get(field).is_some_and(|value| !value.is_empty())
                || row.problems.iter().any(|problem| problem.field == Some(*field))
        })
    };
    import.kind.fields().iter().copied().filter(|field| taken(field) || said(field)).collect()
}

/// A wide table with the number of the row and its outcome always in sight;
/// on a phone, one card per row.
#[component]
pub(super) fn RowTable(props: &RowTableProps) -> Html {
    let t = use_texts();
    let fields = shown_fields(&props.import, &props.rows);
    let past = props.import.state != ImportState::Previewed;
    let outcome_heading = if past { t.outcome_past() } else { t.outcome() };
    html! {
        <div class="gestfg-rows" role="region" aria-label={t.step_rows()} tabindex="0">
            <table class="pf-v6-c-table pf-m-grid-md pf-m-compact">
                <caption class="pf-v6-screen-reader">{ if past { t.rows_lead_past() } else { t.rows_lead() } }</caption>
                <thead class="pf-v6-c-table__thead">
                    <tr class="pf-v6-c-table__tr">
                        <th class="pf-v6-c-table__th gestfg-rows__number" scope="col">{ t.row_number() }</th>
                        <th class="pf-v6-c-table__th gestfg-rows__outcome" scope="col">{ outcome_heading }</th>
                        { for fields.iter().map(|field| html! {
                            <th key={field.as_str()} class="pf-v6-c-table__th" scope="col">{ t.import_field(*field) }</th>
                        }) }
                    </tr>
                </thead>
                <tbody class="pf-v6-c-table__tbody">
                    { for props.rows.iter().map(|row| draw_row(t, row, &fields, past, outcome_heading)) }
                </tbody>
            </table>
        </div>
    }
}

fn draw_row(t: Texts, row: &ImportRow, fields: &[ImportField], past: bool, outcome: &'static str) -> Html {
    let (elsewhere, in_cells): (Vec<&CellProblem>, Vec<&CellProblem>) =
        row.problems.iter().partition(|problem| !problem.field.is_some_and(|field| fields.contains(&field)));
    html! {
        <tr key={row.row} class={classes!("pf-v6-c-table__tr", (row.outcome == RowOutcome::Error).then_some("gestfg-row--error"))}>
            <th class="pf-v6-c-table__th gestfg-rows__number" scope="row" data-label={t.row_number()}>{ row.row }</th>
            <td class="pf-v6-c-table__td gestfg-rows__outcome" data-label={outcome}>
                <div>
                    { outcome_badge(t, row.outcome, past) }
                    { problems(t, &elsewhere) }
                </div>
            </td>
            { for fields.iter().map(|field| {
                let value = row.values.get(field).map(String::as_str).unwrap_or_default();
                let own: Vec<&CellProblem> =
                    in_cells.iter().copied().filter(|problem| problem.field == Some(*field)).collect();
                let worst = if own.iter().any(|problem| problem.severity == Severity::Error) {
                    Some("gestfg-cell--error")
                } else if own.is_empty() {
                    None
                } else {
                    Some("gestfg-cell--warning")
                };
                let bare = (value.is_empty() && own.is_empty()).then_some("gestfg-cell--bare");
                html! {
                    <td
                        key={field.as_str()}
                        class={classes!("pf-v6-c-table__td", "gestfg-cell", worst, bare)}
                        data-label={t.import_field(*field)}
                    >
                        <div>
                            <div class="gestfg-cell__value" title={(value.chars().count() > 80).then(|| value.to_owned())}>
                                { value }
                            </div>
                            { problems(t, &own) }
                        </div>
                    </td>
                }
            }) }
        </tr>
    }
}

/// What would happen to a row, or happened.
pub(super) fn outcome_badge(t: Texts, outcome: RowOutcome, past: bool) -> Html {
    let (icon, colour) = match outcome {
        RowOutcome::Create => (IconName::Plus, Colour::Green),
        RowOutcome::Update => (IconName::Edit, Colour::Blue),
        RowOutcome::Unchanged => (IconName::Check, Colour::Grey),
        RowOutcome::Error => (IconName::Danger, Colour::Red),
    };
    let label = if past { t.row_outcome_past(outcome) } else { t.row_outcome(outcome) };
    html! { <Badge {label} {icon} {colour} /> }
}

fn problems(t: Texts, problems: &[&CellProblem]) -> Html {
    if problems.is_empty() {
        return html! {};
    }
    html! {
        <ul class="gestfg-cell__problems" role="list">
            { for problems.iter().map(|problem| {
                let (class, icon, tone) = match problem.severity {
                    Severity::Error => ("gestfg-said--error", IconName::Danger, crate::components::Tone::Danger),
                    Severity::Warning => ("gestfg-said--warning", IconName::Warning, crate::components::Tone::Warning),
                };
                let message = match t.language() {
                    Language::Es => &problem.message_es,
                    Language::En => &problem.message_en,
                };
                html! {
                    <li {class}>
                        <Icon name={icon} />
                        <span>
                            <span class="pf-v6-screen-reader">{ t.tone(tone) }{ " " }</span>
                            { message }
                            if !problem.suggestions.is_empty() {
                                { " " }<em>{ t.did_you_mean(&problem.suggestions.join(", ")) }</em>
                            }
                        </span>
                    </li>
                }
            }) }
        </ul>
    }
}
