//! How long things are kept: settings, dry runs and nights.

use super::super::marks::Stage;
use crate::support::actors::{Answer, send};
use crate::support::builders::World;
use crate::support::{Client, TestApp};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use gestfg::jobs::retain;
use gestfg_types::documents::StorageUsage;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::EvaluationRequestId;
use gestfg_types::pagination::Page;
use gestfg_types::retention::{RetentionItem, RetentionKind, RetentionSettings};
use reqwest::Method;
use serde_json::{Value, json};

async fn put(client: &Client, version: i32, rules: Value) -> Answer {
    let request = client.request(Method::PUT, "/retention-settings");
    send(request.header("If-Match", format!("\"{version}\"")).json(&json!({"rules": rules}))).await
}

async fn due(client: &Client, kind: RetentionKind, months: u16) -> Page<RetentionItem> {
    let path = format!("/retention-settings/due?kind={}&months={months}&limit=1", kind.as_str());
    client.get(&path).await.expect(200)
}

fn count(app: &TestApp, query: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    diesel::sql_query(format!("SELECT count(*) AS count FROM {query}"))
        .get_result::<Count>(&mut app.conn())
        .expect("a count")
        .count
}

fn night(app: &TestApp) {
    retain(&mut app.conn(), &app.state.config, app.state.clock.now()).expect("a night");
}

#[actix_web::test]
async fn everything_is_kept_without_end_until_somebody_says_otherwise() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let admin = app.as_user(World::new(&mut conn).admin("Ada Muestra"));
    let answer = admin.get("/retention-settings").await;
    let settings: RetentionSettings = answer.expect(200);
    assert_eq!(answer.header("etag"), "\"1\"");
    assert!(settings.rules.iter().all(|rule| rule.months.is_none()) && settings.last_night.is_none());
    assert_eq!(settings.rules.len(), RetentionKind::ALL.len());
    night(&app);
    assert_eq!(count(&app, "retention_nights"), 0);

    for wrong in [
        json!([{"kind": "mails", "months": 0}]),
        json!([{"kind": "mails", "months": 601}]),
        json!([{"kind": "mails", "months": 2}, {"kind": "mails", "months": 3}]),
    ] {
        put(&admin, 1, wrong).await.refused(ErrorCode::ValidationFailed);
    }
    put(&admin, 1, json!([{"kind": "passwords", "months": 1}])).await.refused(ErrorCode::MalformedRequest);
    let rules = json!([{"kind": "mails", "months": 2}]);
    let saved: RetentionSettings = put(&admin, 1, rules.clone()).await.expect(200);
    let months =
        saved.rules.iter().find(|rule| rule.kind == RetentionKind::Mails).and_then(|rule| rule.months);
    assert_eq!((saved.version, months), (2, Some(2)));
    put(&admin, 1, rules.clone()).await.refused(ErrorCode::StaleVersion);
    send(admin.request(Method::PUT, "/retention-settings").json(&json!({"rules": rules})))
        .await
        .refused(ErrorCode::VersionRequired);
    assert_eq!(
        count(&app, "audit_log WHERE action = 'retention_settings.write' AND jsonb_typeof(after) = 'object'"),
        1
    );
    admin.get("/retention-settings/due?kind=mails&months=0").await.refused(ErrorCode::ValidationFailed);
}

