//! Sealing minutes: what is closed, its hash, and the code a reader has checked.

use crate::models::call::CallDetail;
use crate::models::minutes::{self, Closing, MinutesRow};
use crate::views;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{CallId, DegreeId, MinutesId};
use gestfg_types::minutes::{Minutes, MinutesState};
use gestfg_types::users::PersonRef;
use sha2::{Digest, Sha256};

/// How many digits of the hash make the verification code: 80 bits.
const CODE_DIGITS: usize = 20;

/// What closing these minutes writes. The code is the beginning of the hash of
/// everything that is closed, so no other list can carry it.
///
/// # Errors
/// When the database cannot answer.
pub fn seal(
    conn: &mut PgConnection,
    call: &CallDetail,
    row: &MinutesRow,
    by: PersonRef,
    now: DateTime<Utc>,
) -> QueryResult<Closing> {
    let degree = DegreeId(call.degree_id);
    let number = minutes::next_number(conn, degree, call.academic_year, CallId(call.id))?;
    let (id, closed_by) = (by.id, Some(by));
    let closed = MinutesRow {
        state: MinutesState::Closed.as_str().to_owned(),
        number: Some(number),
        closed_at: Some(now),
        ..row.clone()
    };
    let entries = minutes::entries(conn, MinutesId(row.id))?;
    let record = Minutes { closed_by, ..views::minutes::record(&closed, call.reference(), entries) };
    let content = serde_json::to_string(&record)
        .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    let digest = digest_of(&content);
    let code = digest[..CODE_DIGITS].to_uppercase();
    Ok(Closing { number, at: now, by: id, content, digest, code })
}

/// SHA-256 of a text, in hexadecimal.
#[must_use]
pub fn digest_of(content: &str) -> String {
    Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
