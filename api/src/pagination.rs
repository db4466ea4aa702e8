//! Keyset pagination: opaque cursors that stay true while rows come and go.

use crate::error::{AppError, AppResult};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::pagination::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};

/// Writes and reads cursors: the sort keys of the last item, in URL-safe letters.
pub struct Cursor;

impl Cursor {
    /// The cursor behind an item with these keys.
    pub fn of(keys: &impl Serialize) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(keys).unwrap_or_default())
    }

    /// The keys a cursor stands for.
    ///
    /// # Errors
    /// `invalid_cursor` when this list did not make it.
    pub fn read<K: DeserializeOwned>(text: &str) -> AppResult<K> {
        URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .filter(|bytes| !bytes.contains(&0) && !String::from_utf8_lossy(bytes).contains("\\u0000"))
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| AppError::refuse(ErrorCode::InvalidCursor, "The cursor is not one of this list."))
    }
}

/// Reads a parameter of `MAX` characters at most; for `deserialize_with`.
///
/// # Errors
/// When it is longer.
pub fn bounded_text<'de, const MAX: usize, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        Some(text) if text.chars().count() > MAX => {
            Err(D::Error::custom(format!("longer than {MAX} characters")))
        }
        text => Ok(text),
    }
}

/// Where a page starts and how long it is.
#[derive(Debug, Clone)]
pub struct PageParams<K> {
    /// Keys of the item before it.
    pub after: Option<K>,
    /// Items at most.
    pub limit: u32,
}

impl<K: DeserializeOwned> PageParams<K> {
    /// From the query string.
    ///
    /// # Errors
    /// `validation_failed` for a limit outside 1 to 200, `invalid_cursor`.
    pub fn parse(limit: Option<u32>, cursor: Option<&str>) -> AppResult<Self> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(AppError::invalid_field(
                "/limit",
                FieldCode::OutOfRange,
                format!("The limit goes from 1 to {MAX_LIMIT}."),
            ));
        }
        let cursor = cursor.filter(|text| !text.is_empty());
        Ok(Self { after: cursor.map(Cursor::read).transpose()?, limit })
    }
}

impl<K> PageParams<K> {
    /// Rows to ask for: one more than shown, to know whether there are more.
    #[must_use]
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Cut the extra row off and make the cursor behind the last one.
    pub fn window<R>(&self, mut rows: Vec<R>, total: i64, cursor: impl Fn(&R) -> String) -> Window<R> {
        let limit = self.limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = rows.last().filter(|_| more).map(cursor);
        Window { rows, next_cursor, total: u64::try_from(total).unwrap_or_default() }
    }
}

/// A page of rows.
#[derive(Debug, Clone)]
pub struct Window<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
    /// How many rows there are in all.
    pub total: u64,
}

impl<R> Window<R> {
    /// All of a list that is short enough to have no pages.
    pub fn whole(rows: Vec<R>) -> Self {
        let total = u64::try_from(rows.len()).unwrap_or_default();
        Self { rows, next_cursor: None, total }
    }

    /// The same page of something made of each row.
    pub fn shape<T>(self, show: impl FnMut(R) -> T) -> Window<T> {
        let Self { rows, next_cursor, total } = self;
        Window { rows: rows.into_iter().map(show).collect(), next_cursor, total }
    }

    /// The same page with several things made of each row.
    pub fn spread<T>(self, show: impl FnMut(R) -> Vec<T>) -> Window<T> {
        let Self { rows, next_cursor, total } = self;
        Window { rows: rows.into_iter().flat_map(show).collect(), next_cursor, total }
    }

    /// The page as it travels.
    pub fn map<T>(self, show: impl FnMut(R) -> T) -> Page<T> {
        Page {
            items: self.rows.into_iter().map(show).collect(),
            next_cursor: self.next_cursor,
            total: self.total,
        }
    }
}
