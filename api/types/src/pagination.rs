//! One page of a list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many items a page holds when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 25;
/// The most items a page may hold.
pub const MAX_LIMIT: u32 = 200;

/// One page of a list, in a total and stable order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// Pass as `cursor` to get the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// How many items the whole list has under the same filters.
    pub total: u64,
}
