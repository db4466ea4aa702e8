//! Spreadsheets as bytes, in and out. Nothing here knows what a project is.
//!
//! [`read`] turns XLSX, XLS, ODS or CSV into a sparse grid of texts as a
//! person sees them, within bounded memory and time whatever the bytes say;
//! [`write`] makes XLSX files whose texts no program takes for formulas.

pub mod archive;
mod compound;
mod csv;
pub mod error;
pub mod grid;
pub mod list;
mod ods;
mod value;
pub mod write;
mod xls;
mod xlsx;

pub use error::SheetError;
pub use grid::{Area, Book, Row, Sheet};

/// The most columns a sheet may use.
pub const MAX_COLUMNS: u16 = 256;
/// The most characters taken from one cell, which is what Excel itself holds.
pub const MAX_CELL_CHARS: usize = 32_767;
/// The most bytes of text one sheet may hold when every repetition is written out.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;
/// The most cells with something in them.
pub const MAX_CELLS: usize = 2_000_000;
/// Rows allowed above and between the data: notes, headers, totals.
pub const SPARE_ROWS: usize = 200;

/// What a file is, by its first bytes; its name is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML workbook.
    Xlsx,
    /// Workbook of Excel 97 to 2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Text with separators.
    Csv,
}

/// Reads one sheet: the named one, else the first visible one that holds
/// something.
///
/// # Errors
/// [`SheetError`] when the bytes are no spreadsheet, are damaged or locked, or
/// hold more than the limits of this module.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Book, SheetError> {
    if bytes.len() > gestfg_types::imports::MAX_FILE_BYTES {
        return Err(SheetError::FileTooLarge);
    }
    match sniff(bytes)? {
        Format::Csv => csv::read(bytes, sheet),
        Format::Ods => ods::read(bytes, sheet),
        Format::Xlsx => contained(|| xlsx::read(bytes, sheet)),
        Format::Xls => contained(|| xls::read(bytes, sheet)),
    }
}

/// Says what a file is.
///
/// # Errors
/// [`SheetError`] when it is none of the formats taken.
pub fn sniff(bytes: &[u8]) -> Result<Format, SheetError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SheetError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive::sniff(bytes);
    }
    if bytes.starts_with(&compound::SIGNATURE) {
        return Ok(Format::Xls);
    }
    let head = &bytes[..bytes.len().min(1024)];
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<table", "<?xml"].iter().any(|start| text.starts_with(start)) {
        return Err(SheetError::WebPage);
    }
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let binary = head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31));
    if (binary && !utf16) || text.starts_with("%pdf") || text.starts_with("{\\rtf") {
        return Err(SheetError::NotASpreadsheet);
    }
    Ok(Format::Csv)
}

/// The readers of binary formats are other people's code fed with strangers'
/// bytes: a panic in one is a damaged file, not the end of a worker.
fn contained(
    read: impl FnOnce() -> Result<Book, SheetError> + std::panic::UnwindSafe,
) -> Result<Book, SheetError> {
    std::panic::catch_unwind(read)
        .unwrap_or_else(|_panic| Err(SheetError::Damaged("the reader gave up".to_owned())))
}

/// `A`, `B` … `Z`, `AA` … for the column of this index, from 0.
#[must_use]
pub fn column_letter(index: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(index) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The index, from 0, of the column with these letters.
#[must_use]
pub fn column_index(letters: &str) -> Option<u16> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut index = 0_u32;
    for letter in letters.bytes() {
        let upper = letter.to_ascii_uppercase();
        if !upper.is_ascii_uppercase() {
            return None;
        }
        index = index * 26 + u32::from(upper - b'A') + 1;
    }
    u16::try_from(index - 1).ok().filter(|index| *index < MAX_COLUMNS)
}

#[cfg(test)]
mod tests;
