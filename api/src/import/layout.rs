//! Where the data of a sheet are: header row, first and last row, and the
//! field each column holds.

use super::fold::header_words;
use super::headers::recognise;
use crate::sheets::write::plain;
use crate::sheets::{Book, Row, Sheet, SheetError, column_index, column_letter};
use gestfg_types::errors::FieldCode;
use gestfg_types::imports::{ImportColumn, ImportField, ImportKind, ImportLayout, ImportOptions, MAX_ROWS};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Rows looked through for a header.
const HEADER_SEARCH: usize = 60;
/// Values of a column shown as examples, and how long each may be.
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 60;

/// Which column each field is read from.
pub type Columns = BTreeMap<ImportField, u16>;

/// A sheet understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// As it is told.
    pub layout: ImportLayout,
    /// As it is used.
    pub columns: Columns,
    /// What names this header among those met before; none without a header.
    pub header_hash: Option<Vec<u8>>,
}

/// One row of data: what stands in the column of each field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowValues {
    /// Its number in the sheet.
    pub number: u32,
    /// Non-blank values by field.
    pub values: BTreeMap<ImportField, String>,
}

/// Why the options do not fit the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// The option at this JSON pointer makes no sense here.
    #[error("{1}")]
    Option(String, String),
    /// More data rows than taken, or a sheet that cannot be.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

fn wrong(pointer: &str, message: impl Into<String>) -> LayoutError {
    LayoutError::Option(pointer.to_owned(), message.into())
}

/// Finds out where the data are. `remember` gives the mapping kept for a
/// header hash; it is asked only when the options bring none.
///
/// # Errors
/// [`LayoutError`] when the options contradict the sheet or themselves.
pub fn understand(
    book: &Book,
    kind: ImportKind,
    options: &ImportOptions,
    remember: impl FnOnce(&[u8]) -> Option<BTreeMap<ImportField, String>>,
) -> Result<Understood, LayoutError> {
    let sheet = &book.sheet;
    let header_row = match options.header_row {
        Some(row) => Some(row),
        None => find_header(sheet, kind, options.first_row),
    };
    let header = header_row.and_then(|number| sheet.row(number));
    let header_hash = header.map(hash_header);
    let after_header = header_row.map_or(1, |row| {
        let below = |area: &&crate::sheets::Area| area.top <= row && area.bottom >= row;
        sheet
            .merges
            .iter()
            .filter(below)
            .map(|area| area.bottom)
            .max()
            .unwrap_or(row)
            .max(row)
            .saturating_add(1)
    });
    let first_row = options.first_row.unwrap_or(after_header);
    let last_row = options.last_row.unwrap_or(sheet.last_row()).max(first_row);
    if header_row.is_some_and(|header| header >= first_row) {
        return Err(wrong("/options/first_row", "The first row of data comes after the header."));
    }
    if options.last_row.is_some_and(|last| last < first_row) {
        return Err(wrong("/options/last_row", "The last row of data comes after the first one."));
    }
    let mut remembered = false;
    let mapping = match (&options.mapping, &header_hash) {
        (Some(mapping), _) => Some(mapping.clone()),
        (None, Some(hash)) => remember(hash).inspect(|_| remembered = true),
        (None, None) => None,
    };
    let columns = match mapping {
        Some(mapping) => mapped_columns(kind, &mapping)?,
        None => header.map(|row| recognised_columns(row, kind)).unwrap_or_default(),
    };
    let missing = kind
        .required_fields()
        .iter()
        .filter(|field| !columns.contains_key(field))
        .copied()
        .collect::<Vec<_>>();
    let layout = ImportLayout {
        sheets: book.sheets.clone(),
        sheet: sheet.name.clone(),
        header_row,
        first_row,
        last_row,
        columns: describe(sheet, header, (first_row, last_row), &columns),
        missing,
        remembered,
    };
    Ok(Understood { layout, columns, header_hash })
}

/// The row in which most cells are headers we know; two at least.
fn find_header(sheet: &Sheet, kind: ImportKind, before: Option<u32>) -> Option<u32> {
    let mut best: Option<(usize, u32)> = None;
    let rows =
        sheet.rows.iter().take(HEADER_SEARCH).take_while(|row| before.is_none_or(|first| row.number < first));
    for row in rows {
        let known = recognised_columns(row, kind).len();
        if known >= 2 && best.is_none_or(|(most, _)| known > most) {
            best = Some((known, row.number));
        }
    }
    best.map(|(_, number)| number)
}

