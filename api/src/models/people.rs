//! Lists of accounts, and what an account is with its roles.

use crate::domain::people::PersonFacts;
use crate::models::roles;
use crate::models::user::{self, UserRow};
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{degree_coordinators, departments, professors, student_degrees, students, users};
use crate::sql::{contains_pattern, fold_text};
use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::session::Roles;
use serde::{Deserialize, Serialize};

/// An account with its roles; serialised, it is what the audit log keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The account.
    #[serde(flatten)]
    pub row: UserRow,
    /// What they are.
    pub roles: Roles,
}

impl Person {
    /// Their id.
    #[must_use]
    pub const fn id(&self) -> UserId {
        UserId(self.row.id)
    }

    /// Degrees they study.
    #[must_use]
    pub fn degrees(&self) -> Vec<DegreeId> {
        self.roles.student.iter().flatten().map(|degree| degree.id).collect()
    }

    /// What rules need to know of them.
    #[must_use]
    pub fn facts(&self) -> PersonFacts {
        PersonFacts {
            id: self.id(),
            is_staff: PersonFacts::is_staff(&self.roles),
            degrees: self.degrees(),
            is_active: self.row.is_active,
            has_email: self.row.email.is_some(),
            is_anonymised: self.row.anonymised_at.is_some(),
        }
    }
}

/// A role to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Admins.
    Admin,
    /// Coordinators of a degree.
    Coordinator,
    /// Heads of a department.
    Head,
    /// Professors.
    Professor,
    /// Students.
    Student,
}

/// Which accounts to list.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// Words found in name, address or DNI.
    pub q: Option<String>,
    /// Who hold this role.
    pub role: Option<Role>,
    /// Who teach in this department.
    pub department: Option<DepartmentId>,
    /// Who study this degree.
    pub degree: Option<DegreeId>,
    /// Active ones, or the others.
    pub is_active: Option<bool>,
    /// Only students of these degrees: all that a coordinator may see.
    pub within: Option<Vec<DegreeId>>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleOrder {
    /// By family names, then given name.
    Name,
    /// The other way round.
    NameDown,
    /// The first made first.
    Created,
}

/// Where a page ends, in each order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleKey {
    /// In either order of names.
    Name(String, String, i64),
    /// In order of making.
    Created(DateTime<Utc>, i64),
}

fn filtered(filter: &PeopleFilter) -> users::BoxedQuery<'static, diesel::pg::Pg> {
    let mut query = users::table.into_boxed();
    for word in filter.q.iter().flat_map(|q| q.split_whitespace()).take(10) {
        let pattern = contains_pattern(word);
        query = query.filter(
            users::name_folded
                .like(pattern.clone())
                .or(users::email.assume_not_null().like(pattern.clone()))
                .or(users::dni.assume_not_null().like(pattern.to_uppercase())),
        );
    }
    let enrolled = || student_degrees::table.filter(student_degrees::student_id.eq(users::id));
    query = match filter.role {
        None => query,
        Some(Role::Admin) => query.filter(users::is_admin),
        Some(Role::Professor) => {
            query.filter(exists(professors::table.filter(professors::user_id.eq(users::id))))
        }
        Some(Role::Student) => query.filter(exists(students::table.filter(students::user_id.eq(users::id)))),
        Some(Role::Head) => query
            .filter(exists(departments::table.filter(departments::head_id.assume_not_null().eq(users::id)))),
        Some(Role::Coordinator) => query.filter(exists(
            degree_coordinators::table.filter(degree_coordinators::professor_id.eq(users::id)),
        )),
    };
    if let Some(department) = filter.department {
        query = query.filter(exists(
            professors::table
                .filter(professors::user_id.eq(users::id))
                .filter(professors::department_id.eq(department.0)),
        ));
    }
    if let Some(degree) = filter.degree {
        query = query.filter(exists(enrolled().filter(student_degrees::degree_id.eq(degree.0))));
    }
    if let Some(within) = &filter.within {
        let within: Vec<i64> = within.iter().map(|degree| degree.0).collect();
        query = query.filter(exists(enrolled().filter(student_degrees::degree_id.eq_any(within))));
    }
    if let Some(active) = filter.is_active {
        query = query.filter(users::is_active.eq(active));
    }
    query
}

