//! Forgetting a person without changing a single figure.

use super::super::marks::Stage;
use crate::support::builders::World;
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Text};
use gestfg::invariants::{self, Breach};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::EvaluationRequestId;
use gestfg_types::minutes::{Minutes, Verification};
use gestfg_types::personal::{AnonymisationPreview, Trace, TraceKind};
use gestfg_types::users::User;
use serde_json::{Value, json};

const REASON: &str = "Lo ha pedido por escrito";

/// Every text of every table, but for the ones that stay on purpose.
fn everything(conn: &mut PgConnection) -> String {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Jsonb)]
        row: Value,
    }
    let tables: Vec<Name> = diesel::sql_query(
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'document_pieces' ORDER BY 1",
    )
    .load(conn)
    .expect("tables");
    let mut text = String::new();
    for Name { name } in tables {
        let kept = if name == "minutes" { " - 'content'" } else { "" };
        let rows: Vec<Row> = diesel::sql_query(format!("SELECT to_jsonb(t){kept} AS row FROM {name} t"))
            .load(conn)
            .expect("rows");
        for Row { row } in rows {
            text.push_str(&format!("{name} {row}\n"));
        }
    }
    text
}

fn mentions<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
    text.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect()
}

async fn figures(client: &Client) -> Value {
    client.act("/statistics/gather").await.expect_status(204);
    client.get("/statistics?group_by=degree").await.json(200)
}

fn rules(app: &TestApp) -> Vec<Breach> {
    invariants::check(&mut app.conn()).expect("the rules")
}

fn count(traces: &[Trace], kind: TraceKind) -> i64 {
    traces.iter().find(|trace| trace.kind == kind).map_or(0, |trace| trace.count)
}

/// Alba's marks are closed, her assignment is finished.
async fn closed() -> (Stage, Minutes) {
    let stage = Stage::set();
    {
        let mut conn = stage.app.conn();
        let mut world = World::new(&mut conn);
        let (alba, tutor) = (stage.students[0], stage.tutor);
        world.document(EvaluationRequestId(1), alba);
        world.run(&format!(
            "UPDATE users SET dni = '12345678Z', last_name = 'Inconfundible' WHERE id = {alba};"
        ));
        world.run(&format!("UPDATE students SET record = 8.5 WHERE user_id = {alba}"));
        world.run(&format!(
            "INSERT INTO messages (assignment_id, author_id, body, created_at)
             VALUES (1, {alba}, 'Firmado: yo misma', now()), (1, {tutor}, 'Hola, Alba Inconfundible: adelante', now())"
        ));
        world.run(&format!(
            "INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at)
             VALUES ({tutor}, 'message', '{{\"from\": \"Alba Inconfundible\"}}', true, false, now()),
                    ({alba}, 'message', '{{\"from\": \"Tania\"}}', true, false, now())"
        ));
        world.run(
            "INSERT INTO audit_log (actor_name, action, entity, entity_id, reason, after)
             VALUES ('system', 'import.commit', 'import', 1, 'por Alba Inconfundible', '{\"rows\": [{\"dni\": \"12345678Z\"}]}')",
        );
        world.run(&format!(
            "INSERT INTO imports (kind, state, created_by, file_name, file_hash, file, options, layout, summary, mode, committed_at)
             VALUES ('students', 'committed', {}, 'lista.csv', '', 'dni;nombre', '{{}}', '{{}}', '{{}}', 'all', now());",
            stage.admin
        ));
        world.run(&format!(
            "INSERT INTO import_rows (import_id, row_number, outcome, cells, problems, target_id)
             VALUES (1, 2, 'create', '{{\"dni\": \"12345678Z\", \"apellidos\": \"Inconfundible\"}}', '[]', {alba})"
        ));
    }
    let body = json!({"language": "en"});
    stage.be(stage.students[0]).patch("/me", 1, &body).await.expect_status(200);
    stage.mark_all(["6.0", "9.5"]).await;
    let minutes = stage.publish().await;
    (stage, minutes)
}