/// Something old and something new of each kind, but for people and documents.
const THINGS: &str = "
    INSERT INTO outgoing_mails (recipient, kind, language, subject, body, created_at, next_attempt_at, sent_at)
    VALUES ('a@ugr.es', 'x', 'es', 'Vieja', '', '2026-01-01', NULL, NULL), ('a@ugr.es', 'x', 'es', 'Otra', '', '2026-01-02', NULL, '2026-01-02'),
           ('a@ugr.es', 'x', 'es', 'Espera', '', '2026-01-01', '2026-01-01', NULL), ('a@ugr.es', 'x', 'es', 'Nueva', '', '2026-11-20', NULL, '2026-11-20');
    INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at)
    SELECT id, 'message', '{}', true, false, at::timestamptz FROM users, (VALUES ('2026-01-01'), ('2026-11-20')) v (at) WHERE first_name = 'Tina';
    INSERT INTO unavailability (professor_id, starts_at, ends_at, answer, source)
    SELECT user_id, '2026-01-01', '2026-01-02', 'no', 'poll' FROM professors;
    INSERT INTO unavailability (professor_id, starts_at, ends_at, answer, source)
    SELECT user_id, '2026-11-20', '2026-11-21', 'no', 'poll' FROM professors;
    INSERT INTO audit_log (at, actor_name, address, action, entity) VALUES ('2026-01-01', 'Ada', '192.0.2.1', 'area.create', 'area'),
        ('2026-11-20', 'Ada', '192.0.2.1', 'area.create', 'area');
    INSERT INTO imports (kind, state, created_by, file_name, file_hash, file, options, layout, summary, created_at, committed_at)
    SELECT 'students', state, id, state || at || '.csv', '', 'a;b', '{}', '{}', '{}', at::timestamptz, CASE state WHEN 'committed' THEN at::timestamptz END
    FROM users, (VALUES ('committed', '2026-01-01'), ('previewed', '2026-01-01'), ('committed', '2026-11-20')) v (state, at) WHERE is_admin;
    INSERT INTO import_rows (import_id, row_number, outcome, cells, problems) SELECT id, 1, 'create', '{\"a\": \"Eva\"}', '[]' FROM imports";

#[actix_web::test]
async fn a_night_removes_what_the_dry_run_named_and_nothing_else() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin_id = world.admin("Ada Muestra");
    let admin = app.as_user(admin_id);
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    world.professor("Tina Muestra", department);
    conn.batch_execute(THINGS).expect("things");
    use RetentionKind as K;
    let expected = [
        (K::ImportFiles, 2),
        (K::Mails, 2),
        (K::Notifications, 1),
        (K::AuditAddresses, 1),
        (K::Availability, 1),
    ];
    for (kind, number) in expected {
        let page = due(&admin, kind, 6).await;
        assert_eq!((page.total, page.items.len()), (number, 1), "{kind:?}");
        assert_eq!(due(&admin, kind, 24).await.total, 0, "{kind:?}");
    }
    let page = due(&admin, K::Mails, 6).await;
    assert_eq!(page.items[0].name, "Vieja");
    let next = format!(
        "/retention-settings/due?kind=mails&months=6&limit=1&cursor={}",
        page.next_cursor.expect("more")
    );
    let page: Page<RetentionItem> = admin.get(&next).await.expect(200);
    assert_eq!((page.items[0].name.as_str(), page.next_cursor), ("Otra", None));

    let rules: Vec<_> = K::ALL.iter().map(|kind| json!({"kind": kind, "months": 6})).collect();
    put(&admin, 1, json!(rules)).await.expect_status(200);
    // Before three in the morning it is not night enough.
    app.state.clock.set("2026-11-24T01:30:00Z".parse().expect("a moment"));
    night(&app);
    assert_eq!(count(&app, "outgoing_mails"), 4);
    app.state.clock.set("2026-11-24T02:30:00Z".parse().expect("a moment"));
    // Two servers at once, and again when it is over.
    std::thread::scope(|scope| {
        scope.spawn(|| night(&app));
        scope.spawn(|| night(&app));
    });
    night(&app);
    let admin = app.as_user(admin_id);
    let settings: RetentionSettings = admin.get("/retention-settings").await.expect(200);
    let done = settings.last_night.expect("a night");
    assert_eq!((done.day.to_string().as_str(), done.ended_at.is_some()), ("2026-11-24", true));
    let removed: Vec<_> =
        done.removed.iter().map(|one| (one.kind, u64::try_from(one.count).unwrap_or(0))).collect();
    assert_eq!(removed, expected);
    for (kind, _) in expected {
        assert_eq!(due(&admin, kind, 6).await.total, 0, "{kind:?}");
    }
    let left = [
        "outgoing_mails",
        "notifications",
        "unavailability",
        "audit_log WHERE address = '192.0.2.1' AND entity = 'area'",
    ];
    assert_eq!(left.map(|query| count(&app, query)), [2, 1, 1, 1]);
    assert_eq!(count(&app, "imports WHERE file <> ''"), 1);
    assert_eq!(count(&app, "import_rows WHERE cells = '{}'"), 1);
    assert_eq!(count(&app, "audit_log WHERE action = 'retention_settings.carry_out'"), 1);
    // What comes later in the day waits for the next night.
    conn.batch_execute(
        "INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at)
        SELECT min(id), 'message', '{}', true, false, '2026-01-01' FROM users",
    )
    .expect("late");
    night(&app);
    assert_eq!(count(&app, "notifications"), 2);
    app.state.clock.set("2026-11-25T02:30:00Z".parse().expect("a moment"));
    night(&app);
    assert_eq!(count(&app, "notifications"), 1);
}

