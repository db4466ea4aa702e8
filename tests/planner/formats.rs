//! The documented examples are instances, and the schemas say what the types say.

use gestfg_planner::command::{Problem, check, plan};
use gestfg_planner::control::Control;
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;

fn read(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn round_trip(problem: Problem, name: &str) {
    let instance = read(&format!("schema/{name}.example.json"));
    let control = Control::new(1, Duration::from_secs(1));
    let solution = plan(problem, &instance, &control).unwrap();
    let (report, valid) = check(problem, &instance, &solution).unwrap();
    assert!(valid, "{report}");
    for (part, text) in [("instance", &instance), ("solution", &solution)] {
        let schema: Value =
            serde_json::from_str(&read(&format!("schema/{name}.{part}.schema.json"))).unwrap();
        let value: Value = serde_json::from_str(text).unwrap();
        conforms(&schema, &schema, &value, part);
    }
}

/// As much of JSON Schema as ours use: references, properties, required, items, additional properties.
fn conforms(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("{reference}"));
        return conforms(root, target, value, at);
    }
    if let Some(required) = schema.get("required").and_then(Value::as_array) {
        for name in required.iter().filter_map(Value::as_str) {
            assert!(value.get(name).is_some(), "{at}: no {name}");
        }
    }
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let known = schema.pointer(&format!("/properties/{name}"));
                let known = known.or_else(|| schema.get("additionalProperties").filter(|a| a.is_object()));
                let known = known.unwrap_or_else(|| panic!("{at}: {name} is not in the schema"));
                conforms(root, known, field, &format!("{at}.{name}"));
            }
        }
        Value::Array(items) => {
            if let Some(each) = schema.get("items") {
                for item in items {
                    conforms(root, each, item, &format!("{at}[]"));
                }
            }
        }
        Value::String(text) => {
            if let Some(list) = schema.get("enum").and_then(Value::as_array) {
                assert!(list.iter().any(|v| v == text), "{at}: {text}");
            }
        }
        _ => {}
    }
}

#[test]
fn the_timetable_example_is_solved_and_documented() {
    round_trip(Problem::Timetable, "timetable");
}

#[test]
fn the_committees_example_is_solved_and_documented() {
    round_trip(Problem::Committees, "committees");
}

#[test]
fn the_allocation_example_is_solved_and_documented() {
    round_trip(Problem::Allocation, "allocation");
}

#[test]
fn unknown_fields_and_unsound_instances_are_refused() {
    let control = Control::new(1, Duration::from_secs(1));
    let text = r#"{"days":[],"rooms":[],"people":[],"defences":[],"romos":[]}"#;
    assert!(plan(Problem::Timetable, text, &control).unwrap_err().to_string().contains("romos"));
    let text = r#"{"days":[],"rooms":[],"people":[],"defences":[{"id":"d","people":["nobody"]}]}"#;
    assert!(plan(Problem::Timetable, text, &control).unwrap_err().to_string().contains("no person nobody"));
}
