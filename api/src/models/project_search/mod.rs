//! The catalogue: projects by filters and search, page by page.
//!
//! One statement answers a page: the inner query finds and orders ids through
//! the indexes, the outer one fetches what is shown of those few, and the total
//! comes along. A search first looks for words (stemmed in Spanish and English,
//! the last one also half typed) and tutors' names; only when nothing matches
//! does it look for similar words, so that a typo finds something and a correct
//! word finds nothing else.

mod conditions;

use crate::domain::actor::Actor;
use crate::domain::search_words::SearchWords;
use crate::models::project_view::{COLUMNS, JOINS, SummaryRow};
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use chrono::{DateTime, Datelike, Utc};
use conditions::{conditions, is_published_only, score, with_query};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::projects::ProjectState;
use serde::{Deserialize, Serialize};

/// The order of a list; ties are broken by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// Best match first.
    #[serde(rename = "relevance")]
    Relevance,
    /// By title.
    #[serde(rename = "title")]
    Title,
    /// By title, backwards.
    #[serde(rename = "-title")]
    TitleDown,
    /// Oldest publication first.
    #[serde(rename = "published_at")]
    Published,
    /// Latest publication first.
    #[serde(rename = "-published_at")]
    PublishedDown,
    /// Longest unchanged first.
    #[serde(rename = "updated_at")]
    Updated,
    /// Latest change first.
    #[serde(rename = "-updated_at")]
    UpdatedDown,
}

/// Which projects to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words to find.
    pub words: Option<SearchWords>,
    /// States; only published ones when empty.
    pub states: Vec<ProjectState>,
    /// Of this degree.
    pub degree: Option<DegreeId>,
    /// With a tutor of this department.
    pub department: Option<DepartmentId>,
    /// With this tutor or co-tutor.
    pub tutor: Option<UserId>,
    /// Of this kind.
    pub kind: Option<String>,
    /// For so many students.
    pub students: Option<i16>,
    /// With students already, or without.
    pub assigned: Option<bool>,
    /// Of the academic year that starts in this year.
    pub academic_year: Option<i16>,
    /// `bachelor` or `master`.
    pub level: Option<&'static str>,
    /// Tutored or co-tutored by the viewer, in any state.
    pub mine: bool,
    /// Submitted ones the viewer may decide on.
    pub queue: bool,
}

/// Where a page starts: the keys of the item before it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Position {
    sort: Sort,
    similar: bool,
    key: SortKey,
    id: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum SortKey {
    Title(String),
    Moment(DateTime<Utc>),
    Score(i64),
}

/// A project found.
#[derive(Debug, Clone, QueryableByName)]
pub struct FoundRow {
    /// The project.
    #[diesel(embed)]
    pub summary: SummaryRow,
    /// How well it matches.
    #[diesel(sql_type = BigInt)]
    pub score: i64,
    /// How many there are in all.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

impl Position {
    /// Whether this position is one of this order.
    #[must_use]
    pub fn is_of(&self, sort: Sort) -> bool {
        let fits = match self.key {
            SortKey::Title(_) => matches!(sort, Sort::Title | Sort::TitleDown),
            SortKey::Score(_) => sort == Sort::Relevance,
            // Postgres holds fewer years than a cursor made by hand may say.
            SortKey::Moment(moment) => {
                !matches!(sort, Sort::Title | Sort::TitleDown | Sort::Relevance)
                    && (1900..3000).contains(&moment.year())
            }
        };
        fits && self.sort == sort
    }
}

impl Sort {
    const fn is_down(self) -> bool {
        !matches!(self, Self::Title | Self::Published | Self::Updated)
    }

    const fn key(self, published_only: bool) -> &'static str {
        match self {
            Self::Relevance => "hit.score",
            Self::Title | Self::TitleDown => "p.title_folded",
            // What is published has a date (the schema says so), which the index of the catalogue orders.
            Self::Published | Self::PublishedDown if published_only => "p.published_at",
            Self::Published | Self::PublishedDown => "COALESCE(p.published_at, p.created_at)",
            Self::Updated | Self::UpdatedDown => "p.updated_at",
        }
    }

    fn position(self, similar: bool, row: &FoundRow) -> Position {
        let FoundRow { summary, score, .. } = row;
        let key = match self {
            Self::Relevance => SortKey::Score(*score),
            Self::Title | Self::TitleDown => SortKey::Title(summary.title_folded.clone()),
            Self::Published | Self::PublishedDown => {
                SortKey::Moment(summary.published_at.unwrap_or(summary.created_at))
            }
            Self::Updated | Self::UpdatedDown => SortKey::Moment(summary.updated_at),
        };
        Position { sort: self, similar, key, id: summary.id }
    }
}