#[actix_web::test]
async fn nothing_names_the_person_and_no_figure_changes() {
    let (stage, minutes) = closed().await;
    let alba = stage.students[0];
    let path = format!("/users/{alba}/anonymise");
    let admin = stage.be(stage.admin);
    // Their marks are not closed, and their project is under way.
    let problem = admin.act_with(&path, &json!({"reason": REASON})).await.refused(ErrorCode::InUse);
    let kinds: Vec<_> = problem.used_by.iter().map(|usage| usage.kind.as_str()).collect();
    assert_eq!(kinds, ["assignments", "evaluation_requests"]);
    let minutes = stage.close(&minutes).await;

    let admin = stage.be(stage.admin);
    let before = everything(&mut stage.app.conn());
    let email = World::new(&mut stage.app.conn()).email(alba);
    let words = ["Inconfundible", "12345678Z", "Firmado", &email];
    assert!(mentions(&before, &words).len() >= 6, "{:#?}", mentions(&before, &words));
    let answer = admin.get(&format!("/users/{alba}/anonymisation")).await;
    let preview: AnonymisationPreview = answer.expect(200);
    assert_eq!(everything(&mut stage.app.conn()), before, "a preview changes nothing");
    assert_eq!((preview.person.name.as_str(), preview.blocked_by.len()), ("Alba Inconfundible", 0));
    let removed = |kind| count(&preview.removes, kind);
    assert_eq!([TraceKind::Record, TraceKind::Messages, TraceKind::ImportFiles].map(removed), [1, 1, 1]);
    let kept = |kind| count(&preview.keeps, kind);
    assert_eq!([TraceKind::Marks, TraceKind::Minutes, TraceKind::Documents].map(kept), [1, 1, 1]);

    admin.act_with(&path, &json!({"reason": ""})).await.refused(ErrorCode::ValidationFailed);
    let (figures_before, rules_before) = (figures(&admin).await, rules(&stage.app));
    let reason = json!({"reason": "Lo ha pedido Alba Inconfundible"});
    let gone: User = admin.act_with(&path, &reason).await.expect(200);
    assert_eq!((gone.first_name.as_str(), gone.email, gone.dni), ("Anónimo", None, None));
    let after = everything(&mut stage.app.conn());
    assert_eq!(mentions(&after, &words), Vec::<&str>::new());
    assert!(!mentions(&after, &["Hola, Anónimo"]).is_empty(), "what others wrote stays, without the name");
    assert!(!mentions(&after, &["report-v1.pdf"]).is_empty());
    assert_eq!(figures(&admin).await, figures_before);

    // The minutes are a record: their hash still vouches for them, names and all.
    let code = minutes.code.expect("a code");
    let verified: Verification =
        stage.app.visitor().get(&format!("/minutes/verification/{code}")).await.expect(200);
    assert!(verified.is_current && verified.is_intact);
    let shown: Minutes = admin.get(&format!("/minutes/{}", minutes.id)).await.expect(200);
    assert!(shown.entries.iter().any(|entry| entry.student.name == "Inconfundible, Alba"));
    // The spreadsheet cannot be mended, so it is gone.
    admin.get("/imports/1/report").await.refused(ErrorCode::ContentRemoved);
    assert_eq!(rules(&stage.app), rules_before);
    admin.get(&format!("/users/{alba}/anonymisation")).await.refused(ErrorCode::InvalidState);
    admin.act_with(&path, &json!({"reason": REASON})).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn who_judges_in_an_open_call_cannot_be_forgotten() {
    let stage = Stage::set();
    let admin = stage.be(stage.admin);
    for (person, kinds) in [
        (stage.judges[0], vec!["committees"]),
        (stage.tutor, vec!["projects", "assignments", "evaluation_requests"]),
    ] {
        let preview: AnonymisationPreview =
            admin.get(&format!("/users/{person}/anonymisation")).await.expect(200);
        let found: Vec<_> = preview.blocked_by.iter().map(|usage| usage.kind.as_str()).collect();
        assert_eq!(found, kinds);
        let path = format!("/users/{person}/anonymise");
        admin.act_with(&path, &json!({"reason": REASON})).await.refused(ErrorCode::InUse);
    }
    let path = format!("/users/{}/anonymise", stage.stranger);
    admin.act_with(&path, &json!({"reason": REASON})).await.expect_status(200);
}

#[actix_web::test]
async fn a_namesake_keeps_what_is_said_of_them() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = world.admin("Ada Muestra");
    let degree = world.degree("GII", "bachelor");
    let one = world.student("Eva Muestra", &[degree]);
    world.student("Eva Muestra Prueba", &[degree]);
    world.run("INSERT INTO events (kind, title, publish_at, audience) VALUES ('announcement', 'Premio de Eva Muestra Prueba', now(), 'public')");
    let client = app.as_user(admin);
    client.act_with(&format!("/users/{one}/anonymise"), &json!({"reason": REASON})).await.expect_status(200);
    let text = client.get("/events").await.text();
    assert!(text.contains("Premio de Eva Muestra Prueba"), "{text}");
}

#[actix_web::test]
async fn the_audit_log_cannot_be_rewritten() {
    let app = TestApp::start();
    let mut conn = app.conn();
    World::new(&mut conn).run(
        "INSERT INTO audit_log (actor_name, address, action, entity, entity_id, after)
         VALUES ('Ada', '192.0.2.7', 'area.create', 'area', 1, '{\"a\": 1}')",
    );
    for statement in [
        "DELETE FROM audit_log",
        "UPDATE audit_log SET actor_name = 'Bea'",
        "UPDATE audit_log SET after = NULL",
        "UPDATE audit_log SET action = 'area.delete'",
        "UPDATE audit_log SET address = '192.0.2.8'",
    ] {
        assert!(diesel::sql_query(statement).execute(&mut conn).is_err(), "{statement}");
    }
    // Where from may be forgotten.
    let changed = diesel::sql_query("UPDATE audit_log SET address = NULL").execute(&mut conn);
    assert_eq!(changed.expect("forgotten"), 1);
}
