//! Applications with everything that is shown of them, and what there is to ask for.

use crate::domain::actor::Actor;
use crate::domain::allocation::wishes::Asked;
use crate::models::application::ApplicationRow;
use crate::models::statement::{Statement, Value};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{applications as a, users};
use crate::sql::contains_pattern;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz};
use gestfg_types::applications::ApplicationState;
use gestfg_types::ids::{AllocationRoundId, ApplicationId, CallId, DegreeId, ProjectId, UserId};
use std::collections::{BTreeMap, HashMap};

/// A student of an application.
#[derive(Debug, Clone, QueryableByName)]
pub struct Member {
    /// Of which application.
    #[diesel(sql_type = BigInt)]
    pub application_id: i64,
    /// Who.
    #[diesel(sql_type = BigInt)]
    pub student_id: i64,
    /// Their name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Their address.
    #[diesel(sql_type = Nullable<Text>)]
    pub email: Option<String>,
    /// Whether they wrote it.
    #[diesel(sql_type = Bool)]
    pub is_author: bool,
    /// When they said yes.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Their academic record.
    #[diesel(sql_type = Nullable<Text>)]
    pub record: Option<String>,
}

/// A wish of an application.
#[derive(Debug, Clone, QueryableByName)]
pub struct Preference {
    /// Of which application.
    #[diesel(sql_type = BigInt)]
    pub application_id: i64,
    /// For which project.
    #[diesel(sql_type = BigInt)]
    pub project_id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Its tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// Students it takes.
    #[diesel(sql_type = SmallInt)]
    pub places: i16,
    /// Its rank.
    #[diesel(sql_type = SmallInt)]
    pub rank: i16,
    /// Whether it is on offer in the round.
    #[diesel(sql_type = Bool)]
    pub is_offered: bool,
    /// Whether it was given to somebody.
    #[diesel(sql_type = Bool)]
    pub is_assigned: bool,
}

impl Preference {
    /// As far as asking for it is concerned.
    #[must_use]
    pub const fn asked(&self) -> Asked {
        Asked { places: self.places, is_offered: self.is_offered, is_assigned: self.is_assigned }
    }
}

/// An application, whole.
#[derive(Debug, Clone)]
pub struct ApplicationDetail {
    /// Itself.
    pub row: ApplicationRow,
    /// Name of who wrote it.
    pub entered_by: Option<String>,
    /// Its students, in their places.
    pub members: Vec<Member>,
    /// What it asks for, the most wanted first.
    pub preferences: Vec<Preference>,
}

impl ApplicationDetail {
    /// This person, if they are one of its students.
    #[must_use]
    pub fn member(&self, id: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.student_id == id.0)
    }

    /// Whether this person may know of it.
    #[must_use]
    pub fn is_visible_to(&self, viewer: &Actor) -> bool {
        viewer.keeps_degree(DegreeId(self.row.degree_id)) || self.member(viewer.id).is_some()
    }

    /// Its students who have said yes.
    #[must_use]
    pub fn taking_part(&self) -> Vec<UserId> {
        let confirmed = self.members.iter().filter(|member| member.confirmed_at.is_some());
        confirmed.map(|member| UserId(member.student_id)).collect()
    }

    /// Its students, but for this person.
    #[must_use]
    pub fn others(&self, than: UserId) -> Vec<UserId> {
        self.members.iter().map(|member| UserId(member.student_id)).filter(|id| *id != than).collect()
    }
}

/// Which applications to list.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// In this round.
    pub round: Option<AllocationRoundId>,
    /// In rounds of this call.
    pub call: Option<CallId>,
    /// That ask for this project.
    pub project: Option<ProjectId>,
    /// In this state.
    pub state: Option<ApplicationState>,
    /// With the viewer among its students.
    pub mine: bool,
    /// Part of the name of a student or of the title of a project, folded.
    pub q: Option<String>,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A page of the applications this person may see, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    viewer: &Actor,
    filter: &ApplicationFilter,
    page: &PageParams<i64>,
) -> QueryResult<Window<ApplicationDetail>> {
    let wanted = conditions(viewer, filter);
    let mut counting = Statement::new();
    counting.sql("SELECT count(*) AS count FROM applications a WHERE ").append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql("SELECT a.id FROM applications a WHERE ").append(&wanted);
    if let Some(after) = page.after {
        listing.sql(" AND a.id < ").bind(after);
    }
    listing.sql(" ORDER BY a.id DESC LIMIT ").bind(page.fetch()).once();
    let ids: Vec<i64> = listing.load::<Id>(conn)?.into_iter().map(|row| row.id).collect();
    let rows = load(conn, &ids)?;
    Ok(page.window(rows, total, |detail| Cursor::of(&detail.row.id)))
}

