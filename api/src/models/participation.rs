//! Service in committees over the years, and who may be called.

use crate::models::statement::Statement;
use crate::pagination::{Cursor, PageParams, Window};
use crate::schema::{committee_service, professors};
use crate::sql::contains_pattern;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Jsonb, Nullable, SmallInt, Text};
use gestfg_types::ids::{DepartmentId, UserId};
use gestfg_types::participation::{BroughtService, YearOfService};
use serde::Serialize;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// A professor with their service.
#[derive(Debug, Clone, QueryableByName, Serialize)]
pub struct ParticipationRow {
    /// Their account.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// Given name.
    #[diesel(sql_type = Text)]
    pub first_name: String,
    /// Family names.
    #[diesel(sql_type = Text)]
    pub last_name: String,
    /// Their department.
    #[diesel(sql_type = BigInt)]
    pub department_id: i64,
    /// Its code.
    #[diesel(sql_type = Text)]
    pub department_code: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub department_name: String,
    /// Years with any service, as [`YearOfService`].
    #[diesel(sql_type = Jsonb)]
    pub years: serde_json::Value,
    /// Seats of all these years.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
    /// Whether they may preside.
    #[diesel(sql_type = Bool)]
    pub may_preside: bool,
    /// The year they became permanent.
    #[diesel(sql_type = Nullable<SmallInt>)]
    pub seniority_year: Option<i16>,
    /// Whether they are not called at all.
    #[diesel(sql_type = Bool)]
    pub exempt_from_committees: bool,
    /// Grows with every edit.
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// Their name as lists are ordered by it.
    #[diesel(sql_type = Text)]
    pub order_name: String,
}

impl ParticipationRow {
    /// Years with any service, in order.
    #[must_use]
    pub fn years(&self) -> Vec<YearOfService> {
        serde_json::from_value(self.years.clone()).unwrap_or_default()
    }
}

/// Which professors to list.
#[derive(Debug, Clone, Default)]
pub struct ParticipationFilter {
    /// Words of the name.
    pub q: Option<String>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Exempt ones, or the others.
    pub exempt: Option<bool>,
    /// Only this one.
    pub professor: Option<UserId>,
}

/// An edit; `None` leaves a column alone.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = professors)]
pub struct ParticipationChanges {
    /// Whether they may preside.
    pub may_preside: Option<bool>,
    /// The year they became permanent; `Some(None)` clears it.
    pub seniority_year: Option<Option<i16>>,
    /// Whether they are not called at all.
    pub exempt_from_committees: Option<bool>,
}

/// Service year by year: `professor_id`, `academic_year`, `brought`, `seats`.
/// Seats of committees published here count beside what was brought.
const SERVICE: &str = "\
SELECT s.professor_id, s.academic_year, s.seats::bigint AS brought, 0::bigint AS seats FROM committee_service s \
UNION ALL SELECT h.professor_id, c.academic_year, 0, 1 FROM committee_seats h JOIN committees k ON k.id = h.committee_id \
JOIN calls c ON c.id = k.call_id";

/// A page of active professors by name with their service.
///
/// # Errors
/// When the database cannot answer.
pub fn list(
    conn: &mut PgConnection,
    filter: &ParticipationFilter,
    page: &PageParams<(String, i64)>,
) -> QueryResult<Window<ParticipationRow>> {
    let wanted = conditions(filter);
    let mut counting = Statement::new();
    counting
        .sql("SELECT count(*) AS count FROM professors p JOIN users u ON u.id = p.user_id WHERE u.is_active");
    counting.append(&wanted).once();
    let total = counting.count(conn)?;
    let mut listing = Statement::new();
    listing.sql(format!("SELECT * FROM ({} WHERE u.is_active", select())).append(&wanted).sql(") x");
    if let Some((name, id)) = page.after.clone() {
        listing.sql(" WHERE (x.order_name, x.id) > (").bind(name.as_str()).sql(", ").bind(id).sql(")");
    }
    listing.sql(" ORDER BY x.order_name, x.id LIMIT ").bind(page.fetch()).once();
    let rows = listing.load::<ParticipationRow>(conn)?;
    Ok(page.window(rows, total, |row| Cursor::of(&(&row.order_name, row.id))))
}

