//! What people are told, through the front door.

mod preferences;
mod unsubscribe;

use crate::support::actors::{Client, send};
use crate::support::mailbox::mails_to;
use crate::support::{TestApp, builders::World};
use chrono::{DateTime, Utc};
use gestfg::mail::Letter;
use gestfg::notices::{self, News};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AssignmentId, CallId, ProjectId, UserId};
use gestfg_types::notifications::{Notification, NotificationKind, UnreadCounts};
use gestfg_types::pagination::Page;
use serde_json::json;

pub fn published(n: i64) -> Letter {
    Letter::ProjectPublished { project: ProjectId(n), title: format!("Proyecto {n}") }
}

pub fn tell(app: &TestApp, people: &[UserId], letter: &Letter) {
    tell_at(app, app.state.clock.now(), people, letter);
}

pub fn tell_at(app: &TestApp, at: DateTime<Utc>, people: &[UserId], letter: &Letter) {
    notices::tell(&mut app.conn(), &app.state.config, at, people, letter).expect("told");
}

async fn inbox(client: &Client, query: &str) -> Page<Notification> {
    client.get(&format!("/notifications{query}")).await.expect(200)
}

async fn unread(client: &Client) -> i64 {
    client.get("/notifications/unread").await.expect::<UnreadCounts>(200).notifications
}

#[actix_web::test]
async fn what_was_told_is_listed_in_the_readers_language_and_read_as_far_as_seen() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let (tina, other) = (world.user("Tina Muestra", "ugr.es"), world.user("Otto Muestra", "ugr.es"));
    let gone = world.user("Gala Muestra", "ugr.es");
    world.run(&format!("UPDATE users SET is_active = false WHERE id = {gone}"));
    for n in 1..=3 {
        tell(&app, &[tina, gone, tina], &published(n));
    }
    let tina = app.as_user(tina);
    let all = inbox(&tina, "").await;
    let titles: Vec<_> = all.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!((all.total, all.next_cursor.as_deref()), (3, None));
    assert_eq!(
        titles,
        [
            "Propuesta publicada: Proyecto 3",
            "Propuesta publicada: Proyecto 2",
            "Propuesta publicada: Proyecto 1"
        ]
    );
    let last = &all.items[0];
    assert_eq!((last.kind, last.path.as_str()), (NotificationKind::ProjectPublished, "/projects/3"));
    assert_eq!(last.body, "Tu propuesta «Proyecto 3» está publicada en el catálogo.");
    assert_eq!((last.created_at, last.read_at), (app.state.clock.now(), None));

    let first_page = inbox(&tina, "?limit=2").await;
    let cursor = first_page.next_cursor.expect("more");
    let second_page = inbox(&tina, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!(second_page.items, all.items[2..]);

    // Up to the second: the third was not seen yet.
    assert_eq!(unread(&tina).await, 3);
    let body = json!({"up_to": all.items[1].id});
    tina.post("/notifications/read", &body).await.expect_status(204);
    assert_eq!(unread(&tina).await, 1);
    let left = inbox(&tina, "?unread=true").await;
    assert_eq!((left.total, left.items[0].id), (1, last.id));
    let path = format!("/notifications/{}/read", last.id);
    app.as_user(other).act(&path).await.refused(ErrorCode::NotFound);
    for _ in 0..2 {
        tina.act(&path).await.expect_status(204);
    }
    assert_eq!(unread(&tina).await, 0);
    assert!(inbox(&tina, "").await.items.iter().all(|item| item.read_at == Some(app.state.clock.now())));
    assert_eq!(inbox(&app.as_user(other), "").await.total, 0);

    send(
        tina.request(reqwest::Method::PATCH, "/me").header("If-Match", "*").json(&json!({"language": "en"})),
    )
    .await
    .expect_status(200);
    assert_eq!(inbox(&tina, "?limit=1").await.items[0].title, "Project published: Proyecto 3");
}

#[actix_web::test]
async fn a_deadline_is_told_in_the_institutions_time() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let eva = World::new(&mut conn).student("Eva Muestra", &[]);
    let closes_at = "2027-06-10T22:00:00Z".parse().expect("a moment");
    let (call, name) = (CallId(4), "GII · Junio · 2026/27".to_owned());
    let phase = gestfg_types::calls::Phase::EvaluationRequest;
    tell(&app, &[eva], &Letter::PhaseCloses { call, name, phase, closes_at, days: 2 });
    let told = inbox(&app.as_user(eva), "").await.items.pop().expect("it");
    assert_eq!(told.title, "Termina en 2 días: Solicitud de evaluación (GII · Junio · 2026/27)");
    assert_eq!(
        told.body,
        "Termina en 2 días, el 10 de junio a las 23:59, el plazo «Solicitud de evaluación» de la convocatoria GII · Junio · 2026/27."
    );
    assert_eq!(told.path, "/calls/4");
}

#[actix_web::test]
async fn a_letter_of_another_release_is_no_fault() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let eva = world.student("Eva Muestra", &[]);
    world.run(&format!(
        "INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at)
         VALUES ({eva}, 'assigned', '{{\"unheard_of\": {{}}}}', true, false, now())"
    ));
    let told = inbox(&app.as_user(eva), "").await.items.pop().expect("it");
    assert_eq!((told.title.as_str(), told.path.as_str()), ("Un aviso antiguo", "/inbox"));
}

#[actix_web::test]
async fn many_are_told_with_a_handful_of_statements() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    world.run(
        "INSERT INTO users (email, first_name, last_name) SELECT 'n' || n || '@correo.ugr.es', 'Nadie', n::text FROM generate_series(1, 2000) n",
    );
    let people: Vec<UserId> = (1..=2000).map(UserId).collect();
    let news: Vec<News> = people
        .chunks(2)
        .map(|pair| News {
            people: pair.to_vec(),
            letter: Letter::Assigned {
                assignment: AssignmentId(1),
                title: "Un proyecto".into(),
                tutor: "Tina".into(),
                students: vec![],
            },
        })
        .collect();
    let counted = |conn: &mut diesel::PgConnection| -> (i64, i64, i64) {
        use diesel::prelude::*;
        use gestfg::schema::{notifications, outgoing_mails, updates};
        (
            notifications::table.count().get_result(conn).expect("a count"),
            outgoing_mails::table.count().get_result(conn).expect("a count"),
            updates::table.count().get_result(conn).expect("a count"),
        )
    };
    notices::tell_all(&mut conn, &app.state.config, app.state.clock.now(), &news).expect("told");
    assert_eq!(counted(&mut conn), (2000, 2000, 1));
}

#[actix_web::test]
async fn secrets_are_told_by_no_notice() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let eva = world.student("Eva Muestra", &[]);
    let email = world.email(eva);
    tell(&app, &[eva], &Letter::SetPassword { token: "t0k".into() });
    assert_eq!(inbox(&app.as_user(eva), "").await.total, 0);
    assert!(mails_to(&mut conn, &email).is_empty());
    serde_json::to_string(&Letter::ResetPassword { token: "t0k".into() }).expect_err("kept nowhere");
}
