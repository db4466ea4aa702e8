//! The zip file around XLSX and ODS: looked through before anything is taken
//! from it.
//!
//! Sizes in the central directory can lie, so they are only the first gate;
//! behind it every part is inflated into nothing, with a counter, before a
//! reader that keeps things may touch it.

use super::{Format, SheetError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The most bytes all parts may have when inflated.
pub const MAX_INFLATED: u64 = 64 * 1024 * 1024;
/// The most parts; real workbooks have dozens.
pub const MAX_PARTS: usize = 2_000;

/// Opened and found sound.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Which spreadsheet the zip is, from the names of its parts alone.
pub(crate) fn sniff(bytes: &[u8]) -> Result<Format, SheetError> {
    let archive = open(bytes)?;
    if archive.index_for_name("xl/workbook.bin").is_some() {
        Err(SheetError::BinaryWorkbook)
    } else if archive.index_for_name("[Content_Types].xml").is_some() {
        Ok(Format::Xlsx)
    } else if archive.index_for_name("content.xml").is_some() {
        Ok(Format::Ods)
    } else {
        Err(SheetError::NotASpreadsheet)
    }
}

fn open(bytes: &[u8]) -> Result<Archive<'_>, SheetError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(SheetError::damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(SheetError::TooManyParts);
    }
    if archive.decompressed_size().is_some_and(|size| size > u128::from(MAX_INFLATED)) {
        return Err(SheetError::Inflates);
    }
    Ok(archive)
}

/// Opens the zip once every part has been inflated and counted.
pub(crate) fn open_checked(bytes: &[u8]) -> Result<Archive<'_>, SheetError> {
    let mut archive = open(bytes)?;
    let mut budget = MAX_INFLATED;
    let mut block = vec![0_u8; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(text) if text.contains("assword") => SheetError::Locked,
            other => SheetError::damaged(other),
        })?;
        let mut first = true;
        loop {
            let read = part.read(&mut block).map_err(SheetError::damaged)?;
            if read == 0 {
                break;
            }
            budget = budget.checked_sub(read as u64).ok_or(SheetError::Inflates)?;
            // A document type stands before the root element, so the first
            // block is the place for it.
            if first && declares_entities(&block[..read]) {
                return Err(SheetError::Entities);
            }
            first = false;
        }
    }
    Ok(archive)
}

fn declares_entities(head: &[u8]) -> bool {
    head.windows(9).any(|window| window == b"<!DOCTYPE")
        || head.windows(8).any(|window| window == b"<!ENTITY")
}
