//! XLS: the cell records of BIFF8 (Excel 97 to 2003).
//!
//! Read here and not by a library because the shared strings of a small file
//! can stand for gigabytes of cells; every text passes the grid's counters.

use super::archive::MAX_PARTS;
use super::compound::{Compound, u16_at, u32_at};
use super::grid::{Area, GridBuilder};
use super::{Book, MAX_CELL_CHARS, MAX_CELLS, SheetError, value};
use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

const BIFF8: u16 = 0x0600;
/// Bytes that sheets with nothing in them may make us read: more than one may
/// begin at the same place.
const MAX_SEARCHED: usize = 256 * 1024 * 1024;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Book, SheetError> {
    let file = Compound::open(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(SheetError::Locked);
    }
    if !file.has("Workbook") && file.has("Book") {
        return Err(SheetError::damaged("it is older than Excel 97; save it as XLSX"));
    }
    let stream = file.stream("Workbook")?;
    let globals = Globals::read(&stream)?;
    let sheets: Vec<String> = globals.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    let mut order: Vec<&SheetEntry> = match wanted {
        Some(name) => globals.sheets.iter().filter(|sheet| sheet.name == name).take(1).collect(),
        None => globals.sheets.iter().collect(),
    };
    order.sort_by_key(|sheet| !sheet.visible);
    if let (true, Some(name)) = (order.is_empty(), wanted) {
        return Err(SheetError::NoSuchSheet(name.to_owned()));
    }
    let searched = (MAX_SEARCHED / stream.len().max(1)).clamp(1, 256);
    for entry in order.into_iter().take(searched) {
        let grid = read_sheet(&stream, entry, &globals)?;
        if wanted.is_some() || !grid.is_empty() {
            return Ok(Book { sheets, sheet: grid.finish(entry.name.clone()) });
        }
    }
    Err(SheetError::NothingInside)
}

struct SheetEntry {
    name: String,
    position: usize,
    visible: bool,
}

#[derive(Default)]
struct Globals {
    sheets: Vec<SheetEntry>,
    strings: Vec<String>,
    /// Per cell format: what its numbers are.
    formats: Vec<NumberKind>,
    is_1904: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    Plain,
    Date,
    Duration,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, SheetError> {
        let mut globals = Self::default();
        let mut custom = std::collections::HashMap::new();
        let mut indexes = Vec::new();
        for (typ, data, rest) in Records(stream, 0) {
            match typ {
                _ if globals.sheets.len() > MAX_PARTS => return Err(SheetError::TooManyParts),
                0x0809 if u16_at(data, 0) != Some(BIFF8) => {
                    return Err(SheetError::damaged("it is older than Excel 97; save it as XLSX"));
                }
                0x002f if u16_at(data, 0) != Some(0) => return Err(SheetError::Locked),
                0x0022 => globals.is_1904 = u16_at(data, 0) == Some(1),
                0x041e => {
                    if let (Some(index), Some(text)) =
                        (u16_at(data, 0), data.get(2..).and_then(|rest| Text::new(rest, &[]).string(2)))
                    {
                        custom.insert(index, kind_of_format(&text));
                    }
                }
                0x00e0 => indexes.push(u16_at(data, 2).unwrap_or(0)),
                0x0085 if data.get(5) == Some(&0) => globals.sheets.push(SheetEntry {
                    position: u32_at(data, 0).unwrap_or(u32::MAX) as usize,
                    visible: data.get(4).is_some_and(|flags| flags & 3 == 0),
                    name: data
                        .get(6..)
                        .and_then(|rest| Text::new(rest, &[]).string(1))
                        .ok_or_else(|| SheetError::damaged("a sheet has no name"))?,
                }),
                0x00fc => globals.strings = shared_strings(data, rest)?,
                0x000a => break,
                _ => {}
            }
        }
        globals.formats = indexes
            .into_iter()
            .map(|i| custom.get(&i).copied().unwrap_or_else(|| built_in_kind(i)))
            .collect();
        Ok(globals)
    }

