//! ODS, streamed: its attributes can repeat a cell a million times in thirty
//! bytes, so repetitions pass the grid's counters one by one and blank ones
//! are skipped in one step.

use super::archive::{Checked, Keeps, MAX_PARTS};
use super::grid::{Area, GridBuilder, is_blank};
use super::{Book, MAX_CELL_CHARS, MAX_COLUMNS, SheetError, archive, value};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use std::io::{BufRead, BufReader};

type Xml<R> = quick_xml::Reader<R>;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Book, SheetError> {
    let Checked { archive: mut zip, .. } = archive::open_checked(bytes, |_| Keeps::Nothing)?;
    if let Ok(mut manifest) = zip.by_name("META-INF/manifest.xml") {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut manifest, &mut text).map_err(SheetError::damaged)?;
        if text.contains("encryption-data") {
            return Err(SheetError::Locked);
        }
    }
    let content = zip.by_name("content.xml").map_err(SheetError::damaged)?;
    let mut xml = Xml::from_reader(BufReader::with_capacity(64 * 1024, content));
    xml.config_mut().expand_empty_elements = true;
    let mut sheets = Vec::new();
    let mut found = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(SheetError::damaged)? {
            Event::Start(table) if table.name() == QName("table:table") => {
                let name = attribute(&table, "table:name")?.unwrap_or_default();
                sheets.push(name.clone());
                if sheets.len() > MAX_PARTS {
                    return Err(SheetError::TooManyParts);
                }
                let grid =
                    read_table(&mut xml, found.is_none() && wanted.is_none_or(|wanted| wanted == name))?;
                if found.is_none() && (wanted == Some(&name) || (wanted.is_none() && !grid.is_empty())) {
                    found = Some(grid.finish(name));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match (found, wanted) {
        (Some(sheet), _) => Ok(Book { sheets, sheet }),
        (None, Some(name)) => Err(SheetError::NoSuchSheet(name.to_owned())),
        (None, None) => Err(SheetError::NothingInside),
    }
}

/// A cell of the row being read, with how often it comes.
struct Cell {
    column: u32,
    times: u32,
    text: String,
    across: u32,
    down: u32,
}

fn read_table<R: BufRead>(xml: &mut Xml<R>, keep: bool) -> Result<GridBuilder, SheetError> {
    let mut grid = GridBuilder::default();
    let mut buffer = Vec::new();
    let mut row = 1_u32;
    let mut depth = 1;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(SheetError::damaged)? {
            Event::Start(start) if start.name() == QName("table:table-row") => {
                let times = count(&start, "table:number-rows-repeated")?;
                let cells = read_row(xml)?;
                if keep && !cells.is_empty() {
                    for copy in 0..times {
                        put_row(&mut grid, row.saturating_add(copy), &cells)?;
                    }
                }
                row = row.saturating_add(times);
            }
            Event::Start(start) if start.name() == QName("table:table") => depth += 1,
            Event::End(end) if end.name() == QName("table:table") => {
                depth -= 1;
                if depth == 0 {
                    return Ok(grid);
                }
            }
            Event::Eof => return Err(SheetError::damaged("it ends in the middle of a sheet")),
            _ => {}
        }
    }
}

fn put_row(grid: &mut GridBuilder, row: u32, cells: &[Cell]) -> Result<(), SheetError> {
    for cell in cells {
        for copy in 0..cell.times {
            grid.push(row, cell.column.saturating_add(copy), &cell.text)?;
        }
        let right = cell.column.saturating_add(cell.across - 1).min(u32::from(MAX_COLUMNS));
        if let (Ok(left), Ok(right)) = (u16::try_from(cell.column), u16::try_from(right)) {
            grid.merge(Area { top: row, left, bottom: row.saturating_add(cell.down - 1), right });
        }
    }
    Ok(())
}

fn read_row<R: BufRead>(xml: &mut Xml<R>) -> Result<Vec<Cell>, SheetError> {
    let mut cells = Vec::new();
    let mut buffer = Vec::new();
    let mut column = 0_u32;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(SheetError::damaged)? {
            Event::Start(start)
                if matches!(start.name().as_ref(), "table:table-cell" | "table:covered-table-cell") =>
            {
                let times = count(&start, "table:number-columns-repeated")?;
                let (across, down) = (
                    count(&start, "table:number-columns-spanned")?,
                    count(&start, "table:number-rows-spanned")?,
                );
                let typed = typed_value(&start)?;
                let text = read_text(xml)?;
                let text = typed.unwrap_or(text);
                let text = match attribute(&start, "office:string-value")? {
                    Some(value) if text.is_empty() => value,
                    _ => text,
                };
                // One beyond the last column is enough to be refused for.
                if !is_blank(&text) && cells.len() <= usize::from(MAX_COLUMNS) {
                    cells.push(Cell { column, times, text, across, down });
                }
                column = column.saturating_add(times);
            }
            Event::End(end) if end.name() == QName("table:table-row") => return Ok(cells),
            Event::Eof => return Err(SheetError::damaged("it ends in the middle of a row")),
            _ => {}
        }
    }
}

