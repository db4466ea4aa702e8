//! XLSX, cell by cell: only texts with something in them are kept.

use super::grid::{Area, GridBuilder};
use super::{Book, SheetError, archive, value};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;

pub(super) fn read(bytes: &[u8], wanted: Option<&str>) -> Result<Book, SheetError> {
    archive::open_checked(bytes)?;
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
    for name in candidates {
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

fn refuse(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Locked,
        other => SheetError::damaged(other),
    }
}
