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

/// The fields worth a column: those the kind cannot do without, and those
/// something stands in or is said about. The ordinal number is never stored.
fn shown_fields(import: &Import, rows: &[ImportRow]) -> Vec<ImportField> {
    let due = import.kind.required_fields();
    let said = |field: &ImportField| {
        rows.iter().any(|row| {
            let filled = row.values.get(field).is_some_and(|value| !value.is_empty());
            (filled && *field != ImportField::Number)
                || row.problems.iter().any(|problem| problem.field == Some(*field))
        })
    };
    import.kind.fields().iter().copied().filter(|field| due.contains(field) || said(field)).collect()
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
    let mut places: Vec<&str> = Vec::new();
    for field in in_cells.iter().filter_map(|problem| problem.field) {
        if !places.contains(&t.import_field(field)) {
            places.push(t.import_field(field));
        }
    }
    html! {
        <tr key={row.row} class={classes!("pf-v6-c-table__tr", (row.outcome == RowOutcome::Error).then_some("gestfg-row--error"))}>
            <th class="pf-v6-c-table__th gestfg-rows__number" scope="row" data-label={t.row_number()}>{ row.row }</th>
            <td class="pf-v6-c-table__td gestfg-rows__outcome" data-label={outcome}>
                <div>
                    { outcome_badge(t, row.outcome, past) }
                    if !places.is_empty() {
                        <p class="gestfg-rows__places gestfg-subtle">{ t.look_at(&places.join(", ")) }</p>
                    }
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
                let wide = width(*field);
                let bare = (value.is_empty() && own.is_empty()).then_some("gestfg-cell--bare");
                html! {
                    <td
                        key={field.as_str()}
                        class={classes!("pf-v6-c-table__td", "gestfg-cell", wide, worst, bare)}
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

/// How much room a field wants.
const fn width(field: ImportField) -> &'static str {
    use ImportField as F;
    match field {
        F::Number | F::Kind | F::StudentCount | F::Code | F::Level | F::Dni => "gestfg-cell--short",
        F::Title | F::Description | F::PriorKnowledge | F::Resources => "gestfg-cell--long",
        _ => "",
    }
}

/// What would happen to a row, or happened.
fn outcome_badge(t: Texts, outcome: RowOutcome, past: bool) -> Html {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::LanguageProvider;
    use chrono::{DateTime, Utc};
    use gestfg_types::errors::FieldCode;
    use gestfg_types::ids::{ImportId, UserId};
    use gestfg_types::imports::{ImportColumn, ImportKind, ImportLayout, ImportOptions, ImportSummary};
    use gestfg_types::users::PersonRef;
    use std::collections::BTreeMap;
    use yew::ServerRenderer;

    fn column(letter: &str, field: ImportField) -> ImportColumn {
        ImportColumn {
            letter: letter.into(),
            header: field.as_str().to_uppercase(),
            field: Some(field),
            samples: Vec::new(),
            warning: None,
        }
    }

    fn import() -> Import {
        Import {
            id: ImportId(1),
            kind: ImportKind::Projects,
            state: ImportState::Previewed,
            file_name: "oferta.xlsx".into(),
            options: ImportOptions::default(),
            layout: ImportLayout {
                sheets: vec!["Oferta".into()],
                sheet: "Oferta".into(),
                header_row: Some(4),
                first_row: 5,
                last_row: 5,
                columns: vec![column("B", ImportField::Tutor), column("E", ImportField::Title)],
                missing: Vec::new(),
                remembered: false,
            },
            summary: ImportSummary { rows: 1, error: 1, ..ImportSummary::default() },
            mode: None,
            created_by: PersonRef { id: UserId(1), name: "Ana Ejemplo".into() },
            created_at: DateTime::<Utc>::UNIX_EPOCH,
            committed_at: None,
            undone_at: None,
            allowed_actions: Vec::new(),
        }
    }

    fn row() -> ImportRow {
        ImportRow {
            row: 17,
            outcome: RowOutcome::Error,
            values: BTreeMap::from([(ImportField::Tutor, "Persona Ejenplo".to_owned())]),
            problems: vec![CellProblem {
                field: Some(ImportField::Tutor),
                cell: Some("B17".into()),
                severity: Severity::Error,
                code: FieldCode::Unknown,
                message_es: "No hay nadie con ese nombre.".into(),
                message_en: "Nobody has that name.".into(),
                suggestions: vec!["Persona Ejemplo".into()],
            }],
        }
    }

    #[derive(Properties, PartialEq)]
    struct FrameProps {
        language: Language,
    }

    #[component]
    fn Frame(props: &FrameProps) -> Html {
        html! {
            <LanguageProvider fixed={props.language}><RowTable import={import()} rows={vec![row()]} /></LanguageProvider>
        }
    }

    async fn drawn(language: Language) -> String {
        ServerRenderer::<Frame>::with_props(move || FrameProps { language }).hydratable(false).render().await
    }

    #[tokio::test]
    async fn a_problem_stands_in_its_cell_in_the_reader_s_language() {
        let (es, en) = (drawn(Language::Es).await, drawn(Language::En).await);
        assert!(es.contains("gestfg-cell--error") && es.contains(">17<"), "{es}");
        assert!(
            es.contains("No hay nadie con ese nombre.") && es.contains("¿Quizá Persona Ejemplo?"),
            "{es}"
        );
        assert!(en.contains("Nobody has that name.") && en.contains("Did you mean Persona Ejemplo?"), "{en}");
        assert!(!en.contains("Estudiante 1"), "columns nobody filled in are left out: {en}");
    }
}