/// The best column for each field, by the headers of a row.
fn recognised_columns(row: &Row, kind: ImportKind) -> Columns {
    let mut best = BTreeMap::new();
    for (column, text) in &row.cells {
        if let Some((field, how)) = recognise(kind, text) {
            match best.get(&field) {
                Some((_, already)) if *already >= how => {}
                _ => {
                    best.insert(field, (*column, how));
                }
            }
        }
    }
    best.into_iter().map(|(field, (column, _))| (field, column)).collect()
}

/// The columns a person chose.
fn mapped_columns(kind: ImportKind, mapping: &BTreeMap<ImportField, String>) -> Result<Columns, LayoutError> {
    let mut columns = Columns::new();
    let mut used = BTreeSet::new();
    for (field, letters) in mapping {
        let pointer = format!("/options/mapping/{}", field.as_str());
        if !kind.fields().contains(field) {
            return Err(wrong(&pointer, "Files of this kind have no such field."));
        }
        let column = column_index(letters.trim())
            .ok_or_else(|| wrong(&pointer, "This is not a column letter from A to IV."))?;
        if !used.insert(column) {
            return Err(wrong(&pointer, "Another field is read from this column already."));
        }
        columns.insert(*field, column);
    }
    Ok(columns)
}

fn describe(
    sheet: &Sheet,
    header: Option<&Row>,
    (first, last): (u32, u32),
    columns: &Columns,
) -> Vec<ImportColumn> {
    let mut samples: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for (column, _) in header.into_iter().flat_map(|row| &row.cells) {
        samples.entry(*column).or_default();
    }
    for column in columns.values() {
        samples.entry(*column).or_default();
    }
    for row in sheet.rows.iter().filter(|row| (first..=last).contains(&row.number)) {
        for (column, text) in &row.cells {
            let some = samples.entry(*column).or_default();
            if some.len() < SAMPLES {
                some.push(text.chars().take(SAMPLE_CHARS).collect());
            }
        }
    }
    samples
        .into_iter()
        .map(|(column, samples)| {
            let field = columns.iter().find(|(_, at)| **at == column).map(|(field, _)| *field);
            ImportColumn {
                letter: column_letter(column),
                header: header.map(|row| row.cell(column).chars().take(200).collect()).unwrap_or_default(),
                field,
                samples,
                warning: field.is_none().then_some(FieldCode::IgnoredColumn),
            }
        })
        .collect()
}

fn hash_header(row: &Row) -> Vec<u8> {
    let mut hash = Sha256::new();
    for (column, text) in &row.cells {
        hash.update(column.to_be_bytes());
        hash.update(header_words(text).join(" ").as_bytes());
        hash.update([0]);
    }
    hash.finalize().to_vec()
}

/// The rows of data. One with nothing but a number (the formula of column A
/// goes on below the data) is none.
///
/// # Errors
/// When there are more than [`MAX_ROWS`].
pub fn data_rows(sheet: &Sheet, understood: &Understood) -> Result<Vec<RowValues>, SheetError> {
    let (first, last) = (understood.layout.first_row, understood.layout.last_row);
    let mut rows = Vec::new();
    for row in sheet.rows.iter().filter(|row| (first..=last).contains(&row.number)) {
        let mut values = BTreeMap::new();
        for (field, column) in &understood.columns {
            let text = plain(row.cell(*column));
            let text = text.trim();
            if !text.is_empty() {
                values.insert(*field, text.to_owned());
            }
        }
        if values.keys().any(|field| *field != ImportField::Number) {
            rows.push(RowValues { number: row.number, values });
        }
    }
    fill_merged(sheet, understood, &mut rows);
    if rows.len() > MAX_ROWS {
        return Err(SheetError::TooManyRows);
    }
    Ok(rows)
}

/// A cell merged downwards is seen beside every row it covers.
fn fill_merged(sheet: &Sheet, understood: &Understood, rows: &mut [RowValues]) {
    for area in
        sheet.merges.iter().filter(|area| area.bottom > area.top && area.top >= understood.layout.first_row)
    {
        let Some((field, _)) = understood.columns.iter().find(|(_, column)| **column == area.left) else {
            continue;
        };
        let Some(text) = sheet.row(area.top).map(|row| plain(row.cell(area.left)).into_owned()) else {
            continue;
        };
        let from = rows.partition_point(|row| row.number <= area.top);
        for row in rows.iter_mut().skip(from).take_while(|row| row.number <= area.bottom) {
            if !text.is_empty() {
                row.values.entry(*field).or_insert_with(|| text.clone());
            }
        }
    }
}

/// The columns of a layout that was stored.
#[must_use]
pub fn columns_of(layout: &ImportLayout) -> Columns {
    layout.columns.iter().filter_map(|column| Some((column.field?, column_index(&column.letter)?))).collect()
}

#[cfg(test)]
mod tests;
