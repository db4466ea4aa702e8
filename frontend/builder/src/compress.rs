//! `.br` and `.gz` beside each file that gains from them, so that the server never compresses.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use walkdir::WalkDir;

use crate::Profile;

/// Extensions that compress; fonts are compressed already.
const TEXTUAL: [&str; 6] = ["css", "html", "js", "json", "svg", "wasm"];

/// Compresses every file below `folder`.
pub(crate) fn folder(folder: &Path, profile: Profile) -> Result<()> {
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            file(entry.path(), profile)?;
        }
    }
    Ok(())
}

/// Compresses one file, if its kind gains from it.
pub(crate) fn file(path: &Path, profile: Profile) -> Result<()> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if !TEXTUAL.contains(&extension) {
        return Ok(());
    }
    let content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let (quality, level) = match profile {
        Profile::Web => (11, Compression::best()),
        Profile::WebDev => (3, Compression::fast()),
    };
    let parameters = BrotliEncoderParams {
        quality,
        lgwin: 22,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &parameters)?;
    fs::write(path.with_extension(format!("{extension}.br")), brotli)?;

    let mut gzip = GzEncoder::new(Vec::new(), level);
    gzip.write_all(&content)?;
    fs::write(path.with_extension(format!("{extension}.gz")), gzip.finish()?)?;
    Ok(())
}
