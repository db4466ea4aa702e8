//! Documents to print: headings, paragraphs and tables on numbered pages.
//!
//! Tagged for screen readers (PDF/UA-1, held to it while writing): reading order, headings, header
//! cells and language. Fonts are embedded, only the letters in use.

mod draw;
mod layout;
mod text;

pub use draw::Refused;

/// A document, written from its beginning to its end.
#[derive(Debug, Clone)]
pub struct Document {
    title: String,
    language: &'static str,
    page_of: fn(usize, usize) -> String,
    footer: String,
    is_wide: bool,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
enum Block {
    Heading(u16, String),
    Paragraph(String),
    Table(Table),
}

#[derive(Debug, Clone)]
struct Table {
    /// Name and share of the width of each column.
    columns: Vec<(String, f32)>,
    rows: Vec<Vec<String>>,
}

impl Document {
    /// A document that begins with its title; `language` as `es` or `en`, `page_of` says which
    /// page of how many.
    #[must_use]
    pub fn new(title: &str, language: &'static str, page_of: fn(usize, usize) -> String) -> Self {
        let blocks = vec![Block::Heading(1, title.to_owned())];
        Self { title: title.to_owned(), language, page_of, footer: title.to_owned(), is_wide: false, blocks }
    }

    /// On pages that are wider than high.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// What stands at the foot of each page beside its number, instead of the title.
    #[must_use]
    pub fn with_footer(mut self, footer: &str) -> Self {
        footer.clone_into(&mut self.footer);
        self
    }

    /// Begins a section.
    pub fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(2, text.to_owned()));
    }

    /// Says something.
    pub fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(text.to_owned()));
    }

    /// Adds a table whose header is repeated on every page it reaches. Columns share the width
    /// as their numbers say.
    pub fn table(&mut self, columns: &[(&str, f32)], rows: Vec<Vec<String>>) {
        let columns = columns.iter().map(|(name, share)| ((*name).to_owned(), *share)).collect();
        self.blocks.push(Block::Table(Table { columns, rows }));
    }

    /// The bytes of the file.
    ///
    /// # Errors
    /// When a rule of accessible documents is broken, which is ours to mend.
    pub fn write(&self) -> Result<Vec<u8>, Refused> {
        draw::write(self, &layout::pages(self))
    }
}

#[cfg(test)]
mod tests;
