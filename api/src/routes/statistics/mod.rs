//! Statistics: how far projects come.

use crate::app::AppState;
use crate::auth::Viewer;
use crate::domain::actor::Actor;
use crate::domain::statistics::{Scope, Telling, reach, reads_whole};
use crate::error::{AppError, AppResult};
use crate::models::statistics::{self, FiguresRow, StatisticsFilter};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AreaId, DegreeId, DepartmentId, UserId};
use gestfg_types::statistics::{
    Statistics, StatisticsCount, StatisticsFigures, StatisticsGroup, StatisticsGrouping, StatisticsLoads,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod export;
mod find;
mod gather;

/// The operations on statistics.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(find::find_statistics)
        .service(export::export_statistics)
        .service(gather::gather_statistics);
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// What projects are counted by; years unless said. Tutors: for admins all, for coordinators those of
    /// their degrees, for heads those of their department, for professors themselves.
    group_by: Option<StatisticsGrouping>,
    /// From the academic year that starts in this year.
    from: Option<i16>,
    /// To the academic year that starts in this year.
    to: Option<i16>,
    /// Of this degree.
    #[param(value_type = Option<i64>)]
    degree_id: Option<DegreeId>,
    /// With a tutor of this department.
    #[param(value_type = Option<i64>)]
    department_id: Option<DepartmentId>,
    /// With a tutor of this area.
    #[param(value_type = Option<i64>)]
    area_id: Option<AreaId>,
    /// With this tutor; for those who may read of each, and for themselves.
    #[param(value_type = Option<i64>)]
    tutor_id: Option<UserId>,
}

/// What is wanted, and what of it may be read.
struct Wanted {
    group_by: StatisticsGrouping,
    filter: StatisticsFilter,
    scope: Scope,
}

impl Params {
    fn understand(self, actor: Option<&Actor>) -> AppResult<Wanted> {
        let Self { group_by, from, to, degree_id, department_id, area_id, tutor_id } = self;
        let group_by = group_by.unwrap_or(StatisticsGrouping::Year);
        let scope = Scope { degree: degree_id, department: department_id, tutor: tutor_id };
        let by_person = group_by == StatisticsGrouping::Tutor || tutor_id.is_some();
        let within = match reach(actor) {
            _ if !by_person || reads_whole(actor, &scope) => None,
            Some(reach) => Some(reach),
            None if actor.is_none() => return Err(AppError::code_only(ErrorCode::NotAuthenticated)),
            None => {
                return Err(AppError::forbidden(
                    "Only professors and those with duties read statistics of single tutors.",
                ));
            }
        };
        let filter = StatisticsFilter {
            from,
            to,
            degree: degree_id,
            department: department_id,
            area: area_id,
            tutor: tutor_id,
            within,
        };
        Ok(Wanted { group_by, filter, scope })
    }
}

/// Whether somebody may have the figures gathered anew.
fn may_gather(actor: Option<&Actor>) -> bool {
    actor.is_some_and(|actor| actor.is_admin || !actor.coordinates.is_empty() || actor.head_of.is_some())
}

/// The figures as they were gathered last: gathering takes longer than anybody
/// should wait for a page.
async fn read(state: &AppState, viewer: Viewer, params: Params) -> AppResult<Statistics> {
    let wanted = params.understand(viewer.actor())?;
    let now = state.clock.now();
    state
        .db
        .run(move |conn| {
            conn.build_transaction()
                .read_only()
                .repeatable_read()
                .run(|conn| answer(conn, &wanted, viewer.actor(), now))
        })
        .await
}

fn answer(
    conn: &mut PgConnection,
    wanted: &Wanted,
    actor: Option<&Actor>,
    now: DateTime<Utc>,
) -> AppResult<Statistics> {
    let Wanted { group_by, filter, scope } = wanted;
    let is_whole = reads_whole(actor, scope) || filter.within.is_some();
    let telling = if is_whole { Telling::Whole } else { Telling::Rounded };
    let mut groups = Vec::new();
    let mut total = StatisticsFigures::default();
    let mut marks = Vec::new();
    for row in statistics::figures(conn, *group_by, filter, telling)? {
        if row.is_total {
            total = row.figures();
            marks = row.marks();
        } else {
            groups.push(group(row, !is_whole));
        }
    }
    let is_own = |id: i64| reads_whole(actor, &narrowed(*scope, *group_by, id));
    if !is_whole && groups.iter().any(|group| is_own(group.id)) {
        let rows = statistics::figures(conn, *group_by, filter, Telling::Whole)?;
        for row in rows.into_iter().filter(|row| !row.is_total && row.id.is_some_and(is_own)) {
            if let Some(own) = groups.iter_mut().find(|group| Some(group.id) == row.id) {
                *own = group(row, false);
            }
        }
    }
    let mut loads = None;
    if is_whole && filter.within.is_none() {
        loads = Some(StatisticsLoads {
            tutors: statistics::tutor_loads(conn, filter)?,
            seats: statistics::seat_loads(conn, filter)?,
            committees: statistics::committee_loads(conn, filter)?,
        });
    }
    let mut granted_ranks = statistics::granted_ranks(conn, filter, telling)?;
    if !is_whole {
        granted_ranks = without_gaps(&granted_ranks);
    }
    Ok(Statistics {
        group_by: *group_by,
        groups,
        total,
        marks,
        granted_ranks,
        loads,
        is_rounded: !is_whole,
        gathered_at: statistics::gathered_at(conn)?.unwrap_or(now),
        may_gather: may_gather(actor),
    })
}

/// Each rank up to the last that comes to something: a rank that is there with
/// zero would tell that somebody has it.
fn without_gaps(counts: &[StatisticsCount]) -> Vec<StatisticsCount> {
    let told = |value: i64| counts.iter().find(|count| count.value == value).and_then(|count| count.count);
    let last = counts.iter().filter(|count| count.count > Some(0)).map(|count| count.value).max();
    (1..=last.unwrap_or_default())
        .map(|value| StatisticsCount { value, count: Some(told(value).unwrap_or_default()) })
        .collect()
}

fn group(row: FiguresRow, is_rounded: bool) -> StatisticsGroup {
    let figures = row.figures();
    StatisticsGroup {
        id: row.id.unwrap_or_default(),
        code: row.code,
        name: row.name.unwrap_or_default(),
        figures,
        is_rounded,
    }
}

/// The scope of one group.
fn narrowed(scope: Scope, group_by: StatisticsGrouping, id: i64) -> Scope {
    match group_by {
        StatisticsGrouping::Year | StatisticsGrouping::Area => scope,
        StatisticsGrouping::Degree => Scope { degree: Some(DegreeId(id)), ..scope },
        StatisticsGrouping::Department => Scope { department: Some(DepartmentId(id)), ..scope },
        StatisticsGrouping::Tutor => Scope { tutor: Some(UserId(id)), ..scope },
    }
}
