//! The catalogue: projects by filters and search, page by page.
//!
//! One statement answers a page: the inner query finds and orders ids through
//! the indexes, the outer one fetches what is shown of those few, and the total
//! comes along. A search first looks for words (stemmed in Spanish and English,
//! the last one also half typed) and tutors' names; only when nothing matches
//! does it look for similar words, so that a typo finds something and a correct
//! word finds nothing else.

use crate::domain::actor::Actor;
use crate::domain::search_words::SearchWords;
use crate::models::project_view::{COLUMNS, JOINS, SummaryRow};
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use chrono::{DateTime, Datelike, Utc};
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

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
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
    Ok(statement.get_result::<Count>(conn)?.count)
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

/// The search as `query.q`, worked out once however many rows it is held against.
fn with_query(filter: &Filter, similar: bool) -> Statement {
    let mut s = Statement::new();
    if let Some(words) = filter.words.as_ref().filter(|_| !similar) {
        s.sql("WITH query AS MATERIALIZED (SELECT ").append(&ts_query(words)).sql(" AS q)");
    }
    s.sql(" ");
    s
}

fn is_published_only(filter: &Filter) -> bool {
    !filter.mine && !filter.queue && (filter.states.is_empty() || filter.states == [ProjectState::Published])
}

fn conditions(viewer: Option<&Actor>, filter: &Filter, similar: bool) -> Statement {
    let mut s = visibility(viewer, filter);
    if filter.mine || !is_published_only(filter) {
        if !filter.states.is_empty() {
            let states = filter.states.iter().map(|state| state.as_str().to_owned()).collect();
            s.sql(" AND p.state = ANY(").bind(Value::Texts(states)).sql(")");
        }
        if let Some(actor) = viewer.filter(|_| filter.mine) {
            s.sql(" AND (p.tutor_id = ")
                .bind(actor.id.0)
                .sql(" OR p.cotutor_id = ")
                .bind(actor.id.0)
                .sql(")");
        }
        if let Some(actor) = viewer.filter(|_| filter.queue) {
            s.append(&queue(actor));
        }
    }
    if let Some(degree) = filter.degree {
        s.sql(" AND p.degree_id = ").bind(degree.0);
    }
    if let Some(department) = filter.department {
        s.sql(" AND p.tutor_id IN (SELECT f.user_id FROM professors f WHERE f.department_id = ");
        s.bind(department.0).sql(")");
    }
    if let Some(tutor) = filter.tutor {
        s.sql(" AND (p.tutor_id = ").bind(tutor.0).sql(" OR p.cotutor_id = ").bind(tutor.0).sql(")");
        s.append(&tutors_shown(viewer, "p"));
    }
    if let Some(kind) = &filter.kind {
        s.sql(" AND fold_text(p.kind) = fold_text(").bind(kind.as_str()).sql(")");
    }
    if let Some(students) = filter.students {
        s.sql(" AND p.student_count = ").bind(students);
    }
    if let Some(assigned) = filter.assigned {
        s.sql(if assigned { " AND EXISTS (" } else { " AND NOT EXISTS (" });
        s.sql("SELECT 1 FROM assignments f WHERE f.project_id = p.id AND f.is_active)");
    }
    if let Some(year) = filter.academic_year {
        s.sql(" AND p.academic_year = ").bind(year);
    }
    if let Some(level) = filter.level {
        s.sql(" AND p.level = ").bind(level);
    }
    if let Some(words) = &filter.words {
        s.sql(" AND (");
        if similar {
            s.append(&similar_title(words));
        } else {
            s.sql("p.search @@ (SELECT q FROM query)");
        }
        // All by ids, so that the two indexes answer and nothing is looked at twice.
        s.sql(" OR p.id = ANY(").append(&of_tutors_named(viewer, words, similar)).sql("))");
    }
    s
}

/// The SQL of [`crate::domain::policy::may_see_project`]; a test compares them.
fn visibility(viewer: Option<&Actor>, filter: &Filter) -> Statement {
    let mut s = Statement::new();
    match viewer {
        Some(actor) if !is_published_only(filter) && !actor.is_admin => {
            s.sql("(p.state = 'published' OR p.tutor_id = ").bind(actor.id.0);
            s.sql(" OR p.cotutor_id = ").bind(actor.id.0).append(&kept(actor)).sql(")");
        }
        Some(actor) if actor.is_admin && !is_published_only(filter) => {
            s.sql("true");
        }
        _ => {
            s.sql("p.state = 'published'");
        }
    }
    s
}