/// Every application this person may see under these filters, in the order they were made.
///
/// # Errors
/// When the database cannot answer.
pub fn all(
    conn: &mut PgConnection,
    viewer: &Actor,
    filter: &ApplicationFilter,
) -> QueryResult<Vec<ApplicationDetail>> {
    let mut listing = Statement::new();
    listing.sql("SELECT a.id FROM applications a WHERE ").append(&conditions(viewer, filter)).once();
    let ids: Vec<i64> = listing.load::<Id>(conn)?.into_iter().map(|row| row.id).collect();
    let mut rows = load(conn, &ids)?;
    rows.reverse();
    Ok(rows)
}

fn conditions(viewer: &Actor, filter: &ApplicationFilter) -> Statement {
    let mut s = Statement::new();
    let mut own = Statement::new();
    own.sql("EXISTS (SELECT 1 FROM application_members m WHERE m.application_id = a.id AND m.student_id = ");
    own.bind(viewer.id.0).sql(")");
    // The SQL of `ApplicationDetail::is_visible_to`.
    if filter.mine {
        s.append(&own);
    } else if viewer.is_admin {
        s.sql("true");
    } else {
        let degrees: Vec<i64> = viewer.coordinates.iter().map(|degree| degree.0).collect();
        s.sql("(").append(&own).sql(" OR a.degree_id = ANY(").bind(degrees).sql("))");
    }
    if let Some(round) = filter.round {
        s.sql(" AND a.round_id = ").bind(round.0);
    }
    if let Some(call) = filter.call {
        s.sql(" AND a.round_id IN (SELECT r.id FROM allocation_rounds r WHERE r.call_id = ")
            .bind(call.0)
            .sql(")");
    }
    if let Some(project) = filter.project {
        s.sql(" AND EXISTS (SELECT 1 FROM application_preferences w WHERE w.application_id = a.id AND w.project_id = ");
        s.bind(project.0).sql(")");
    }
    if let Some(state) = filter.state {
        s.sql(" AND a.state = ").bind(Value::from(state.as_str()));
    }
    if let Some(q) = &filter.q {
        let pattern = contains_pattern(q);
        s.sql(" AND (EXISTS (SELECT 1 FROM application_members m JOIN users u ON u.id = m.student_id WHERE m.application_id = a.id AND u.name_folded LIKE ");
        s.bind(pattern.as_str());
        s.sql(") OR EXISTS (SELECT 1 FROM application_preferences w JOIN projects p ON p.id = w.project_id WHERE w.application_id = a.id AND p.title_folded LIKE ");
        s.bind(pattern.as_str()).sql("))");
    }
    s
}

/// These applications, whole, the newest first.
///
/// # Errors
/// When the database cannot answer.
pub fn load(conn: &mut PgConnection, ids: &[i64]) -> QueryResult<Vec<ApplicationDetail>> {
    let rows: Vec<(ApplicationRow, Option<(String, String)>)> = a::table
        .left_join(users::table.on(users::id.nullable().eq(a::entered_by)))
        .filter(a::id.eq_any(ids))
        .order(a::id.desc())
        .select((ApplicationRow::as_select(), (users::first_name, users::last_name).nullable()))
        .load(conn)?;
    let members: Vec<Member> = diesel::sql_query(
        "SELECT m.application_id, m.student_id, u.first_name || ' ' || u.last_name AS name, u.email, m.is_author,
                m.confirmed_at, s.record::text AS record
         FROM application_members m JOIN users u ON u.id = m.student_id JOIN students s ON s.user_id = m.student_id
         WHERE m.application_id = ANY($1) ORDER BY m.application_id, m.position",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)?;
    let preferences: Vec<Preference> = diesel::sql_query(
        "SELECT w.application_id, w.project_id, p.title, p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name,
                p.student_count AS places, w.rank,
                (p.state = 'published' AND p.academic_year = c.academic_year) AS is_offered,
                EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active) AS is_assigned
         FROM application_preferences w JOIN applications a ON a.id = w.application_id
         JOIN allocation_rounds r ON r.id = a.round_id JOIN calls c ON c.id = r.call_id
         JOIN projects p ON p.id = w.project_id JOIN users t ON t.id = p.tutor_id
         WHERE w.application_id = ANY($1) ORDER BY w.application_id, w.rank, p.title_folded, p.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)?;
    let (mut of_members, mut of_preferences) = (HashMap::new(), HashMap::new());
    for member in members {
        of_members.entry(member.application_id).or_insert_with(Vec::new).push(member);
    }
    for preference in preferences {
        of_preferences.entry(preference.application_id).or_insert_with(Vec::new).push(preference);
    }
    let detail = |(row, by): (ApplicationRow, Option<(String, String)>)| ApplicationDetail {
        members: of_members.remove(&row.id).unwrap_or_default(),
        preferences: of_preferences.remove(&row.id).unwrap_or_default(),
        entered_by: by.map(|(first, last)| format!("{first} {last}")),
        row,
    };
    Ok(rows.into_iter().map(detail).collect())
}

