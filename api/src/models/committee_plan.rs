//! Versions of the committees and the timetable of a call.

use crate::domain::planning::{Draft, Hours, Timetable};
use crate::schema::{committee_plans, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::Error;
use gestfg_types::ids::{CallId, CommitteePlanId, UserId};
use gestfg_types::planning::CommitteePlanState;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A stored version.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = committee_plans, check_for_backend(diesel::pg::Pg))]
pub struct CommitteePlanRow {
    /// Its id.
    pub id: i64,
    /// For which call.
    pub call_id: i64,
    /// Its place among the versions of the call.
    pub number: i32,
    /// What somebody calls it.
    pub name: Option<String>,
    /// The version it was made from.
    pub based_on: Option<i64>,
    /// Where it is.
    pub state: String,
    /// The question of its committees.
    pub committees_instance: Value,
    /// The answer.
    pub committees_solution: Value,
    /// The question of its timetable.
    pub timetable_instance: Option<Value>,
    /// The answer.
    pub timetable_solution: Option<Value>,
    /// When each slot is.
    pub hours: Option<Value>,
    /// Who made it.
    pub created_by: Option<i64>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

fn read<T: DeserializeOwned>(value: &Value) -> QueryResult<T> {
    T::deserialize(value).map_err(|error| Error::DeserializationError(error.into()))
}

fn written<T: Serialize>(value: &T) -> QueryResult<Value> {
    serde_json::to_value(value).map_err(|error| Error::SerializationError(error.into()))
}

impl CommitteePlanRow {
    /// Where it is.
    #[must_use]
    pub fn state(&self) -> CommitteePlanState {
        CommitteePlanState::from_name(&self.state).unwrap_or(CommitteePlanState::Superseded)
    }

    /// As the planner knows it.
    ///
    /// # Errors
    /// When an older release wrote it in a form we have lost.
    pub fn draft(&self) -> QueryResult<Draft> {
        let timetable = match (&self.timetable_instance, &self.timetable_solution, &self.hours) {
            (Some(question), Some(answer), Some(hours)) => Some(Timetable {
                question: read(question)?,
                answer: read(answer)?,
                hours: read::<Hours>(hours)?,
            }),
            _ => None,
        };
        Ok(Draft {
            question: read(&self.committees_instance)?,
            answer: read(&self.committees_solution)?,
            timetable,
        })
    }

    /// What the audit log keeps of it.
    #[must_use]
    pub fn noted(&self) -> Value {
        json!({"number": self.number, "name": self.name, "state": self.state, "based_on": self.based_on,
            "committees": self.committees_solution["committees"],
            "placements": self.timetable_solution.as_ref().map(|solution| &solution["placements"])})
    }
}

/// A version with the name of who made it.
pub type NamedPlan = (CommitteePlanRow, Option<(String, String)>);

/// All versions of a call, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(conn: &mut PgConnection, call: CallId) -> QueryResult<Vec<NamedPlan>> {
    committee_plans::table
        .left_join(users::table)
        .filter(committee_plans::call_id.eq(call.0))
        .order(committee_plans::number.desc())
        .limit(200)
        .select((CommitteePlanRow::as_select(), (users::first_name, users::last_name).nullable()))
        .load(conn)
}

/// One version.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: CommitteePlanId) -> QueryResult<NamedPlan> {
    committee_plans::table
        .left_join(users::table)
        .filter(committee_plans::id.eq(id.0))
        .select((CommitteePlanRow::as_select(), (users::first_name, users::last_name).nullable()))
        .first(conn)
}

/// The call of a version, if there is such a version.
///
/// # Errors
/// When the database cannot answer.
pub fn call_of(conn: &mut PgConnection, id: CommitteePlanId) -> QueryResult<Option<CallId>> {
    let found = committee_plans::table.find(id.0).select(committee_plans::call_id).first::<i64>(conn);
    Ok(found.optional()?.map(CallId))
}

/// One version, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: CommitteePlanId) -> QueryResult<CommitteePlanRow> {
    committee_plans::table.find(id.0).select(CommitteePlanRow::as_select()).for_no_key_update().first(conn)
}

