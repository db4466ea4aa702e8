//! What the process does that reads one document.

use super::{DepositText, MOST_BYTES, MOST_FILES, MOST_PAGES, MOST_TEXT};
use crate::domain::documents::{HEAD, sniff};
use anyhow::{Context, bail, ensure};
use gestfg_types::documents::DocumentFormat;
use pdf_extract::{Document, PlainTextOutput, output_doc_page};
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Read the document on the standard input, and write what it says as JSON to
/// the standard output.
///
/// # Errors
/// When it cannot be read; also by any death a process can die.
pub fn read_standard_input() -> anyhow::Result<()> {
    hold_back();
    // What a library has to say of a broken page is nobody's business.
    std::panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    ensure!(bytes.len() as u64 <= MOST_BYTES, "too large");
    let found = read(bytes)?;
    let mut output = std::io::stdout().lock();
    serde_json::to_writer(&mut output, &found)?;
    output.flush()?;
    Ok(())
}

/// Requests go first, and memory runs out here before it does for the server.
#[cfg(target_os = "linux")]
fn hold_back() {
    use rustix::process::{Resource, Rlimit, setpriority_process, setrlimit};
    let most = |amount: u64| Rlimit { current: Some(amount), maximum: Some(amount) };
    let _ = setpriority_process(None, 15);
    let _ = setrlimit(Resource::Cpu, most(60));
    let _ = setrlimit(Resource::Core, most(0));
    let _ = setrlimit(Resource::Data, most(320 * 1024 * 1024));
}

#[cfg(not(target_os = "linux"))]
fn hold_back() {}

fn read(bytes: Vec<u8>) -> anyhow::Result<DepositText> {
    let mut found = DepositText { is_whole: true, ..DepositText::default() };
    match sniff(bytes.get(..HEAD).unwrap_or_default()) {
        Some(DocumentFormat::Pdf) => read_pdf(&bytes, &mut found)?,
        Some(DocumentFormat::Zip) => read_archive(bytes, &mut found)?,
        None => bail!("neither PDF nor ZIP"),
    }
    // The database keeps everything but this.
    found.text.retain(|c| c != '\0');
    Ok(found)
}

/// The PDFs of an archive, in its order; one that cannot be read keeps nobody
/// from the others.
fn read_archive(bytes: Vec<u8>, found: &mut DepositText) -> anyhow::Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = MOST_BYTES;
    for place in 0..archive.len() {
        if place == MOST_FILES || left == 0 {
            found.is_whole = false;
            break;
        }
        let Ok(entry) = archive.by_index(place) else { continue };
        let mut unfolded = Vec::new();
        let mut head = [0; HEAD];
        let mut entry = entry.take(left);
        if entry.read_exact(&mut head).is_err() || sniff(&head) != Some(DocumentFormat::Pdf) {
            continue;
        }
        unfolded.extend_from_slice(&head);
        if entry.read_to_end(&mut unfolded).is_err() {
            continue;
        }
        left = left.saturating_sub(unfolded.len() as u64);
        if read_pdf(&unfolded, found).is_err() {
            found.is_whole = false;
        }
    }
    Ok(())
}

fn read_pdf(bytes: &[u8], found: &mut DepositText) -> anyhow::Result<()> {
    let document = unbroken(|| open(bytes)).context("it cannot be opened")??;
    let pages = unbroken(|| document.get_pages()).context("it has no pages")?;
    // What was mended until nothing was left of it.
    ensure!(!pages.is_empty(), "it has no pages");
    found.pages += pages.len();
    for number in pages.keys() {
        if found.pages_read >= MOST_PAGES || found.text.len() >= MOST_TEXT {
            found.is_whole = false;
            break;
        }
        let mut page = String::new();
        // Of a page that breaks off there is what came before.
        let _ = unbroken(|| output_doc_page(&document, &mut PlainTextOutput::new(&mut page), *number));
        if page.chars().any(char::is_alphanumeric) {
            found.pages_read += 1;
        }
        let mut room = MOST_TEXT - found.text.len();
        if room < page.len() {
            while !page.is_char_boundary(room) {
                room -= 1;
            }
            page.truncate(room);
            found.is_whole = false;
        }
        found.text.push_str(&page);
        found.text.push('\n');
    }
    Ok(())
}

fn open(bytes: &[u8]) -> anyhow::Result<Document> {
    let mut document = Document::load_mem(bytes)?;
    if document.is_encrypted() {
        // Many are locked against changes only, with no password to read them.
        document.decrypt("")?;
    }
    Ok(document)
}

/// The answer, unless it panics.
fn unbroken<A>(work: impl FnOnce() -> A) -> Option<A> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
