//! Projects with everything that is shown of them, in one query.

use crate::domain::actor::Actor;
use crate::domain::phase_gate::Today;
use crate::domain::policy::ProjectFacts;
use crate::domain::project_actions::Situation;
use crate::models::project::state_of;
use crate::models::statement::Statement;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::calls::Phase;
use gestfg_types::ids::{DegreeId, DepartmentId, ProjectId, UserId};
use gestfg_types::master::DegreeRules;
use serde_json::Value;
use std::collections::HashMap;

/// What lists show of a project `p`.
pub const COLUMNS: &str = "\
p.id, p.title, p.kind, p.level, p.degree_id, d.code AS degree_code, d.name AS degree_name, \
tp.department_id, dep.code AS department_code, dep.name AS department_name, \
p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name, \
p.cotutor_id, c.first_name || ' ' || c.last_name AS cotutor_name, \
p.student_count, p.keywords, left(p.description, 600) AS opening, p.state, \
(SELECT bool_or(a.is_active) FROM assignments a WHERE a.project_id = p.id) AS assigned, \
p.academic_year, p.title_folded, p.created_at, p.updated_at, p.submitted_at, p.published_at, p.version, \
(SELECT r.rules FROM degree_rules r WHERE r.degree_id = p.degree_id AND r.academic_year <= p.academic_year \
ORDER BY r.academic_year DESC LIMIT 1) AS rules";

/// The tables [`COLUMNS`] need beside `projects p`.
pub const JOINS: &str = "\
JOIN degrees d ON d.id = p.degree_id \
JOIN professors tp ON tp.user_id = p.tutor_id \
JOIN departments dep ON dep.id = tp.department_id \
JOIN users t ON t.id = p.tutor_id \
LEFT JOIN users c ON c.id = p.cotutor_id";

/// A project as lists show it.
#[derive(Debug, Clone, QueryableByName)]
pub struct SummaryRow {
    /// Its id.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Its kind.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// The degree's level.
    #[diesel(sql_type = Text)]
    pub level: String,
    /// Its degree.
    #[diesel(sql_type = BigInt)]
    pub degree_id: i64,
    /// The degree's code.
    #[diesel(sql_type = Text)]
    pub degree_code: String,
    /// The degree's name.
    #[diesel(sql_type = Text)]
    pub degree_name: String,
    /// Its tutor's department.
    #[diesel(sql_type = BigInt)]
    pub department_id: i64,
    /// The department's code.
    #[diesel(sql_type = Text)]
    pub department_code: String,
    /// The department's name.
    #[diesel(sql_type = Text)]
    pub department_name: String,
    /// Its tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// Its co-tutor.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub cotutor_id: Option<i64>,
    /// The co-tutor's name.
    #[diesel(sql_type = Nullable<Text>)]
    pub cotutor_name: Option<String>,
    /// How many students it takes.
    #[diesel(sql_type = SmallInt)]
    pub student_count: i16,
    /// Words to find it by.
    #[diesel(sql_type = Array<Text>)]
    pub keywords: Vec<String>,
    /// How its description starts.
    #[diesel(sql_type = Text)]
    pub opening: String,
    /// Where it is in its life.
    #[diesel(sql_type = Text)]
    pub state: String,
    /// Whether it has an active assignment; null when it never had one.
    #[diesel(sql_type = Nullable<Bool>)]
    pub assigned: Option<bool>,
    /// Year in which its academic year starts.
    #[diesel(sql_type = SmallInt)]
    pub academic_year: i16,
    /// Its title, to sort by.
    #[diesel(sql_type = Text)]
    pub title_folded: String,
    /// When it was made.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    /// When it was last submitted.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was published.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// The rules of its degree in its year.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub rules: Option<Value>,
}

impl SummaryRow {
    /// What counts for who may see it.
    #[must_use]
    pub fn facts(&self) -> ProjectFacts {
        ProjectFacts {
            tutor: UserId(self.tutor_id),
            cotutor: self.cotutor_id.map(UserId),
            department: DepartmentId(self.department_id),
            degree: DegreeId(self.degree_id),
            state: state_of(&self.state),
        }
    }

