//! Fields of a partial update that can be left alone, cleared or set.

use serde::{Deserialize, Deserializer};

/// Tells `null` (clear it) from an absent field (leave it): use as
/// `#[serde(default, deserialize_with = "crate::patch::nullable")]` on an
/// `Option<Option<T>>`, with `skip_serializing_if = "Option::is_none"`.
///
/// # Errors
/// Those of `T`.
pub fn nullable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::<T>::deserialize(deserializer).map(Some)
}
