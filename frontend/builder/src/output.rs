//! Where the result goes, under which name, and whether it is there already.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::compile::{MEMBER, OFFICE, Program, VISITOR};
use crate::{Profile, compress};

/// File that remembers from what the output was made.
const STAMP: &str = ".built-from";

/// Digest of everything the output depends on, this program included.
pub(crate) fn stamp(root: &Path, programs: &[Program], profile: Profile) -> Result<String> {
    let mut digest = Sha256::new();
    digest.update(profile.name());
    digest.update(fs::read(std::env::current_exe()?)?);
    for program in programs {
        digest.update(fs::read(&program.wasm)?);
    }
    digest.update(fs::read(root.join("package-lock.json"))?);
    digest.update(fs::read(root.join("frontend/index.html"))?);
    for folder in ["frontend/src", "frontend/static", "frontend/styles"] {
        absorb(&mut digest, &root.join(folder))?;
    }
    Ok(hex(&digest.finalize()))
}

/// Was the output made from exactly this, and is it whole?
pub(crate) fn is_current(out: &Path, stamp: &str) -> bool {
    fs::read_to_string(out.join(STAMP)).is_ok_and(|made| made == stamp) && out.join("index.html").is_file()
}

/// Remembers from what the output was made; written last.
pub(crate) fn remember(out: &Path, stamp: &str) -> Result<()> {
    fs::write(out.join(STAMP), stamp).context("cannot write the stamp of the output")
}

/// A folder being filled, published under the name of its content.
pub(crate) struct Staging {
    out: PathBuf,
    path: PathBuf,
}

impl Staging {
    /// An empty folder below `out`; the output that was there stays until `publish`.
    pub(crate) fn new(out: &Path) -> Result<Self> {
        let path = out.join(".staging");
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        Ok(Self { out: out.to_path_buf(), path })
    }

    /// Where to write.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves the folder to `assets/<hash>` in place of what was there; answers its URL path.
    pub(crate) fn publish(self) -> Result<String> {
        let mut digest = Sha256::new();
        absorb(&mut digest, &self.path)?;
        let name = hex(&digest.finalize()[..8]);
        let assets = self.out.join("assets");
        if assets.exists() {
            fs::remove_dir_all(&assets)?;
        }
        fs::create_dir_all(&assets)?;
        fs::rename(&self.path, assets.join(&name))?;
        Ok(format!("/assets/{name}"))
    }
}

/// Fills in the page and writes it with its compressed forms.
pub(crate) fn write_index(
    root: &Path,
    out: &Path,
    assets: &str,
    programs: &[Program],
    profile: Profile,
) -> Result<()> {
    let page = fs::read_to_string(root.join("frontend/index.html"))?;
    // While working on it there is one program, which is all of them.
    let named =
        |name| programs.iter().map(|program| program.name).find(|found| *found == name).unwrap_or(VISITOR);
    let page = page
        .replace("{{assets}}", assets)
        .replace("{{member}}", named(MEMBER))
        .replace("{{office}}", named(OFFICE));
    let path = out.join("index.html");
    fs::write(&path, page)?;
    compress::file(&path, profile)
}

/// Adds names and contents of a folder, in an order that does not depend on the disk.
fn absorb(digest: &mut Sha256, folder: &Path) -> Result<()> {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let content = fs::read(entry.path())?;
            let name = entry.path().strip_prefix(folder)?.to_string_lossy().into_owned();
            digest.update(format!("{name}\0{}\0", content.len()));
            digest.update(&content);
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
