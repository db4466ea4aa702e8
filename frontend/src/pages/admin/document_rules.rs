//! The documents a degree asks for, among its rules.

use crate::components::{Button, ButtonKind, CheckField, Choice, IconName, SelectField, TextField};
use crate::hooks::Field;
use crate::i18n::use_texts;
use gestfg_types::documents::{DocumentFormat, DocumentRule, HandedInBy};
use yew::prelude::*;

/// Properties of [`DocumentRules`].
#[derive(Properties, PartialEq)]
pub(super) struct DocumentRulesProps {
    /// The set and what may become of it.
    pub(super) field: Field<Vec<DocumentRule>>,
}

fn formats_value(formats: &[DocumentFormat]) -> &'static str {
    match formats {
        [DocumentFormat::Pdf] => "pdf",
        [DocumentFormat::Zip] => "zip",
        _ => "both",
    }
}

fn formats_of(value: &str) -> Vec<DocumentFormat> {
    match value {
        "pdf" => vec![DocumentFormat::Pdf],
        "zip" => vec![DocumentFormat::Zip],
        _ => vec![DocumentFormat::Pdf, DocumentFormat::Zip],
    }
}

/// A row for each document, and a way to add one.
#[component]
pub(super) fn DocumentRules(props: &DocumentRulesProps) -> Html {
    let t = use_texts();
    let whole = &props.field;
    let add = {
        let (rules, onchange) = (whole.value.clone(), whole.onchange.clone());
        Callback::from(move |_: MouseEvent| {
            let mut rules = rules.clone();
            rules.push(DocumentRule {
                code: String::new(),
                name: String::new(),
                required: false,
                each_student: false,
                by: HandedInBy::Students,
                formats: vec![DocumentFormat::Pdf],
            });
            onchange.emit(rules);
        })
    };
    let row = |(n, rule): (usize, &DocumentRule)| {
        let remove = {
            let (rules, onchange) = (whole.value.clone(), whole.onchange.clone());
            Callback::from(move |_: MouseEvent| {
                let mut rules = rules.clone();
                rules.remove(n);
                onchange.emit(rules);
            })
        };
        html! {
            <li class="gestfg-document-rule">
                <TextField
                    field={part(whole, n, "code", rule.code.clone(), |rule, code| rule.code = code)}
                    label={t.code()}
                    required=true
                    max={30}
                />
                <TextField
                    field={part(whole, n, "name", rule.name.clone(), |rule, name| rule.name = name)}
                    label={t.rule_document_name()}
                    required=true
                    max={100}
                />
                <SelectField
                    field={part(whole, n, "formats", formats_value(&rule.formats).to_owned(), |rule, value: String| {
                        rule.formats = formats_of(&value);
                    })}
                    label={t.rule_document_formats()}
                    choices={vec![
                        Choice::new("pdf", t.rule_document_pdf()),
                        Choice::new("zip", t.rule_document_zip()),
                        Choice::new("both", t.rule_document_both()),
                    ]}
                />
                <SelectField
                    field={part(whole, n, "by", rule.by.as_str().to_owned(), |rule, value: String| {
                        rule.by = HandedInBy::from_name(&value).unwrap_or(HandedInBy::Students);
                        rule.each_student &= rule.by == HandedInBy::Students;
                    })}
                    label={t.rule_document_by()}
                    choices={HandedInBy::ALL.iter().map(|by| Choice::new(by.as_str(), t.handed_in_by(*by))).collect::<Vec<_>>()}
                />
                <CheckField
                    field={part(whole, n, "required", rule.required, |rule, on| rule.required = on)}
                    label={t.rule_document_required()}
                />
                if rule.by == HandedInBy::Students {
                    <CheckField
                        field={part(whole, n, "each_student", rule.each_student, |rule, on| rule.each_student = on)}
                        label={t.rule_document_each()}
                    />
                }
                <Button
                    label={t.remove_named(&rule.name)}
                    kind={ButtonKind::Plain}
                    icon={IconName::Trash}
                    icon_only=true
                    disabled={whole.disabled}
                    onclick={remove}
                />
            </li>
        }
    };
    html! {
        <fieldset class="gestfg-fieldset">
            <legend>{ t.rule_documents() }</legend>
            <p class="gestfg-subtle">{ t.rule_documents_help() }</p>
            <ul class="gestfg-document-rules" role="list">{ for whole.value.iter().enumerate().map(row) }</ul>
            <div>
                <Button
                    label={t.rule_document_add()}
                    kind={ButtonKind::Secondary}
                    icon={IconName::Plus}
                    disabled={whole.disabled}
                    onclick={add}
                />
            </div>
        </fieldset>
    }
}

/// One value of one rule, as a field of its own.
fn part<V: PartialEq + 'static>(
    whole: &Field<Vec<DocumentRule>>,
    n: usize,
    name: &str,
    value: V,
    set: impl Fn(&mut DocumentRule, V) + 'static,
) -> Field<V> {
    let (rules, onchange) = (whole.value.clone(), whole.onchange.clone());
    Field {
        id: format!("{}-{n}-{name}", whole.id).into(),
        value,
        error: None,
        onchange: Callback::from(move |value: V| {
            let mut rules = rules.clone();
            if let Some(rule) = rules.get_mut(n) {
                set(rule, value);
            }
            onchange.emit(rules);
        }),
        onleave: whole.onleave.clone(),
        disabled: whole.disabled,
    }
}
