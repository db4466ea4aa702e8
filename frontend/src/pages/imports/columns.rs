//! The second step: where the data are, and which column is which.

use super::mapping::{Mapping, MappingTable, UnusedColumns, mapping_of};
use crate::api::imports::preview_import;
use crate::api::master::active_degrees;
use crate::components::{
    Alert, Button, ButtonKind, Card, Choice, FormFrame, IconName, SelectField, TextField, Tone,
};
use crate::hooks::{FieldProblem, FormHandle, use_form, use_remote};
use crate::i18n::use_texts;
use crate::session::use_session;
use crate::validation::Check;
use gestfg_types::errors::FieldCode;
use gestfg_types::imports::{Import, ImportAction, ImportField, ImportOptions};
use std::collections::BTreeMap;
use yew::prelude::*;

#[derive(Debug, Clone, Default, PartialEq)]
struct Values {
    sheet: String,
    header_row: String,
    first_row: String,
    last_row: String,
    degree: String,
    mapping: Mapping,
}

impl Values {
    fn of(import: &Import) -> Self {
        let layout = &import.layout;
        Self {
            sheet: layout.sheet.clone(),
            header_row: layout.header_row.map(|row| row.to_string()).unwrap_or_default(),
            first_row: layout.first_row.to_string(),
            last_row: layout.last_row.to_string(),
            degree: import.options.degree_id.map(|id| id.to_string()).unwrap_or_default(),
            mapping: mapping_of(&layout.columns),
        }
    }

    /// Whether the file has to be looked at elsewhere, so that its columns may
    /// become others.
    fn moved(&self, import: &Import) -> bool {
        let read = Self::of(import);
        self.sheet != read.sheet || self.header_row != read.header_row
    }

    /// What to ask the server to read. What was found out and left alone is
    /// not said: it is found out again where it may have changed.
    fn options(&self, import: &Import) -> ImportOptions {
        let (read, said) = (Self::of(import), &import.options);
        let other_sheet = self.sheet != read.sheet;
        let moved = self.moved(import);
        let row = |now: &str, before: &str, said: Option<u32>| {
            if now == before { said.filter(|_| !other_sheet) } else { now.trim().parse().ok() }
        };
        let remapped = self.mapping != read.mapping || said.mapping.is_some();
        ImportOptions {
            sheet: (other_sheet || said.sheet.is_some()).then(|| self.sheet.clone()),
            header_row: row(&self.header_row, &read.header_row, said.header_row),
            first_row: row(&self.first_row, &read.first_row, said.first_row),
            last_row: row(&self.last_row, &read.last_row, said.last_row),
            mapping: (remapped && !moved).then(|| self.mapping.clone()),
            degree_id: self.degree.parse().ok(),
        }
    }
}

fn check(values: &Values) -> Vec<FieldProblem> {
    let wrong = |text: &str| {
        let text = text.trim();
        !text.is_empty() && !text.parse::<u32>().is_ok_and(|row| row > 0)
    };
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let backwards =
        number(&values.first_row).zip(number(&values.last_row)).is_some_and(|(first, last)| last < first);
    Check::new()
        .when(wrong(&values.header_row), "/header_row", FieldCode::NotANumber)
        .when(wrong(&values.first_row), "/first_row", FieldCode::NotANumber)
        .when(wrong(&values.last_row), "/last_row", FieldCode::NotANumber)
        .when(backwards, "/last_row", FieldCode::OutOfRange)
        .done()
}

#[derive(Properties, PartialEq)]
pub(super) struct ColumnsStepProps {
    pub(super) import: Import,
    pub(super) onread: Callback<Import>,
    pub(super) onnext: Callback<()>,
    /// Whether something was changed here that has not been read yet.
    pub(super) ondirty: Callback<bool>,
}

