//! XLSX, cell by cell: only texts with something in them are kept.
//!
//! The library keeps shared texts, styles and the list of sheets in memory and
//! believes what a file says of their number, so they are counted before it may
//! open it.

use super::archive::{Archive, Checked, Keeps, MAX_INFLATED};
use super::grid::{Area, GridBuilder};
use super::{Book, MAX_CELLS, SheetError, archive, value};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor};

/// Bytes that sheets with nothing in them may make us read: more than one may
/// name the same part.
const MAX_SEARCHED: u64 = 2 * MAX_INFLATED;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Book, SheetError> {
    let Checked { mut archive, largest } = archive::open_checked(bytes, keeps)?;
    check_claims(&mut archive)?;
    drop(archive);
    let searched = usize::try_from(MAX_SEARCHED / largest.max(1)).unwrap_or(usize::MAX);
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(refuse)?;
    let all = workbook.sheets_metadata().to_vec();
    let sheets: Vec<String> = all
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let candidates: Vec<String> = match wanted {
        Some(name) if sheets.iter().any(|sheet| sheet == name) => vec![name.to_owned()],
        Some(name) => return Err(SheetError::NoSuchSheet(name.to_owned())),
        None => {
            let visible =
                |name: &&String| all.iter().any(|s| s.name == **name && s.visible == SheetVisible::Visible);
            sheets
                .iter()
                .filter(visible)
                .chain(sheets.iter().filter(|name| !visible(name)))
                .cloned()
                .collect()
        }
    };
    for (count, name) in candidates.into_iter().enumerate() {
        if count > 0 && count >= searched {
            return Err(SheetError::TooManyParts);
        }
        let grid = read_sheet(&mut workbook, &name)?;
        if wanted.is_some() || !grid.is_empty() {
            return Ok(Book { sheets, sheet: grid.finish(name) });
        }
    }
    Err(SheetError::NothingInside)
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<GridBuilder, SheetError> {
    let mut grid = GridBuilder::default();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(refuse)?;
    while let Some(cell) = cells.next_cell().map_err(refuse)? {
        let (row, column) = cell.get_position();
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::SharedString(text) => grid.push(row + 1, column, text)?,
            other => grid.push(row + 1, column, &value::of_ref(other))?,
        }
    }
    drop(cells);
    for area in workbook.merge_cells_by_sheet_name(name).map_err(refuse)? {
        grid.merge(Area {
            top: area.start.0 + 1,
            left: u16::try_from(area.start.1).unwrap_or(u16::MAX),
            bottom: area.end.0 + 1,
            right: u16::try_from(area.end.1).unwrap_or(u16::MAX),
        });
    }
    Ok(grid)
}

/// What the library keeps of each part.
fn keeps(name: &str) -> Keeps {
    if name.ends_with("sharedstrings.xml") {
        // A text has three tags at least.
        Keeps::Tags(3 * MAX_CELLS as u64)
    } else if !(name.ends_with(".xml") || name.ends_with(".rels"))
        || STREAMED.iter().any(|folder| name.contains(folder))
    {
        Keeps::Nothing
    } else {
        Keeps::Everything
    }
}

/// Where the parts are that are read as streams, or not at all.
const STREAMED: [&str; 12] = [
    "worksheets/",
    "pivotcache/",
    "pivottables/",
    "externallinks/",
    "drawings/",
    "charts/",
    "comments",
    "customxml/",
    "media/",
    "richdata/",
    "tables/",
    "calcchain",
];

/// What a file says of itself and the library would believe: how many shared
/// texts there are, and which part is the workbook.
fn check_claims(archive: &mut Archive<'_>) -> Result<(), SheetError> {
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(SheetError::damaged)?;
        let name = archive::plain_name(&part);
        let is_texts = name.ends_with("sharedstrings.xml");
        if !is_texts && name != "_rels/.rels" {
            continue;
        }
        let mut xml = quick_xml::Reader::from_reader(BufReader::new(part));
        xml.config_mut().expand_empty_elements = true;
        xml.config_mut().check_end_names = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(SheetError::damaged)? {
                Event::Start(start) if is_texts && start.local_name().as_ref() == "sst" => {
                    let claim = attribute(&start, "uniqueCount")?;
                    if !(claim.is_empty() || claim.parse::<usize>().is_ok_and(|texts| texts <= MAX_CELLS)) {
                        return Err(SheetError::TooMuchText);
                    }
                    break;
                }
                Event::Start(start) if !is_texts && start.local_name().as_ref() == "Relationship" => {
                    let is_workbook = attribute(&start, "Type")?.ends_with("/relationships/officeDocument");
                    let target = attribute(&start, "Target")?.replace('\\', "/").to_lowercase();
                    if is_workbook && keeps(&target) != Keeps::Everything {
                        return Err(SheetError::damaged("its workbook is not where it should be"));
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    Ok(())
}

/// An attribute; empty when it is absent.
fn attribute(element: &BytesStart<'_>, name: &str) -> Result<String, SheetError> {
    let found = element.try_get_attribute(name).map_err(SheetError::damaged)?;
    let value = found.map(|found| found.normalized_value(quick_xml::XmlVersion::Implicit1_0)).transpose();
    Ok(value.map_err(SheetError::damaged)?.unwrap_or_default().into_owned())
}

fn refuse(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Locked,
        other => SheetError::damaged(other),
    }
}
