//! Statistics over the gathered facts of projects: `project_facts` as they are,
//! `public_facts` for everybody.

use crate::domain::statistics::{Reach, Telling};
use crate::models::statement::Statement;
use crate::schema::{audit_log, statistics_refreshes as r};
use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Double, Nullable, Text};
use gestfg_types::grading::Band;
use gestfg_types::ids::{AreaId, DegreeId, DepartmentId, UserId};
use gestfg_types::statistics::{StatisticsCount, StatisticsFigures, StatisticsGrouping, StatisticsMarks};

/// Whose work statistics of it wait for, so that no two gather at once.
const GATHERING: i64 = 0x0066_6163_7473;

/// Which projects to count.
#[derive(Debug, Clone, Default)]
pub struct StatisticsFilter {
    /// From the academic year that starts in this year.
    pub from: Option<i16>,
    /// To the academic year that starts in this year.
    pub to: Option<i16>,
    /// Of this degree.
    pub degree: Option<DegreeId>,
    /// With a tutor of this department.
    pub department: Option<DepartmentId>,
    /// With a tutor of this area.
    pub area: Option<AreaId>,
    /// With this tutor.
    pub tutor: Option<UserId>,
    /// Only what somebody may read of each tutor.
    pub within: Option<Reach>,
}

impl StatisticsFilter {
    fn conditions(&self) -> Statement {
        let mut s = Statement::new();
        s.sql("true");
        if let Some(year) = self.from {
            s.sql(" AND x.academic_year >= ").bind(year);
        }
        if let Some(year) = self.to {
            s.sql(" AND x.academic_year <= ").bind(year);
        }
        let ids = [
            (" AND x.degree_id = ", self.degree.map(|id| id.0)),
            (" AND x.department_id = ", self.department.map(|id| id.0)),
            (" AND x.area_id = ", self.area.map(|id| id.0)),
            (" AND x.tutor_id = ", self.tutor.map(|id| id.0)),
        ];
        for (condition, id) in ids {
            if let Some(id) = id {
                s.sql(condition).bind(id);
            }
        }
        if let Some(Reach::Own { degrees, department, tutor }) = &self.within {
            let degrees: Vec<i64> = degrees.iter().map(|id| id.0).collect();
            s.sql(" AND (x.tutor_id = ").bind(tutor.0).sql(" OR x.degree_id = ANY(").bind(degrees).sql(")");
            if let Some(department) = department {
                s.sql(" OR x.department_id = ").bind(department.0);
            }
            s.sql(")");
        }
        s
    }
}

/// The figures of a group, or of all of them.
#[derive(Debug, Clone, QueryableByName)]
pub struct FiguresRow {
    /// Whether it is all of them.
    #[diesel(sql_type = Bool)]
    pub is_total: bool,
    /// Which group.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub id: Option<i64>,
    /// Its code.
    #[diesel(sql_type = Nullable<Text>)]
    pub code: Option<String>,
    /// Its name.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    #[diesel(sql_type = BigInt)]
    offered: i64,
    #[diesel(sql_type = BigInt)]
    validated: i64,
    #[diesel(sql_type = BigInt)]
    published: i64,
    #[diesel(sql_type = BigInt)]
    assigned: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    students: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    entered: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    defended: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    not_presented: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    marked_fail: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    marked_pass: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    marked_good: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    marked_excellent: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    honours: Option<i64>,
    #[diesel(sql_type = Nullable<Double>)]
    median_days: Option<f64>,
}

impl FiguresRow {
    /// The figures; those of too few students are none.
    #[must_use]
    pub fn figures(&self) -> StatisticsFigures {
        StatisticsFigures {
            offered: Some(self.offered),
            validated: Some(self.validated),
            published: Some(self.published),
            assigned: Some(self.assigned),
            students: self.students,
            entered: self.entered,
            defended: self.defended,
            not_presented: self.not_presented,
            passed: [self.marked_pass, self.marked_good, self.marked_excellent].into_iter().sum(),
            honours: self.honours,
            median_days_to_defence: self.median_days.map(|days| (days * 10.0).round() / 10.0),
        }
    }
}

