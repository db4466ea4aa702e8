//! What the compiled application names: classes, icons and custom properties.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Words that look like a class or a custom property, read from the program and its sources.
///
/// Literals lie side by side in a WebAssembly data section without separators, so a
/// word found there may run on into the next one: a name counts as used when
/// some word *starts* with it. That keeps too much rather than too little.
pub(crate) struct Usage {
    words: BTreeSet<String>,
}

impl Usage {
    /// Reads the compiled program, the Rust sources and the page of the interface.
    pub(crate) fn read(root: &Path, wasm: &Path) -> Result<Self> {
        let mut usage = Self { words: BTreeSet::new() };
        usage.scan(&fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?);
        for folder in ["frontend/src", "frontend/static"] {
            for entry in WalkDir::new(root.join(folder)) {
                let entry = entry?;
                if entry.file_type().is_file() {
                    usage.scan(&fs::read(entry.path())?);
                }
            }
        }
        usage.scan(&fs::read(root.join("frontend/index.html"))?);
        Ok(usage)
    }

    /// Does the application say this name anywhere, or the beginning of it that it completes
    /// while running (`pf-m-` with a size put after it)?
    pub(crate) fn names(&self, name: &str) -> bool {
        let said = |start: &str| self.words.range(start.to_owned()..).next();
        said(name).is_some_and(|word| word.starts_with(name))
            || name
                .match_indices(['-', '_'])
                .map(|(at, _)| &name[..=at])
                .filter(|start| start.len() > "pf-".len())
                .any(|start| self.words.contains(start))
    }

    fn scan(&mut self, bytes: &[u8]) {
        for (start, window) in bytes.windows(3).enumerate() {
            if matches!(window, b"pf-" | b"fa-" | b"--p") {
                let word: Vec<u8> = bytes[start..]
                    .iter()
                    .copied()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                    .take(160)
                    .collect();
                if let Ok(word) = String::from_utf8(word) {
                    self.words.insert(word);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Usage;

    #[test]
    fn names_are_found_even_when_literals_touch() {
        let mut usage = Usage { words: BTreeSet::new() };
        usage.scan(b"\0divpf-v6-c-nav__itempf-m-current\0fa-bars");
        assert!(usage.names("pf-v6-c-nav"));
        assert!(usage.names("pf-v6-c-nav__item"));
        assert!(usage.names("pf-m-current"));
        assert!(usage.names("fa-bars"));
        assert!(!usage.names("pf-v6-c-table"));
        assert!(!usage.names("pf-m-expanded"));
    }

    #[test]
    fn names_completed_while_running_are_kept() {
        let mut usage = Usage { words: BTreeSet::new() };
        usage.scan(b"\0pf-v6-l-grid\0pf-m-gutter-\0");
        assert!(usage.names("pf-m-gutter-md"));
        assert!(!usage.names("pf-m-span-2"));
    }
}
