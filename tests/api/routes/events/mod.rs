use crate::support::actors::send;
use crate::support::builders::World;
use crate::support::stream::Stream;
use crate::support::{Client, TestApp};
use chrono::Duration;
use diesel::prelude::*;
use gestfg::models::event;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::events::{Event, EventAction, EventAudience};
use gestfg_types::ids::{DegreeId, DepartmentId, UserId};
use gestfg_types::pagination::Page;
use gestfg_types::updates::UpdateTopic;
use reqwest::Method;
use serde_json::{Value, json};

struct Faculty {
    app: TestApp,
    degree: DegreeId,
    department: DepartmentId,
    other_department: DepartmentId,
    student: UserId,
    other_student: UserId,
    tutor: UserId,
    professor: UserId,
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
    let other_department = world.department("ATC", area);
    let degree = world.degree("GII", "bachelor");
    let other_degree = world.degree("MII", "master");
    let student = world.student("Sara Muestra", &[degree]);
    let other_student = world.student("Otto Muestra", &[other_degree]);
    let tutor = world.professor("Tania Muestra", other_department);
    world.project("Un proyecto", degree, tutor, "published");
    let professor = world.professor("Pedro Muestra", department);
    let head = world.head("Hilda Muestra", department);
    let coordinator = world.coordinator("Clara Muestra", other_department, degree);
    let admin = world.admin("Ada Muestra");
    Faculty {
        app,
        degree,
        department,
        other_department,
        student,
        other_student,
        tutor,
        professor,
        head,
        coordinator,
        admin,
    }
}

async fn titles(client: &Client, query: &str) -> Vec<String> {
    let page: Page<Event> = client.get(&format!("/events{query}")).await.expect(200);
    page.items.into_iter().map(|event| event.title).collect()
}

#[actix_web::test]
async fn an_event_is_seen_by_its_audience_and_its_keepers() {
    let f = faculty();
    let mut conn = f.app.conn();
    let mut world = World::new(&mut conn);
    let degree = format!("'degree', {}, NULL", f.degree);
    let department = format!("'department', NULL, {}", f.department);
    for (title, audience) in [
        ("Todos", "'public', NULL, NULL"),
        ("Alumnos", "'students', NULL, NULL"),
        ("Profesores", "'professors', NULL, NULL"),
        ("Titulación", &degree),
        ("Departamento", &department),
    ] {
        world.announcement(title, audience);
    }
    let seen = |indices: &[usize]| -> Vec<String> {
        let all = ["Departamento", "Titulación", "Profesores", "Alumnos", "Todos"];
        indices.iter().map(|n| all[*n].to_owned()).collect()
    };
    assert_eq!(titles(&f.app.visitor(), "").await, seen(&[4]));
    for (person, expected, kept) in [
        (f.student, seen(&[1, 3, 4]), seen(&[])),
        (f.other_student, seen(&[3, 4]), seen(&[])),
        (f.tutor, seen(&[1, 2, 4]), seen(&[])),
        (f.professor, seen(&[0, 2, 4]), seen(&[])),
        (f.head, seen(&[0, 2, 4]), seen(&[0])),
        (f.coordinator, seen(&[1, 2, 4]), seen(&[1])),
        (f.admin, seen(&[0, 1, 2, 3, 4]), seen(&[0, 1, 2, 3, 4])),
    ] {
        let client = f.app.as_user(person);
        assert_eq!(titles(&client, "").await, expected, "{person}");
        assert_eq!(titles(&client, "?managed=true").await, kept, "{person}");
        // The people told of it are those who see it without keeping it.
        for (n, title) in ["Departamento", "Titulación", "Profesores", "Alumnos", "Todos"].iter().enumerate()
        {
            let row = event::EventRow::query_by_title(&mut conn, title);
            let told = event::list_audience(&mut conn, row.audience(), 2026).expect("an audience");
            let belongs = expected.contains(&seen(&[n])[0]) && person != f.admin || row.audience == "public";
            assert_eq!(told.contains(&person), belongs, "{title} {person}");
        }
    }
    f.app.visitor().get("/events?managed=true").await.refused(ErrorCode::NotAuthenticated);
    assert_eq!(titles(&f.app.as_user(f.admin), "?q=TITULACION").await, seen(&[1]));
    assert_eq!(titles(&f.app.as_user(f.admin), &format!("?degree_id={}", f.degree)).await, seen(&[1]));
    assert_eq!(titles(&f.app.as_user(f.admin), "?kind=entry").await, seen(&[]));
}

trait ByTitle {
    fn query_by_title(conn: &mut PgConnection, title: &str) -> Self;
}

