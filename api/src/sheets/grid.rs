//! The grid a file is turned into, and the builder that keeps it small.

use super::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_TEXT_BYTES, SPARE_ROWS, SheetError};
use gestfg_types::imports::MAX_ROWS;

/// A file as read: all sheets by name, one of them with its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Every sheet, in the order of the file.
    pub sheets: Vec<String>,
    /// The one that was read.
    pub sheet: Sheet,
}

/// One sheet: its rows with something in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Rows with at least one non-blank cell, by rising number.
    pub rows: Vec<Row>,
    /// Merged areas of more than one cell.
    pub merges: Vec<Area>,
}

/// A row with something in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number in the sheet, from 1.
    pub number: u32,
    /// Non-blank cells by rising column index, from 0.
    pub cells: Vec<(u16, String)>,
}

/// A rectangle of cells: rows from 1, columns from 0, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

impl Row {
    /// The text of a column; empty when blank.
    #[must_use]
    pub fn cell(&self, column: u16) -> &str {
        self.cells
            .binary_search_by_key(&column, |(index, _)| *index)
            .ok()
            .and_then(|found| self.cells.get(found))
            .map_or("", |(_, text)| text.as_str())
    }
}

impl Sheet {
    /// The row with this number, if anything is in it.
    #[must_use]
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().and_then(|found| self.rows.get(found))
    }

    /// The number of the last row with anything in it; 0 for an empty sheet.
    #[must_use]
    pub fn last_row(&self) -> u32 {
        self.rows.last().map_or(0, |row| row.number)
    }
}

/// Takes cells in any order and refuses what goes beyond the limits as soon as
/// it does.
#[derive(Debug, Default)]
pub(crate) struct GridBuilder {
    cells: Vec<(u32, u16, String)>,
    merges: Vec<Area>,
    bytes: usize,
    rows: usize,
    last: Option<u32>,
}

impl GridBuilder {
    /// Takes a cell; rows from 1, columns from 0. Blank ones are dropped.
    pub(crate) fn push(&mut self, row: u32, column: u32, text: &str) -> Result<(), SheetError> {
        let Some(text) = tidy(text) else { return Ok(()) };
        let column =
            u16::try_from(column).ok().filter(|c| *c < MAX_COLUMNS).ok_or(SheetError::TooManyColumns)?;
        if self.last != Some(row) {
            self.last = Some(row);
            self.rows += 1;
            if self.rows > MAX_ROWS + SPARE_ROWS {
                return Err(SheetError::TooManyRows);
            }
        }
        self.bytes += text.len();
        if self.bytes > MAX_TEXT_BYTES || self.cells.len() >= MAX_CELLS {
            return Err(SheetError::TooMuchText);
        }
        self.cells.push((row, column, text));
        Ok(())
    }

    /// Takes a merged area; single cells and absurd numbers of them are dropped.
    pub(crate) fn merge(&mut self, area: Area) {
        if self.merges.len() < MAX_ROWS && (area.top, area.left) != (area.bottom, area.right) {
            self.merges.push(area);
        }
    }

    /// Whether nothing came.
    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The sheet. Cells given twice keep the last text.
    pub(crate) fn finish(mut self, name: String) -> Sheet {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows);
        for (number, column, text) in self.cells {
            if rows.last().is_none_or(|row| row.number != number) {
                rows.push(Row { number, cells: Vec::new() });
            }
            if let Some(row) = rows.last_mut() {
                match row.cells.last_mut() {
                    Some((last, old)) if *last == column => *old = text,
                    _ => row.cells.push((column, text)),
                }
            }
        }
        Sheet { name, rows, merges: self.merges }
    }
}

/// Whether nothing of a text would be kept, so that repeating it is no matter.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(is_blank_char)
}

fn is_blank_char(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// The text without outer blanks and in the line ends of here; characters no
/// database or person can use become the replacement character, so that a
/// check can point at them. Blank texts are none.
fn tidy(text: &str) -> Option<String> {
    let trimmed = text.trim_matches(is_blank_char);
    if trimmed.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(trimmed.len());
    let mut chars = trimmed.chars().take(MAX_CELL_CHARS).peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{0b}' | '\u{0c}' => out.push('\n'),
            '\u{a0}' => out.push(' '),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Some(out)
}
