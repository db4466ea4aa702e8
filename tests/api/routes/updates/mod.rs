use crate::support::builders::World;
use crate::support::stream::Stream;
use crate::support::{Client, TestApp};
use chrono::Duration;
use diesel::prelude::*;
use gestfg::models::update::{self, Change};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;

struct Faculty {
    app: TestApp,
    degree: DegreeId,
    department: DepartmentId,
    student: UserId,
    head: UserId,
    coordinator: UserId,
    admin: UserId,
}

fn faculty() -> Faculty {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let student = world.student("Sara Muestra", &[degree]);
    let head = world.head("Hilda Muestra", department);
    let coordinator = world.coordinator("Clara Muestra", department, degree);
    let admin = world.admin("Ada Muestra");
    Faculty { app, degree, department, student, head, coordinator, admin }
}

fn publish(app: &TestApp, change: Change) {
    app.conn().transaction(|conn| change.publish(conn)).expect("published");
}

fn inbox(subject: i64, user: UserId) -> Change {
    Change::of(UpdateTopic::Inbox).subject(subject).people([user])
}

#[actix_web::test]
async fn everybody_hears_what_concerns_them_on_whichever_server_it_happened() {
    let Faculty { app, degree, department, student, head, coordinator, admin } = faculty();
    let neighbour = app.neighbour();
    let student = app.as_user(student);
    let mut streams = [
        Stream::open(&student, None, "hello").await,
        Stream::open(&app.as_user(head), None, "hello").await,
        Stream::open(&app.as_user(coordinator).at(&neighbour.address), None, "hello").await,
        Stream::open(&app.as_user(admin).at(&neighbour.address), None, "hello").await,
    ];
    for (name, value) in
        [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")]
    {
        assert_eq!(streams[0].header(name), value);
    }
    publish(&app, inbox(1, who_is(&student).await));
    publish(&app, Change::of(UpdateTopic::Projects).subject(2).department(department));
    publish(&app, Change::of(UpdateTopic::Calls).subject(3).degree(degree));
    publish(&app, Change::of(UpdateTopic::Events).everybody());
    let everybody = (UpdateTopic::Events, None);
    let department = (UpdateTopic::Projects, Some(2));
    let degree = (UpdateTopic::Calls, Some(3));
    let heard = [
        vec![(UpdateTopic::Inbox, Some(1)), everybody],
        vec![department, everybody],
        vec![degree, everybody],
        vec![department, degree, everybody],
    ];
    for (stream, expected) in streams.iter_mut().zip(heard) {
        for change in expected {
            assert_eq!(stream.change().await, change);
        }
    }
}

/// Who this client is.
async fn who_is(client: &Client) -> UserId {
    UserId(client.get("/me").await.json(200)["id"].as_i64().expect("an id"))
}

#[actix_web::test]
async fn nothing_is_lost_or_repeated_over_reconnections_while_many_write() {
    let Faculty { app, student, .. } = faculty();
    let neighbour = app.neighbour();
    let (writers, each) = (6_i64, 40_i64);
    let threads: Vec<_> = (0..writers)
        .map(|writer| {
            let mut conn = app.conn();
            std::thread::spawn(move || {
                for n in 0..each {
                    conn.transaction(|conn| {
                        inbox(writer * each + n, student).publish(conn)?;
                        // Of somebody else, so that numbers have holes for this one.
                        Change::of(UpdateTopic::Calls).people([UserId(-1)]).publish(conn)?;
                        if n % 7 == 3 {
                            return Err(diesel::result::Error::RollbackTransaction);
                        }
                        Ok(())
                    })
                    .ok();
                }
            })
        })
        .collect();
    let here = app.as_user(student);
    let there = here.at(&neighbour.address);
    // From the very beginning, in short readings, now by this server and now by the other.
    let mut last_id = "0".to_owned();
    let mut heard = Vec::new();
    let kept = writers * (each - (0..each).filter(|n| n % 7 == 3).count() as i64);
    for reading in 0.. {
        let client = if reading % 2 == 0 { &here } else { &there };
        let mut stream = Stream::open(client, Some(&last_id), "hello").await;
        for _ in 0..17 {
            if heard.len() as i64 == kept {
                break;
            }
            let event = stream.next().await.expect("the stream goes on");
            heard.push((
                event.id,
                serde_json::from_str::<serde_json::Value>(&event.data).expect("JSON")["subject_id"].as_i64(),
            ));
        }
        last_id.clone_from(&stream.last_id);
        if heard.len() as i64 == kept {
            break;
        }
    }
    for thread in threads {
        thread.join().expect("a writer");
    }
    let mut conn = app.conn();
    let written: Vec<_> = update::list_after(&mut conn, 0, 10_000)
        .expect("the table")
        .into_iter()
        .filter_map(|one| {
            one.update
                .filter(|update| update.topic == UpdateTopic::Inbox)
                .map(|update| (one.seq, update.subject_id))
        })
        .collect();
    assert_eq!(written.len() as i64, kept);
    assert_eq!(heard, written);
}

#[actix_web::test]
async fn who_was_away_too_long_reads_everything_again() {
    let Faculty { app, student, .. } = faculty();
    let client = app.as_user(student);
    for n in 1..=3 {
        publish(&app, inbox(n, student));
    }
    let mut stream = Stream::open(&client, Some("1"), "hello").await;
    assert_eq!(stream.change().await.1, Some(2));
    let mut conn = app.conn();
    World::new(&mut conn).run("UPDATE updates SET created_at = '2026-01-01' WHERE seq <= 2");
    update::forget_before(&mut conn, app.state.clock.now() - Duration::days(2)).expect("cleaned");
    Stream::open(&client, Some("1"), "reset").await;
    let mut stream = Stream::open(&client, Some("2"), "hello").await;
    assert_eq!(stream.change().await.1, Some(3));
    // A place nobody gave out, as after the database was taken back from a copy.
    for place in ["77", "x"] {
        let mut stream = Stream::open(&client, Some(place), "reset").await;
        publish(&app, inbox(4, student));
        assert_eq!(stream.change().await.1, Some(4));
    }
    // The header counts; clients without headers may say it in the query.
    let query =
        client.request(reqwest::Method::GET, "/updates?last_event_id=2").send().await.expect("an answer");
    let mut query = query;
    let first = query.chunk().await.expect("readable").expect("something");
    assert!(String::from_utf8_lossy(&first).contains("id: 2\nevent: hello"), "{first:?}");
    client.get("/updates?last_event_id=x").await.refused(ErrorCode::MalformedRequest);
}

#[actix_web::test]
async fn streams_end_with_the_token_the_log_in_the_person_and_the_server() {
    let Faculty { app, student, head, coordinator, admin, .. } = faculty();
    app.visitor().get("/updates").await.refused(ErrorCode::NotAuthenticated);

    let leaving = app.as_user(student);
    let mut stream = Stream::open(&leaving, None, "hello").await;
    let mut other = Stream::open(&app.as_user(student), None, "hello").await;
    leaving.delete("/session").await.expect_status(204);
    stream.ends().await;

    let token = json!({"name": "x", "scope": "read", "days": 1});
    let made = app.as_user(head).post("/me/tokens", &token).await.json(201);
    let secret = made["secret"].as_str().expect("a secret");
    let mut by_token = Stream::open(&app.visitor().with_token(secret), None, "hello").await;
    app.as_user(head).delete(&format!("/me/tokens/{}", made["token"]["id"])).await.expect_status(204);
    by_token.ends().await;

    let mut coordinators = Stream::open(&app.as_user(coordinator), None, "hello").await;
    app.as_user(admin).act(&format!("/users/{coordinator}/deactivate")).await.expect_status(200);
    coordinators.ends().await;

    // None of that was any business of the other log-in.
    publish(&app, inbox(1, student));
    assert_eq!(other.change().await.1, Some(1));
    app.state.clock.set(app.state.clock.now() + Duration::minutes(15));
    other.ends().await;

    let mut last = Stream::open(&app.as_user(admin), None, "hello").await;
    app.state.live.close();
    last.ends().await;
    app.as_user(admin).get("/updates").await.refused(ErrorCode::Unavailable);
}

#[actix_web::test]
async fn one_person_has_ten_streams_and_the_oldest_gives_way() {
    let Faculty { app, student, .. } = faculty();
    let client = app.as_user(student);
    let mut streams = Vec::new();
    for _ in 0..11 {
        streams.push(Stream::open(&client, None, "hello").await);
    }
    streams.remove(0).ends().await;
    publish(&app, inbox(1, student));
    for stream in &mut streams {
        assert_eq!(stream.change().await.1, Some(1));
    }
    assert_eq!(app.state.live.count(), 10);
}

#[actix_web::test]
async fn an_outage_of_the_database_is_caught_up_with() {
    let Faculty { app, student, .. } = faculty();
    let mut stream = Stream::open(&app.as_user(student), None, "hello").await;
    app.database.go_away();
    app.database.come_back();
    publish(&app, inbox(1, student));
    assert_eq!(stream.change().await.1, Some(1));
}
