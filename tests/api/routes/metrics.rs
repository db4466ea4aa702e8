//! What a monitor reads.

use crate::support::TestApp;
use crate::support::actors::Client;
use gestfg_types::errors::ErrorCode;

const TOKEN: &str = "a token for the monitor";

#[actix_web::test]
async fn a_monitor_with_the_token_reads_how_the_server_is_doing() {
    let app = TestApp::start_with(&[("METRICS_TOKEN", TOKEN)]);
    app.visitor().get("/areas").await.expect_status(200);
    app.visitor().get("/areas/424242").await.expect_status(404);
    app.visitor().get("/nothing/secret-424242").await.expect_status(404);
    app.visitor().get("//somewhere/secret-424242").await;
    app.state.metrics.note_job("reminders", true, app.state.clock.now());
    app.state.metrics.note_job("digests", false, app.state.clock.now());

    let monitor = Client::new(app.address.clone(), Some(TOKEN.to_owned()));
    let answer = monitor.get("//metrics").await;
    answer.expect_status(200);
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    let text = String::from_utf8(answer.body.clone()).expect("text");
    for line in [
        r#"gestfg_http_requests_total{method="GET",route="/api/v1/areas",status="200"} 1"#,
        r#"gestfg_http_requests_total{method="GET",route="/api/v1/areas/{id}",status="404"} 1"#,
        r#"gestfg_http_requests_total{method="GET",route="unknown operation",status="404"} 1"#,
        r#"gestfg_http_request_duration_seconds_bucket{le="0.025",method="GET",route="/api/v1/areas"}"#,
        r#"gestfg_queue_length{queue="mails",state="waiting"} 0"#,
        r#"gestfg_job_last_run_timestamp_seconds{job="reminders"} "#,
        r#"gestfg_job_failures_total{job="digests"} 1"#,
        "gestfg_database_up 1",
        "gestfg_pool_size 8",
        "gestfg_pool_waiting 0",
        "gestfg_streams 0",
        "gestfg_process_resident_memory_bytes ",
        r#"gestfg_build_info{version="#,
        "# EOF",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    assert!(!text.contains("424242"), "no ids and no paths: {text}");

    // It says so when the database is away, and nothing of what it cannot know.
    app.database.go_away();
    let answer = monitor.get("//metrics").await;
    let text = String::from_utf8(answer.body).expect("text");
    assert!(text.contains("gestfg_database_up 0") && !text.contains("gestfg_queue_length{"), "{text}");
}

#[actix_web::test]
async fn nobody_else_reads_metrics() {
    let app = TestApp::start_with(&[("METRICS_TOKEN", TOKEN)]);
    app.visitor().get("//metrics").await.refused(ErrorCode::NotAuthenticated);
    let other = Client::new(app.address.clone(), Some("a token for the monito".to_owned()));
    other.get("//metrics").await.refused(ErrorCode::NotAuthenticated);
    let app = TestApp::start();
    let monitor = Client::new(app.address.clone(), Some(TOKEN.to_owned()));
    monitor.get("//metrics").await.refused(ErrorCode::NotFound);
    app.visitor().get("//metrics").await.refused(ErrorCode::NotFound);
}
