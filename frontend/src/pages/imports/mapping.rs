//! Which column is taken for which field.

use crate::components::{Badge, Colour, Icon, IconName};
use crate::hooks::Field;
use crate::i18n::{Texts, use_texts};
use gestfg_types::errors::FieldCode;
use gestfg_types::imports::{ImportColumn, ImportField, ImportKind};
use std::collections::BTreeMap;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Field to column letter.
pub(super) type Mapping = BTreeMap<ImportField, String>;

/// What the server read a layout's columns as.
pub(super) fn mapping_of(columns: &[ImportColumn]) -> Mapping {
    columns.iter().filter_map(|column| column.field.map(|field| (field, column.letter.clone()))).collect()
}

/// Takes `letter` for `field`; a column is taken for one field only.
pub(super) fn assign(mapping: &Mapping, field: ImportField, letter: &str) -> Mapping {
    let mut next = mapping.clone();
    next.retain(|other, taken| *other != field && taken != letter);
    if !letter.is_empty() {
        next.insert(field, letter.to_owned());
    }
    next
}

#[derive(Properties, PartialEq)]
pub(super) struct MappingTableProps {
    pub(super) kind: ImportKind,
    pub(super) columns: Vec<ImportColumn>,
    pub(super) field: Field<Mapping>,
    pub(super) problems: BTreeMap<ImportField, FieldCode>,
}

/// One line per field: the column it is taken from and what stands in it.
#[component]
pub(super) fn MappingTable(props: &MappingTableProps) -> Html {
    let t = use_texts();
    let mapping = &props.field.value;
    let required = props.kind.required_fields();
    let row = |field: ImportField| {
        let letter = mapping.get(&field).cloned().unwrap_or_default();
        let column = props.columns.iter().find(|column| column.letter == letter);
        let is_missing = letter.is_empty() && required.contains(&field);
        let onchange = {
            let (mapping, onchange) = (mapping.clone(), props.field.onchange.clone());
            Callback::from(move |event: Event| {
                let letter = event.target_unchecked_into::<HtmlSelectElement>().value();
                onchange.emit(assign(&mapping, field, &letter));
            })
        };
        let problem = props.problems.get(&field).copied();
        let invalid = is_missing || problem.is_some();
        html! {
            <tr key={field.as_str()} class="pf-v6-c-table__tr">
                <th class="pf-v6-c-table__th" scope="row" data-label={t.field_column()}>
                    { t.import_field(field) }
                    if required.contains(&field) {
                        { " " }<Badge label={t.field_due()} colour={if is_missing { Colour::Red } else { Colour::Grey }} />
                    }
                </th>
                <td class="pf-v6-c-table__td" data-label={t.taken_from()}>
                    <span class={classes!("pf-v6-c-form-control", invalid.then_some("pf-m-error"), props.field.disabled.then_some("pf-m-disabled"))}>
                        <select
                            id={format!("column-{}", field.as_str())}
                            aria-label={t.column_of(t.import_field(field))}
                            aria-invalid={invalid.then_some("true")}
                            disabled={props.field.disabled}
                            {onchange}
                        >
                            <option value="" selected={letter.is_empty()}>{ t.column_unused() }</option>
                            { for props.columns.iter().map(|column| html! {
                                <option
                                    key={column.letter.clone()}
                                    value={column.letter.clone()}
                                    selected={column.letter == letter}
                                >
                                    { column_title(t, column) }
                                </option>
                            }) }
                        </select>
                        <span class="pf-v6-c-form-control__utilities">
                            <span class="pf-v6-c-form-control__toggle-icon"><Icon name={IconName::ChevronDown} /></span>
                        </span>
                    </span>
                    if let Some(code) = problem {
                        <p class="gestfg-fault"><Icon name={IconName::Danger} />{ t.field_error(code) }</p>
                    }
                </td>
                <td class="pf-v6-c-table__td gestfg-samples" data-label={t.samples()}>
                    if let Some(column) = column {
                        { samples(column) }
                    } else {
                        { "—" }
                    }
                </td>
            </tr>
        }
    };
    html! {
        <table class="pf-v6-c-table pf-m-grid-md pf-m-compact gestfg-mapping">
            <caption class="pf-v6-screen-reader">{ t.columns_lead() }</caption>
            <thead class="pf-v6-c-table__thead">
                <tr class="pf-v6-c-table__tr">
                    <th class="pf-v6-c-table__th" scope="col">{ t.field_column() }</th>
                    <th class="pf-v6-c-table__th" scope="col">{ t.taken_from() }</th>
                    <th class="pf-v6-c-table__th" scope="col">{ t.samples() }</th>
                </tr>
            </thead>
            <tbody class="pf-v6-c-table__tbody">{ for props.kind.fields().iter().copied().map(row) }</tbody>
        </table>
    }
}

/// A column by letter and header.
fn column_title(t: Texts, column: &ImportColumn) -> String {
    let header = if column.header.trim().is_empty() { t.no_header() } else { column.header.trim() };
    format!("{} · {}", column.letter, header.chars().take(60).collect::<String>())
}

/// The first values of a column.
fn samples(column: &ImportColumn) -> Html {
    html! {
        <ul role="list">
            { for column.samples.iter().take(3).map(|sample| html! { <li>{ sample }</li> }) }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct UnusedColumnsProps {
    pub(super) columns: Vec<ImportColumn>,
    pub(super) mapping: Mapping,
}

/// The columns nothing is taken from, and why that needs saying.
#[component]
pub(super) fn UnusedColumns(props: &UnusedColumnsProps) -> Html {
    let t = use_texts();
    let unused: Vec<&ImportColumn> = props
        .columns
        .iter()
        .filter(|column| !props.mapping.values().any(|letter| *letter == column.letter))
        .collect();
    if unused.is_empty() {
        return html! {};
    }
    html! {
        <section class="gestfg-stack">
            <h3 class="gestfg-subheading">{ t.unused_columns() }</h3>
            <p class="gestfg-subtle">{ t.unused_columns_body() }</p>
            <ul class="gestfg-unused" role="list">
                { for unused.into_iter().map(|column| html! {
                    <li key={column.letter.clone()}>
                        <strong>{ column_title(t, column) }</strong>
                        if let Some(warning) = column.warning {
                            { " " }<Badge label={t.field_error(warning)} colour={Colour::Orange} icon={IconName::Warning} />
                        }
                        <span class="gestfg-subtle">{ column.samples.iter().take(3).cloned().collect::<Vec<_>>().join(" · ") }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_taken_for_one_field_only() {
        let before =
            Mapping::from([(ImportField::Tutor, "B".to_owned()), (ImportField::Title, "E".to_owned())]);
        let after = assign(&before, ImportField::Title, "B");
        assert_eq!(after, Mapping::from([(ImportField::Title, "B".to_owned())]));
        assert!(assign(&after, ImportField::Title, "").is_empty());
    }
}
