//! Which projects are found, by whom, and how well each fits the words.

use super::Filter;
use crate::domain::actor::Actor;
use crate::domain::search_words::SearchWords;
use crate::models::statement::{Statement, Value};
use gestfg_types::projects::ProjectState;

/// The search as `query.q`, worked out once however many rows it is held against.
pub(super) fn with_query(filter: &Filter, similar: bool) -> Statement {
    let mut s = Statement::new();
    if let Some(words) = filter.words.as_ref().filter(|_| !similar) {
        s.sql("WITH query AS MATERIALIZED (SELECT ").append(&ts_query(words)).sql(" AS q)");
    }
    s.sql(" ");
    s
}

pub(super) fn is_published_only(filter: &Filter) -> bool {
    !filter.mine && !filter.queue && (filter.states.is_empty() || filter.states == [ProjectState::Published])
}

pub(super) fn conditions(viewer: Option<&Actor>, filter: &Filter, similar: bool) -> Statement {
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
pub(super) fn visibility(viewer: Option<&Actor>, filter: &Filter) -> Statement {
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

pub(super) fn kept(actor: &Actor) -> Statement {
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
pub(super) fn queue(actor: &Actor) -> Statement {
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
pub(super) fn tutors_shown(viewer: Option<&Actor>, project: &'static str) -> Statement {
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
pub(super) fn ts_query(words: &SearchWords) -> Statement {
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
pub(super) fn similar_title(words: &SearchWords) -> Statement {
    let mut s = Statement::new();
    s.sql("(true");
    for word in words.long_words() {
        s.sql(" AND p.title_folded %> ").bind(word);
    }
    s.sql(")");
    s
}

/// Projects of a tutor whose name has every word, or resembles the whole.
pub(super) fn of_tutors_named(viewer: Option<&Actor>, words: &SearchWords, similar: bool) -> Statement {
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
pub(super) fn score(words: &SearchWords, similar: bool) -> Statement {
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
