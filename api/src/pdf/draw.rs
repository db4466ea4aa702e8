//! The file itself: what the pages show, and what they say to who does not see them.

use super::layout::{MARGIN, Page, Part, Shade, paper};
use super::text::Style;
use super::{Block, Document, Table};
use krilla::SerializeSettings;
use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagTree,
};
use krilla::text::{Font, TextDirection};
use std::collections::BTreeMap;
use std::num::NonZeroU16;

/// A document that could not be written; why, for the log.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be written: {0}")]
pub struct Refused(String);

/// What was drawn of each part, in order.
type Drawn = BTreeMap<Part, Vec<Identifier>>;

pub(super) fn write(document: &Document, pages: &[Page]) -> Result<Vec<u8>, Refused> {
    let refused = |what: &str| Refused(what.to_owned());
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| Refused(format!("{error:?}")))?;
    let mut file =
        krilla::Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let font = |style: Style| Font::new(style.file().into(), 0).ok_or_else(|| refused("a font is broken"));
    let fonts = [font(Style::Plain)?, font(Style::Bold)?];
    let (width, height) = paper(document.is_wide);
    let mut drawn = Drawn::new();
    let mut outline = Outline::new();
    for (number, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(width, height).ok_or_else(|| refused("no such paper"))?;
        let mut sheet = file.start_page_with(settings);
        let mut surface = sheet.surface();
        shades(&mut surface, &page.shades);
        ink(&mut surface, 20);
        for line in &page.lines {
            let tag = match line.part {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            };
            let identifier = surface.start_tagged(tag);
            say(&mut surface, &fonts, (line.x, line.y), line.style, line.size, &line.text);
            surface.end_tagged();
            if let Some(part) = line.part {
                drawn.entry(part).or_default().push(identifier);
            }
        }
        footer(&mut surface, &fonts, document, (width, height), (number + 1, pages.len()));
        surface.finish();
        sheet.finish();
        for (block, y) in &page.headings {
            if let Block::Heading(_, text) = &document.blocks[*block] {
                let there = XyzDestination::new(number, Point::from_xy(MARGIN, (*y - 4.0).max(0.0)));
                outline.push_child(OutlineNode::new(text.clone(), there));
            }
        }
    }
    file.set_outline(outline);
    file.set_tag_tree(tree(document, drawn));
    let about = Metadata::new()
        .title(document.title.clone())
        .language(document.language.to_owned())
        .creator("GesTFG".to_owned());
    file.set_metadata(about);
    file.finish().map_err(|error| Refused(format!("{error:?}")))
}

fn ink(surface: &mut Surface<'_>, grey: u8) {
    let (paint, opacity, rule) = (luma::Color::new(grey).into(), NormalizedF32::ONE, FillRule::default());
    surface.set_fill(Some(Fill { paint, opacity, rule }));
}

fn shades(surface: &mut Surface<'_>, shades: &[Shade]) {
    if shades.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    for (x, y, width, height, grey) in shades {
        let Some(rectangle) = Rect::from_xywh(*x, *y, *width, *height) else { continue };
        let mut path = PathBuilder::new();
        path.push_rect(rectangle);
        if let Some(path) = path.finish() {
            ink(surface, *grey);
            surface.draw_path(&path);
        }
    }
    surface.end_tagged();
}

fn say(surface: &mut Surface<'_>, fonts: &[Font; 2], at: (f32, f32), style: Style, size: f32, text: &str) {
    let font = fonts[usize::from(style == Style::Bold)].clone();
    surface.draw_text(Point::from_xy(at.0, at.1), font, size, text, false, TextDirection::LeftToRight);
}

fn footer(
    surface: &mut Surface<'_>,
    fonts: &[Font; 2],
    document: &Document,
    (width, height): (f32, f32),
    (page, pages): (usize, usize),
) {
    let (size, y) = (7.5, height - MARGIN + 8.0);
    let number = (document.page_of)(page, pages);
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    ink(surface, 90);
    let right = width - MARGIN - Style::Plain.width(&number) * size;
    let room = right - MARGIN - 12.0;
    let said = super::text::lines(&document.footer, Style::Plain, size, room);
    if let Some(first) = said.first() {
        say(surface, fonts, (MARGIN, y), Style::Plain, size, first.trim_end());
    }
    say(surface, fonts, (right, y), Style::Plain, size, &number);
    surface.end_tagged();
}

/// The document as it is read aloud.
fn tree(document: &Document, mut drawn: Drawn) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(document.language.to_owned()));
    for (block, what) in document.blocks.iter().enumerate() {
        let own = Part { block, row: 0, column: 0 };
        match what {
            Block::Heading(level, text) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                tree.push(group(TagGroup::new(Tag::Hn(level, Some(text.clone()))), drawn.remove(&own)));
            }
            Block::Paragraph(_) => tree.push(group(TagGroup::new(Tag::P), drawn.remove(&own))),
            Block::Table(table) => tree.push(of_table(table, block, &mut drawn)),
        }
    }
    tree
}

fn of_table(table: &Table, block: usize, drawn: &mut Drawn) -> TagGroup {
    let mut row = |row: usize| {
        let mut group_of_row = TagGroup::new(Tag::TR);
        for column in 0..table.columns.len() {
            let cell = match row {
                0 => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
                _ => TagGroup::new(Tag::TD),
            };
            group_of_row.push(group(cell, drawn.remove(&Part { block, row, column })));
        }
        group_of_row
    };
    let mut head = TagGroup::new(Tag::THead);
    head.push(row(0));
    let mut whole = TagGroup::new(Tag::Table);
    whole.push(head);
    if !table.rows.is_empty() {
        let mut body = TagGroup::new(Tag::TBody);
        for at in 1..=table.rows.len() {
            body.push(row(at));
        }
        whole.push(body);
    }
    whole
}

fn group(mut group: TagGroup, said: Option<Vec<Identifier>>) -> TagGroup {
    for identifier in said.into_iter().flatten() {
        group.push(identifier);
    }
    group
}
