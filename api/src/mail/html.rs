//! The HTML part of a mail, made of its text: what people typed stays text,
//! and only links that lead to us become links.
//!
//! Colours are the reader's own, so that it can be read in the dark too; only
//! the button brings its two, which stand out from light and dark alike.

use gestfg_types::session::Language;

const BUTTON: &str = "display:inline-block;padding:0.6em 1.2em;border-radius:0.4em;background-color:#1d4ed8;color:#ffffff;\
    text-decoration:none;font-weight:600";

/// The whole document. `public_url` is where links of ours begin.
pub(super) fn render(subject: &str, body: &str, language: Language, public_url: &str) -> String {
    let (text, footer) = body.split_once("\n-- \n").unwrap_or((body, ""));
    let is_ours = |line: &str| {
        line.strip_prefix(public_url).is_some_and(|path| path.starts_with('/'))
            && !line.contains(char::is_whitespace)
    };
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n<style>:root {{ color-scheme: light dark; }}</style>\n\
         <title>{}</title>\n</head>\n\
         <body style=\"font-family:sans-serif;line-height:1.5;max-width:38em;margin:0 auto;padding:1em\">\n",
        language.as_str(),
        escape(subject),
    );
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        let lines: Vec<&str> = paragraph.lines().collect();
        match lines.as_slice() {
            [link] if is_ours(link) => {
                let link = escape(link);
                html +=
                    &format!("<p><a href=\"{link}\" style=\"{BUTTON}\">{}</a></p>\n", label(language, &link));
            }
            [title, words @ .., link] if is_ours(link) => {
                html += &format!("<p><a href=\"{}\">{}</a>", escape(link), escape(title));
                words.iter().for_each(|line| html += &format!("<br>{}", escape(line)));
                html += "</p>\n";
            }
            lines => {
                let lines: Vec<String> = lines.iter().map(|line| escape(line)).collect();
                html += &format!("<p>{}</p>\n", lines.join("<br>"));
            }
        }
    }
    let footer: Vec<String> = footer
        .lines()
        .map(|line| match line.rsplit_once(": ") {
            Some((words, link)) if is_ours(link) => {
                format!("<a href=\"{}\">{}</a>", escape(link), escape(words))
            }
            _ => escape(line),
        })
        .collect();
    html += &format!("<hr>\n<p style=\"font-size:0.85em\">{}</p>\n</body>\n</html>\n", footer.join("<br>"));
    html
}

fn label(language: Language, link: &str) -> &'static str {
    match (language, link.contains("/set-password?")) {
        (Language::Es, true) => "Elegir contraseña",
        (Language::Es, false) => "Abrir en GesTFG",
        (Language::En, true) => "Choose a password",
        (Language::En, false) => "Open in GesTFG",
    }
}

fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_stays_text_and_our_links_become_links() {
        let body = "Hola, <b>Eva</b>:\n\nUna línea\nOtra & \"otra\"\n\nhttps://evil.example/x\n\nhttps://tfg.example.org.evil.example/x\n\n\
            Un <título>\nSu texto\nhttps://tfg.example.org/events/3\n\nhttps://tfg.example.org/calls/4?a=1&b=2\n\n-- \nGesTFG\nNo más: https://tfg.example.org/unsubscribe?token=t\n";
        let html = render("A <i>", body, Language::Es, "https://tfg.example.org");
        for part in [
            "<title>A &lt;i&gt;</title>",
            "<p>Hola, &lt;b&gt;Eva&lt;/b&gt;:</p>",
            "<p>Una línea<br>Otra &amp; &quot;otra&quot;</p>",
            "<p>https://evil.example/x</p>",
            "<p>https://tfg.example.org.evil.example/x</p>",
            "<p><a href=\"https://tfg.example.org/events/3\">Un &lt;título&gt;</a><br>Su texto</p>",
            "<a href=\"https://tfg.example.org/calls/4?a=1&amp;b=2\" style=",
            ">Abrir en GesTFG</a>",
            "GesTFG<br><a href=\"https://tfg.example.org/unsubscribe?token=t\">No más</a>",
            "content=\"light dark\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("<a ").count(), 3);
    }
}
