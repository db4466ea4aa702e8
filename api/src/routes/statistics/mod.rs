//! Statistics: how far projects come.

use crate::app::AppState;
use crate::auth::Viewer;
use crate::domain::actor::Actor;
use crate::domain::statistics::{Scope, mask, mask_counts, reach, reads_whole};
use crate::error::{AppError, AppResult};
use crate::models::statistics::{self, FiguresRow, StatisticsFilter};
use chrono::{DateTime, Duration, Utc};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AreaId, DegreeId, DepartmentId, UserId};
use gestfg_types::statistics::{
    Statistics, StatisticsFigures, StatisticsGroup, StatisticsGrouping, StatisticsLoads,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod export;
mod find;
mod gather;

/// Figures older than this are gathered anew for whoever comes next.
const AGE: Duration = Duration::minutes(15);

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

/// Gather the facts if nobody has for a while, then read them.
async fn read(state: &AppState, viewer: Viewer, params: Params) -> AppResult<Statistics> {
    let wanted = params.understand(viewer.actor())?;
    let now = state.clock.now();
    let asked = state.db.run(|conn| Ok(statistics::gathered_at(conn)?)).await?;
    if asked.is_none_or(|at| at < now - AGE) {
        state.db.write(move |conn| Ok(statistics::gather(conn, now - AGE, now)?)).await?;
    }
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
    let mut groups = Vec::new();
    let mut total = StatisticsFigures::default();
    let mut marks = Vec::new();
    for row in statistics::figures(conn, *group_by, filter)? {
        if row.is_total {
            total = row.figures();
            marks = row.marks();
        } else {
            groups.push(group(row));
        }
    }
    let mut parts: Vec<_> = groups
        .iter_mut()
        .map(|group| {
            let own = reads_whole(actor, &narrowed(*scope, *group_by, group.id));
            (is_whole || own, &mut group.figures)
        })
        .collect();
    let mut is_masked = mask(&mut parts, (is_whole, &mut total));
    let mut granted_ranks = statistics::granted_ranks(conn, filter)?;
    let mut loads = None;
    if is_whole && filter.within.is_none() {
        loads = Some(StatisticsLoads {
            tutors: statistics::tutor_loads(conn, filter)?,
            seats: statistics::seat_loads(conn, filter)?,
            committees: statistics::committee_loads(conn, filter)?,
        });
    } else if !is_whole {
        is_masked |= mask_counts(granted_ranks.iter_mut().map(|count| &mut count.count));
        is_masked |= mask_counts(marks.iter_mut().map(|count| &mut count.count));
    }
    Ok(Statistics {
        group_by: *group_by,
        groups,
        total,
        marks,
        granted_ranks,
        loads,
        is_masked,
        gathered_at: statistics::gathered_at(conn)?.unwrap_or(now),
        may_gather: may_gather(actor),
    })
}

fn group(row: FiguresRow) -> StatisticsGroup {
    let figures = row.figures();
    StatisticsGroup {
        id: row.id.unwrap_or_default(),
        code: row.code,
        name: row.name.unwrap_or_default(),
        figures,
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
