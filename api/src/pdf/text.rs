//! How wide text is, and where its lines break.

use std::sync::LazyLock;
use ttf_parser::Face;

/// The fonts of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
}

const PLAIN: &[u8] = include_bytes!("fonts/DejaVuSansCondensed.ttf");
const BOLD: &[u8] = include_bytes!("fonts/DejaVuSansCondensed-Bold.ttf");

impl Style {
    /// The file of the font.
    pub(super) const fn file(self) -> &'static [u8] {
        match self {
            Self::Plain => PLAIN,
            Self::Bold => BOLD,
        }
    }

    fn face(self) -> Option<&'static Face<'static>> {
        static FACES: LazyLock<[Option<Face<'static>>; 2]> =
            LazyLock::new(|| [Face::parse(PLAIN, 0).ok(), Face::parse(BOLD, 0).ok()]);
        FACES[usize::from(self == Self::Bold)].as_ref()
    }

    /// How wide a text is at a size of one.
    pub(super) fn width(self, text: &str) -> f32 {
        let Some(face) = self.face() else { return 0.0 };
        let of = |c: char| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(0);
        let sum: u32 = text.chars().map(|c| u32::from(of(c))).sum();
        sum as f32 / f32::from(face.units_per_em())
    }

    /// The text with a mark in the place of every letter the font has not.
    pub(super) fn writable(self, text: &str) -> String {
        let Some(face) = self.face() else { return String::new() };
        let known = |c: char| if c.is_control() || face.glyph_index(c).is_none() { '?' } else { c };
        text.chars().filter(|c| *c != '\r').map(|c| if c == '\n' { c } else { known(c) }).collect()
    }
}

/// The lines of a text that is to be no wider than so much. All but the last end in a space, so
/// that words stay apart when they are read aloud or copied.
pub(super) fn lines(text: &str, style: Style, size: f32, width: f32) -> Vec<String> {
    let text = style.writable(text);
    let fits = |line: &str| style.width(line) * size <= width;
    let mut found: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                found.push(std::mem::take(&mut line) + " ");
            }
            // A word that is wider than the line breaks anywhere.
            for c in word.chars() {
                line.push(c);
                if !fits(&line) && line.chars().count() > 1 {
                    line.pop();
                    found.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        found.push(line);
    }
    found
}