/// A page of the projects this person may see.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: Option<&Actor>,
    filter: &Filter,
    sort: Sort,
    page: &PageParams<Position>,
) -> QueryResult<Window<FoundRow>> {
    let mut similar = page.after.as_ref().is_some_and(|position| position.similar);
    let mut rows = page_statement(viewer, filter, sort, similar, page).load::<FoundRow>(conn)?;
    if rows.is_empty() && page.after.is_none() && has_similar(filter) {
        similar = true;
        rows = page_statement(viewer, filter, sort, similar, page).load(conn)?;
    }
    let total = match rows.first() {
        Some(row) => row.total,
        None if page.after.is_none() => 0,
        None => count(conn, viewer, filter, similar)?,
    };
    Ok(page.window(rows, total, |row| Cursor::of(&sort.position(similar, row))))
}

fn has_similar(filter: &Filter) -> bool {
    filter.words.as_ref().is_some_and(|words| !words.long_words().is_empty())
}

fn count(
    conn: &mut PgConnection,
    viewer: Option<&Actor>,
    filter: &Filter,
    similar: bool,
) -> QueryResult<i64> {
    let mut statement = with_query(filter, similar);
    statement.sql("SELECT count(*) AS count FROM projects p WHERE ");
    statement.append(&conditions(viewer, filter, similar)).once();
    statement.count(conn)
}

/// The statement of one page. What visitors ask for most is kept prepared, with
/// its plan: its text has no parameter that a plan would depend on.
#[must_use]
pub fn page_statement(
    viewer: Option<&Actor>,
    filter: &Filter,
    sort: Sort,
    similar: bool,
    page: &PageParams<Position>,
) -> Statement {
    let filters = conditions(viewer, filter, similar);
    let key = sort.key(is_published_only(filter));
    let (way, compare) = if sort.is_down() { ("DESC", "<") } else { ("ASC", ">") };
    let by_score = sort == Sort::Relevance;
    let mut s = with_query(filter, similar);
    match (&filter.words, by_score) {
        (Some(words), true) => {
            s.sql(if similar { "WITH hit" } else { ", hit" });
            s.sql(" AS MATERIALIZED (SELECT p.id, ").append(&score(words, similar));
            s.sql(" AS score FROM projects p WHERE ").append(&filters).sql(") ");
            s.sql(format!("SELECT {COLUMNS}, page.score, (SELECT count(*) FROM hit) AS total FROM (SELECT hit.id, hit.score FROM hit"));
            s.sql(" WHERE true");
        }
        _ => {
            s.sql(format!("SELECT {COLUMNS}, 0::bigint AS score, (SELECT count(*) FROM projects p WHERE "));
            s.append(&filters)
                .sql(format!(") AS total FROM (SELECT p.id, {key} AS key FROM projects p WHERE "));
            s.append(&filters);
        }
    }
    let id = if by_score { "hit.id" } else { "p.id" };
    if let Some(position) = &page.after {
        s.sql(format!(" AND ({key}, {id}) {compare} ("));
        s.bind(match &position.key {
            SortKey::Title(title) => Value::Text(title.clone()),
            SortKey::Moment(moment) => Value::Moment(*moment),
            SortKey::Score(score) => Value::Number(*score),
        });
        s.sql(", ").bind(position.id).sql(")");
    }
    s.sql(format!(" ORDER BY {key} {way}, {id} {way} LIMIT {}", page.fetch()));
    s.sql(format!(") page JOIN projects p ON p.id = page.id {JOINS} ORDER BY "));
    s.sql(format!("page.{} {way}, p.id {way}", if by_score { "score" } else { "key" }));
    if similar || !is_usual(filter, sort, page) {
        s.once();
    }
    s
}

/// Whether this is the plain catalogue or a plain search. Every text kept
/// prepared costs memory in every connection, so there must be few.
fn is_usual(filter: &Filter, sort: Sort, page: &PageParams<Position>) -> bool {
    let usual_sort = if filter.words.is_some() { Sort::Relevance } else { Sort::PublishedDown };
    let has_other_filters = filter.degree.is_some()
        || filter.department.is_some()
        || filter.tutor.is_some()
        || filter.kind.is_some()
        || filter.students.is_some()
        || filter.assigned.is_some()
        || filter.academic_year.is_some()
        || filter.level.is_some();
    is_published_only(filter)
        && !has_other_filters
        && sort == usual_sort
        && USUAL_LIMITS.contains(&page.limit)
}

/// The default, and a grid of two, three or four columns.
const USUAL_LIMITS: [u32; 2] = [gestfg_types::pagination::DEFAULT_LIMIT, 24];
