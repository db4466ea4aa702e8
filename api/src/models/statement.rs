//! SQL put together from pieces, with its values bound: for the few lists whose
//! shape depends on what is asked.
//!
//! Unlike [`diesel::sql_query`] a statement is prepared once per connection and
//! text, so that Postgres need not parse and plan a hot list again. Say
//! [`Statement::once`] where many shapes of text are possible.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, SmallInt, Text, Timestamptz, Untyped};
use std::borrow::Cow;

/// A value in a statement.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// An id or a score.
    Number(i64),
    /// Several ids.
    Numbers(Vec<i64>),
    /// A year or a count.
    Small(i16),
    /// A moment.
    Moment(DateTime<Utc>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i16> for Value {
    fn from(number: i16) -> Self {
        Self::Small(number)
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::Moment(moment)
    }
}

impl From<Vec<i64>> for Value {
    fn from(numbers: Vec<i64>) -> Self {
        Self::Numbers(numbers)
    }
}

#[derive(Debug, Clone)]
enum Part {
    Sql(Cow<'static, str>),
    Bind(Value),
}

/// A statement under construction, then a query.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    parts: Vec<Part>,
    once: bool,
}

impl Statement {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { parts: Vec::new(), once: false }
    }

    /// Add SQL as it stands: never anything a person typed.
    pub fn sql(&mut self, sql: impl Into<Cow<'static, str>>) -> &mut Self {
        self.parts.push(Part::Sql(sql.into()));
        self
    }

    /// Add a value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.parts.push(Part::Bind(value.into()));
        self
    }

    /// Add another statement.
    pub fn append(&mut self, other: &Self) -> &mut Self {
        self.parts.extend(other.parts.iter().cloned());
        self
    }

    /// Do not keep it prepared: its shape is one of many.
    pub fn once(&mut self) -> &mut Self {
        self.once = true;
        self
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl Statement {
    /// What a statement that says `SELECT count(*) AS count …` counts.
    ///
    /// # Errors
    /// When the database cannot answer.
    pub fn count(self, conn: &mut PgConnection) -> QueryResult<i64> {
        self.get_result::<Count>(conn).map(|row| row.count)
    }
}

impl QueryFragment<Pg> for Statement {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if self.once {
            out.unsafe_to_cache_prepared();
        }
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Bind(Value::Text(text)) => out.push_bind_param::<Text, _>(text)?,
                Part::Bind(Value::Texts(texts)) => out.push_bind_param::<Array<Text>, _>(texts)?,
                Part::Bind(Value::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                Part::Bind(Value::Numbers(numbers)) => out.push_bind_param::<Array<BigInt>, _>(numbers)?,
                Part::Bind(Value::Small(number)) => out.push_bind_param::<SmallInt, _>(number)?,
                Part::Bind(Value::Moment(moment)) => out.push_bind_param::<Timestamptz, _>(moment)?,
            }
        }
        Ok(())
    }
}

impl QueryId for Statement {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement {
    type SqlType = Untyped;
}

impl RunQueryDsl<PgConnection> for Statement {}
