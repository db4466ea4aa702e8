//! The compound file around XLS: enough of MS-CFB to take one stream out,
//! with every chain bounded by the size of the file.

use super::SheetError;

/// How such a file begins.
pub(crate) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Sector numbers from here on are marks, not sectors.
const LAST_SECTOR: u32 = 0xffff_fffa;

/// An opened compound file.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

/// A little-endian number, if all of it is there.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A little-endian number, if all of it is there.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'a> Compound<'a> {
    /// Reads the tables and the directory.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, SheetError> {
        Self::try_open(bytes).ok_or_else(|| SheetError::damaged("the table of contents is broken"))
    }

    fn try_open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        if !bytes.starts_with(&SIGNATURE) || !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file = Self {
            bytes,
            sector_size: 1 << shift,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            cutoff: u32_at(bytes, 56)? as usize,
            entries: Vec::new(),
        };
        let most = bytes.len() / file.sector_size + 1;
        let mut homes: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut next = u32_at(bytes, 68)?;
        let per_sector = file.sector_size / 4;
        for _ in 0..most {
            if next >= LAST_SECTOR {
                break;
            }
            let sector = file.sector(next)?;
            homes.extend((0..per_sector - 1).filter_map(|i| u32_at(sector, 4 * i)));
            next = u32_at(sector, 4 * (per_sector - 1))?;
        }
        for home in homes.into_iter().filter(|home| *home < LAST_SECTOR).take(most) {
            let sector = file.sector(home)?;
            file.table.extend((0..per_sector).filter_map(|i| u32_at(sector, 4 * i)));
            if file.table.len() > most + per_sector {
                break;
            }
        }
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX)?;
        file.entries = directory.as_chunks::<128>().0.iter().filter_map(|raw| Entry::parse(raw)).collect();
        let mini = file.chain(u32_at(bytes, 60)?, usize::MAX).unwrap_or_default();
        file.mini_table = (0..mini.len() / 4).filter_map(|i| u32_at(&mini, 4 * i)).collect();
        if let Some(root) = file.entries.first().filter(|root| root.start < LAST_SECTOR) {
            file.mini_stream = file.chain(root.start, root.size)?;
        }
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors, at most `size`. A chain longer than the
    /// file goes round in circles.
    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = start;
        for _ in 0..=self.bytes.len() / self.sector_size {
            if at >= LAST_SECTOR || out.len() >= size {
                out.truncate(size);
                return Some(out);
            }
            out.extend_from_slice(self.sector(at)?);
            at = *self.table.get(at as usize)?;
        }
        None
    }

    fn mini_chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut at = start;
        for _ in 0..=self.mini_stream.len() / 64 {
            if at >= LAST_SECTOR || out.len() >= size {
                out.truncate(size);
                return Some(out);
            }
            let from = at as usize * 64;
            out.extend_from_slice(self.mini_stream.get(from..(from + 64).min(self.mini_stream.len()))?);
            at = *self.mini_table.get(at as usize)?;
        }
        None
    }

    /// Whether a stream of this name exists.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(crate) fn stream(&self, name: &str) -> Result<Vec<u8>, SheetError> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.name.eq_ignore_ascii_case(name))
            .ok_or(SheetError::NotASpreadsheet)?;
        let bytes = if entry.size < self.cutoff {
            self.mini_chain(entry.start, entry.size)
        } else {
            self.chain(entry.start, entry.size)
        };
        bytes.ok_or_else(|| SheetError::damaged("a chain of sectors is broken"))
    }
}

impl Entry {
    fn parse(raw: &[u8]) -> Option<Self> {
        let length = usize::from(u16_at(raw, 64)?).min(64).saturating_sub(2);
        let units: Vec<u16> = (0..length / 2).filter_map(|i| u16_at(raw, 2 * i)).collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            start: u32_at(raw, 116)?,
            size: u32_at(raw, 120)? as usize,
        })
    }
}
