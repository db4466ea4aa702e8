//! The outbox: what the worker sends and what an admin reads. Times here are
//! the database's, which all workers share.

use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::outgoing_mails as m;
use crate::sql::{contains_pattern, fold_text};
use chrono::{DateTime, Utc};
use diesel::dsl::{now, sql};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Nullable, Timestamptz};
use gestfg_types::ids::MailId;
use gestfg_types::outbox::MailState;

/// How often a mail is tried.
pub const MAX_ATTEMPTS: i32 = 8;

/// A stored mail.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = m, check_for_backend(diesel::pg::Pg))]
pub struct MailRow {
    /// Its id.
    pub id: i64,
    /// To whom.
    pub recipient: String,
    /// Which letter.
    pub kind: String,
    /// `es` or `en`.
    pub language: String,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it is tried next; none when given up.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was handed over.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Where one click ends mails like it.
    pub unsubscribe_url: Option<String>,
}

/// Which mails to list.
#[derive(Debug, Clone, Default)]
pub struct MailFilter {
    /// Part of the address or of the subject.
    pub q: Option<String>,
    /// How far they have come.
    pub state: Option<MailState>,
}

/// A page of mails, the latest first, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &MailFilter,
    page: &PageParams<i64>,
) -> QueryResult<Window<MailRow>> {
    let filtered = || {
        let mut query = m::table.into_boxed();
        if let Some(q) = &filter.q {
            let pattern = contains_pattern(q);
            query = query.filter(m::recipient.like(pattern.clone()).or(fold_text(m::subject).like(pattern)));
        }
        match filter.state {
            None => query,
            Some(MailState::Sent) => query.filter(m::sent_at.is_not_null()),
            Some(MailState::Waiting) => {
                query.filter(m::sent_at.is_null()).filter(m::next_attempt_at.is_not_null())
            }
            Some(MailState::Failed) => {
                query.filter(m::sent_at.is_null()).filter(m::next_attempt_at.is_null())
            }
        }
    };
    let total = filtered().count().get_result(conn)?;
    let mut query = filtered();
    if let Some(id) = page.after {
        query = query.filter(m::id.lt(id));
    }
    let rows = query.order(m::id.desc()).limit(page.fetch()).select(MailRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

/// One mail.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: MailId) -> QueryResult<MailRow> {
    m::table.find(id.0).select(MailRow::as_select()).first(conn)
}

/// The next mail that is due, locked until the transaction ends, so that no
/// other worker takes it meanwhile. Links that open accounts go first.
///
/// # Errors
/// When the database cannot answer.
pub fn claim_due(conn: &mut PgConnection) -> QueryResult<Option<MailRow>> {
    m::table
        .filter(m::sent_at.is_null())
        .filter(m::next_attempt_at.le(now))
        .order((m::unsubscribe_url.is_not_null(), m::next_attempt_at, m::id))
        .select(MailRow::as_select())
        .for_update()
        .skip_locked()
        .first(conn)
        .optional()
}

/// It was handed over; what may be kept of its body is this.
///
/// # Errors
/// When the database cannot take it.
pub fn set_sent(conn: &mut PgConnection, id: i64, body: &str) -> QueryResult<()> {
    diesel::update(m::table.find(id))
        .set((
            m::attempts.eq(m::attempts + 1),
            m::sent_at.eq(now.into_sql::<Nullable<Timestamptz>>()),
            m::last_error.eq(None::<String>),
            m::body.eq(body),
        ))
        .execute(conn)
        .map(drop)
}

/// It could not be handed over: it is put off, or given up.
///
/// # Errors
/// When the database cannot take it.
pub fn set_failed(conn: &mut PgConnection, row: &MailRow, error: &str, for_good: bool) -> QueryResult<()> {
    let attempts = row.attempts + 1;
    diesel::update(m::table.find(row.id))
        .set((m::attempts.eq(attempts), m::last_error.eq(error)))
        .execute(conn)?;
    if for_good || attempts >= MAX_ATTEMPTS {
        diesel::update(m::table.find(row.id))
            .set(m::next_attempt_at.eq(None::<DateTime<Utc>>))
            .execute(conn)?;
        return Ok(());
    }
    // 1, 3, 9, 27 minutes, and so on: some 18 hours in all.
    let minutes = 3i32.saturating_pow(u32::try_from(row.attempts).unwrap_or(0).min(7));
    let later = sql::<Nullable<Timestamptz>>("clock_timestamp() + interval '1 minute' * ")
        .bind::<Integer, _>(minutes);
    diesel::update(m::table.find(row.id)).set(m::next_attempt_at.eq(later)).execute(conn).map(drop)
}