/// A page of accounts with their roles, and how many there are.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &PeopleFilter,
    order: PeopleOrder,
    page: &PageParams<PeopleKey>,
) -> QueryResult<Window<Person>> {
    let total = filtered(filter).count().get_result(conn)?;
    let mut query = filtered(filter);
    let (last_name, first_name) = (fold_text(users::last_name), fold_text(users::first_name));
    query = match (order, page.after.clone()) {
        (PeopleOrder::Name, Some(PeopleKey::Name(last, first, id))) => {
            let (last, first) = (fold_text(last), fold_text(first));
            query.filter(
                last_name.gt(last.clone()).or(last_name
                    .eq(last)
                    .and(first_name.gt(first.clone()).or(first_name.eq(first).and(users::id.gt(id))))),
            )
        }
        (PeopleOrder::NameDown, Some(PeopleKey::Name(last, first, id))) => {
            let (last, first) = (fold_text(last), fold_text(first));
            query.filter(
                last_name.lt(last.clone()).or(last_name
                    .eq(last)
                    .and(first_name.lt(first.clone()).or(first_name.eq(first).and(users::id.lt(id))))),
            )
        }
        (PeopleOrder::Created, Some(PeopleKey::Created(at, id))) => {
            query.filter(users::created_at.gt(at).or(users::created_at.eq(at).and(users::id.gt(id))))
        }
        _ => query,
    };
    query = match order {
        PeopleOrder::Name => query.order((last_name, first_name, users::id)),
        PeopleOrder::NameDown => query.order((last_name.desc(), first_name.desc(), users::id.desc())),
        PeopleOrder::Created => query.order((users::created_at, users::id)),
    };
    let rows = query.limit(page.fetch()).select(UserRow::as_select()).load(conn)?;
    let window = page.window(rows, total, |row| {
        Cursor::of(&match order {
            PeopleOrder::Created => PeopleKey::Created(row.created_at, row.id),
            _ => PeopleKey::Name(row.last_name.clone(), row.first_name.clone(), row.id),
        })
    });
    let mut all = roles::load(conn, &window.rows.iter().map(|row| row.id).collect::<Vec<_>>())?;
    let rows = window
        .rows
        .into_iter()
        .map(|row| Person { roles: all.remove(&row.id).unwrap_or_default(), row })
        .collect();
    Ok(Window { rows, next_cursor: window.next_cursor, total: window.total })
}

/// One account with its roles.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, id: UserId) -> QueryResult<Person> {
    Ok(Person { row: user::find(conn, id)?, roles: roles::find(conn, id)? })
}

/// One account with its roles, locked until the transaction ends.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, id: UserId) -> QueryResult<Person> {
    Ok(Person { row: user::lock(conn, id)?, roles: roles::find(conn, id)? })
}

/// The address of each of these people who has one.
///
/// # Errors
/// When the database cannot answer.
pub fn addresses(
    conn: &mut PgConnection,
    people: &[UserId],
) -> QueryResult<std::collections::HashMap<i64, String>> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let rows = users::table
        .filter(users::id.eq_any(ids))
        .filter(users::email.is_not_null())
        .select((users::id, users::email.assume_not_null()))
        .load::<(i64, String)>(conn)?;
    Ok(rows.into_iter().collect())
}

/// The DNI of each of these people who has one.
///
/// # Errors
/// When the database cannot answer.
pub fn dnis(
    conn: &mut PgConnection,
    people: &[UserId],
) -> QueryResult<std::collections::HashMap<i64, String>> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let rows = users::table
        .filter(users::id.eq_any(ids))
        .filter(users::dni.is_not_null())
        .select((users::id, users::dni.assume_not_null()))
        .load::<(i64, String)>(conn)?;
    Ok(rows.into_iter().collect())
}
