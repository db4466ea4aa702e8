//! How the installation is doing.

use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::models::{queues, retention, system};
use crate::openapi::Problems;
use crate::{build, db, metrics};
use actix_web::{get, web};
use diesel::PgConnection;
use gestfg_types::system::{DatabaseStatus, Migrations, Program, Queue, QueueKind, SystemStatus};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on the installation.
pub fn configure(config: &mut ServiceConfig) {
    config.service(find_system_status);
}

/// How the installation is doing: the program that answers, the schema, the
/// database, what waits for a worker, the latest errors and the latest backup.
/// Admin only.
#[utoipa::path(
    tag = "storage",
    responses((status = 200, body = SystemStatus), Problems),
    security(("bearer" = []))
)]
#[get("/system")]
async fn find_system_status(_: Admin, state: web::Data<AppState>) -> AppResult<web::Json<SystemStatus>> {
    let program = program(&state);
    let status = state.db.run(move |conn| status(conn, program)).await?;
    Ok(web::Json(status))
}

fn program(state: &AppState) -> Program {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let pool = state.db.load();
    Program {
        version: build::VERSION.to_owned(),
        commit: build::commit(),
        started_at: state.started_at,
        resident_bytes: metrics::resident_bytes().and_then(|bytes| i64::try_from(bytes).ok()),
        streams: number(state.live.count()),
        connections_used: number(pool.used),
        connections_limit: number(pool.size),
    }
}

fn status(conn: &mut PgConnection, program: Program) -> Result<SystemStatus, AppError> {
    let database = system::database(conn)?;
    let waiting = queues::count(conn)?;
    Ok(SystemStatus {
        program,
        migrations: Migrations {
            applied: database.applied,
            latest: Some(database.latest).filter(|latest| !latest.is_empty()),
            pending: db::list_pending(conn)?,
        },
        database: DatabaseStatus {
            version: database.version,
            connections: database.connections,
            connections_limit: database.connections_limit,
            tables: system::list_largest_tables(conn)?,
        },
        queues: vec![
            Queue { kind: QueueKind::Mails, waiting: waiting.mails_waiting, failed: waiting.mails_failed },
            Queue {
                kind: QueueKind::Plans,
                waiting: waiting.plans_waiting + waiting.plans_running,
                failed: waiting.plans_failed,
            },
            Queue {
                kind: QueueKind::Comparisons,
                waiting: waiting.comparisons_waiting + waiting.comparisons_running,
                failed: waiting.comparisons_failed,
            },
        ],
        mail_errors: system::list_mail_errors(conn)?,
        errors: system::list_errors(conn)?,
        last_retention: retention::last_night(conn)?.as_ref().map(crate::views::retention::night),
        last_backup: system::last_backup(conn)?,
    })
}
