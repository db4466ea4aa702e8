//! The style sheets and the fonts they name.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::usage::Usage;
use crate::{report, trim};

/// The sheet of every page, and the one that comes with the programs of those who log in.
const SHEETS: [&str; 2] = ["main.css", "member.css"];

/// Writes the sheets and `fonts/` into `out`.
pub(crate) fn build(root: &Path, usage: &Usage, out: &Path, verbose: bool) -> Result<()> {
    let files = FileProvider::new();
    let mut sheets = Vec::new();
    for name in SHEETS {
        let entry = root.join("frontend/styles").join(name);
        let mut bundler = Bundler::new(&files, None, ParserOptions::default());
        sheets.push(bundler.bundle(&entry).map_err(|error| anyhow!("style sheet: {error}"))?);
    }
    for block in trim::trim(&mut sheets, usage)? {
        if verbose {
            report::say(&format!("left out of the style sheets: {block}"));
        }
    }

    let targets = Targets {
        browsers: Some(Browsers {
            chrome: Some(111 << 16),
            edge: Some(111 << 16),
            firefox: Some(113 << 16),
            safari: Some((16 << 16) | (4 << 8)),
            ..Browsers::default()
        }),
        ..Targets::default()
    };
    let mut whole = String::new();
    for (name, mut sheet) in SHEETS.into_iter().zip(sheets) {
        let minify = MinifyOptions { targets, ..MinifyOptions::default() };
        sheet.minify(minify).map_err(|error| anyhow!("style sheet: {error}"))?;
        let printer = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
        let css = sheet.to_css(printer).map_err(|error| anyhow!("style sheet: {error}"))?.code;
        ensure!(!css.contains("/assets/"), "the style sheet still names a file of the PatternFly package");
        fs::write(out.join(name), &css).with_context(|| format!("cannot write {name}"))?;
        whole.push_str(&css);
    }
    fonts(root, out, &whole)
}

/// Cuts the fonts down to the letters of our languages and the icons left in the sheet.
fn fonts(root: &Path, out: &Path, css: &str) -> Result<()> {
    let list = out.join("icons.txt");
    let mut points = String::new();
    for icon in icons(css) {
        write!(points, "{:x} ", u32::from(icon))?;
    }
    fs::write(&list, points)?;
    let status = Command::new("node")
        .current_dir(root)
        .arg("frontend/styles/subset-fonts.mjs")
        .arg("node_modules/@patternfly/patternfly/assets/fonts")
        .arg(out.join("fonts"))
        .arg(&list)
        .status()
        .context("node could not be started (it cuts the fonts)")?;
    ensure!(status.success(), "the fonts could not be cut; run `npm ci` and try again");
    fs::remove_file(&list)?;
    Ok(())
}

/// Characters of the private use area, raw or escaped, in the `content` of rules.
fn icons(css: &str) -> Vec<char> {
    let is_icon = |letter: &char| ('\u{e000}'..='\u{f8ff}').contains(letter);
    let escaped = css.split('\\').skip(1).filter_map(|rest| {
        let hex: String = rest.chars().take(6).take_while(char::is_ascii_hexdigit).collect();
        u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32)
    });
    let mut found: Vec<char> = css.chars().chain(escaped).filter(is_icon).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::icons;

    #[test]
    fn icons_are_read_raw_and_escaped() {
        assert_eq!(icons("a:before{content:\"\u{f0c9}\"}b{content:\"\\f007\"}"), ['\u{f007}', '\u{f0c9}']);
        assert!(icons("a{content:\"\\201c\"}").is_empty());
    }
}
