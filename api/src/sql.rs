//! SQL functions of ours, for diesel.

use diesel::sql_types::Text;

diesel::define_sql_function! {
    /// What two texts have in common when case, accents and runs of spaces do not count.
    fn fold_text(value: Text) -> Text;
}

/// A `LIKE` pattern that finds the folded text anywhere, with its own
/// wildcards taken literally.
#[must_use]
pub fn contains_pattern(text: &str) -> String {
    let escaped =
        crate::domain::text::fold(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