impl ByTitle for event::EventRow {
    fn query_by_title(conn: &mut PgConnection, title: &str) -> Self {
        use gestfg::schema::events;
        events::table
            .filter(events::title.eq(title))
            .select(Self::as_select())
            .first(conn)
            .expect("the event")
    }
}

#[actix_web::test]
async fn it_is_out_from_its_publication_to_its_expiry() {
    let f = faculty();
    let admin = f.app.as_user(f.admin);
    let now = f.app.state.clock.now();
    let (from, to) = (now + Duration::hours(1), now + Duration::hours(2));
    let body = json!({
        "kind": "announcement", "title": "Charla", "body": "**Ven** <script>x</script>", "audience": "public",
        "publish_at": from, "expires_at": to,
    });
    let made: Event = admin.post("/events", &body).await.expect(201);
    assert_eq!(made.author.as_ref().map(|author| author.id), Some(f.admin));
    assert_eq!(made.body_html.trim(), "<p><strong>Ven</strong> </p>");
    let path = format!("/events/{}", made.id);
    let second = Duration::seconds(1);
    for (moment, is_out) in [(from - second, false), (from, true), (to - second, true), (to, false)] {
        f.app.state.clock.set(moment);
        let listed = titles(&f.app.visitor(), "").await.len() == 1;
        assert_eq!(listed, is_out, "{moment}");
        assert_eq!(f.app.visitor().get(&path).await.status == 200, is_out, "{moment}");
        // An access token lives a quarter of an hour.
        f.app.as_user(f.admin).get(&path).await.expect_status(200);
    }
    f.app.state.clock.set(from);
    let seen: Event = f.app.visitor().get(&path).await.expect(200);
    assert_eq!((seen.author, seen.allowed_actions), (None, vec![]));
    // The interface keeps the list as long as it is what it was.
    let listed = f.app.visitor().get("/events").await;
    let again =
        f.app.visitor().request(Method::GET, "/events").header("If-None-Match", listed.header("etag"));
    send(again).await.expect_status(304);
}

#[actix_web::test]
async fn keepers_write_change_and_remove_and_those_who_see_it_hear_of_it() {
    let f = faculty();
    let coordinator = f.app.as_user(f.coordinator);
    let mut stream = Stream::open(&f.app.as_user(f.student), None, "hello").await;
    let mut other = Stream::open(&f.app.as_user(f.other_student), None, "hello").await;
    let body = json!({"kind": "announcement", "title": "Aviso", "audience": "degree", "degree_id": f.degree});
    let made: Event = coordinator.post("/events", &body).await.expect(201);
    assert_eq!(made.degree.as_ref().map(|degree| degree.code.as_str()), Some("GII"));
    assert_eq!(made.allowed_actions, [EventAction::Edit, EventAction::Delete]);
    let heard = (UpdateTopic::Events, Some(made.id.0));
    assert_eq!(stream.change().await, heard);

    let path = format!("/events/{}", made.id);
    let changed: Event =
        coordinator.patch(&path, 1, &json!({"title": "Aviso nuevo", "is_pinned": true})).await.expect(200);
    assert_eq!((changed.version, changed.is_pinned, changed.audience), (2, true, EventAudience::Degree));
    assert_eq!(stream.change().await, heard);
    coordinator.patch(&path, 1, &json!({"title": "Tarde"})).await.refused(ErrorCode::StaleVersion);
    let unseen = coordinator.request(Method::PATCH, &path).json(&json!({"title": "Sin versión"}));
    send(unseen).await.refused(ErrorCode::VersionRequired);
    // Nobody gives away what is theirs to keep only as it is.
    for foreign in [
        json!({"audience": "public"}),
        json!({"audience": "department", "department_id": f.other_department}),
    ] {
        coordinator.patch(&path, 2, &foreign).await.refused(ErrorCode::Forbidden);
    }
    f.app.as_user(f.student).patch(&path, 2, &json!({"title": "Yo"})).await.refused(ErrorCode::Forbidden);
    f.app
        .as_user(f.other_student)
        .patch(&path, 2, &json!({"title": "Yo"}))
        .await
        .refused(ErrorCode::NotFound);

    // Who no longer sees it hears of that too.
    let admin = f.app.as_user(f.admin);
    let moved: Event = admin.patch(&path, 2, &json!({"audience": "students"})).await.expect(200);
    assert_eq!(moved.degree, None);
    for stream in [&mut stream, &mut other] {
        assert_eq!(stream.change().await, heard);
    }
    admin.delete(&path).await.expect_status(204);
    admin.get(&path).await.refused(ErrorCode::NotFound);
    let log: Page<Value> = admin.get("/audit-log?entity=event").await.expect(200);
    let actions: Vec<_> =
        log.items.iter().map(|entry| entry["action"].as_str().expect("an action")).collect();
    assert_eq!(actions, ["event.delete", "event.update", "event.update", "event.create"]);
}

