//! XLSX files made here: templates to fill in, and a sheet given back with one
//! more column.

use super::{MAX_CELL_CHARS, Sheet};
use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a text must not begin with, or a spreadsheet program may run it.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What a program may take for the end of a cell.
const BREAKS: [char; 4] = [';', '\n', '\r', '\t'];
/// Characters a sheet name may not have.
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

/// The text as it may stand in a cell: an apostrophe goes before what a
/// program would take for a formula.
#[must_use]
pub fn neutral(text: &str) -> Cow<'_, str> {
    if text.starts_with(DANGEROUS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The same for files of separated values. A program that expects another
/// separator than ours, as those of here do, sees no quotes where a field does
/// not begin with one: then every semicolon and every line of a text begins a
/// cell of its own.
#[must_use]
pub fn neutral_in_csv(text: &str) -> String {
    let text = neutral(text);
    let mut safe = String::with_capacity(text.len());
    if begins_formula(&text) {
        safe.push('\'');
    }
    for (at, c) in text.char_indices() {
        safe.push(c);
        if BREAKS.contains(&c) && text.get(at + c.len_utf8()..).is_some_and(begins_formula) {
            safe.push('\'');
        }
    }
    safe
}

/// Whether a program would take what comes now for a formula; blanks and quotes
/// before it keep no program from that.
fn begins_formula(rest: &str) -> bool {
    rest.trim_start_matches([' ', '"', '\u{a0}']).starts_with(DANGEROUS)
}

/// The text as it was before [`neutral`] or [`neutral_in_csv`], so that a file
/// given back by the server reads the same when it returns.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\'').filter(|rest| begins_formula(rest)).unwrap_or(text);
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let is_ours = c == '\'' && before.is_some_and(|before| BREAKS.contains(&before));
        if !(is_ours && text.get(at + 1..).is_some_and(begins_formula)) {
            plain.push(c);
        }
        before = Some(c);
    }
    Cow::Owned(plain)
}

/// An empty sheet with the header people know.
#[derive(Debug, Clone)]
pub struct Template<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// A note over the whole width of the first row.
    pub note: Option<&'a str>,
    /// Row of the header, from 1.
    pub header_row: u32,
    /// The headers, from column A on, each with its width in characters.
    pub headers: &'a [(&'a str, f64)],
    /// Whether column A numbers the filled rows by a formula, over this many rows.
    pub numbered_rows: u32,
}

/// Writes a template.
///
/// # Errors
/// When the writer refuses, which no template of ours gives it reason for.
pub fn template(template: &Template<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(template.sheet))?;
    let header = template.header_row - 1;
    let last = u16::try_from(template.headers.len().saturating_sub(1)).unwrap_or(0);
    if let Some(note) = template.note {
        let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.merge_range(0, 0, 0, last, note, &format)?;
        sheet.set_row_height(0, 64)?;
    }
    let bold = header_format();
    for (column, (text, width)) in (0_u16..).zip(template.headers) {
        sheet.write_string_with_format(header, column, *text, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    for row in header + 1..=header + template.numbered_rows {
        let formula = Formula::new(format!("=IF(B{0}<>\"\",ROW()-{1},\"\")", row + 1, template.header_row));
        sheet.write_formula(row, 0, formula.set_result(""))?;
    }
    sheet.set_freeze_panes(header + 1, 0)?;
    workbook.save_to_buffer()
}

/// A column added to a sheet that is given back.
#[derive(Debug, Clone)]
pub struct AddedColumn {
    /// Its header.
    pub header: &'static str,
    /// Row of the header, from 1.
    pub header_row: Option<u32>,
    /// Its texts by row.
    pub texts: BTreeMap<u32, String>,
    /// Cells to paint: row from 1, column from 0.
    pub marked: Vec<(u32, u16)>,
}

/// Writes a sheet as it was read, every cell in its place, with one column to
/// the right of all others.
///
/// # Errors
/// When the writer refuses.
pub fn with_column(sheet: &Sheet, added: &AddedColumn) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let out = workbook.add_worksheet();
    out.set_name(sheet_name(&sheet.name))?;
    let column =
        sheet.rows.iter().filter_map(|row| row.cells.last()).map(|(at, _)| at + 1).max().unwrap_or(0);
    let bold = header_format();
    let wrong = Format::new().set_background_color(Color::RGB(0x00FF_D8D6));
    let words = Format::new().set_font_color(Color::RGB(0x00A3_0000)).set_text_wrap();
    let marked: std::collections::HashSet<(u32, u16)> = added.marked.iter().copied().collect();
    for row in &sheet.rows {
        for (at, text) in &row.cells {
            let format = if Some(row.number) == added.header_row {
                Some(&bold)
            } else {
                marked.contains(&(row.number, *at)).then_some(&wrong)
            };
            write_cell(out, row.number - 1, *at, text, format)?;
        }
    }
    // A cell that is wrong because it is blank is painted too.
    for (row, at) in
        marked.iter().filter(|(row, at)| sheet.row(*row).is_none_or(|row| row.cell(*at).is_empty()))
    {
        out.write_blank(row - 1, *at, &wrong)?;
    }
    if let Some(row) = added.header_row {
        out.write_string_with_format(row - 1, column, added.header, &bold)?;
    }
    for (row, text) in &added.texts {
        out.write_string_with_format(row - 1, column, &*fitting(text), &words)?;
    }
    out.set_column_width(column, 60)?;
    workbook.save_to_buffer()
}

/// Writes a table: headers, then rows, every cell a text that no program
/// takes for a formula.
///
/// # Errors
/// When the writer refuses.
pub fn table(name: &str, headers: &[impl AsRef<str>], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(name))?;
    let bold = header_format();
    for (column, text) in (0_u16..).zip(headers.iter().map(AsRef::as_ref)) {
        sheet.write_string_with_format(0, column, text, &bold)?;
        let widest =
            rows.iter().filter_map(|row| row.get(usize::from(column))).map(|text| text.chars().count());
        let width = widest.chain([text.chars().count()]).max().unwrap_or_default();
        sheet.set_column_width(column, f64::from(u32::try_from(width.clamp(8, 60)).unwrap_or(60)) + 2.0)?;
    }
    for (number, row) in (1_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            sheet.write_string(number, column, &*fitting(text))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// Writes the same as comma-separated values, with the byte-order mark by
/// which spreadsheet programs know UTF-8.
///
/// # Errors
/// When the writer refuses.
pub fn csv_table(headers: &[impl AsRef<str>], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headers.iter().map(AsRef::as_ref))?;
    for row in rows {
        writer.write_record(row.iter().map(|text| neutral(text).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    let default = Format::default();
    let format = format.unwrap_or(&default);
    match small_number(text) {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_string_with_format(row, column, &*fitting(text), format)?,
    };
    Ok(())
}

/// Whole numbers that look the same as a number and as a text.
fn small_number(text: &str) -> Option<f64> {
    let number: u32 = text.parse().ok()?;
    (number.to_string() == text).then_some(f64::from(number))
}

pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    let safe = neutral(text);
    match safe.char_indices().nth(MAX_CELL_CHARS) {
        Some((at, _)) => Cow::Owned(safe[..at].to_owned()),
        None => safe,
    }
}

pub(super) fn header_format() -> Format {
    Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E7_EEF7))
}

pub(super) fn sheet_name(name: &str) -> String {
    let clean: String =
        name.trim_matches('\'').chars().filter(|c| !NOT_IN_NAMES.contains(c)).take(31).collect();
    if clean.trim().is_empty() { "Hoja1".to_owned() } else { clean }
}
