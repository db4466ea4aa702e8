//! Sizes, as the reader of the page pays them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use walkdir::WalkDir;

use crate::{BUDGET, Profile};

/// What the front page never asks a visitor for: italics, code, and the other programs.
const LATER: [&str; 7] = [
    "red-hat-text-italic.woff2",
    "red-hat-mono.woff2",
    "member.css",
    "member.js",
    "member_bg.wasm",
    "office.js",
    "office_bg.wasm",
];

/// One line on the standard error, where progress belongs.
pub(crate) fn say(line: &str) {
    let _written = writeln!(std::io::stderr(), "{line}");
}

/// Every file with its size raw and over the wire, and the sum of a first load.
pub(crate) fn print(out: &Path, profile: Profile) -> Result<()> {
    say(&format!("{:>10} {:>10}  {}", "raw", "on wire", "file"));
    for (path, wire) in files(out)? {
        let raw = fs::metadata(&path)?.len();
        let name = path.strip_prefix(out)?.display();
        say(&format!("{raw:>10} {wire:>10}  {name}"));
    }
    say(&format!("first load: {} B over the wire ({} profile)", first_load(out)?, profile.name()));
    Ok(())
}

/// Warns above the budget; fails when that was asked for.
pub(crate) fn check(out: &Path, profile: Profile, strict: bool) -> Result<()> {
    let total = first_load(out)?;
    if profile == Profile::Web && total > BUDGET {
        say(&format!("warning: the first load is {total} B over the wire, above the budget of {BUDGET} B"));
        ensure!(!strict, "the interface is above its budget");
    }
    Ok(())
}

/// What a visitor without a cache downloads to see the front page.
fn first_load(out: &Path) -> Result<u64> {
    let later = |path: &Path| LATER.iter().any(|name| path.ends_with(name));
    Ok(files(out)?.into_iter().filter(|(path, _wire)| !later(path)).map(|(_path, wire)| wire).sum())
}

/// Served files with what each weighs over the wire.
fn files(out: &Path) -> Result<Vec<(PathBuf, u64)>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(out).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_file()
            || name.starts_with('.')
            || name.ends_with(".br")
            || name.ends_with(".gz")
        {
            continue;
        }
        let compressed = entry.path().with_file_name(format!("{name}.br"));
        let served = if compressed.is_file() { &compressed } else { entry.path() };
        found.push((entry.path().to_path_buf(), fs::metadata(served)?.len()));
    }
    Ok(found)
}
