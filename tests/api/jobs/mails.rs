use crate::support::TestApp;
use crate::support::builders::World;
use chrono::Duration;
use diesel::prelude::*;
use gestfg::jobs::{Mails, clean};
use gestfg::schema::{notifications as n, outgoing_mails as m};

fn queue(conn: &mut PgConnection, kind: &str, way_out: &str) {
    World::new(conn).run(&format!(
        "INSERT INTO outgoing_mails (recipient, kind, language, subject, body, unsubscribe_url)
         VALUES ('eva@ugr.es', '{kind}', 'es', 'Prueba', 'Prueba', {way_out})"
    ));
}

#[actix_web::test]
async fn a_link_that_somebody_waits_for_goes_before_notices() {
    let app = TestApp::start();
    let mut conn = app.conn();
    queue(&mut conn, "assigned", "'https://tfg.example.org/u'");
    queue(&mut conn, "set_password", "NULL");
    let mails = Mails::from_config(&app.state.config).expect("a sender");
    assert!(mails.send_next(&mut conn).expect("sent"));
    let sent: Vec<String> =
        m::table.filter(m::sent_at.is_not_null()).select(m::kind).load(&mut conn).expect("mails");
    assert_eq!(sent, ["set_password"]);
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
}

#[actix_web::test]
async fn a_worker_that_dies_holds_nothing_back() {
    let app = TestApp::start();
    let mut conn = app.conn();
    queue(&mut conn, "assigned", "NULL");
    let mails = Mails::from_config(&app.state.config).expect("a sender");
    let mut dying = app.conn();
    use diesel::connection::SimpleConnection;
    // As a worker holds it while it hands it over.
    dying.batch_execute("BEGIN; SELECT id FROM outgoing_mails FOR UPDATE").expect("held");
    assert!(!mails.send_next(&mut conn).expect("nothing to do"));
    drop(dying);
    let started = std::time::Instant::now();
    // The database hears of it in its own time, which is milliseconds.
    while !mails.send_next(&mut conn).expect("an answer") {
        assert!(started.elapsed().as_secs() < 10, "the mail of a dead worker is not free");
    }
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
}

#[actix_web::test]
async fn the_worker_hears_of_a_mail_at_once() {
    let app = TestApp::start();
    let mut conn = app.conn();
    queue(&mut conn, "assigned", "NULL");
    let _worker =
        gestfg::jobs::start(app.state.config.clone(), app.state.clock.clone(), app.state.metrics.clone())
            .expect("a worker");
    let mut wait = |sent: i64| {
        let started = std::time::Instant::now();
        loop {
            let count: i64 =
                m::table.filter(m::sent_at.is_not_null()).count().get_result(&mut conn).expect("a count");
            if count == sent {
                return started.elapsed();
            }
            assert!(started.elapsed().as_secs() < 20, "it was not sent");
            std::thread::yield_now();
        }
    };
    wait(1);
    // It rests now, five seconds long unless somebody calls.
    let mut quickest = std::time::Duration::MAX;
    for sent in 2..=4 {
        queue(&mut app.conn(), "assigned", "NULL");
        quickest = quickest.min(wait(sent));
    }
    assert!(quickest.as_secs() < 3, "{quickest:?}");
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
}

#[actix_web::test]
async fn what_was_seen_long_ago_is_cleared_away() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let eva = world.student("Eva Muestra", &[]);
    let now = app.state.clock.now();
    let (old, young) = (now - Duration::days(181), now - Duration::days(179));
    for (kind, created, in_app, read, digested) in [
        ("kept_unread", old, true, "NULL", "now()"),
        ("kept_young", young, true, "now()", "NULL"),
        ("kept_waiting", old, false, "NULL", "NULL"),
        ("old_read", old, true, "now()", "NULL"),
        ("old_digested", old, false, "NULL", "now()"),
    ] {
        world.run(&format!(
            "INSERT INTO notifications (user_id, kind, letter, is_in_app, is_for_digest, created_at, read_at, digested_at)
             VALUES ({eva}, '{kind}', '{{}}', {in_app}, true, '{created}', {read}, {digested})"
        ));
    }
    clean(&mut conn, now).expect("cleaned");
    let kept: Vec<String> = n::table.order(n::id).select(n::kind).load(&mut conn).expect("notifications");
    assert_eq!(kept, ["kept_unread", "kept_young", "kept_waiting"]);
}
