//! Two at once, and a power cut.

use super::Stage;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use futures_util::future::{join, join_all, join3};
use gestfg_types::errors::ErrorCode;
use gestfg_types::marks::{MarkSheet, SheetState};
use gestfg_types::minutes::{Minutes, MinutesState};
use serde_json::json;

#[actix_web::test]
async fn a_whole_committee_marks_at_once() {
    let stage = Stage::set();
    let write = |n: usize| {
        let judge = stage.be(stage.judges[n]);
        let path = stage.sheet(0, Some(stage.judges[n]));
        async move {
            let body = json!({"marks": [{"criterion": 1, "mark": format!("{}.0", 6 + n)}]});
            judge.patch(&path, 0, &body).await.expect_status(200);
            judge.act_with(&format!("{path}/hand-in"), &json!({})).await.expect_status(200);
        }
    };
    join3(write(0), write(1), write(2)).await;
    let marks =
        stage.be(stage.judges[0]).get(&format!("/defences/{}/marks", stage.defences[0])).await.json(200);
    assert_eq!((&marks["committee_mark"], &marks["state"]), (&json!("7.000"), &json!("held")));
}

#[actix_web::test]
async fn of_two_windows_of_one_member_one_is_told_to_read_again() {
    let stage = Stage::set();
    let judge = stage.be(stage.judges[0]);
    let path = stage.sheet(0, Some(stage.judges[0]));
    let bodies = [5, 6, 7, 8].map(|n| json!({"marks": [{"criterion": 1, "mark": format!("{n}.0")}]}));
    let answers = join_all(bodies.iter().map(|body| judge.patch(&path, 0, body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.as_u16() == 200).count(), 1);
    for late in answers.iter().filter(|answer| answer.status.as_u16() != 200) {
        late.refused(ErrorCode::StaleVersion);
    }
}

#[actix_web::test]
async fn marking_against_publishing_is_decided_once() {
    for _ in 0..4 {
        let stage = Stage::set();
        stage.mark_all(["7.0", "8.0"]).await;
        let judge = stage.be(stage.judges[1]);
        let sheet = stage.sheet(0, Some(stage.judges[1]));
        let (back, nothing) = (format!("{sheet}/take-back"), json!({}));
        let (president, body) = (stage.be(stage.judges[0]), json!({"call_id": stage.call}));
        let (taken, published) =
            join(judge.act_with(&back, &nothing), president.post("/minutes", &body)).await;
        let there: MarkSheet = judge.get(&sheet).await.expect(200);
        if published.status.as_u16() == 201 {
            taken.refused(ErrorCode::MarksFrozen);
            assert_eq!(there.state, SheetState::HandedIn);
        } else {
            published.refused(ErrorCode::MarksIncomplete);
            taken.expect_status(200);
            assert_eq!(there.state, SheetState::Draft);
        }
    }
}

#[actix_web::test]
async fn of_many_who_publish_and_close_one_does_each() {
    let stage = Stage::set();
    stage.mark_all(["7.0", "8.0"]).await;
    let log_in = || [stage.judges[0], stage.coordinator, stage.admin].map(|who| stage.be(who));
    let (people, body) = (log_in(), json!({"call_id": stage.call}));
    let answers = join_all(people.iter().map(|who| who.post("/minutes", &body))).await;
    let published: Vec<_> = answers.iter().filter(|answer| answer.status.as_u16() == 201).collect();
    assert_eq!(published.len(), 1);
    let minutes: Minutes = published[0].expect(201);
    stage.at("2026-12-05T09:00:00Z");
    // Tokens do not last until then.
    let people = log_in();
    let (close, nothing) = (format!("/minutes/{}/close", minutes.id), json!({}));
    let answers = join_all(people.iter().map(|who| who.act_with(&close, &nothing))).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    for late in answers.iter().filter(|answer| answer.status.as_u16() != 200) {
        late.refused(ErrorCode::InvalidState);
    }
    let there: Minutes = people[1].get(&format!("/minutes/{}", minutes.id)).await.expect(200);
    assert_eq!((there.number, there.state), (Some(1), MinutesState::Closed));
}

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = Bool)]
    waits: bool,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// A server of its own process is killed in the middle of closing, when it has