/// The value behind a cell where it is better than the text shown: a date in
/// the order of here whatever the style, a number with all its digits.
fn typed_value(cell: &BytesStart<'_>) -> Result<Option<String>, SheetError> {
    Ok(match attribute(cell, "office:value-type")?.as_deref() {
        Some("float") => attribute(cell, "office:value")?.and_then(|v| v.parse().ok()).map(value::number),
        Some("date") => attribute(cell, "office:date-value")?.map(|v| value::iso_date(&v)),
        Some("boolean") => {
            attribute(cell, "office:boolean-value")?.map(|v| value::boolean(v == "true").to_owned())
        }
        _ => None,
    })
}

/// The paragraphs of a cell, up to its end; notes attached to it are not text.
fn read_text<R: BufRead>(xml: &mut Xml<R>) -> Result<String, SheetError> {
    let mut text = String::new();
    let mut buffer = Vec::new();
    let (mut depth, mut note, mut paragraphs) = (1_usize, 0_usize, 0_usize);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(SheetError::damaged)? {
            Event::Start(start) => {
                depth += 1;
                match start.name().as_ref() {
                    "office:annotation" => note += 1,
                    _ if note > 0 => note += 1,
                    "text:p" => {
                        paragraphs += 1;
                        if paragraphs > 1 {
                            text.push('\n');
                        }
                    }
                    "text:s" => {
                        let spaces = count(&start, "text:c")? as usize;
                        let room = (MAX_CELL_CHARS * 4).saturating_sub(text.len());
                        text.extend(std::iter::repeat_n(' ', spaces.min(room)));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                }
            }
            Event::End(_) => {
                depth -= 1;
                note = note.saturating_sub(1);
                if depth == 0 {
                    return Ok(text);
                }
            }
            Event::Text(piece) if note == 0 && paragraphs > 0 => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(entity) if note == 0 => text.push_str(&resolve(&entity)?),
            Event::Eof => return Err(SheetError::damaged("it ends in the middle of a cell")),
            _ => {}
        }
        if text.len() > MAX_CELL_CHARS * 4 {
            text.truncate(text.floor_char_boundary(MAX_CELL_CHARS * 4));
        }
    }
}

/// The five entities XML has of itself and character numbers; no others.
fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, SheetError> {
    if let Some(c) = entity.resolve_char_ref().map_err(SheetError::damaged)? {
        return Ok(c.to_string());
    }
    let name: &str = entity.as_ref();
    quick_xml::escape::resolve_xml_entity(name).map(str::to_owned).ok_or(SheetError::Entities)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, SheetError> {
    match element.try_get_attribute(name).map_err(SheetError::damaged)? {
        Some(found) => {
            let value =
                found.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(SheetError::damaged)?;
            Ok(Some(value.into_owned()))
        }
        None => Ok(None),
    }
}

/// A repetition: at least one, and no more than a sheet can have rows.
fn count(element: &BytesStart<'_>, name: &str) -> Result<u32, SheetError> {
    let given = attribute(element, name)?.and_then(|text| text.trim().parse::<u32>().ok());
    Ok(given.unwrap_or(1).clamp(1, 1_048_576))
}
