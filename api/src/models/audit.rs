//! Writing the audit log: every write leaves a row, in its own transaction.

use crate::auth::current_user::{CurrentUser, Origin};
use crate::schema::audit_log;
use diesel::prelude::*;
use gestfg_types::ids::{DegreeId, UserId};
use serde::Serialize;
use serde_json::Value;

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

    /// The values before, from a row without secrets.
    #[must_use]
    pub fn before(mut self, row: &impl Serialize) -> Self {
        self.before = serde_json::to_value(row).ok();
        self
    }

    /// The values after, from a row without secrets.
    #[must_use]
    pub fn after(mut self, row: &impl Serialize) -> Self {
        self.after = serde_json::to_value(row).ok();
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_edit_keeps_what_changed() {
        let (before, after) =
            only_differences(Some(json!({"a": 1, "b": 2})), Some(json!({"a": 1, "b": 3, "c": 4})));
        assert_eq!((before.unwrap(), after.unwrap()), (json!({"b": 2}), json!({"b": 3, "c": 4})));
    }
}