    fn shown(&self, number: f64, format: Option<u16>) -> String {
        let kind =
            format.and_then(|f| self.formats.get(usize::from(f))).copied().unwrap_or(NumberKind::Plain);
        let typed = |t| value::of_data(&Data::DateTime(ExcelDateTime::new(number, t, self.is_1904)));
        match kind {
            NumberKind::Plain => value::number(number),
            NumberKind::Date => typed(ExcelDateTimeType::DateTime),
            NumberKind::Duration => typed(ExcelDateTimeType::TimeDelta),
        }
    }
}

fn read_sheet(stream: &[u8], entry: &SheetEntry, globals: &Globals) -> Result<GridBuilder, SheetError> {
    let mut grid = GridBuilder::default();
    let body = stream
        .get(entry.position..)
        .ok_or_else(|| SheetError::damaged("a sheet is not where it should be"))?;
    let mut depth = 0_usize;
    let mut formula = (0, 0);
    for (typ, data, rest) in Records(body, 0) {
        match typ {
            0x0809 => depth += 1,
            0x000a if depth <= 1 => break,
            0x000a => depth -= 1,
            // Charts inside the sheet have cells of their own.
            _ if depth > 1 => {}
            0x00e5 => merged(data, &mut grid),
            0x0207 => {
                if let Some(text) = Text::new(data, rest).string(2) {
                    grid.push(formula.0, formula.1, &text)?;
                }
            }
            _ => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
                let (row, column, format) = (u32::from(row) + 1, u32::from(column), u16_at(data, 4));
                match typ {
                    0x0203 => grid.push(row, column, &globals.shown(f64_at(data, 6), format))?,
                    0x027e => grid.push(row, column, &globals.shown(rk_at(data, 6), format))?,
                    0x00bd => {
                        for (i, cell) in data[4..].as_chunks::<6>().0.iter().enumerate() {
                            grid.push(
                                row,
                                column + i as u32,
                                &globals.shown(rk_at(cell, 2), u16_at(cell, 0)),
                            )?;
                        }
                    }
                    0x00fd => {
                        let text = u32_at(data, 6).and_then(|index| globals.strings.get(index as usize));
                        grid.push(row, column, text.map_or("", String::as_str))?;
                    }
                    0x0204 | 0x00d6 => {
                        let text = data.get(6..).and_then(|body| Text::new(body, rest).string(2));
                        grid.push(row, column, &text.unwrap_or_default())?;
                    }
                    0x0205 if data.get(7) == Some(&0) => {
                        grid.push(row, column, value::boolean(data.get(6) == Some(&1)))?;
                    }
                    0x0006 => {
                        formula = (row, column);
                        match (u16_at(data, 12), data.get(6)) {
                            (Some(0xffff), Some(1)) => {
                                grid.push(row, column, value::boolean(data.get(8) == Some(&1)))?;
                            }
                            (Some(0xffff), _) => {}
                            _ => grid.push(row, column, &globals.shown(f64_at(data, 6), format))?,
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(grid)
}

fn merged(data: &[u8], grid: &mut GridBuilder) {
    for area in data.get(2..).unwrap_or_default().as_chunks::<8>().0 {
        if let (Some(top), Some(bottom), Some(left), Some(right)) =
            (u16_at(area, 0), u16_at(area, 2), u16_at(area, 4), u16_at(area, 6))
        {
            grid.merge(Area { top: u32::from(top) + 1, left, bottom: u32::from(bottom) + 1, right });
        }
    }
}

fn f64_at(bytes: &[u8], at: usize) -> f64 {
    bytes.get(at..at + 8).and_then(|raw| raw.try_into().ok()).map_or(f64::NAN, f64::from_le_bytes)
}

/// A number packed in 30 bits: an integer or the top of a float, perhaps in hundredths.
fn rk_at(bytes: &[u8], at: usize) -> f64 {
    let Some(raw) = u32_at(bytes, at) else { return f64::NAN };
    let value = if raw & 2 == 0 {
        f64::from_bits(u64::from(raw & !3) << 32)
    } else {
        f64::from(i32::from_le_bytes(raw.to_le_bytes()) >> 2)
    };
    if raw & 1 == 0 { value } else { value / 100.0 }
}

const fn built_in_kind(index: u16) -> NumberKind {
    match index {
        46 => NumberKind::Duration,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => NumberKind::Date,
        _ => NumberKind::Plain,
    }
}

/// Whether a number format shows a date: its letters outside quotes and brackets tell.
fn kind_of_format(format: &str) -> NumberKind {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in format.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' | '_' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracket = true,
            ']' => bracket = false,
            'h' | 'H' | 'm' | 's' if bracket => return NumberKind::Duration,
            _ if bracket => {}
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return NumberKind::Date,
            _ => {}
        }
    }
    NumberKind::Plain
}

/// Records of a stream: type, body, and what follows (for continuations).
struct Records<'a>(&'a [u8], usize);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (typ, length) = (u16_at(self.0, self.1)?, usize::from(u16_at(self.0, self.1 + 2)?));
        let start = self.1 + 4;
        let body = self.0.get(start..start + length)?;
        self.1 = start + length;
        Some((typ, body, &self.0[self.1..]))
    }
}