    /// The rules it is under.
    #[must_use]
    pub fn rules(&self) -> DegreeRules {
        self.rules.clone().and_then(|rules| serde_json::from_value(rules).ok()).unwrap_or_default()
    }

    /// What counts for what can be done with it today.
    #[must_use]
    pub fn situation(&self, rules: &DegreeRules, today: &Today) -> Situation {
        Situation {
            facts: self.facts(),
            is_assigned: self.assigned == Some(true),
            requires_validation: rules.requires_validation,
            has_history: self.submitted_at.is_some() || self.assigned.is_some(),
            is_of_past_year: self.academic_year < today.year,
            is_assignment_open: today.open.contains(DegreeId(self.degree_id), Phase::ProjectAssignment),
        }
    }
}

/// A project whole.
#[derive(Debug, Clone, QueryableByName)]
pub struct DetailRow {
    /// What lists show of it.
    #[diesel(embed)]
    pub summary: SummaryRow,
    /// Markdown.
    #[diesel(sql_type = Text)]
    pub description: String,
    /// Markdown.
    #[diesel(sql_type = Text)]
    pub prior_knowledge: String,
    /// Markdown.
    #[diesel(sql_type = Text)]
    pub resources: String,
    /// Why it was sent back.
    #[diesel(sql_type = Nullable<Text>)]
    pub rejection_reason: Option<String>,
    /// Why it was taken back.
    #[diesel(sql_type = Nullable<Text>)]
    pub withdrawal_reason: Option<String>,
    /// The project it was copied from.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub duplicated_from: Option<i64>,
    /// When it was validated.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Its active assignment.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub assignment_id: Option<i64>,
    /// The students of that assignment.
    #[diesel(sql_type = Array<BigInt>)]
    pub student_ids: Vec<i64>,
}

/// One project with everything that is shown of it.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ProjectId) -> QueryResult<DetailRow> {
    let mut query = Statement::new();
    query.sql(format!(
        "SELECT {COLUMNS}, p.description, p.prior_knowledge, p.resources, p.rejection_reason, p.withdrawal_reason,
            p.duplicated_from, p.validated_at, p.withdrawn_at,
            (SELECT a.id FROM assignments a WHERE a.project_id = p.id AND a.is_active) AS assignment_id,
            ARRAY(SELECT s.student_id FROM assignments a JOIN assignment_students s ON s.assignment_id = a.id
                  WHERE a.project_id = p.id AND a.is_active ORDER BY s.position) AS student_ids
         FROM projects p {JOINS} WHERE p.id = "
    ));
    query.bind(id.0);
    query.get_result(conn)
}

/// The long texts of a project.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// Markdown.
    pub description: String,
    /// Markdown.
    pub prior_knowledge: String,
    /// Markdown.
    pub resources: String,
}

/// The long texts of each of these projects, by its id.
///
/// # Errors
/// When the database cannot answer.
pub fn texts(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<HashMap<i64, Texts>> {
    use crate::schema::projects as p;
    let rows = p::table
        .filter(p::id.eq_any(ids))
        .select((p::id, p::description, p::prior_knowledge, p::resources))
        .load::<(i64, String, String, String)>(conn)?;
    let texts = |(id, description, prior_knowledge, resources)| {
        (id, Texts { description, prior_knowledge, resources })
    };
    Ok(rows.into_iter().map(texts).collect())
}

/// One project, if this person may see it: to others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(
    conn: &mut PgConnection,
    id: ProjectId,
    viewer: Option<&Actor>,
) -> QueryResult<DetailRow> {
    let row = find(conn, id)?;
    if crate::domain::policy::may_see_project(viewer, &row.summary.facts()) {
        Ok(row)
    } else {
        Err(diesel::result::Error::NotFound)
    }
}
