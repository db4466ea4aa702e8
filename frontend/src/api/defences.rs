//! Published committees and defences.

use super::client::BASE;
use super::{ApiError, Client};
use crate::zone::now;
use gestfg_types::calls::Call;
use gestfg_types::defences::{CallIn, CalledIn, Committee, Committees, Defence, UpdateDefence};
use gestfg_types::ids::{CallId, DefenceId};
use gestfg_types::pagination::Page;
use serde::Serialize;

/// Pages of a timetable that are read at most: a call has fewer defences.
const MOST_PAGES: usize = 20;

/// The calls whose defences were published, the latest first.
pub async fn list_published_calls(client: &Client, current: bool) -> Result<Page<Call>, ApiError> {
    let current = if current { "true" } else { "" };
    let filters = [("published_defences", "true"), ("current", current), ("limit", "100")];
    client.list("/calls", &filters).fetch().await
}

/// The first moment of the present day by the clock of the world, to ask for
/// what is still to come.
#[must_use]
pub fn from_today() -> String {
    // The program for visitors has no way yet to write the time of day.
    format!("{}T00:00:00Z", now().date_naive())
}

/// A page of defences under these filters, by time.
pub async fn list_defences(client: &Client, filters: &impl Serialize) -> Result<Page<Defence>, ApiError> {
    client.list("/defences", filters).fetch().await
}

/// All defences of a call, by time.
pub async fn defences_of_call(client: &Client, call: CallId) -> Result<Vec<Defence>, ApiError> {
    let (call, mut cursor, mut all) = (call.to_string(), String::new(), Vec::new());
    for _ in 0..MOST_PAGES {
        let filters = [("call_id", call.as_str()), ("limit", "200"), ("cursor", cursor.as_str())];
        let page = list_defences(client, &filters).await?;
        all.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    Ok(all)
}

/// One defence.
pub async fn find_defence(client: &Client, id: DefenceId) -> Result<Defence, ApiError> {
    client.get(&format!("/defences/{id}")).fetch().await
}

/// The published committees of a call.
pub async fn list_committees(client: &Client, call: CallId) -> Result<Committees, ApiError> {
    client.get(&format!("/committees?call_id={call}")).fetch().await
}

/// Changes a defence seen at this version.
pub async fn update_defence(
    client: &Client,
    seen: &Defence,
    changes: &UpdateDefence,
) -> Result<Defence, ApiError> {
    client.patch(&format!("/defences/{}", seen.id)).if_match(seen.version).json(changes).fetch().await
}

/// Has a substitute step in for a seat of a committee seen at this version.
pub async fn call_in(client: &Client, seen: &Committee, change: &CallIn) -> Result<CalledIn, ApiError> {
    client.post(&format!("/committees/{}/call-in", seen.id)).if_match(seen.version).json(change).fetch().await
}

/// The timetable as a file: `csv`, `xlsx` or `pdf`.
pub async fn export_defences(client: &Client, query: &str, format: &str) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/defences/export?{query}&format={format}")).download().await
}

/// The committees of a call: `csv`, `xlsx` or `pdf`.
pub async fn export_committees(client: &Client, query: &str, format: &str) -> Result<Vec<u8>, ApiError> {
    client.get(&format!("/committees/export?{query}&format={format}")).download().await
}

/// The address by which anybody's calendar program reads the timetable.
#[must_use]
pub fn defences_feed(query: &str) -> String {
    format!("{BASE}/defences.ics?{query}")
}
