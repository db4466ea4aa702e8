//! Lists as files, written row by row: what is in memory at once does not grow
//! with the list. The rows go to a file without a name, which is gone when
//! whoever reads it lets go of it, or the server dies.

use super::write::{fitting, header_format, neutral_in_csv, sheet_name};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use std::fs::File;
use std::io::{BufWriter, Seek, Write};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, which no program takes for a formula.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number with decimals, exactly and as its reader writes it.
    Decimal(String),
    /// A day.
    Day(NaiveDate),
    /// A day and an hour, by the clock on the wall.
    Moment(NaiveDateTime),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i16> for Cell {
    fn from(number: i16) -> Self {
        Self::Number(number.into())
    }
}

impl From<NaiveDateTime> for Cell {
    fn from(moment: NaiveDateTime) -> Self {
        Self::Moment(moment)
    }
}

impl From<NaiveDate> for Cell {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// As text, the way CSV has it.
    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => neutral_in_csv(text),
            Self::Number(number) => number.to_string(),
            Self::Decimal(number) => number.clone(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
            Self::Moment(moment) => moment.format("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The disk.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// The writer of CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The writer of XLSX.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
}

/// A file that is being written.
pub enum ListFile {
    /// Comma-separated values.
    Csv(Box<csv::Writer<BufWriter<File>>>),
    /// A workbook.
    Xlsx(Box<XlsxList>),
}

/// A workbook that is being written.
pub struct XlsxList {
    workbook: Workbook,
    /// The row that comes next.
    row: u32,
    /// The longest text of each column.
    widths: Vec<usize>,
    day: Format,
    moment: Format,
}

/// Wider is no easier to read.
const WIDEST: usize = 60;

impl ListFile {
    /// Comma-separated values in UTF-8, with the mark by which spreadsheet
    /// programs know it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn csv(headers: &[&str]) -> Result<Self, ListError> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(headers)?;
        Ok(Self::Csv(Box::new(writer)))
    }

    /// A workbook of one sheet, with its header frozen and ready to filter by.
    ///
    /// # Errors
    /// When the disk or the writer refuses.
    pub fn xlsx(name: &str, headers: &[&str]) -> Result<Self, ListError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = header_format();
        for (column, text) in (0_u16..).zip(headers) {
            sheet.write_string_with_format(0, column, *text, &bold)?;
        }
        Ok(Self::Xlsx(Box::new(XlsxList {
            workbook,
            row: 1,
            widths: headers.iter().map(|text| text.chars().count()).collect(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        })))
    }

    /// Add a row.
    ///
    /// # Errors
    /// When the disk or the writer refuses.
    pub fn add(&mut self, cells: &[Cell]) -> Result<(), ListError> {
        match self {
            Self::Csv(writer) => Ok(writer.write_record(cells.iter().map(Cell::text))?),
            Self::Xlsx(list) => list.add(cells),
        }
    }

    /// The whole file, to be read from its beginning.
    ///
    /// # Errors
    /// When the disk or the writer refuses.
    pub fn finish(self) -> Result<File, ListError> {
        let mut file = match self {
            Self::Csv(writer) => writer
                .into_inner()
                .map_err(|error| csv::Error::from(error.into_error()))?
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)?,
            Self::Xlsx(list) => list.finish()?,
        };
        file.rewind()?;
        Ok(file)
    }
}

impl XlsxList {
    fn add(&mut self, cells: &[Cell]) -> Result<(), ListError> {
        let Self { workbook, row, widths, day, moment } = self;
        let sheet = workbook.worksheet_from_index(0)?;
        for ((column, cell), widest) in (0_u16..).zip(cells).zip(widths) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string(*row, column, &*fitting(text))?;
                }
                // Numbers of ours are far below what a double holds exactly.
                #[allow(clippy::cast_precision_loss, reason = "see above")]
                Cell::Number(number) => {
                    sheet.write_number(*row, column, *number as f64)?;
                }
                Cell::Decimal(number) => {
                    match number.replace(',', ".").parse::<f64>() {
                        Ok(number) => sheet.write_number(*row, column, number)?,
                        Err(_not_one) => sheet.write_string(*row, column, &*fitting(number))?,
                    };
                }
                Cell::Day(on) => {
                    sheet.write_datetime_with_format(*row, column, day_of(*on)?, day)?;
                }
                Cell::Moment(at) => {
                    let (hour, minute) =
                        (at.hour().try_into().unwrap_or(0), at.minute().try_into().unwrap_or(0));
                    let at = day_of(at.date())?.and_hms(hour, minute, 0)?;
                    sheet.write_datetime_with_format(*row, column, at, moment)?;
                }
            }
            *widest = (*widest).max(cell.text().chars().take(WIDEST).count());
        }
        *row += 1;
        Ok(())
    }

    fn finish(mut self) -> Result<File, ListError> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, width) in (0_u16..).zip(&self.widths) {
            let width = u32::try_from((*width).clamp(8, WIDEST)).unwrap_or_default();
            sheet.set_column_width(column, f64::from(width) + 2.0)?;
        }
        let last = u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(0);
        sheet.autofilter(0, 0, self.row - 1, last)?;
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file)?;
        Ok(file)
    }
}

fn day_of(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let (month, day) = (day.month().try_into().unwrap_or(1), day.day().try_into().unwrap_or(1));
    ExcelDateTime::from_ymd(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets;
    use std::io::Read;

    fn rows() -> Vec<Vec<Cell>> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        vec![
            vec!["=HYPERLINK(\"http://x\")".into(), 7_i64.into(), day.into(), Cell::Empty],
            vec![
                "Ñandú, «comillas» y\nlíneas".into(),
                (-3_i64).into(),
                Cell::Empty,
                day.and_hms_opt(9, 5, 0).into(),
            ],
        ]
    }

    fn written(mut file: ListFile) -> Vec<u8> {
        for row in rows() {
            file.add(&row).unwrap();
        }
        let mut bytes = Vec::new();
        file.finish().unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn both_forms_hold_the_same_and_no_formula() {
        let headers = ["Texto", "Número", "Día", "Momento"];
        let csv = String::from_utf8(written(ListFile::csv(&headers).unwrap())).unwrap();
        assert_eq!(
            csv,
            "\u{feff}Texto,Número,Día,Momento\n\"'=HYPERLINK(\"\"http://x\"\")\",7,2026-11-23,\n\
             \"Ñandú, «comillas» y\nlíneas\",-3,,2026-11-23 09:05\n"
        );
        let xlsx = written(ListFile::xlsx("Prueba", &headers).unwrap());
        let book = sheets::read(&xlsx, None).unwrap();
        assert_eq!(book.sheet.name, "Prueba");
        let first = book.sheet.row(2).unwrap();
        assert_eq!((first.cell(0), first.cell(1)), ("'=HYPERLINK(\"http://x\")", "7"));
        let second = book.sheet.row(3).unwrap();
        assert_eq!(
            (second.cell(0), second.cell(1), second.cell(2)),
            ("Ñandú, «comillas» y\nlíneas", "-3", "")
        );
        assert!(second.cell(3).contains("2026"), "{}", second.cell(3));
    }

    #[test]
    fn an_empty_list_is_a_file_with_headers() {
        for file in [ListFile::csv(&["A", "B"]), ListFile::xlsx("Vacía", &["A", "B"])] {
            let mut bytes = Vec::new();
            file.unwrap().finish().unwrap().read_to_end(&mut bytes).unwrap();
            assert_eq!(sheets::read(&bytes, None).unwrap().sheet.row(1).unwrap().cell(1), "B");
        }
    }
}
