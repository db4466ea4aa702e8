use crate::routes::notifications::tell_at;
use crate::support::TestApp;
use crate::support::builders::World;
use crate::support::mailbox::mails_to;
use chrono::{DateTime, Utc};
use gestfg::jobs::write_digests;
use gestfg::mail::Letter;
use gestfg_types::ids::{EventId, UserId};
use gestfg_types::notifications::Notification;
use gestfg_types::pagination::Page;
use serde_json::json;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn announcement(n: i64) -> Letter {
    Letter::Announcement { event: EventId(n), title: format!("Charla {n}"), excerpt: "A las 12".into() }
}

fn people(app: &TestApp, names: &[&str]) -> Vec<(UserId, String)> {
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    names
        .iter()
        .map(|name| {
            let id = world.student(name, &[]);
            (id, world.email(id))
        })
        .collect()
}

#[actix_web::test]
async fn what_can_wait_comes_in_one_mail_at_seven() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let [(eva, eva_email), (luis, luis_email)] =
        people(&app, &["Eva Muestra", "Luis Muestra"]).try_into().expect("two");
    World::new(&mut conn).run(&format!("UPDATE users SET language = 'en' WHERE id = {luis}"));
    tell_at(&app, at("2026-11-23T09:00:00Z"), &[eva, luis], &announcement(1));
    tell_at(&app, at("2026-11-24T05:59:59Z"), &[eva], &announcement(2));
    tell_at(&app, at("2026-11-24T06:00:00Z"), &[eva], &announcement(3));
    let mut write = |now: &str| {
        write_digests(&mut conn, &app.state.config, at(now)).expect("written");
        (mails_to(&mut conn, &eva_email), mails_to(&mut conn, &luis_email))
    };
    assert_eq!(write("2026-11-24T05:59:59Z"), (vec![], vec![]), "six o'clock and 59 minutes in Madrid");
    let (to_eva, to_luis) = write("2026-11-24T06:00:00Z");
    assert_eq!((to_eva.len(), to_luis.len()), (1, 1));
    let (kind, body) = &to_eva[0];
    assert_eq!(kind, "digest");
    assert!(
        body.contains("Charla 1\n") && body.contains("Charla 2\n") && !body.contains("Charla 3"),
        "{body}"
    );
    assert!(
        body.contains("/events/2\n") && body.contains("/inbox\n") && body.contains("resumen diario"),
        "{body}"
    );
    assert!(to_luis[0].1.starts_with("Hello, Luis:") && to_luis[0].1.contains("No more daily digests"));
    let (to_eva, to_luis) = write("2026-11-24T20:00:00Z");
    assert_eq!((to_eva.len(), to_luis.len()), (1, 1), "once a day");
    let (to_eva, to_luis) = write("2026-11-26T03:00:00Z");
    assert_eq!((to_eva.len(), to_luis.len()), (2, 1), "late is better than never");
}

#[actix_web::test]
async fn what_was_read_meanwhile_is_not_told_again_nor_to_who_cannot_be_told() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let [(eva, eva_email), (luis, luis_email)] =
        people(&app, &["Eva Muestra", "Luis Muestra"]).try_into().expect("two");
    tell_at(&app, at("2026-11-23T09:00:00Z"), &[eva, luis], &announcement(1));
    let client = app.as_user(eva);
    let inbox: Page<Notification> = client.get("/notifications").await.expect(200);
    client.post("/notifications/read", &json!({"up_to": inbox.items[0].id})).await.expect_status(204);
    World::new(&mut conn).run(&format!("UPDATE users SET is_active = false WHERE id = {luis}"));
    write_digests(&mut conn, &app.state.config, at("2026-11-24T07:00:00Z")).expect("written");
    assert_eq!((mails_to(&mut conn, &eva_email), mails_to(&mut conn, &luis_email)), (vec![], vec![]));
}

#[actix_web::test]
async fn several_workers_write_one_to_each() {
    let app = TestApp::start();
    let names: Vec<String> = (0..20).map(|n| format!("Nadie{n} Muestra")).collect();
    let people = people(&app, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let ids: Vec<UserId> = people.iter().map(|(id, _)| *id).collect();
    for n in 1..=5 {
        tell_at(&app, at("2026-11-23T09:00:00Z"), &ids, &announcement(n));
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                write_digests(&mut app.conn(), &app.state.config, at("2026-11-24T07:00:00Z"))
                    .expect("written");
            });
        }
    });
    let mut conn = app.conn();
    for (_, email) in people {
        let mails = mails_to(&mut conn, &email);
        assert_eq!(mails.len(), 1);
        assert!((1..=5).all(|n| mails[0].1.contains(&format!("Charla {n}\n"))), "{}", mails[0].1);
    }
}
