//! The text of what was handed in.
//!
//! A PDF is a program of sorts, and those that come in were written by
//! strangers: one may be nested until a stack runs out, or unfold into more than
//! there is memory. So each is read by a **process of its own** (`gestfg
//! read-deposit`), which is told nothing (no environment), may use so much memory
//! and so much time, and may die without anybody noticing but its document.

use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::Command;

mod read;

pub use read::read_standard_input;

/// The largest file that is read, and the most that may unfold from an archive.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Bytes of the longest text.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// Pages of the longest document.
const MOST_PAGES: usize = 2_000;
/// Documents of the largest archive.
const MOST_FILES: usize = 40;
/// How long reading may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// What could be read of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositText {
    /// Its pages.
    pub pages: usize,
    /// Those with text.
    pub pages_read: usize,
    /// Whether nothing was left out for being too much.
    pub is_whole: bool,
    /// The text.
    pub text: String,
}

/// Has documents read by processes of their own.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
}

impl Reader {
    /// By this program, called by its own name again.
    ///
    /// # Errors
    /// When the system does not say where it is.
    pub fn this_program() -> std::io::Result<Self> {
        std::env::current_exe().map(Self::by)
    }

    /// By the program at this place.
    #[must_use]
    pub const fn by(program: PathBuf) -> Self {
        Self { program }
    }

    /// Read an open file from where it stands. None: it is damaged, locked, too
    /// large, or takes too long.
    ///
    /// # Errors
    /// When no process is to be had, which says nothing of the file.
    pub async fn read(&self, file: File) -> std::io::Result<Option<DepositText>> {
        let mut child = Command::new(&self.program)
            .arg("read-deposit")
            .env_clear()
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let Some(output) = child.stdout.take() else { return Ok(None) };
        let reading = async {
            let mut said = Vec::new();
            // Each character takes six bytes of JSON at most.
            output.take(MOST_TEXT as u64 * 6 + 1024).read_to_end(&mut said).await?;
            let ended = child.wait().await?;
            Ok::<_, std::io::Error>(ended.success().then_some(said))
        };
        match tokio::time::timeout(PATIENCE, reading).await {
            Ok(said) => Ok(said?.and_then(|said| serde_json::from_slice(&said).ok())),
            Err(_) => Ok(None),
        }
    }
}
