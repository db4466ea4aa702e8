//! Hints for those who are watching: what changed, and who may care.
//!
//! A hint is written in the transaction of the change. At its commit the
//! database numbers it in the order of commits and wakes every server. As
//! commits take a lock for that, whoever sees a number sees all below it.

use crate::domain::concern::Concern;
use crate::schema::updates;
use chrono::{DateTime, Utc};
use diesel::dsl::{max, min};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::updates::{Update, UpdateTopic};

/// The lock under which the database numbers updates at their commit.
const NUMBERING_LOCK: i64 = 7_205_759_403_792;

/// Something that changed.
#[derive(Debug, Clone)]
pub struct Change {
    topic: UpdateTopic,
    subject: Option<i64>,
    people: Vec<UserId>,
    degree: Option<DegreeId>,
    department: Option<DepartmentId>,
    is_for_all: bool,
}

impl Change {
    /// A change of this kind, of nobody's concern yet.
    #[must_use]
    pub const fn of(topic: UpdateTopic) -> Self {
        Self { topic, subject: None, people: Vec::new(), degree: None, department: None, is_for_all: false }
    }

    /// Of this one.
    #[must_use]
    pub const fn subject(mut self, id: i64) -> Self {
        self.subject = Some(id);
        self
    }

    /// It concerns these people.
    #[must_use]
    pub fn people(mut self, people: impl IntoIterator<Item = UserId>) -> Self {
        self.people.extend(people);
        self
    }

    /// It concerns the coordinators of this degree, and admins.
    #[must_use]
    pub const fn degree(mut self, degree: DegreeId) -> Self {
        self.degree = Some(degree);
        self
    }

    /// It concerns the head of this department, and admins.
    #[must_use]
    pub const fn department(mut self, department: DepartmentId) -> Self {
        self.department = Some(department);
        self
    }

    /// It concerns everybody who is signed in.
    #[must_use]
    pub const fn everybody(mut self) -> Self {
        self.is_for_all = true;
        self
    }

    /// Tell it to all servers once this transaction has committed.
    ///
    /// # Errors
    /// When the database cannot take it.
    pub fn publish(self, conn: &mut PgConnection) -> QueryResult<()> {
        let people: Vec<i64> = self.people.iter().map(|id| id.0).collect();
        diesel::insert_into(updates::table)
            .values((
                updates::topic.eq(self.topic.as_str()),
                updates::subject_id.eq(self.subject),
                updates::user_ids.eq(people),
                updates::degree_id.eq(self.degree.map(|id| id.0)),
                updates::department_id.eq(self.department.map(|id| id.0)),
                updates::is_for_all.eq(self.is_for_all),
            ))
            .execute(conn)
            .map(drop)
    }
}

/// A hint as it was numbered.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its place in the order of commits.
    pub seq: i64,
    /// What clients are told; none if a later release knows more topics than this one.
    pub update: Option<Update>,
    /// Whom it concerns.
    pub concern: Concern,
}

type Row = (Option<i64>, String, Option<i64>, Vec<i64>, Option<i64>, Option<i64>, bool);

fn published(row: Row) -> Published {
    let (seq, topic, subject_id, people, degree, department, is_for_all) = row;
    Published {
        seq: seq.unwrap_or_default(),
        update: UpdateTopic::from_name(&topic).map(|topic| Update { topic, subject_id }),
        concern: Concern {
            people: people.into_iter().map(UserId).collect(),
            degree: degree.map(DegreeId),
            department: department.map(DepartmentId),
            is_for_all,
        },
    }
}

/// The hints that follow this place, so many at most, in order.
///
/// # Errors
/// When the database cannot answer.
pub fn list_after(conn: &mut PgConnection, seq: i64, limit: i64) -> QueryResult<Vec<Published>> {
    let rows: Vec<Row> = updates::table
        .filter(updates::seq.gt(seq))
        .order(updates::seq)
        .limit(limit)
        .select((
            updates::seq,
            updates::topic,
            updates::subject_id,
            updates::user_ids,
            updates::degree_id,
            updates::department_id,
            updates::is_for_all,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(published).collect())
}

#[derive(QueryableByName)]
struct Last {
    #[diesel(sql_type = BigInt)]
    last: i64,
}

fn last_given(conn: &mut PgConnection) -> QueryResult<i64> {
    let query = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM updates_seq_seq";
    Ok(diesel::sql_query(query).get_result::<Last>(conn)?.last)
}

/// The place behind which everything is still to come: no number up to it can
/// appear any more.
///
/// # Errors
/// When the database cannot answer.
pub fn newest(conn: &mut PgConnection) -> QueryResult<i64> {
    conn.transaction(|conn| {
        // Whoever has taken a number has committed once the lock is ours.
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<BigInt, _>(NUMBERING_LOCK)
            .execute(conn)?;
        last_given(conn)
    })
}

/// Whether every hint after this place is still kept. To be asked after they
/// were read: what is missing then was missing before.
///
/// # Errors
/// When the database cannot answer.
pub fn is_complete_after(conn: &mut PgConnection, seq: i64) -> QueryResult<bool> {
    let oldest: Option<i64> = updates::table.select(min(updates::seq)).get_result(conn)?;
    let last = last_given(conn)?;
    Ok(seq <= last && oldest.map_or(seq == last, |oldest| oldest <= seq + 1))
}

/// Forget hints from before this moment, and all numbered before one of them,
/// so that what is left has no holes.
///
/// # Errors
/// When the database cannot answer.
pub fn forget_before(conn: &mut PgConnection, moment: DateTime<Utc>) -> QueryResult<usize> {
    let last: Option<i64> =
        updates::table.filter(updates::created_at.lt(moment)).select(max(updates::seq)).get_result(conn)?;
    let Some(last) = last else { return Ok(0) };
    diesel::delete(updates::table.filter(updates::seq.le(last))).execute(conn)
}
