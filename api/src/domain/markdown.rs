//! Markdown into HTML that cannot run anything.

use pulldown_cmark::{Options, Parser, html};

/// Render CommonMark with tables and strikethrough; whatever is not on the
/// list of harmless elements, raw HTML included, is removed by a sanitiser
/// that parses as browsers do.
#[must_use]
pub fn render(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut unsafe_html = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut unsafe_html, Parser::new_ext(markdown, options));
    ammonia::Builder::default()
        // Nothing on our pages comes from another host.
        .rm_tags(["img", "map", "area"])
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer nofollow ugc"))
        .clean(&unsafe_html)
        .to_string()
}

/// The first words as plain text, for lists.
#[must_use]
pub fn excerpt(markdown: &str, max_chars: usize) -> String {
    use pulldown_cmark::{Event, TagEnd};
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                text.push(' ');
            }
            _ => {}
        }
        if text.len() > max_chars * 5 {
            break;
        }
    }
    super::text::first_words(&text, max_chars)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_survives() {
        for attack in include_str!("markdown_attacks.txt").split("\n---\n") {
            let html = render(attack).to_lowercase();
            for bad in [
                "<script", "<iframe", "<img", "<svg", "<object", "<embed", "<form", "<style", "<link",
                "<meta",
            ] {
                assert!(!html.contains(bad), "{attack:?} gave {html}");
            }
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap_or_default();
                assert!(
                    !tag.contains(" on") && !tag.contains("javascript:") && !tag.contains("data:"),
                    "{attack:?} gave {html}"
                );
            }
        }
    }

    #[test]
    fn harmless_markup_stays() {
        let html = render("# T\n\n**b** [l](https://example.org) `c`\n\n|a|b|\n|-|-|\n|1|2|");
        for good in ["<h1>", "<strong>b</strong>", "href=\"https://example.org\"", "<code>", "<table>"] {
            assert!(html.contains(good), "{good} in {html}");
        }
    }

    #[test]
    fn an_excerpt_is_plain_and_short() {
        assert_eq!(excerpt("# Uno\n\ndos **tres** cuatro", 12), "Uno dos…");
        assert_eq!(excerpt("corto", 12), "corto");
    }
}