/// The version everybody sees.
///
/// # Errors
/// When the database cannot answer.
pub fn published(conn: &mut PgConnection, call: CallId) -> QueryResult<Option<i64>> {
    committee_plans::table
        .filter(committee_plans::call_id.eq(call.0))
        .filter(committee_plans::state.eq(CommitteePlanState::Published.as_str()))
        .select(committee_plans::id)
        .first(conn)
        .optional()
}

/// A new draft. The call must be locked, so that its number is free.
///
/// # Errors
/// When the database cannot take it.
pub fn create(
    conn: &mut PgConnection,
    call: CallId,
    draft: &Draft,
    based_on: Option<CommitteePlanId>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> QueryResult<CommitteePlanRow> {
    use committee_plans as p;
    let last: Option<i32> =
        p::table.filter(p::call_id.eq(call.0)).select(diesel::dsl::max(p::number)).get_result(conn)?;
    diesel::insert_into(p::table)
        .values((
            p::call_id.eq(call.0),
            p::number.eq(last.unwrap_or_default() + 1),
            p::based_on.eq(based_on.map(|id| id.0)),
            p::created_by.eq(by.map(|id| id.0)),
            p::created_at.eq(now),
            content(draft)?,
        ))
        .returning(CommitteePlanRow::as_returning())
        .get_result(conn)
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = committee_plans, treat_none_as_null = true)]
struct Content {
    committees_instance: Value,
    committees_solution: Value,
    timetable_instance: Option<Value>,
    timetable_solution: Option<Value>,
    hours: Option<Value>,
}

fn content(draft: &Draft) -> QueryResult<Content> {
    let timetable = draft.timetable.as_ref();
    Ok(Content {
        committees_instance: written(&draft.question)?,
        committees_solution: written(&draft.answer)?,
        timetable_instance: timetable.map(|timetable| written(&timetable.question)).transpose()?,
        timetable_solution: timetable.map(|timetable| written(&timetable.answer)).transpose()?,
        hours: timetable.map(|timetable| written(&timetable.hours)).transpose()?,
    })
}

/// Change a draft by hand; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn change(conn: &mut PgConnection, id: CommitteePlanId, draft: &Draft) -> QueryResult<CommitteePlanRow> {
    diesel::update(committee_plans::table.find(id.0))
        .set((content(draft)?, committee_plans::version.eq(committee_plans::version + 1)))
        .returning(CommitteePlanRow::as_returning())
        .get_result(conn)
}

/// Name one, or take its name away; its version grows.
///
/// # Errors
/// When the database cannot take it.
pub fn rename(
    conn: &mut PgConnection,
    id: CommitteePlanId,
    name: Option<&str>,
) -> QueryResult<CommitteePlanRow> {
    diesel::update(committee_plans::table.find(id.0))
        .set((committee_plans::name.eq(name), committee_plans::version.eq(committee_plans::version + 1)))
        .returning(CommitteePlanRow::as_returning())
        .get_result(conn)
}

/// Make one what everybody sees; the one before it is superseded.
///
/// # Errors
/// When the database cannot take it.
pub fn set_published(
    conn: &mut PgConnection,
    row: &CommitteePlanRow,
    now: DateTime<Utc>,
) -> QueryResult<CommitteePlanRow> {
    use committee_plans as p;
    diesel::update(
        p::table
            .filter(p::call_id.eq(row.call_id))
            .filter(p::state.eq(CommitteePlanState::Published.as_str())),
    )
    .set((p::state.eq(CommitteePlanState::Superseded.as_str()), p::version.eq(p::version + 1)))
    .execute(conn)?;
    diesel::update(p::table.find(row.id))
        .set((
            p::state.eq(CommitteePlanState::Published.as_str()),
            p::published_at.eq(now),
            p::version.eq(p::version + 1),
        ))
        .returning(CommitteePlanRow::as_returning())
        .get_result(conn)
}

/// Throw a draft away.
///
/// # Errors
/// When the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: CommitteePlanId) -> QueryResult<()> {
    diesel::delete(committee_plans::table.find(id.0)).execute(conn).map(drop)
}
