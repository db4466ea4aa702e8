use crate::routes::projects::Stage;
use crate::support::TestApp;
use diesel::connection::SimpleConnection;
use gestfg_types::errors::ErrorCode;
use serde_json::json;

#[actix_web::test]
async fn a_lost_database_is_503_and_heals_by_itself() {
    let app = TestApp::start();
    app.visitor().get("//health/ready").await.expect_status(200);
    app.visitor().get("/areas").await.expect_status(200);

    app.database.go_away();
    let answer = app.visitor().get("/areas").await;
    answer.refused(ErrorCode::Unavailable);
    assert_eq!(answer.header("retry-after"), "5");
    app.visitor().get("//health/ready").await.refused(ErrorCode::Unavailable);
    app.visitor().get("//health/live").await.expect_status(200);

    app.database.come_back();
    app.visitor().get("/areas").await.expect_status(200);
    app.visitor().get("//health/ready").await.expect_status(200);
}

#[actix_web::test]
async fn a_database_in_trouble_is_told_from_a_fault_of_ours() {
    let stage = Stage::set();
    let admin = stage.be(stage.admin);
    let mut conn = stage.app.conn();
    for (complaint, wait) in [
        ("could not extend file \"base/5/1\": No space left on device", "60"),
        ("canceling statement due to lock timeout", "5"),
        ("could not serialize access due to concurrent update", "5"),
    ] {
        let code = if complaint.contains("serialize") { "40001" } else { "53100" };
        conn.batch_execute(&format!(
            "CREATE OR REPLACE FUNCTION complain() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION USING MESSAGE = '{complaint}', ERRCODE = '{code}'; END $$;
             CREATE OR REPLACE TRIGGER complain BEFORE INSERT ON rooms FOR EACH ROW EXECUTE FUNCTION complain()"
        ))
        .expect("a trigger");
        let answer = admin.post("/rooms", &json!({"name": "Aula 1.4"})).await;
        answer.refused(ErrorCode::Unavailable);
        assert_eq!(answer.header("retry-after"), wait, "{complaint}");
    }
}

#[actix_web::test]
async fn unknown_paths_of_the_api_are_problems() {
    let app = TestApp::start();
    for path in ["//api", "//api/", "/nothing", "//api/v2/areas"] {
        app.visitor().get(path).await.refused(ErrorCode::NotFound);
    }
    app.visitor().put("/areas", &()).await.refused(ErrorCode::MethodNotAllowed);
    // Not one with the number "calendar-file".
    app.visitor().put("/unavailability/calendar-file", &()).await.refused(ErrorCode::MethodNotAllowed);
    app.visitor().put("/defences/export", &()).await.refused(ErrorCode::MethodNotAllowed);
    let within = app.visitor().delete("/rooms/1/closures/export").await;
    within.refused(ErrorCode::MethodNotAllowed);
    assert_eq!(within.header("allow"), "GET");
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start();
    for path in ["//health/live", "/areas", "/nothing", "//somewhere"] {
        let answer = app.visitor().get(path).await;
        assert!(
            answer.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval'"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[actix_web::test]
async fn a_refusal_quotes_the_request_it_answers() {
    let app = TestApp::start();
    let (one, other) = (app.visitor().get("/nothing").await, app.visitor().get("/me").await);
    for (answer, code) in [(&one, ErrorCode::NotFound), (&other, ErrorCode::NotAuthenticated)] {
        let id = answer.refused(code).request_id.expect("an id");
        assert_eq!((answer.header("x-request-id"), id.len()), (id.as_str(), 36));
    }
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}
