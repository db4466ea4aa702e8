//! Text with separators, as the office's programs save it.
//!
//! Row numbers are those a spreadsheet program would show: a blank line counts,
//! a quoted field with line ends in it does not count twice.

use super::grid::GridBuilder;
use super::{Book, SheetError};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Separators tried, in order of preference when nothing else decides.
const SEPARATORS: [char; 3] = [';', ',', '\t'];
/// Rows looked at to find the separator.
const SNIFFED_ROWS: usize = 50;
/// The sheet's name, since a file of text has none.
const SHEET: &str = "CSV";

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Book, SheetError> {
    if let Some(name) = wanted.filter(|name| *name != SHEET) {
        return Err(SheetError::NoSuchSheet(name.to_owned()));
    }
    let text = decode(bytes);
    let (separator, text, first_row) = declared(&text).unwrap_or_else(|| (sniff(&text), &text, 1));
    let mut grid = GridBuilder::default();
    let mut fields = Fields::new(text, separator, first_row);
    while let Some((row, column, field)) = fields.next()? {
        grid.push(row, column, &field)?;
    }
    if grid.is_empty() {
        return Err(SheetError::NothingInside);
    }
    Ok(Book { sheets: vec![SHEET.to_owned()], sheet: grid.finish(SHEET.to_owned()) })
}

/// UTF-8 when it is that, else what Windows programs in Spain write.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if bytes.starts_with(&[0xff, 0xfe]) {
        return UTF_16LE.decode(bytes).0;
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return UTF_16BE.decode(bytes).0;
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_not_utf8) => WINDOWS_1252.decode_without_bom_handling(body).0,
    }
}

/// The `sep=;` line Excel understands, which is no row of the table but does
/// count as one.
fn declared(text: &str) -> Option<(char, &str, u32)> {
    let (line, rest) = text.split_once('\n')?;
    let mut mark = line.trim_end_matches('\r').strip_prefix("sep=")?.chars();
    match (mark.next(), mark.next()) {
        (Some(separator), None) if separator != '"' && !separator.is_alphanumeric() => {
            Some((separator, rest, 2))
        }
        _ => None,
    }
}

/// The separator under which most rows have the same number of fields, and
/// the most of them.
fn sniff(text: &str) -> char {
    let mut best = (0_usize, ';');
    for separator in SEPARATORS {
        let mut widths = std::collections::HashMap::<u32, usize>::new();
        let mut fields = Fields::new(text, separator, 1);
        let mut now = (0, 0);
        while let Ok(Some((row, column, _))) = fields.next() {
            if row != now.0 && now.0 > 0 {
                *widths.entry(now.1 + 1).or_default() += 1;
            }
            now = (row, column);
            if widths.values().sum::<usize>() >= SNIFFED_ROWS {
                break;
            }
        }
        *widths.entry(now.1 + 1).or_default() += 1;
        let score = widths.iter().map(|(width, rows)| (*width as usize - 1) * rows * rows).max().unwrap_or(0);
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// One field after the other, with its row and column.
struct Fields<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    text: &'a str,
    separator: char,
    row: u32,
    column: u32,
    done: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, separator: char, row: u32) -> Self {
        Self { rest: text.char_indices().peekable(), text, separator, row, column: 0, done: false }
    }

    fn next(&mut self) -> Result<Option<(u32, u32, Cow<'a, str>)>, SheetError> {
        if self.done {
            return Ok(None);
        }
        let position = (self.row, self.column);
        let field = if matches!(self.rest.peek(), Some((_, '"'))) { self.quoted()? } else { self.plain() };
        match self.rest.next() {
            None => self.done = true,
            Some((_, c)) if c == self.separator => self.column += 1,
            Some((_, c)) => {
                if c == '\r' && matches!(self.rest.peek(), Some((_, '\n'))) {
                    self.rest.next();
                }
                self.row = self.row.saturating_add(1);
                self.column = 0;
            }
        }
        Ok(Some((position.0, position.1, field)))
    }

    fn at_end(&mut self) -> bool {
        let separator = self.separator;
        self.rest.peek().is_none_or(|(_, c)| *c == separator || matches!(c, '\n' | '\r'))
    }

    fn plain(&mut self) -> Cow<'a, str> {
        let start = self.rest.peek().map_or(self.text.len(), |(at, _)| *at);
        while !self.at_end() {
            self.rest.next();
        }
        let end = self.rest.peek().map_or(self.text.len(), |(at, _)| *at);
        Cow::Borrowed(&self.text[start..end])
    }

    fn quoted(&mut self) -> Result<Cow<'a, str>, SheetError> {
        self.rest.next();
        let mut field = String::new();
        loop {
            match self.rest.next() {
                None => return Err(SheetError::OpenQuote(self.row)),
                Some((_, '"')) if matches!(self.rest.peek(), Some((_, '"'))) => {
                    self.rest.next();
                    field.push('"');
                }
                Some((_, '"')) => break,
                Some((_, c)) => field.push(c),
            }
        }
        // What stands between the closing quote and the separator belongs to
        // the field: some programs write `"a" b`.
        let tail = self.plain();
        field.push_str(&tail);
        Ok(Cow::Owned(field))
    }
}