/// One application, whole.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: ApplicationId) -> QueryResult<ApplicationDetail> {
    load(conn, &[id.0])?.into_iter().next().ok_or(diesel::NotFound)
}

/// One application, if this person may see it: to others it does not exist.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find_visible(
    conn: &mut PgConnection,
    id: ApplicationId,
    viewer: &Actor,
) -> QueryResult<ApplicationDetail> {
    let found = find(conn, id)?;
    if found.is_visible_to(viewer) { Ok(found) } else { Err(diesel::NotFound) }
}

/// These projects, as far as asking for them in a round of a call is concerned; those of other
/// degrees are not among them.
///
/// # Errors
/// When the database cannot answer.
pub fn asked(
    conn: &mut PgConnection,
    call: CallId,
    projects: &[ProjectId],
) -> QueryResult<BTreeMap<ProjectId, Asked>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = SmallInt)]
        places: i16,
        #[diesel(sql_type = Bool)]
        is_offered: bool,
        #[diesel(sql_type = Bool)]
        is_assigned: bool,
    }
    let ids: Vec<i64> = projects.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT p.id, p.student_count AS places,
                (p.state = 'published' AND p.academic_year = c.academic_year) AS is_offered,
                EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active) AS is_assigned
         FROM calls c JOIN projects p ON p.degree_id = c.degree_id
         WHERE c.id = $1 AND p.id = ANY($2) AND (p.state = 'published' OR p.published_at IS NOT NULL)",
    )
    .bind::<BigInt, _>(call.0)
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let asked =
                Asked { places: row.places, is_offered: row.is_offered, is_assigned: row.is_assigned };
            (ProjectId(row.id), asked)
        })
        .collect())
}

/// A project on offer, with who asks for it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Offered {
    /// Which.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Its title, to sort by.
    #[diesel(sql_type = Text)]
    pub title_folded: String,
    /// Its tutor.
    #[diesel(sql_type = BigInt)]
    pub tutor_id: i64,
    /// The tutor's name.
    #[diesel(sql_type = Text)]
    pub tutor_name: String,
    /// Students it takes.
    #[diesel(sql_type = SmallInt)]
    pub places: i16,
    /// Live applications that ask for it.
    #[diesel(sql_type = BigInt)]
    pub applications: i64,
    /// Of these, those that want it most.
    #[diesel(sql_type = BigInt)]
    pub first_choices: i64,
}

/// A page of what can be asked for in a round now, by title.
///
/// # Errors
/// When the database cannot answer.
pub fn list_offered(
    conn: &mut PgConnection,
    round: AllocationRoundId,
    q: Option<&str>,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<Offered>> {
    let mut wanted = Statement::new();
    wanted.sql(
        " FROM allocation_rounds r JOIN calls c ON c.id = r.call_id JOIN projects p ON p.degree_id = c.degree_id \
         AND p.academic_year = c.academic_year AND p.state = 'published' JOIN users t ON t.id = p.tutor_id \
         WHERE NOT EXISTS (SELECT 1 FROM assignments x WHERE x.project_id = p.id AND x.is_active) AND r.id = ",
    );
    wanted.bind(round.0);
    if let Some(q) = q {
        let pattern = contains_pattern(q);
        wanted.sql(" AND (p.title_folded LIKE ").bind(pattern.as_str());
        wanted.sql(" OR t.name_folded LIKE ").bind(pattern.as_str()).sql(")");
    }
    let mut counting = Statement::new();
    counting.sql("SELECT count(*) AS count").append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    let asks = "FROM application_preferences w JOIN applications a ON a.id = w.application_id \
                WHERE w.project_id = p.id AND a.round_id = r.id AND a.is_live";
    listing.sql(format!(
        "SELECT p.id, p.title, p.title_folded, p.tutor_id, t.first_name || ' ' || t.last_name AS tutor_name, \
         p.student_count AS places, (SELECT count(*) {asks}) AS applications, \
         (SELECT count(*) {asks} AND w.rank = 1) AS first_choices"
    ));
    listing.append(&wanted);
    if let Some((title, id)) = page.after.clone() {
        listing.sql(" AND (p.title_folded, p.id) > (").bind(title.as_str()).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY p.title_folded, p.id LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<Offered>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(row.title_folded.clone(), row.id))))
}