/// given honours and waits to write the minutes.
#[actix_web::test]
async fn a_server_killed_while_closing_leaves_nothing_half_done() {
    let stage = Stage::set();
    stage.mark_all(["7.0", "9.5"]).await;
    let minutes = stage.publish().await;
    // Its clock is the machine's: the window is over by that too.
    stage.run("UPDATE minutes SET claims_until = '2020-01-01'");
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_gestfg"))
        .arg("server")
        .env("DATABASE_URL", &stage.app.database.url)
        .env("JWT_SECRET", "a secret that is only used in tests")
        .env("PUBLIC_URL", format!("http://127.0.0.1:{port}"))
        .env("PORT", port.to_string())
        .env("MAIL_DIR", std::env::temp_dir())
        .env("ASSETS_DIR", "/nonexistent")
        .spawn()
        .expect("a server");
    let address = format!("http://127.0.0.1:{port}");
    let token = coordinator_token(&stage);
    let client = stage.be(stage.coordinator).with_token(&token).at(&address);
    let mut watcher = stage.app.conn();
    while reqwest::get(format!("{address}/health/live")).await.is_err() {
        look_again(&mut watcher);
    }
    // The row of the minutes is held, so that closing stops right before the last step.
    let mut holder = stage.app.conn();
    holder
        .begin_test_transaction()
        .and_then(|()| {
            diesel::sql_query(format!("SELECT 1 FROM minutes WHERE id = {} FOR UPDATE", minutes.id))
                .execute(&mut holder)
                .map(drop)
        })
        .expect("the row");
    let path = format!("/minutes/{}/close", minutes.id);
    let closing = actix_web::rt::spawn(async move {
        let request = client.request(reqwest::Method::POST, &path).header("If-Match", "*").json(&json!({}));
        request.send().await.map(|answer| answer.status().as_u16())
    });
    let waits = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
        AND wait_event_type = 'Lock' AND query LIKE '%UPDATE%minutes%') AS waits";
    loop {
        let seen: Waiting = diesel::sql_query(waits).get_result(&mut watcher).expect("an answer");
        if seen.waits {
            break;
        }
        assert!(!closing.is_finished(), "it closed without waiting");
        actix_web::rt::task::yield_now().await;
        look_again(&mut watcher);
    }
    server.kill().expect("killed");
    server.wait().expect("gone");
    drop(holder);
    assert!(closing.await.expect("the request ended").is_err());
    let half: Count = diesel::sql_query(
        "SELECT (SELECT count(*) FROM minutes WHERE state <> 'provisional' OR number IS NOT NULL)
              + (SELECT count(*) FROM minutes_entries WHERE has_honours)
              + (SELECT count(*) FROM notifications WHERE kind = 'minutes_closed') AS count",
    )
    .get_result(&mut watcher)
    .expect("a count");
    assert_eq!(half.count, 0);
    // And the next who closes gets the first number.
    let closed = stage.close(&minutes).await;
    assert_eq!(closed.number, Some(1));
}

/// Not at once: the other process needs the processor.
fn look_again(watcher: &mut PgConnection) {
    diesel::sql_query("SELECT pg_sleep(0.02)").execute(watcher).expect("a moment");
}

/// A token that holds by the machine's clock.
fn coordinator_token(stage: &Stage) -> String {
    use gestfg::schema::sessions;
    let now = gestfg::clock::Clock::system().now();
    let id = uuid::Uuid::new_v4();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::user_id.eq(stage.coordinator.0),
            sessions::address.eq("192.0.2.1"),
            sessions::user_agent.eq("test"),
            sessions::created_at.eq(now),
            sessions::last_used_at.eq(now),
            sessions::expires_at.eq(now + chrono::Duration::days(30)),
        ))
        .execute(&mut stage.app.conn())
        .expect("a log-in");
    stage.app.state.keys.issue(stage.coordinator, id, now).expect("a token").0
}
