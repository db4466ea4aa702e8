use super::{inbox, published, tell, tell_at};
use crate::support::mailbox::mails_to;
use crate::support::{Client, TestApp, builders::World};
use chrono::Duration;
use gestfg::jobs::write_digests;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::notifications::{
    MailPreference, NotificationKind, NotificationPreference, NotificationPreferences,
};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/me/notification-preferences";

async fn prefer(client: &Client, items: Value) -> crate::support::actors::Answer {
    crate::support::actors::send(client.request(Method::PATCH, PATH).json(&json!({"items": items}))).await
}

fn of(all: &NotificationPreferences, kind: NotificationKind) -> NotificationPreference {
    *all.items.iter().find(|item| item.kind == kind).expect("every kind")
}

#[actix_web::test]
async fn each_kind_comes_as_its_reader_wants_it() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let (tina, admin) = (world.user("Tina Muestra", "ugr.es"), world.admin("Ada Muestra"));
    let email = world.email(tina);
    let client = app.as_user(tina);
    let usual: NotificationPreferences = client.get(PATH).await.expect(200);
    assert_eq!(usual.items.len(), NotificationKind::ALL.len());
    assert!(usual.items.iter().all(|item| item.in_app));
    let waiting: Vec<_> =
        usual.items.iter().filter(|item| item.mail == MailPreference::Digest).map(|item| item.kind).collect();
    assert_eq!(
        waiting,
        [NotificationKind::PhaseOpens, NotificationKind::DocumentHandedIn, NotificationKind::Announcement]
    );

    // (in the inbox, mails at once, mails of the day) after telling one more thing.
    let wishes = [
        (json!(true), "now", (1, 1, 0)),
        (json!(true), "never", (2, 1, 0)),
        (json!(false), "never", (2, 1, 0)),
        (json!(false), "now", (2, 2, 0)),
        (json!(false), "digest", (2, 2, 1)),
        (json!(true), "digest", (3, 2, 2)),
    ];
    let mut now = app.state.clock.now();
    for (n, (in_app, mail, expected)) in wishes.into_iter().enumerate() {
        let wish = json!([{"kind": "project_published", "in_app": in_app, "mail": mail}]);
        let answer: NotificationPreferences = prefer(&client, wish).await.expect(200);
        assert_eq!(of(&answer, NotificationKind::ProjectPublished).mail.as_str(), mail);
        assert_eq!(of(&answer, NotificationKind::Announcement), of(&usual, NotificationKind::Announcement));
        tell_at(&app, now, &[tina], &published(n as i64 + 1));
        now += Duration::days(1);
        write_digests(&mut conn, &app.state.config, now).expect("written");
        let kinds: Vec<_> = mails_to(&mut conn, &email).into_iter().map(|(kind, _)| kind).collect();
        let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
        let got = (inbox(&client, "").await.total, count("project_published"), count("digest"));
        assert_eq!(got, expected, "{in_app} {mail}");
    }
    let log = app.as_user(admin).get("/audit-log?entity=notification_preferences").await.json(200);
    assert_eq!(log["total"], 5, "the first changed nothing");
}

#[actix_web::test]
async fn what_waits_for_the_digest_is_left_out_when_it_is_not_wanted_any_more() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let tina = world.user("Tina Muestra", "ugr.es");
    let email = world.email(tina);
    let client = app.as_user(tina);
    let wish = |mail: &str| json!([{"kind": "project_published", "in_app": true, "mail": mail}]);
    prefer(&client, wish("digest")).await.expect_status(200);
    tell(&app, &[tina], &published(1));
    prefer(&client, wish("never")).await.expect_status(200);
    write_digests(&mut conn, &app.state.config, app.state.clock.now() + Duration::days(1)).expect("written");
    assert!(mails_to(&mut conn, &email).is_empty());
    assert_eq!(inbox(&client, "").await.total, 1);
}

#[actix_web::test]
async fn a_kind_comes_once_and_exists() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let client = app.as_user(World::new(&mut conn).user("Tina Muestra", "ugr.es"));
    let one = json!({"kind": "message", "in_app": true, "mail": "now"});
    let problem = prefer(&client, json!([one, one])).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/items/1/kind", FieldCode::Duplicate)
    );
    let unknown = json!([{"kind": "set_password", "in_app": true, "mail": "never"}]);
    prefer(&client, unknown).await.refused(ErrorCode::MalformedRequest);
    prefer(&client, json!([])).await.expect_status(200);
}
