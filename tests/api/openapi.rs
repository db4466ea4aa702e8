//! The contract itself: frozen, and without loose ends.

use serde_json::Value;
use std::collections::HashSet;

fn document() -> Value {
    serde_json::to_value(gestfg::openapi::document()).expect("a document")
}

#[test]
fn the_contract_is_moved_on_purpose() {
    insta::with_settings!({ snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/api/snapshots"), prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("openapi", gestfg::openapi::document().to_pretty_json().expect("json"));
    });
}

#[test]
fn every_reference_resolves() {
    let document = document();
    let mut references = HashSet::new();
    collect_references(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference} points nowhere");
    }
}

fn collect_references(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                found.insert(reference.clone());
            }
            map.values().for_each(|value| collect_references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect_references(value, found)),
        _ => {}
    }
}

#[test]
fn every_operation_says_who_may_call_it_and_how_it_refuses() {
    let document = document();
    let mut count = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let name = format!("{} {path}", method.to_uppercase());
            assert!(operation.get("security").is_some(), "{name} declares no security");
            assert!(operation["responses"].get("4XX").is_some(), "{name} declares no refusals");
            assert!(operation["operationId"].is_string(), "{name} has no operationId");
            assert!(
                operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
                "{name} says nothing"
            );
            count += 1;
        }
    }
    assert!(count >= 5);
}
