//! What a write changed, value by value.

use crate::i18n::{Texts, use_texts};
use serde_json::Value;
use std::collections::BTreeMap;
use yew::prelude::*;

/// One value that became another; absent where there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) field: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// The values that differ, by dotted name.
pub(super) fn differences(before: Option<&Value>, after: Option<&Value>) -> Vec<Difference> {
    let (mut old, mut new) = (BTreeMap::new(), BTreeMap::new());
    flatten("", before, &mut old);
    flatten("", after, &mut new);
    let mut fields: Vec<&String> = old.keys().chain(new.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .into_iter()
        .filter(|field| old.get(*field) != new.get(*field))
        .map(|field| Difference {
            field: field.clone(),
            before: old.get(field).cloned(),
            after: new.get(field).cloned(),
        })
        .collect()
}

fn flatten(path: &str, value: Option<&Value>, into: &mut BTreeMap<String, String>) {
    let name = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Object(fields)) => {
            for (key, value) in fields {
                flatten(&name(key), Some(value), into);
            }
        }
        Some(Value::Array(items)) if items.iter().any(Value::is_object) => {
            for (index, value) in items.iter().enumerate() {
                flatten(&name(&(index + 1).to_string()), Some(value), into);
            }
        }
        Some(Value::Array(items)) => {
            let texts: Vec<String> = items.iter().map(plain).collect();
            into.insert(path.to_owned(), texts.join(", "));
        }
        Some(value) => {
            into.insert(path.to_owned(), plain(value));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct DiffProps {
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

/// The values before and after, side by side.
#[component]
pub(super) fn Diff(props: &DiffProps) -> Html {
    let t = use_texts();
    if props.before.is_none() && props.after.is_none() {
        return html! { <p class="gestfg-subtle">{ t.audit_no_values() }</p> };
    }
    let found = differences(props.before.as_ref(), props.after.as_ref());
    if found.is_empty() {
        return html! { <p class="gestfg-subtle">{ t.audit_nothing_differs() }</p> };
    }
    let (old, new) = (props.before.is_some(), props.after.is_some());
    html! {
        <>
            if old && new {
                <p class="gestfg-subtle gestfg-gap-after">{ t.audit_only_changes() }</p>
            }
            <table class="pf-v6-c-table pf-m-compact pf-m-grid-md gestfg-diff">
                <caption class="pf-v6-screen-reader">{ t.audit_details() }</caption>
                <thead class="pf-v6-c-table__thead">
                    <tr class="pf-v6-c-table__tr">
                        <th class="pf-v6-c-table__th" scope="col">{ t.audit_field() }</th>
                        if old {
                            <th class="pf-v6-c-table__th" scope="col">{ t.audit_before() }</th>
                        }
                        if new {
                            <th class="pf-v6-c-table__th" scope="col">{ t.audit_after() }</th>
                        }
                    </tr>
                </thead>
                <tbody class="pf-v6-c-table__tbody">
                    { for found.iter().map(|difference| line(t, difference, old, new)) }
                </tbody>
            </table>
        </>
    }
}

fn line(t: Texts, difference: &Difference, old: bool, new: bool) -> Html {
    let cell = |value: &Option<String>, label: &'static str, mark: &'static str| {
        html! {
            <td class="pf-v6-c-table__td" data-label={label}>
                if let Some(value) = value {
                    <span class={classes!("gestfg-diff__value", mark)}>{ value }</span>
                } else {
                    <span class="gestfg-subtle">{ "—" }</span>
                }
            </td>
        }
    };
    html! {
        <tr key={difference.field.clone()} class="pf-v6-c-table__tr">
            <th class="pf-v6-c-table__th" scope="row" data-label={t.audit_field()}><code>{ &difference.field }</code></th>
            if old {
                { cell(&difference.before, t.audit_before(), "gestfg-diff__before") }
            }
            if new {
                { cell(&difference.after, t.audit_after(), "gestfg-diff__after") }
            }
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_shown_by_its_dotted_name() {
        let before = json!({"name": "Uno", "rules": {"kinds": ["T1", "T2"]}, "head": null, "same": 1});
        let after = json!({"name": "Dos", "rules": {"kinds": ["T1"]}, "head": {"id": 4}, "same": 1});
        let found = differences(Some(&before), Some(&after));
        let shown: Vec<_> = found
            .iter()
            .map(|line| (line.field.as_str(), line.before.as_deref(), line.after.as_deref()))
            .collect();
        assert_eq!(
            shown,
            [
                ("head.id", None, Some("4")),
                ("name", Some("Uno"), Some("Dos")),
                ("rules.kinds", Some("T1, T2"), Some("T1")),
            ]
        );
        assert!(differences(None, None).is_empty());
    }
}
