//! Where everything stands: blocks cut into lines and dealt to pages.

use super::text::{Style, lines};
use super::{Block, Document, Table};

pub(super) const MARGIN: f32 = 42.0;
const PADDING: f32 = 3.0;
const SIZE: f32 = 8.5;
const LEADING: f32 = 1.32;
/// A heading is not left alone at the foot of a page.
const KEPT_BELOW_HEADING: f32 = 54.0;

/// What a piece of text is to a reader who does not see the page: the number of its block, and in
/// a table its row (0 is the header) and its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) block: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) x: f32,
    /// Of its base.
    pub(super) y: f32,
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) size: f32,
    /// None: repeated or decoration.
    pub(super) part: Option<Part>,
}

/// A filled rectangle: x, y, width, height, grey.
pub(super) type Shade = (f32, f32, f32, f32, u8);

/// One page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) shades: Vec<Shade>,
    /// Headings that begin here, with their height on the page.
    pub(super) headings: Vec<(usize, f32)>,
}

/// Width and height of a page.
pub(super) const fn paper(is_wide: bool) -> (f32, f32) {
    if is_wide { (841.89, 595.28) } else { (595.28, 841.89) }
}

/// The pages of a document.
pub(super) fn pages(document: &Document) -> Vec<Page> {
    let (width, height) = paper(document.is_wide);
    let mut press = Press {
        width: width - 2.0 * MARGIN,
        bottom: height - MARGIN - 14.0,
        y: MARGIN,
        pages: vec![Page::default()],
    };
    for (block, what) in document.blocks.iter().enumerate() {
        match what {
            Block::Heading(level, text) => press.heading(block, *level, text),
            Block::Paragraph(text) => press.paragraph(block, text),
            Block::Table(table) => press.table(block, table),
        }
    }
    press.pages
}

struct Press {
    width: f32,
    bottom: f32,
    y: f32,
    pages: Vec<Page>,
}

impl Press {
    fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = MARGIN;
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn heading(&mut self, block: usize, level: u16, text: &str) {
        let size = if level == 1 { 16.0 } else { 11.5 };
        let list = lines(text, Style::Bold, size, self.width);
        let before = if self.y > MARGIN { 10.0 } else { 0.0 };
        if self.y + before + list.len() as f32 * size * LEADING + KEPT_BELOW_HEADING > self.bottom {
            self.turn();
        } else {
            self.y += before;
        }
        let y = self.y;
        self.page().headings.push((block, y));
        for text in list {
            self.line(block, text, Style::Bold, size);
        }
        self.y += if level == 1 { 8.0 } else { 4.0 };
    }

    fn paragraph(&mut self, block: usize, text: &str) {
        for text in lines(text, Style::Plain, 9.5, self.width) {
            self.line(block, text, Style::Plain, 9.5);
        }
        self.y += 5.0;
    }

    fn line(&mut self, block: usize, text: String, style: Style, size: f32) {
        if self.y + size * LEADING > self.bottom {
            self.turn();
        }
        let part = Some(Part { block, row: 0, column: 0 });
        let y = self.y + size;
        self.page().lines.push(Line { x: MARGIN, y, text, style, size, part });
        self.y += size * LEADING;
    }

    fn table(&mut self, block: usize, table: &Table) {
        let whole: f32 = table.columns.iter().map(|(_, share)| share).sum();
        let widths: Vec<f32> = table.columns.iter().map(|(_, share)| share / whole * self.width).collect();
        let cut = |cells: &mut dyn Iterator<Item = &str>, style: Style| -> Vec<Vec<String>> {
            cells.zip(&widths).map(|(cell, width)| lines(cell, style, SIZE, width - 2.0 * PADDING)).collect()
        };
        let header = cut(&mut table.columns.iter().map(|(name, _)| name.as_str()), Style::Bold);
        let height = |cells: &[Vec<String>]| {
            cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * SIZE * LEADING + 2.0 * PADDING
        };
        let top = height(&header);
        let mut rows: Vec<_> =
            table.rows.iter().map(|row| cut(&mut row.iter().map(String::as_str), Style::Plain)).collect();
        if self.y + top + rows.first().map_or(0.0, |row| height(row).min(60.0)) > self.bottom {
            self.turn();
        }
        self.row(&header, &widths, Style::Bold, Some(Part { block, row: 0, column: 0 }), Some(232));
        for (at, row) in rows.iter_mut().enumerate() {
            let shade = (at % 2 == 1).then_some(246);
            loop {
                let left = self.bottom - self.y;
                let of_page = self.bottom - MARGIN - top;
                if height(row) <= left {
                    self.row(row, &widths, Style::Plain, Some(Part { block, row: at + 1, column: 0 }), shade);
                    break;
                }
                let fitting = ((left - 2.0 * PADDING) / (SIZE * LEADING)).floor().max(0.0) as usize;
                if height(row) > of_page && fitting >= 3 {
                    // Longer than any page: what fits stays here.
                    let here: Vec<Vec<String>> =
                        row.iter_mut().map(|cell| cell.drain(..fitting.min(cell.len())).collect()).collect();
                    self.row(
                        &here,
                        &widths,
                        Style::Plain,
                        Some(Part { block, row: at + 1, column: 0 }),
                        shade,
                    );
                }
                self.turn();
                self.row(&header, &widths, Style::Bold, None, Some(232));
            }
        }
        self.y += 8.0;
    }

    fn row(
        &mut self,
        cells: &[Vec<String>],
        widths: &[f32],
        style: Style,
        part: Option<Part>,
        shade: Option<u8>,
    ) {
        let high = cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * SIZE * LEADING + 2.0 * PADDING;
        let (y, width) = (self.y, self.width);
        let page = self.page();
        if let Some(grey) = shade {
            page.shades.push((MARGIN, y, width, high, grey));
        }
        page.shades.push((MARGIN, y + high - 0.4, width, 0.4, 170));
        let mut x = MARGIN;
        for (column, (cell, wide)) in cells.iter().zip(widths).enumerate() {
            for (at, text) in cell.iter().enumerate() {
                let base = y + PADDING + SIZE * 0.98 + at as f32 * SIZE * LEADING;
                let part = part.map(|part| Part { column, ..part });
                page.lines.push(Line {
                    x: x + PADDING,
                    y: base,
                    text: text.clone(),
                    style,
                    size: SIZE,
                    part,
                });
            }
            x += wide;
        }
        self.y += high;
    }
}
