//! What frozen inputs are recognised by.

use super::instance::{Instance, Method};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The SHA-256, in hexadecimal, of the canonical JSON of an instance without how it is decided: `name`,
/// `method`, `weights` and `seed` are left out, so that all methods run side by side on the same inputs
/// show the same hash; the solution states them beside it. Canonical is: every default written out,
/// what is absent left out, names of fields in order of their bytes, no space between.
pub fn input_hash(instance: &Instance) -> String {
    let bare = Instance {
        name: String::new(),
        weights: Vec::new(),
        seed: 0,
        method: Method::SerialDictatorship,
        ..instance.clone()
    };
    let mut text = String::new();
    // An instance holds nothing that JSON cannot say.
    if let Ok(Value::Object(mut fields)) = serde_json::to_value(&bare) {
        for name in ["method", "seed"] {
            fields.remove(name);
        }
        write(&Value::Object(fields), &mut text);
    }
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// By hand, because whether the maps of `serde_json` are sorted depends on who else is compiled.
fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| name.as_str());
            text.push('{');
            for (at, (name, field)) in fields.into_iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(field, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}
