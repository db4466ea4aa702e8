use super::{inbox, published, tell};
use crate::support::actors::send;
use crate::support::mailbox::mails_to;
use crate::support::{TestApp, builders::World};
use chrono::Duration;
use diesel::prelude::*;
use gestfg::jobs::{Mails, write_digests};
use gestfg::mail::Letter;
use gestfg::schema::outgoing_mails as m;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{EventId, UserId};
use gestfg_types::notifications::{NotificationKind, Unsubscribed};
use reqwest::Method;

fn announcement() -> Letter {
    Letter::Announcement { event: EventId(1), title: "Charla <hoy>".into(), excerpt: "A las 12".into() }
}

/// Where the last mail says that one click ends its kind.
fn one_click(conn: &mut PgConnection) -> String {
    m::table
        .order(m::id.desc())
        .select(m::unsubscribe_url)
        .first::<Option<String>>(conn)
        .expect("a mail")
        .expect("a way out")
}

fn someone(app: &TestApp) -> (UserId, String) {
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let tina = world.user("Tina Muestra", "ugr.es");
    (tina, world.email(tina))
}

#[actix_web::test]
async fn one_click_ends_one_kind_of_mail_without_log_in() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let (tina, email) = someone(&app);
    tell(&app, &[tina], &published(1));
    let url = one_click(&mut conn);
    let path = url.strip_prefix(&app.address).expect("ours").to_owned();

    let visitor = app.visitor();
    let shown = visitor.get(&path).await;
    shown.expect_status(303);
    let token = path.rsplit('/').next().expect("a token");
    let page =
        url::form_urlencoded::parse(shown.header("location").split_once('?').expect("a query").1.as_bytes())
            .into_owned()
            .next()
            .expect("a token");
    assert_eq!((page.0.as_str(), page.1.as_str()), ("token", token));
    tell(&app, &[tina], &published(2));
    assert_eq!(mails_to(&mut conn, &email).len(), 2, "looking ends nothing");

    // As mail programs do it, twice.
    for _ in 0..2 {
        let request = visitor
            .request(Method::POST, &path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body("List-Unsubscribe=One-Click");
        let ended: Unsubscribed = send(request).await.expect(200);
        assert_eq!(ended.kind, Some(NotificationKind::ProjectPublished));
    }
    tell(&app, &[tina], &published(3));
    tell(&app, &[tina], &Letter::ClaimDecided { rejected: None });
    let kinds: Vec<_> = mails_to(&mut conn, &email).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["project_published", "project_published", "claim_decided"]);
    assert_eq!(inbox(&app.as_user(tina), "").await.total, 4);

    let forged = path.replacen("project_published", "claim_decided", 1);
    send(visitor.request(Method::POST, &forged)).await.refused(ErrorCode::InvalidLink);
}

#[actix_web::test]
async fn the_link_of_a_digest_ends_digests() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let (tina, email) = someone(&app);
    tell(&app, &[tina], &announcement());
    let tomorrow = app.state.clock.now() + Duration::days(1);
    write_digests(&mut conn, &app.state.config, tomorrow).expect("written");
    let (kind, body) = mails_to(&mut conn, &email).pop().expect("a mail");
    assert_eq!(kind, "digest");
    assert!(body.contains("Charla <hoy>\nA las 12\n") && body.contains("/events/1\n"), "{body}");
    let url = one_click(&mut conn);
    let path = url.strip_prefix(&app.address).expect("ours").to_owned();
    let ended: Unsubscribed = send(app.visitor().request(Method::POST, &path)).await.expect(200);
    assert_eq!(ended.kind, None);
    tell(&app, &[tina], &announcement());
    tell(&app, &[tina], &published(1));
    write_digests(&mut conn, &app.state.config, tomorrow + Duration::days(1)).expect("written");
    let kinds: Vec<_> = mails_to(&mut conn, &email).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["digest", "project_published"]);
}

#[actix_web::test]
async fn a_notice_is_mailed_in_two_parts_and_says_how_to_end_it() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let (tina, _) = someone(&app);
    let reason = "Falta <detalle>\n\nhttps://example.org/".to_owned();
    let title = "Un título".to_owned();
    tell(&app, &[tina], &Letter::ProjectRejected { project: gestfg_types::ids::ProjectId(7), title, reason });
    let mails = Mails::from_config(&app.state.config).expect("a sender");
    assert!(mails.send_next(&mut conn).expect("sent"));
    let file = std::fs::read_dir(&app.state.config.mail_dir).expect("the folder").next().expect("a file");
    let text = std::fs::read_to_string(file.expect("a file").path()).expect("the mail");
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
    // Lines are folded and encoded on the way.
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    for part in [
        "Content-Type: multipart/alternative",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        &format!("List-Unsubscribe: <{}/api/v1/unsubscribe/{tina}.project_rejected.", app.address),
        &format!("<a href=\"{}/projects/7\"", app.address),
        "Falta &lt;detalle&gt;",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
