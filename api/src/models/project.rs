//! Projects, as rows that are written.

use crate::schema::{degrees, professors, projects, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg_types::ids::{DegreeId, DepartmentId, ProjectId, UserId};
use gestfg_types::projects::ProjectState;
use serde::Serialize;

/// A stored project.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = projects, check_for_backend(diesel::pg::Pg))]
pub struct ProjectRow {
    /// Its id.
    pub id: i64,
    /// Its degree.
    pub degree_id: i64,
    /// The degree's level.
    pub level: String,
    /// Year in which its academic year starts.
    pub academic_year: i16,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// How many students it takes.
    pub student_count: i16,
    /// Markdown.
    pub description: String,
    /// Markdown.
    pub prior_knowledge: String,
    /// Markdown.
    pub resources: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Its tutor.
    pub tutor_id: i64,
    /// Its co-tutor.
    pub cotutor_id: Option<i64>,
    /// Where it is in its life.
    pub state: String,
    /// Why it was sent back.
    pub rejection_reason: Option<String>,
    /// Why it was taken back.
    pub withdrawal_reason: Option<String>,
    /// Who accepted it.
    pub validated_by: Option<i64>,
    /// When it was last submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was validated.
    pub validated_at: Option<DateTime<Utc>>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The project it was copied from.
    pub duplicated_from: Option<i64>,
    /// Grows with every edit.
    pub version: i32,
}

/// A project to be.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = projects)]
pub struct NewProject {
    /// Its degree.
    pub degree_id: i64,
    /// The degree's level.
    pub level: String,
    /// Year in which its academic year starts.
    pub academic_year: i16,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// How many students it takes.
    pub student_count: i16,
    /// Markdown.
    pub description: String,
    /// Markdown.
    pub prior_knowledge: String,
    /// Markdown.
    pub resources: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Its tutor.
    pub tutor_id: i64,
    /// Its co-tutor.
    pub cotutor_id: Option<i64>,
    /// The project it was copied from.
    pub duplicated_from: Option<i64>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Clone, Default, AsChangeset)]
#[diesel(table_name = projects)]
pub struct ProjectChanges {
    /// New degree, with its level.
    pub degree_id: Option<i64>,
    /// The new degree's level.
    pub level: Option<String>,
    /// New title.
    pub title: Option<String>,
    /// New kind.
    pub kind: Option<String>,
    /// New number of places.
    pub student_count: Option<i16>,
    /// New text.
    pub description: Option<String>,
    /// New text.
    pub prior_knowledge: Option<String>,
    /// New text.
    pub resources: Option<String>,
    /// New keywords.
    pub keywords: Option<Vec<String>>,
    /// New tutor.
    pub tutor_id: Option<i64>,
    /// New co-tutor, or none.
    pub cotutor_id: Option<Option<i64>>,
    /// New state.
    pub state: Option<String>,
    /// Why it was sent back.
    pub rejection_reason: Option<Option<String>>,
    /// Why it was taken back.
    pub withdrawal_reason: Option<Option<String>>,
    /// Who accepted it.
    pub validated_by: Option<Option<i64>>,
    /// When it was last submitted.
    pub submitted_at: Option<Option<DateTime<Utc>>>,
    /// When it was validated.
    pub validated_at: Option<Option<DateTime<Utc>>>,
    /// When it was published.
    pub published_at: Option<Option<DateTime<Utc>>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Option<DateTime<Utc>>>,
}

/// The state a column holds; the schema knows no others.
#[must_use]
pub fn state_of(text: &str) -> ProjectState {
    ProjectState::ALL.into_iter().find(|state| state.as_str() == text).unwrap_or(ProjectState::Draft)
}

/// One project, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: ProjectId) -> QueryResult<ProjectRow> {
    projects::table.find(id.0).select(ProjectRow::as_select()).for_update().first(conn)
}

/// A new draft.
///
/// # Errors
/// When the title is taken or the database cannot answer.
pub fn create(conn: &mut PgConnection, new: &NewProject) -> QueryResult<ProjectRow> {
    diesel::insert_into(projects::table).values(new).returning(ProjectRow::as_returning()).get_result(conn)
}

/// Edit one; its version grows.
///
/// # Errors
/// When the title is taken or the database cannot answer.
pub fn update(conn: &mut PgConnection, id: ProjectId, changes: &ProjectChanges) -> QueryResult<ProjectRow> {
    diesel::update(projects::table.find(id.0))
        .set((changes, projects::version.eq(projects::version + 1)))
        .returning(ProjectRow::as_returning())
        .get_result(conn)
}

/// Remove one.
///
/// # Errors
/// When something still refers to it or the database cannot answer.
pub fn delete(conn: &mut PgConnection, id: ProjectId) -> QueryResult<()> {
    diesel::delete(projects::table.find(id.0)).execute(conn).map(drop)
}

/// The students of its active assignment.
///
/// # Errors
/// When the database cannot answer.
pub fn active_team_size(conn: &mut PgConnection, id: ProjectId) -> QueryResult<i64> {
    use crate::schema::{assignment_students, assignments};
    assignment_students::table
        .filter(
            assignment_students::assignment_id.eq_any(
                assignments::table
                    .filter(assignments::project_id.eq(id.0))
                    .filter(assignments::is_active)
                    .select(assignments::id),
            ),
        )
        .count()
        .get_result(conn)
}

/// Who may decide on projects of this degree by tutors of this department: the
/// degree's coordinators and the department's head.
///
/// # Errors
/// When the database cannot answer.
pub fn list_deciders(
    conn: &mut PgConnection,
    degree: DegreeId,
    department: DepartmentId,
) -> QueryResult<Vec<UserId>> {
    use crate::schema::{degree_coordinators, departments};
    let mut people: Vec<i64> = degree_coordinators::table
        .filter(degree_coordinators::degree_id.eq(degree.0))
        .select(degree_coordinators::professor_id)
        .load(conn)?;
    let head = departments::table.find(department.0).select(departments::head_id);
    people.extend(head.first::<Option<i64>>(conn)?);
    people.sort_unstable();
    people.dedup();
    Ok(people.into_iter().map(UserId).collect())
}

/// A person who might tutor.
#[derive(Debug, Clone, Queryable)]
pub struct Candidate {
    /// Whether the account is active.
    pub is_active: bool,
    /// Where they teach, if they do.
    pub department_id: Option<i64>,
}

/// Someone who might tutor, if there is such a person.
///
/// # Errors
/// When the database cannot answer.
pub fn find_candidate(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<Candidate>> {
    users::table
        .left_join(professors::table)
        .filter(users::id.eq(id.0))
        .select((users::is_active, professors::department_id.nullable()))
        .first(conn)
        .optional()
}

/// Level and standing of a degree, if there is such a degree.
///
/// # Errors
/// When the database cannot answer.
pub fn find_degree(conn: &mut PgConnection, id: DegreeId) -> QueryResult<Option<(String, bool)>> {
    degrees::table.find(id.0).select((degrees::level, degrees::is_active)).first(conn).optional()
}