impl FiguresRow {
    /// Its marks, from the lowest band.
    #[must_use]
    pub fn marks(&self) -> Vec<StatisticsMarks> {
        let bands = [
            (Band::Fail, self.marked_fail),
            (Band::Pass, self.marked_pass),
            (Band::Good, self.marked_good),
            (Band::Excellent, self.marked_excellent),
        ];
        bands.into_iter().map(|(band, count)| StatisticsMarks { band, count }).collect()
    }
}

const SUMS: &str = "\
count(*) FILTER (WHERE x.is_offered) AS offered, count(*) FILTER (WHERE x.is_validated) AS validated, \
count(*) FILTER (WHERE x.is_published) AS published, count(*) FILTER (WHERE x.is_assigned) AS assigned, \
COALESCE(sum(x.students), 0)::bigint AS students, count(*) FILTER (WHERE x.is_entered) AS entered, \
COALESCE(sum(x.defences_held), 0)::bigint AS defended, COALESCE(sum(x.defences_missed), 0)::bigint AS not_presented, \
COALESCE(sum(x.marked_fail), 0)::bigint AS marked_fail, COALESCE(sum(x.marked_pass), 0)::bigint AS marked_pass, \
COALESCE(sum(x.marked_good), 0)::bigint AS marked_good, COALESCE(sum(x.marked_excellent), 0)::bigint AS marked_excellent, \
COALESCE(sum(x.honours), 0)::bigint AS honours, \
percentile_cont(0.5) WITHIN GROUP (ORDER BY x.days_to_defence) AS median_days";

/// Nothing adds up to nothing told: a sum over no cell of students is null.
const PUBLIC_SUMS: &str = "\
COALESCE(sum(x.offered), 0)::bigint AS offered, COALESCE(sum(x.validated), 0)::bigint AS validated, \
COALESCE(sum(x.published), 0)::bigint AS published, COALESCE(sum(x.assigned), 0)::bigint AS assigned, \
sum(x.students)::bigint AS students, sum(x.entered)::bigint AS entered, sum(x.defended)::bigint AS defended, \
sum(x.not_presented)::bigint AS not_presented, sum(x.marked_fail)::bigint AS marked_fail, \
sum(x.marked_pass)::bigint AS marked_pass, sum(x.marked_good)::bigint AS marked_good, \
sum(x.marked_excellent)::bigint AS marked_excellent, sum(x.honours)::bigint AS honours, \
NULL::double precision AS median_days";