/// A text of no characters takes three bytes here and eight times as many in memory.
fn shared_strings(data: &[u8], rest: &[u8]) -> Result<Vec<String>, SheetError> {
    let mut text = Text::new(data.get(8..).unwrap_or_default(), rest);
    let mut strings = Vec::new();
    while let Some(string) = text.string(2) {
        if strings.len() == MAX_CELLS {
            return Err(SheetError::TooMuchText);
        }
        strings.push(string);
    }
    Ok(strings)
}

/// Texts that may go on in continuation records.
struct Text<'a> {
    now: &'a [u8],
    rest: Records<'a>,
}

impl<'a> Text<'a> {
    fn new(now: &'a [u8], rest: &'a [u8]) -> Self {
        Self { now, rest: Records(rest, 0) }
    }

    /// Goes to the next continuation when this piece is used up.
    fn refill(&mut self) -> Option<()> {
        while self.now.is_empty() {
            self.now = self.rest.next().filter(|(typ, _, _)| *typ == 0x003c)?.1;
        }
        Some(())
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.now.split_at_checked(count)?;
        self.now = tail;
        Some(head)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.refill()?;
            count -= self.bytes(count.min(self.now.len()))?.len();
        }
        Some(())
    }

    /// A text with its length in one or two bytes before it.
    fn string(&mut self, length_bytes: usize) -> Option<String> {
        self.refill()?;
        let length = self.bytes(length_bytes)?;
        let mut left = usize::from(u16_at(&[length[0], *length.get(1).unwrap_or(&0)], 0)?);
        let mut flags = self.bytes(1)?[0];
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16_at(self.bytes(2)?, 0)?) };
        let extra = if flags & 4 == 0 { 0 } else { u32_at(self.bytes(4)?, 0)? as usize };
        let mut units = Vec::with_capacity(left.min(MAX_CELL_CHARS));
        while left > 0 {
            if self.now.is_empty() {
                self.refill()?;
                // Every continuation says anew how wide its characters are.
                flags = self.bytes(1)?[0];
            }
            let width = 1 + usize::from(flags & 1);
            let count = left.min(self.now.len() / width);
            if count == 0 && !self.now.is_empty() {
                return None;
            }
            let raw = self.bytes(count * width)?;
            units.extend((0..count).filter_map(|i| {
                if width == 1 { raw.get(i).map(|b| u16::from(*b)) } else { u16_at(raw, 2 * i) }
            }));
            left -= count;
        }
        self.skip(runs * 4 + extra)?;
        Some(String::from_utf16_lossy(&units))
    }
}