#[actix_web::test]
async fn students_are_forgotten_and_bytes_removed_long_after_the_minutes() {
    let stage = Stage::set();
    let mut conn = stage.app.conn();
    let mut world = World::new(&mut conn);
    let alba = stage.students[0];
    let document = world.document(EvaluationRequestId(1), alba);
    stage.mark_all(["6.0", "9.5"]).await;
    let minutes = stage.publish().await;
    let admin = stage.be(stage.admin);
    let both = json!([{"kind": "students", "months": 12}, {"kind": "documents", "months": 12}]);
    put(&admin, 1, both).await.expect_status(200);
    stage.close(&minutes).await;
    // Bruno has another project under way, and Alba's log-in is a year ago.
    let project = world.project("Otro trabajo de Bruno", stage.degree, stage.tutor, "published");
    world.assignment(project, &[stage.students[1]], stage.tutor);
    world.run("UPDATE users SET created_at = '2026-01-01'");
    world.run("UPDATE sessions SET last_used_at = '2026-11-23'");
    stage.at("2027-12-04T09:00:00Z");
    night(&stage.app);
    assert_eq!(count(&stage.app, "users WHERE anonymised_at IS NOT NULL"), 0, "a year is not over");
    stage.at("2027-12-06T09:00:00Z");
    let admin = stage.be(stage.admin);
    assert_eq!(due(&admin, RetentionKind::Students, 12).await.items[0].name, "Alba Muestra");
    let page = due(&admin, RetentionKind::Documents, 12).await;
    assert_eq!((page.total, page.items[0].name.as_str()), (1, "memoria.pdf"));
    night(&stage.app);
    assert_eq!(count(&stage.app, &format!("users WHERE anonymised_at IS NOT NULL AND id = {alba}")), 1);
    assert_eq!(count(&stage.app, "users WHERE anonymised_at IS NOT NULL"), 1);

    // Its words were kept to compare others with them.
    diesel::connection::SimpleConnection::batch_execute(
        &mut conn,
        "INSERT INTO similarity_checks (document_id, common_limit) SELECT id, 5 FROM documents ON CONFLICT DO NOTHING;
         INSERT INTO deposit_texts (document_id, text) SELECT id, 'words' FROM documents;
         INSERT INTO deposit_bands (document_id, value) SELECT id, 1 FROM documents;",
    )
    .expect("words");
    // The bytes go a little later, the row and its hash stay.
    assert_eq!(stage.app.state.storage.clear_expiring().await.expect("cleared"), 1);
    assert_eq!(stage.app.state.storage.clear_expiring().await.expect("cleared"), 0);
    assert_eq!(count(&stage.app, "document_pieces"), 0);
    assert_eq!(count(&stage.app, "deposit_texts") + count(&stage.app, "deposit_bands"), 0);
    let admin = stage.be(stage.admin);
    let shown = admin.get(&format!("/documents/{document}")).await.json(200);
    assert_eq!((&shown["is_kept"], shown["sha256"].as_str().map(str::len)), (&json!(false), Some(64)));
    admin.get(&format!("/documents/{document}/content")).await.refused(ErrorCode::ContentRemoved);
    let usage: StorageUsage = admin.get("/storage").await.expect(200);
    assert_eq!(usage.documents_in_database, 0);
    // An upload that fell silent is another thing.
    stage
        .app
        .state
        .storage
        .discard_silent("2030-01-01T00:00:00Z".parse().expect("a moment"))
        .await
        .expect("nothing");
    assert_eq!(count(&stage.app, "document_contents WHERE state = 'expired'"), 1);
    let changed = diesel::sql_query("UPDATE document_contents SET state = 'kept'").execute(&mut conn);
    assert!(changed.is_err(), "what is gone is not said to be there");
    let check =
        gestfg::storage::check_documents(&stage.app.state.storage, true, false).await.expect("a check");
    assert_eq!(check.damaged, Vec::<String>::new());
}