fn select() -> String {
    format!(
        "SELECT u.id, u.first_name, u.last_name, d.id AS department_id, d.code AS department_code, d.name AS department_name, \
         COALESCE(y.years, '[]'::jsonb) AS years, COALESCE(y.total, 0)::bigint AS total, \
         p.may_preside, p.seniority_year, p.exempt_from_committees, p.version, \
         fold_text(u.last_name || ', ' || u.first_name) AS order_name \
         FROM professors p JOIN users u ON u.id = p.user_id JOIN departments d ON d.id = p.department_id \
         LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('academic_year', z.academic_year, 'brought', z.brought, 'seats', z.seats) \
             ORDER BY z.academic_year) AS years, sum(z.brought + z.seats) AS total \
             FROM (SELECT v.academic_year, sum(v.brought)::bigint AS brought, sum(v.seats)::bigint AS seats FROM ({SERVICE}) v \
                 WHERE v.professor_id = p.user_id GROUP BY v.academic_year) z) y ON true"
    )
}

fn conditions(filter: &ParticipationFilter) -> Statement {
    let mut s = Statement::new();
    for word in filter.q.iter().flat_map(|q| q.split_whitespace()).take(10) {
        s.sql(" AND u.name_folded LIKE ").bind(contains_pattern(word).as_str());
    }
    if let Some(department) = filter.department {
        s.sql(" AND p.department_id = ").bind(department.0);
    }
    if let Some(exempt) = filter.exempt {
        s.sql(if exempt { " AND p.exempt_from_committees" } else { " AND NOT p.exempt_from_committees" });
    }
    if let Some(professor) = filter.professor {
        s.sql(" AND p.user_id = ").bind(professor.0);
    }
    s
}

/// One professor with their service, active or not.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn find(conn: &mut PgConnection, professor: UserId) -> QueryResult<ParticipationRow> {
    diesel::sql_query(format!("{} WHERE p.user_id = $1", select()))
        .bind::<BigInt, _>(professor.0)
        .get_result(conn)
}

/// One professor, locked until the transaction ends: the version.
///
/// # Errors
/// `NotFound`, or when the database cannot answer.
pub fn lock(conn: &mut PgConnection, professor: UserId) -> QueryResult<i32> {
    professors::table.find(professor.0).select(professors::version).for_no_key_update().first(conn)
}

/// Edit what one may be called for, and the service they bring; the version grows.
///
/// # Errors
/// When the database cannot answer.
pub fn update(
    conn: &mut PgConnection,
    professor: UserId,
    changes: &ParticipationChanges,
    brought: &[BroughtService],
) -> QueryResult<()> {
    use committee_service as s;
    diesel::update(professors::table.find(professor.0))
        .set((changes, professors::version.eq(professors::version + 1)))
        .execute(conn)?;
    for &BroughtService { academic_year, seats } in brought {
        if seats == 0 {
            diesel::delete(s::table.find((professor.0, academic_year))).execute(conn)?;
            continue;
        }
        diesel::insert_into(s::table)
            .values((s::professor_id.eq(professor.0), s::academic_year.eq(academic_year), s::seats.eq(seats)))
            .on_conflict((s::professor_id, s::academic_year))
            .do_update()
            .set(s::seats.eq(seats))
            .execute(conn)?;
    }
    Ok(())
}

/// Seats held by each professor in these academic years; who held none is left out.
///
/// # Errors
/// When the database cannot answer.
pub fn ledger(conn: &mut PgConnection, years: RangeInclusive<i16>) -> QueryResult<HashMap<i64, i64>> {
    #[derive(QueryableByName)]
    struct Service {
        #[diesel(sql_type = BigInt)]
        professor_id: i64,
        #[diesel(sql_type = BigInt)]
        held: i64,
    }
    let sql = format!(
        "SELECT v.professor_id, sum(v.brought + v.seats)::bigint AS held FROM ({SERVICE}) v \
         WHERE v.academic_year BETWEEN $1 AND $2 GROUP BY v.professor_id"
    );
    let rows = diesel::sql_query(sql)
        .bind::<SmallInt, _>(*years.start())
        .bind::<SmallInt, _>(*years.end())
        .load::<Service>(conn)?;
    Ok(rows.into_iter().map(|row| (row.professor_id, row.held)).collect())
}
