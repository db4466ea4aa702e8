//! How the installation is doing, as admins see it.

use crate::routes::projects::Stage;
use diesel::connection::SimpleConnection;
use diesel_migrations::MigrationHarness;
use gestfg::models::system::note_backup;
use gestfg_types::errors::ErrorCode;
use gestfg_types::system::{Backup, QueueKind, SystemStatus};
use std::time::Duration;

async fn status(stage: &Stage) -> SystemStatus {
    stage.be(stage.admin).get("/system").await.expect(200)
}

#[actix_web::test]
async fn an_admin_sees_how_the_installation_is_doing() {
    let stage = Stage::set();
    let fresh = status(&stage).await;
    assert_eq!(fresh.migrations.pending, Vec::<String>::new());
    assert!(fresh.migrations.applied > 30 && fresh.migrations.latest.is_some());
    assert_eq!((fresh.program.version.as_str(), fresh.program.connections_limit), ("0.1.0", 8));
    assert!(fresh.database.version.starts_with(|c: char| c.is_ascii_digit()));
    assert!((1..=fresh.database.connections_limit).contains(&fresh.database.connections));
    assert_eq!(fresh.database.tables.len(), 8);
    assert_eq!((fresh.errors.len(), fresh.last_backup), (0, None));

    let backup = Backup {
        ended_at: stage.app.state.clock.now(),
        row_count: 1000,
        document_count: 3,
        document_bytes: 12,
        left_in_bucket: 0,
    };
    let conn = &mut stage.app.conn();
    note_backup(conn, &backup).expect("noted");
    conn.batch_execute(
        "INSERT INTO outgoing_mails (recipient, kind, language, subject, body, attempts, last_error, next_attempt_at)
         VALUES ('a@ugr.es', 'digest', 'es', 'Hola', 'Hola', 8, '550 no such mailbox', NULL),
                ('b@ugr.es', 'digest', 'es', 'Hola', 'Hola', 1, 'connection refused', now()),
                ('c@ugr.es', 'digest', 'es', 'Hola', 'Hola', 0, NULL, now())",
    )
    .expect("mails");
    let found = status(&stage).await;
    assert_eq!(found.last_backup, Some(backup));
    let mails = found.queues.iter().find(|queue| queue.kind == QueueKind::Mails).expect("mails");
    assert_eq!((mails.waiting, mails.failed), (2, 1));
    let errors: Vec<_> =
        found.mail_errors.iter().map(|error| (error.attempts, error.error.as_str())).collect();
    assert_eq!(errors, [(1, "connection refused"), (8, "550 no such mailbox")]);

    conn.batch_execute("DELETE FROM backups").expect("none");
    conn.revert_last_migration(gestfg::db::MIGRATIONS).expect("a step back");
    stage.app.visitor().get("//health/ready").await.refused(ErrorCode::Unavailable);
    conn.run_pending_migrations(gestfg::db::MIGRATIONS).expect("and forward");
    stage.app.visitor().get("//health/ready").await.expect_status(200);
}

#[actix_web::test]
async fn an_error_nobody_expected_is_noted_without_anything_of_a_person() {
    let stage = Stage::set();
    let conn = &mut stage.app.conn();
    conn.batch_execute("ALTER TABLE areas RENAME COLUMN name TO nombre").expect("a fault of ours");
    let answer = stage.be(stage.admin).get("/areas/77?q=Marta").await;
    let request = answer.refused(ErrorCode::Internal).request_id.expect("an id");
    let noted = async {
        loop {
            if let [error] = status(&stage).await.errors.as_slice() {
                return error.clone();
            }
        }
    };
    let error = tokio::time::timeout(Duration::from_secs(20), noted).await.expect("noted");
    assert_eq!((error.request_id, error.operation.as_str()), (request, "GET /api/v1/areas/{id}"));
    assert!(error.error.contains("does not exist") && !error.error.contains("Marta"), "{}", error.error);

    // Only so many are kept, and not for ever.
    conn.batch_execute(
        "INSERT INTO unexpected_errors (happened_at, request_id, operation, error)
         SELECT '2026-01-01', '', 'GET', 'old' FROM generate_series(1, 300)",
    )
    .expect("many");
    stage.be(stage.admin).get("/areas/77").await.refused(ErrorCode::Internal);
    let cleared = async { while status(&stage).await.errors.iter().any(|error| error.error == "old") {} };
    tokio::time::timeout(Duration::from_secs(20), cleared).await.expect("cleared");
}
