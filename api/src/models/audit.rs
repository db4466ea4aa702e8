//! The audit log: every write leaves a row, in its own transaction.

use crate::auth::current_user::{CurrentUser, Origin};
use crate::domain::phase_gate::Passage;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::audit_log;
use crate::sql::{contains_pattern, fold_text};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{DegreeId, UserId};
use serde::Serialize;
use serde_json::{Value, json};

/// Who does something: a person, or the system itself.
#[derive(Debug, Clone)]
pub struct Author {
    /// Their account.
    pub id: Option<UserId>,
    /// Their name at this time.
    pub name: String,
    /// From where.
    pub origin: Origin,
}

impl Author {
    /// The server, for what nobody in person asked for.
    #[must_use]
    pub fn system(origin: Origin) -> Self {
        Self { id: None, name: "system".to_owned(), origin }
    }
}

impl From<&CurrentUser> for Author {
    fn from(user: &CurrentUser) -> Self {
        Self { id: Some(user.id), name: user.name.clone(), origin: user.origin.clone() }
    }
}

/// One write, to be noted.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    action: &'a str,
    entity: &'a str,
    id: Option<i64>,
    degree: Option<DegreeId>,
    reason: Option<String>,
    before: Option<Value>,
    after: Option<Value>,
}

impl<'a> Entry<'a> {
    /// `action` is `entity.verb`, e.g. `project.publish`.
    #[must_use]
    pub fn new(action: &'a str, id: i64) -> Self {
        let entity = action.split_once('.').map_or(action, |(entity, _)| entity);
        Self { action, entity, id: Some(id), degree: None, reason: None, before: None, after: None }
    }

    /// The degree whose coordinators may read of it.
    #[must_use]
    pub fn degree(mut self, degree: DegreeId) -> Self {
        self.degree = Some(degree);
        self
    }

    /// The reason given.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The reason for acting outside a phase, if that was needed.
    #[must_use]
    pub fn override_reason(mut self, passage: &Passage) -> Self {
        self.reason = passage.reason().map(str::to_owned);
        self
    }

    /// The values before, from a row without secrets.
    #[must_use]
    pub fn before(mut self, row: &impl Serialize) -> Self {
        self.before = fields_of(row);
        self
    }

    /// The values after, from a row without secrets.
    #[must_use]
    pub fn after(mut self, row: &impl Serialize) -> Self {
        self.after = fields_of(row);
        self
    }

    /// Write the row.
    ///
    /// # Errors
    /// When the database cannot take it.
    pub fn record(self, conn: &mut PgConnection, author: &Author) -> QueryResult<()> {
        let (before, after) = only_differences(self.before, self.after);
        diesel::insert_into(audit_log::table)
            .values((
                audit_log::actor_id.eq(author.id.map(|id| id.0)),
                audit_log::actor_name.eq(&author.name),
                audit_log::address.eq(&author.origin.address),
                audit_log::request_id.eq(&author.origin.request_id),
                audit_log::action.eq(self.action),
                audit_log::entity.eq(self.entity),
                audit_log::entity_id.eq(self.id),
                audit_log::degree_id.eq(self.degree.map(|id| id.0)),
                audit_log::reason.eq(self.reason),
                audit_log::before.eq(before),
                audit_log::after.eq(after),
            ))
            .execute(conn)?;
        Ok(())
    }
}

/// A row's values by name, as the contract promises of every entry: several rows stand
/// under `rows`.
fn fields_of(row: &impl Serialize) -> Option<Value> {
    match serde_json::to_value(row).ok()? {
        Value::Array(rows) => Some(json!({"rows": rows})),
        other => Some(other),
    }
}

/// Of an edit, only the fields that changed are worth keeping.
fn only_differences(before: Option<Value>, after: Option<Value>) -> (Option<Value>, Option<Value>) {
    match (before, after) {
        (Some(Value::Object(mut before)), Some(Value::Object(mut after))) => {
            before.retain(|key, old| {
                let same = after.get(key) == Some(old);
                if same {
                    after.remove(key);
                }
                !same
            });
            (Some(Value::Object(before)), Some(Value::Object(after)))
        }
        other => other,
    }
}

/// A stored row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_log, check_for_backend(diesel::pg::Pg))]
pub struct AuditRow {
    /// Its id.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, while the account exists.
    pub actor_id: Option<i64>,
    /// Who, by name at that time.
    pub actor_name: String,
    /// From where.
    pub address: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
    /// What was done.
    pub action: String,
    /// To what kind of thing.
    pub entity: String,
    /// Which one.
    pub entity_id: Option<i64>,
    /// The degree it belongs to.
    pub degree_id: Option<i64>,
    /// Why.
    pub reason: Option<String>,
    /// The values before.
    pub before: Option<Value>,
    /// The values after.
    pub after: Option<Value>,
}

/// Which rows to list.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only of these degrees; `None`: everything.
    pub within: Option<Vec<DegreeId>>,
    /// By this person.
    pub actor: Option<UserId>,
    /// On this kind of thing.
    pub entity: Option<String>,
    /// On this one.
    pub entity_id: Option<i64>,
    /// This action.
    pub action: Option<String>,
    /// Of this degree.
    pub degree: Option<DegreeId>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub to: Option<DateTime<Utc>>,
    /// Part of the author's name or the reason, folded.
    pub q: Option<String>,
}

/// A page of rows, the latest first, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    page: &PageParams<i64>,
) -> QueryResult<Window<AuditRow>> {
    let total = filtered(filter).count().get_result(conn)?;
    let mut query = filtered(filter);
    if let Some(after) = page.after {
        query = query.filter(audit_log::id.lt(after));
    }
    let rows =
        query.order(audit_log::id.desc()).limit(page.fetch()).select(AuditRow::as_select()).load(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&row.id)))
}

fn filtered(filter: &AuditFilter) -> audit_log::BoxedQuery<'_, diesel::pg::Pg> {
    let mut query = audit_log::table.into_boxed();
    if let Some(degrees) = &filter.within {
        query = query.filter(audit_log::degree_id.eq_any(degrees.iter().map(|id| id.0).collect::<Vec<_>>()));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(audit_log::actor_id.eq(actor.0));
    }
    if let Some(entity) = &filter.entity {
        query = query.filter(audit_log::entity.eq(entity));
    }
    if let Some(id) = filter.entity_id {
        query = query.filter(audit_log::entity_id.eq(id));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_log::action.eq(action));
    }
    if let Some(degree) = filter.degree {
        query = query.filter(audit_log::degree_id.eq(degree.0));
    }
    if let Some(from) = filter.from {
        query = query.filter(audit_log::at.ge(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(audit_log::at.lt(to));
    }
    if let Some(q) = &filter.q {
        let pattern = contains_pattern(q);
        query = query.filter(
            fold_text(audit_log::actor_name)
                .like(pattern.clone())
                .or(fold_text(audit_log::reason.assume_not_null()).like(pattern)),
        );
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_keeps_what_changed() {
        let (before, after) =
            only_differences(Some(json!({"a": 1, "b": 2})), Some(json!({"a": 1, "b": 3, "c": 4})));
        assert_eq!((before.unwrap(), after.unwrap()), (json!({"b": 2}), json!({"b": 3, "c": 4})));
    }

    #[test]
    fn several_rows_stand_under_a_name() {
        let entry = Entry::new("unavailability.say", 1).before(&[1, 2]).after(&json!({"a": 1}));
        assert_eq!((entry.before.unwrap(), entry.after.unwrap()), (json!({"rows": [1, 2]}), json!({"a": 1})));
    }
}