fn kept(actor: &Actor) -> Statement {
    let mut s = Statement::new();
    if !actor.coordinates.is_empty() {
        let degrees: Vec<i64> = actor.coordinates.iter().map(|degree| degree.0).collect();
        s.sql(" OR p.degree_id = ANY(").bind(degrees).sql(")");
    }
    if let Some(department) = actor.head_of {
        s.sql(" OR p.tutor_id IN (SELECT k.user_id FROM professors k WHERE k.department_id = ");
        s.bind(department.0).sql(")");
    }
    s
}

/// The SQL of [`crate::domain::policy::may_decide_on_project`] for submitted ones.
fn queue(actor: &Actor) -> Statement {
    let mut s = Statement::new();
    s.sql(" AND p.state = 'submitted'");
    if !actor.is_admin {
        s.sql(" AND p.tutor_id <> ").bind(actor.id.0);
        s.sql(" AND p.cotutor_id IS DISTINCT FROM ").bind(actor.id.0);
        s.sql(" AND (false").append(&kept(actor)).sql(")");
    }
    s
}

/// A visitor learns nothing of tutors where the degree hides them.
fn tutors_shown(viewer: Option<&Actor>, project: &'static str) -> Statement {
    let mut s = Statement::new();
    if viewer.is_none() {
        s.sql(format!(
            " AND COALESCE((SELECT (r.rules->>'tutors_public')::boolean FROM degree_rules r \
             WHERE r.degree_id = {project}.degree_id AND r.academic_year <= {project}.academic_year \
             ORDER BY r.academic_year DESC LIMIT 1), true)"
        ));
    }
    s
}

/// Words in either language, and the last one also as a beginning.
fn ts_query(words: &SearchWords) -> Statement {
    let mut s = Statement::new();
    let typed = words.typed.as_str();
    s.sql("(websearch_to_tsquery('gestfg_es', ").bind(typed);
    s.sql(") || websearch_to_tsquery('gestfg_en', ").bind(typed).sql(")");
    if let Some(prefix) = &words.prefix {
        let (head, prefix) = (words.head.as_str(), format!("{prefix}:*"));
        s.sql(" || ((websearch_to_tsquery('gestfg_es', ").bind(head);
        s.sql(") || websearch_to_tsquery('gestfg_en', ").bind(head);
        s.sql(")) && to_tsquery('simple', ").bind(prefix.as_str()).sql("))");
    }
    s.sql(")");
    s
}

/// Every longer word resembles one of the title.
fn similar_title(words: &SearchWords) -> Statement {
    let mut s = Statement::new();
    s.sql("(true");
    for word in words.long_words() {
        s.sql(" AND p.title_folded %> ").bind(word);
    }
    s.sql(")");
    s
}

/// Projects of a tutor whose name has every word, or resembles the whole.
fn of_tutors_named(viewer: Option<&Actor>, words: &SearchWords, similar: bool) -> Statement {
    let mut s = Statement::new();
    s.sql("ARRAY(SELECT o.id FROM users n JOIN projects o ON o.tutor_id = n.id WHERE ");
    if similar {
        s.sql("n.name_folded %> ").bind(words.folded.as_str());
    } else {
        let patterns = words.patterns();
        let longest = patterns.iter().max_by_key(|pattern| pattern.len()).cloned().unwrap_or_default();
        s.sql("n.name_folded LIKE ").bind(Value::Text(longest));
        s.sql(" AND n.name_folded LIKE ALL(").bind(Value::Texts(patterns)).sql(")");
    }
    s.append(&tutors_shown(viewer, "o")).sql(")");
    s
}

/// How well a project matches, in millionths: the title counts most.
fn score(words: &SearchWords, similar: bool) -> Statement {
    let folded = words.folded.as_str();
    let mut s = Statement::new();
    if similar {
        s.sql("round(1000000 * word_similarity(").bind(folded).sql(", p.title_folded))::bigint");
        return s;
    }
    s.sql("round(1000000 * (ts_rank(p.search, (SELECT q FROM query)) + CASE WHEN p.title_folded = ")
        .bind(folded);
    s.sql(" THEN 4 WHEN starts_with(p.title_folded, ").bind(folded);
    s.sql(") THEN 2 WHEN strpos(p.title_folded, ").bind(folded);
    s.sql(") > 0 THEN 1 ELSE 0 END))::bigint");
    s
}