#[actix_web::test]
async fn wrong_events_are_refused_field_by_field() {
    let f = faculty();
    let admin = f.app.as_user(f.admin);
    let entry = |fields: Value| {
        let mut body = json!({"kind": "entry", "title": "Visita", "audience": "public"});
        body.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
        body
    };
    for (body, expected) in [
        (
            entry(json!({"title": " "})),
            vec![
                ("/title", FieldCode::Required),
                ("/starts_at", FieldCode::Required),
                ("/ends_at", FieldCode::Required),
            ],
        ),
        (
            entry(json!({"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2026-12-01T10:00:00Z"})),
            vec![("/ends_at", FieldCode::OutOfRange)],
        ),
        (
            entry(json!({"starts_at": "2026-12-01T10:00:00Z", "ends_at": "2028-12-01T10:00:00Z"})),
            vec![("/ends_at", FieldCode::OutOfRange)],
        ),
        // Midnight of Madrid, not of Greenwich; and in summer it is another.
        (
            entry(
                json!({"starts_at": "2026-12-01T00:00:00Z", "ends_at": "2026-12-01T23:00:00Z", "is_all_day": true}),
            ),
            vec![("/starts_at", FieldCode::OutOfRange)],
        ),
        (
            entry(
                json!({"starts_at": "2026-03-27T23:00:00Z", "ends_at": "2026-03-29T23:00:00Z", "is_all_day": true}),
            ),
            vec![("/ends_at", FieldCode::OutOfRange)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "public", "starts_at": "2026-12-01T10:00:00Z", "is_all_day": true}),
            vec![("/starts_at", FieldCode::NotAllowed), ("/is_all_day", FieldCode::NotAllowed)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "public", "publish_at": "2026-12-01T10:00:00Z", "expires_at": "2026-12-01T10:00:00Z"}),
            vec![("/expires_at", FieldCode::OutOfRange)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "public", "publish_at": "9026-12-01T10:00:00Z"}),
            vec![("/publish_at", FieldCode::OutOfRange)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "degree"}),
            vec![("/degree_id", FieldCode::Required)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "degree", "degree_id": 9999}),
            vec![("/degree_id", FieldCode::Unknown)],
        ),
        (
            json!({"kind": "announcement", "title": "x", "audience": "public", "department_id": f.department}),
            vec![("/department_id", FieldCode::NotAllowed)],
        ),
    ] {
        let problem = admin.post("/events", &body).await.refused(ErrorCode::ValidationFailed);
        let got: Vec<_> = problem.errors.iter().map(|error| (error.pointer.as_str(), error.code)).collect();
        assert_eq!(got, expected, "{body}");
    }
    let whole_days = entry(
        json!({"starts_at": "2026-03-27T23:00:00Z", "ends_at": "2026-03-29T22:00:00Z", "is_all_day": true}),
    );
    admin.post("/events", &whole_days).await.expect_status(201);
    // What is in use stays.
    World::new(&mut f.app.conn()).announcement("Aviso", &format!("'department', NULL, {}", f.department));
    let used = admin.delete(&format!("/departments/{}", f.department)).await.refused(ErrorCode::InUse);
    assert!(
        used.used_by.iter().any(|usage| usage.kind == "events" && usage.examples == ["Aviso"]),
        "{used:?}"
    );
}

#[actix_web::test]
async fn pages_keep_pinned_ones_on_top() {
    let f = faculty();
    let mut conn = f.app.conn();
    let mut world = World::new(&mut conn);
    for n in 1..=5 {
        world.announcement(&format!("Aviso {n}"), "'public', NULL, NULL");
    }
    world.run("UPDATE events SET is_pinned = true WHERE title IN ('Aviso 1', 'Aviso 3')");
    world.run("UPDATE events SET publish_at = '2026-10-01' WHERE title = 'Aviso 2'");
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page: Page<Event> =
            f.app.visitor().get(&format!("/events?limit=2&cursor={cursor}")).await.expect(200);
        assert_eq!(page.total, 5);
        found.extend(page.items.into_iter().map(|event| event.title));
        match page.next_cursor {
            Some(next) => cursor = next,
            None => break,
        }
    }
    assert_eq!(found, ["Aviso 3", "Aviso 1", "Aviso 2", "Aviso 5", "Aviso 4"]);
}