/// How the file was understood, to be corrected.
#[component]
pub(super) fn ColumnsStep(props: &ColumnsStepProps) -> Html {
    let t = use_texts();
    let session = use_session();
    let import = &props.import;
    let layout = &import.layout;
    let form = use_form("columns", || Values::of(import), check);
    let degrees = use_remote((), |client, ()| async move { active_degrees(&client).await });
    use_effect_with((form.is_dirty(), props.ondirty.clone()), |(dirty, ondirty)| {
        ondirty.emit(*dirty);
        let ondirty = ondirty.clone();
        move || ondirty.emit(false)
    });
    let fixed = !import.allowed_actions.contains(&ImportAction::Preview);
    let moved = form.values().moved(import);

    // Reads again when anything changed, and goes on when that was the wish.
    let read = {
        let (form, import) = (form.clone(), import.clone());
        let (onread, onnext) = (props.onread.clone(), props.onnext.clone());
        let client = session.client.clone();
        Callback::from(move |go_on: bool| {
            if fixed || (go_on && !form.is_dirty()) {
                onnext.emit(());
                return;
            }
            let (import, client, handle) = (import.clone(), client.clone(), form.clone());
            let (onread, onnext) = (onread.clone(), onnext.clone());
            form.send(move |values: Values| async move {
                let read = preview_import(&client, import.id, &values.options(&import)).await?;
                handle.reset(Values::of(&read));
                onread.emit(read);
                if go_on {
                    onnext.emit(());
                }
                Ok(())
            });
        })
    };
    let onsubmit = {
        let read = read.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            read.emit(!moved);
        })
    };
    let mut mapping = form.field("/mapping", |v| v.mapping.clone(), |v, mapping| v.mapping = mapping);
    mapping.disabled |= fixed || moved;
    let problems: BTreeMap<ImportField, FieldCode> = import
        .kind
        .fields()
        .iter()
        .filter_map(|field| Some((*field, form.error(&format!("/mapping/{}", field.as_str()))?)))
        .collect();
    let missing: Vec<&str> = import
        .kind
        .required_fields()
        .iter()
        .filter(|field| !form.values().mapping.contains_key(field))
        .map(|field| t.import_field(*field))
        .collect();
    let degree_choices: Vec<Choice> = degrees.ready().map_or_else(Vec::new, |page| {
        let named = |degree: &gestfg_types::master::Degree| {
            Choice::new(degree.id, format!("{} · {}", degree.code, degree.name))
        };
        page.items.iter().map(named).collect()
    });
    let pointers = ["/sheet", "/header_row", "/first_row", "/last_row", "/degree_id", "/mapping"];
    html! {
        <FormFrame
            id={form.id.clone()}
            {onsubmit}
            failure={form.failure().cloned()}
            elsewhere={form.errors_elsewhere(&pointers)}
        >
            if layout.remembered && !moved {
                <Alert tone={Tone::Info} title={t.columns_remembered()} />
            }
            if !missing.is_empty() && !moved {
                <Alert tone={Tone::Warning} title={t.columns_missing(&missing.join(", "))} />
            }
            <Card title={t.where_data_is()}>
                <div class="gestfg-form-row">
                    { for place_fields(t, &form, &layout.sheets, fixed) }
                    if import.kind.fields().contains(&ImportField::Degree) {
                        { degree_field(t, &form, degree_choices, fixed) }
                    }
                </div>
                if moved {
                    <div class="gestfg-read-again">
                        <p>{ t.read_again_help() }</p>
                        <Button
                            label={t.read_again()}
                            kind={ButtonKind::Secondary}
                            icon={IconName::Undo}
                            busy={form.is_sending()}
                            onclick={read.reform(|_| false)}
                        />
                    </div>
                }
            </Card>
            <Card title={t.step_columns()}>
                <p class="gestfg-gap-after">{ t.columns_lead() }</p>
                <MappingTable kind={import.kind} columns={layout.columns.clone()} field={mapping} {problems} />
            </Card>
            <UnusedColumns columns={layout.columns.clone()} mapping={form.values().mapping.clone()} />
            <div class="pf-v6-c-form__actions gestfg-wizard-actions">
                <Button
                    label={if form.is_dirty() { t.check_rows() } else { t.see_rows() }}
                    icon={IconName::ChevronRight}
                    busy={form.is_sending()}
                    disabled={moved}
                    onclick={read.reform(|_| true)}
                />
            </div>
        </FormFrame>
    }
}

fn place_fields(
    t: crate::i18n::Texts,
    form: &FormHandle<Values>,
    sheets: &[String],
    fixed: bool,
) -> Vec<Html> {
    let mut sheet = form.field("/sheet", |v| v.sheet.clone(), |v, sheet| v.sheet = sheet);
    let mut header = form.field("/header_row", |v| v.header_row.clone(), |v, row| v.header_row = row);
    let mut first = form.field("/first_row", |v| v.first_row.clone(), |v, row| v.first_row = row);
    let mut last = form.field("/last_row", |v| v.last_row.clone(), |v, row| v.last_row = row);
    for field in [&mut sheet, &mut header, &mut first, &mut last] {
        field.disabled |= fixed;
    }
    let mut fields = Vec::new();
    if sheets.len() > 1 {
        let choices: Vec<Choice> = sheets.iter().map(|name| Choice::new(name, name.clone())).collect();
        fields.push(html! { <SelectField key="sheet" label={t.sheet()} {choices} field={sheet} /> });
    }
    for (key, label, field) in
        [("header", t.header_row(), header), ("first", t.first_row(), first), ("last", t.last_row(), last)]
    {
        fields.push(html! {
            <TextField {key} {label} help={t.row_auto_help()} kind="number" {field} />
        });
    }
    fields
}

fn degree_field(t: crate::i18n::Texts, form: &FormHandle<Values>, choices: Vec<Choice>, fixed: bool) -> Html {
    let mut field = form.field("/degree_id", |v| v.degree.clone(), |v, degree| v.degree = degree);
    field.disabled |= fixed;
    html! {
        <SelectField
            label={t.import_degree()}
            help={t.import_degree_help()}
            none={t.import_no_degree()}
            {choices}
            {field}
        />
    }
}