/// The groups in their order, and what all of them come to.
///
/// # Errors
/// When the database cannot answer.
pub fn figures(
    conn: &mut PgConnection,
    group_by: StatisticsGrouping,
    filter: &StatisticsFilter,
    telling: Telling,
) -> QueryResult<Vec<FiguresRow>> {
    use StatisticsGrouping as G;
    let (sums, facts) = match telling {
        Telling::Whole => (SUMS, "project_facts"),
        Telling::Rounded => (PUBLIC_SUMS, "public_facts"),
    };
    let (key, names) = match group_by {
        G::Year => (
            "x.academic_year",
            "NULL::text AS code, g.key || '/' || lpad(((g.key + 1) % 100)::text, 2, '0') AS name FROM g ORDER BY g.is_total, g.key",
        ),
        G::Degree => (
            "x.degree_id",
            "n.code, n.name FROM g LEFT JOIN degrees n ON n.id = g.key ORDER BY g.is_total, n.code, g.key",
        ),
        G::Department => (
            "x.department_id",
            "n.code, n.name FROM g LEFT JOIN departments n ON n.id = g.key ORDER BY g.is_total, n.code, g.key",
        ),
        G::Area => (
            "x.area_id",
            "NULL::text AS code, n.name FROM g LEFT JOIN areas n ON n.id = g.key ORDER BY g.is_total, n.name, g.key",
        ),
        G::Tutor => (
            "x.tutor_id",
            "NULL::text AS code, n.last_name || ', ' || n.first_name AS name FROM g LEFT JOIN users n ON n.id = g.key \
             ORDER BY g.is_total, fold_text(n.last_name), fold_text(n.first_name), g.key",
        ),
    };
    let mut s = Statement::new();
    s.sql(format!("WITH g AS (SELECT GROUPING({key}) = 1 AS is_total, {key}::bigint AS key, {sums} FROM {facts} x WHERE "));
    s.append(&filter.conditions());
    s.sql(format!(
        " GROUP BY GROUPING SETS (({key}), ()) HAVING GROUPING({key}) = 1 OR {key} IS NOT NULL) SELECT g.is_total, g.key AS id, g.offered, g.validated, g.published, g.assigned, \
         g.students, g.entered, g.defended, g.not_presented, g.marked_fail, g.marked_pass, g.marked_good, g.marked_excellent, \
         g.honours, g.median_days, {names}"
    ));
    s.once();
    s.load::<FiguresRow>(conn)
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    value: i64,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn counted(mut s: Statement, conn: &mut PgConnection) -> QueryResult<Vec<StatisticsCount>> {
    s.once();
    let rows = s.load::<CountRow>(conn)?;
    Ok(rows.into_iter().map(|row| StatisticsCount { value: row.value, count: Some(row.count) }).collect())
}

/// Projects given by an allocation, by the place they had among the wishes.
///
/// # Errors
/// When the database cannot answer.
pub fn granted_ranks(
    conn: &mut PgConnection,
    filter: &StatisticsFilter,
    telling: Telling,
) -> QueryResult<Vec<StatisticsCount>> {
    let (sums, facts) = match telling {
        Telling::Whole => ("count(*)", "project_facts"),
        Telling::Rounded => ("sum(x.granted)::bigint", "public_facts"),
    };
    let mut s = Statement::new();
    s.sql(format!(
        "SELECT x.granted_rank::bigint AS value, {sums} AS count FROM {facts} x WHERE x.granted_rank IS NOT NULL AND "
    ));
    s.append(&filter.conditions()).sql(" GROUP BY 1 ORDER BY 1");
    counted(s, conn)
}

/// Tutors by the number of projects of theirs with students.
///
/// # Errors
/// When the database cannot answer.
pub fn tutor_loads(conn: &mut PgConnection, filter: &StatisticsFilter) -> QueryResult<Vec<StatisticsCount>> {
    let mut s = Statement::new();
    s.sql("SELECT value, count(*) AS count FROM (SELECT count(*) AS value FROM project_facts x WHERE x.is_assigned AND ");
    s.append(&filter.conditions()).sql(" GROUP BY x.tutor_id) t GROUP BY 1 ORDER BY 1");
    counted(s, conn)
}

/// Those parts of the filter that say something of committees.
fn of_committees(filter: &StatisticsFilter) -> Statement {
    let mut s = Statement::new();
    s.sql("true");
    if let Some(year) = filter.from {
        s.sql(" AND c.academic_year >= ").bind(year);
    }
    if let Some(year) = filter.to {
        s.sql(" AND c.academic_year <= ").bind(year);
    }
    if let Some(degree) = filter.degree {
        s.sql(" AND c.degree_id = ").bind(degree.0);
    }
    s
}

/// Professors by the number of seats they hold, substitutes only where they
/// were called in: all, or those of the department or area asked for.
///
/// # Errors
/// When the database cannot answer.
pub fn seat_loads(conn: &mut PgConnection, filter: &StatisticsFilter) -> QueryResult<Vec<StatisticsCount>> {
    let mut s = Statement::new();
    s.sql(
        "SELECT value, count(*) AS count FROM (SELECT count(*) AS value FROM committee_seats h \
         JOIN committees k ON k.id = h.committee_id JOIN calls c ON c.id = k.call_id \
         JOIN professors p ON p.user_id = h.professor_id JOIN departments d ON d.id = p.department_id \
         WHERE (h.seat NOT LIKE 'substitute%' OR h.acting_for IS NOT NULL) AND ",
    );
    s.append(&of_committees(filter));
    if let Some(department) = filter.department {
        s.sql(" AND p.department_id = ").bind(department.0);
    }
    if let Some(area) = filter.area {
        s.sql(" AND d.area_id = ").bind(area.0);
    }
    if let Some(tutor) = filter.tutor {
        s.sql(" AND h.professor_id = ").bind(tutor.0);
    }
    s.sql(" GROUP BY h.professor_id) t GROUP BY 1 ORDER BY 1");
    counted(s, conn)
}

/// Committees by the number of defences they have.
///
/// # Errors
/// When the database cannot answer.
pub fn committee_loads(
    conn: &mut PgConnection,
    filter: &StatisticsFilter,
) -> QueryResult<Vec<StatisticsCount>> {
    let mut s = Statement::new();
    s.sql(
        "SELECT value, count(*) AS count FROM (SELECT count(f.id) AS value FROM committees k JOIN calls c ON c.id = k.call_id \
         LEFT JOIN defences f ON f.committee_id = k.id AND f.state <> 'cancelled' WHERE ",
    );
    s.append(&of_committees(filter)).sql(" GROUP BY k.id) t GROUP BY 1 ORDER BY 1");
    counted(s, conn)
}

/// When the facts were gathered last.
///
/// # Errors
/// When the database cannot answer.
pub fn gathered_at(conn: &mut PgConnection) -> QueryResult<Option<DateTime<Utc>>> {
    r::table.select(r::refreshed_at).first(conn).optional()
}

/// Gather the facts anew; those who read meanwhile read the old ones. Whoever
/// comes while somebody gathers waits, and gathers after them.
///
/// # Errors
/// When the database cannot do it.
pub fn gather(conn: &mut PgConnection, now: DateTime<Utc>) -> QueryResult<()> {
    take_turn(conn)?;
    // Before the facts: what comes in meanwhile is told by the next round.
    let audit_id = last_entry(conn)?;
    diesel::sql_query("REFRESH MATERIALIZED VIEW CONCURRENTLY project_facts").execute(conn)?;
    diesel::sql_query("REFRESH MATERIALIZED VIEW CONCURRENTLY public_facts").execute(conn)?;
    diesel::insert_into(r::table)
        .values((r::is_only.eq(true), r::refreshed_at.eq(now), r::audit_id.eq(audit_id)))
        .on_conflict(r::is_only)
        .do_update()
        .set((r::refreshed_at.eq(now), r::audit_id.eq(audit_id)))
        .execute(conn)
        .map(drop)
}

/// Gather the facts anew if they are as old as `age` and something has happened
/// since, or as old as `most` whatever has. Says whether it did.
///
/// # Errors
/// When the database cannot do it.
pub fn gather_if_due(
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    age: Duration,
    most: Duration,
) -> QueryResult<bool> {
    if !is_due(conn, now, age, most)? {
        return Ok(false);
    }
    take_turn(conn)?;
    // Another server may have done it while this one waited.
    if !is_due(conn, now, age, most)? {
        return Ok(false);
    }
    gather(conn, now)?;
    Ok(true)
}

fn is_due(conn: &mut PgConnection, now: DateTime<Utc>, age: Duration, most: Duration) -> QueryResult<bool> {
    let last = r::table.select((r::refreshed_at, r::audit_id)).first(conn).optional()?;
    let Some((at, Some(audit_id))): Option<(DateTime<Utc>, Option<i64>)> = last else {
        return Ok(true);
    };
    Ok(at <= now - age && (at <= now - most || last_entry(conn)? != audit_id))
}

fn take_turn(conn: &mut PgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(GATHERING).execute(conn).map(drop)
}

fn last_entry(conn: &mut PgConnection) -> QueryResult<i64> {
    let last: Option<i64> = audit_log::table.select(diesel::dsl::max(audit_log::id)).first(conn)?;
    Ok(last.unwrap_or_default())
}
