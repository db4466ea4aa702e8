//! Which program runs.

/// Its version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit it was made of: as the platform says (Heroku's buildpacks while
/// building, its dynos while running), or `unknown`.
#[must_use]
pub fn commit() -> String {
    option_env!("SOURCE_VERSION")
        .map(str::to_owned)
        .or_else(|| std::env::var("HEROKU_BUILD_COMMIT").ok())
        .or_else(|| std::env::var("HEROKU_SLUG_COMMIT").ok())
        .filter(|commit| !commit.is_empty())
        .unwrap_or_else(|| "unknown".to_owned())
}
