//! The zip file around XLSX and ODS: looked through before anything is taken
//! from it.
//!
//! Sizes in the central directory can lie, so they are only the first gate;
//! behind it every part is inflated into nothing, with a counter, before a
//! reader that keeps things may touch it. What a reader keeps of a part is
//! counted by its tags: a tag of five bytes may become hundreds in memory.

use super::{Format, SheetError};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::read::ZipFile;

/// The most bytes all parts may have when inflated.
pub const MAX_INFLATED: u64 = 64 * 1024 * 1024;
/// The most parts; real workbooks have dozens.
pub const MAX_PARTS: usize = 2_000;

/// Tags of a part of which a reader keeps everything: a workbook with all the
/// styles Excel can hold has some two hundred thousand.
const MAX_KEPT_TAGS: u64 = 300_000;
/// Tags times the longest of them: what becomes of a part in which each tag
/// copies another one, as cell formats do with the names of fonts.
const MAX_COPIED: u64 = 96 * 1024 * 1024;

/// Opened and found sound.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What a reader keeps in memory of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Nothing but what the grid counts: it is read as a stream.
    Nothing,
    /// So many tags at most, one after the other.
    Tags(u64),
    /// All of it, and copies of one piece in another.
    Everything,
}

/// The zip with what was found out about it.
pub(crate) struct Checked<'a> {
    /// The zip.
    pub(crate) archive: Archive<'a>,
    /// Bytes of its largest part, inflated.
    pub(crate) largest: u64,
}

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

/// Opens the zip once every part has been inflated and counted. `keeps` is
/// asked with the name of each part, in small letters and with slashes.
pub(crate) fn open_checked<'a>(
    bytes: &'a [u8],
    keeps: impl Fn(&str) -> Keeps,
) -> Result<Checked<'a>, SheetError> {
    let mut archive = open(bytes)?;
    let mut budget = MAX_INFLATED;
    let mut largest = 0;
    let mut block = vec![0_u8; 64 * 1024];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(text) if text.contains("assword") => SheetError::Locked,
            other => SheetError::damaged(other),
        })?;
        let keeps = keeps(&plain_name(&part));
        let mut tags = Tags::default();
        let before = budget;
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
            if keeps != Keeps::Nothing {
                tags.count(&block[..read]);
                tags.check(keeps)?;
            }
        }
        largest = largest.max(before - budget);
    }
    Ok(Checked { archive, largest })
}

/// The name of a part in small letters and with slashes: readers forgive both.
pub(crate) fn plain_name<R: Read>(part: &ZipFile<'_, R>) -> String {
    let name = part.name().unwrap_or_else(|_| String::from_utf8_lossy(part.name_raw()));
    name.replace('\\', "/").to_lowercase()
}

/// How many tags a part has, and how long they are.
#[derive(Debug, Default)]
struct Tags {
    count: u64,
    longest: u64,
    open: Option<u64>,
}

impl Tags {
    fn count(&mut self, block: &[u8]) {
        for byte in block {
            match byte {
                b'<' => {
                    self.count += 1;
                    self.open = Some(0);
                }
                b'>' => self.open = None,
                _ => {
                    if let Some(length) = &mut self.open {
                        *length += 1;
                        // The declaration and the root name the spaces of names: they are long by nature.
                        if self.count > 2 {
                            self.longest = self.longest.max(*length);
                        }
                    }
                }
            }
        }
    }

    fn check(&self, keeps: Keeps) -> Result<(), SheetError> {
        let is_too_much = match keeps {
            Keeps::Nothing => false,
            Keeps::Tags(most) => self.count > most,
            Keeps::Everything => {
                self.count > MAX_KEPT_TAGS || self.count.saturating_mul(self.longest) > MAX_COPIED
            }
        };
        if is_too_much { Err(SheetError::Inflates) } else { Ok(()) }
    }
}

fn declares_entities(head: &[u8]) -> bool {
    head.windows(9).any(|window| window == b"<!DOCTYPE")
        || head.windows(8).any(|window| window == b"<!ENTITY")
}
