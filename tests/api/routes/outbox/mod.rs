use crate::support::TestApp;
use crate::support::builders::World;
use crate::support::mailbox::link_token;
use diesel::{PgConnection, QueryDsl, RunQueryDsl};
use gestfg::create_admin::{NewAdmin, create_admin};
use gestfg::jobs::Mails;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::outbox::{Mail, MailState};
use gestfg_types::pagination::Page;
use serde_json::json;
use smtp_sink::SmtpSink;

mod smtp_sink;

/// A world with one mail waiting, and its admin.
fn with_mail(app: &TestApp) -> (UserId, String) {
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = world.admin("Ada Muestra");
    let eva = world.student("Eva Muestra", &[]);
    let email = world.email(eva);
    let now = app.state.clock.now();
    gestfg::mail::outbox::invite(&mut conn, &app.state.config.public_url, eva, now).expect("queued");
    (admin, email)
}

fn send_all(app: &TestApp, conn: &mut PgConnection) -> usize {
    let mails = Mails::from_config(&app.state.config).expect("a sender");
    let mut sent = 0;
    while mails.send_next(conn).expect("the database answers") {
        sent += 1;
    }
    sent
}

fn make_due(conn: &mut PgConnection) {
    World::new(conn)
        .run("UPDATE outgoing_mails SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL");
}

#[actix_web::test]
async fn without_smtp_mails_become_files_and_an_admin_reads_them() {
    let app = TestApp::start();
    let (admin, email) = with_mail(&app);
    let admin = app.as_user(admin);
    let mut conn = app.conn();
    let waiting: Page<Mail> = admin.get("/outbox?state=waiting").await.expect(200);
    assert_eq!((waiting.total, waiting.items[0].state), (1, MailState::Waiting));
    assert_eq!(send_all(&app, &mut conn), 1);
    assert_eq!(send_all(&app, &mut conn), 0);

    let file = std::fs::read_dir(&app.state.config.mail_dir).expect("the folder").next().expect("a file");
    let path = file.expect("a file").path();
    assert!(path.to_string_lossy().ends_with("-set_password.eml"), "{}", path.display());
    let text = std::fs::read_to_string(&path).expect("the mail");
    for part in
        [&format!("To: {email}")[..], "Auto-Submitted: auto-generated", "Message-ID: <mail-", "Subject: "]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");

    let sent: Page<Mail> = admin.get("/outbox?state=sent&q=EVA").await.expect(200);
    assert_eq!((sent.total, sent.items[0].attempts), (1, 1));
    let mail: Mail = admin.get(&format!("/outbox/{}", sent.items[0].id)).await.expect(200);
    assert!(mail.body.contains("/set-password?token=") && !mail.body.contains('…'));
    assert_eq!(admin.get("/outbox?state=failed").await.expect::<Page<Mail>>(200).total, 0);
    admin.get("/outbox/9999").await.refused(ErrorCode::NotFound);
    let eva = World::new(&mut conn).student("Otra Muestra", &[]);
    app.as_user(eva).get("/outbox").await.refused(ErrorCode::Forbidden);
    app.visitor().get("/outbox").await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn with_smtp_the_owner_alone_gets_the_link() {
    let sink = SmtpSink::start("250 taken");
    let app = TestApp::start_with(&[("SMTP_URL", &sink.url), ("MAIL_FROM", "GesTFG <tfg@example.org>")]);
    let (admin, email) = with_mail(&app);
    let mut conn = app.conn();
    let token = link_token(&mut conn, &email);
    let admin = app.as_user(admin);
    assert!(!admin.get("/outbox").await.text().contains(&token));
    assert_eq!(send_all(&app, &mut conn), 1);
    let received = sink.received();
    assert!(received.contains(&format!("RCPT TO:<{email}>")), "{received}");
    assert!(received.contains("MAIL FROM:<tfg@example.org>"), "{received}");
    assert!(received.replace("=\r\n", "").replace("=3D", "=").contains(&token), "{received}");
    let page: Page<Mail> = admin.get("/outbox").await.expect(200);
    assert_eq!(page.items[0].state, MailState::Sent);
    let stored: String = gestfg::schema::outgoing_mails::table
        .select(gestfg::schema::outgoing_mails::body)
        .first(&mut conn)
        .expect("it");
    assert!(stored.contains("token=…") && !stored.contains(&token), "{stored}");
}

#[actix_web::test]
async fn a_mail_that_is_not_taken_is_tried_again_and_given_up_in_the_end() {
    let sink = SmtpSink::start("451 later");
    let app = TestApp::start_with(&[("SMTP_URL", &sink.url)]);
    let (admin, _) = with_mail(&app);
    let admin = app.as_user(admin);
    let mut conn = app.conn();
    for attempt in 1..=8 {
        assert_eq!(send_all(&app, &mut conn), 1, "attempt {attempt}");
        assert_eq!(send_all(&app, &mut conn), 0, "put off after attempt {attempt}");
        let page: Page<Mail> = admin.get("/outbox").await.expect(200);
        assert_eq!(page.items[0].attempts, attempt);
        assert!(page.items[0].last_error.as_ref().is_some_and(|error| error.contains("451")));
        let expected = if attempt < 8 { MailState::Waiting } else { MailState::Failed };
        assert_eq!(page.items[0].state, expected);
        make_due(&mut conn);
    }
    assert_eq!(send_all(&app, &mut conn), 0);
}

#[actix_web::test]
async fn a_refusal_for_good_is_not_repeated() {
    let sink = SmtpSink::start("550 no such mailbox");
    let app = TestApp::start_with(&[("SMTP_URL", &sink.url)]);
    let (admin, _) = with_mail(&app);
    let mut conn = app.conn();
    assert_eq!(send_all(&app, &mut conn), 1);
    make_due(&mut conn);
    assert_eq!(send_all(&app, &mut conn), 0);
    let page: Page<Mail> = app.as_user(admin).get("/outbox?state=failed").await.expect(200);
    assert_eq!((page.total, page.items[0].attempts), (1, 1));
}

#[actix_web::test]
async fn several_workers_send_each_mail_once() {
    let app = TestApp::start();
    with_mail(&app);
    let mut conn = app.conn();
    World::new(&mut conn).run(
        "INSERT INTO outgoing_mails (recipient, kind, language, subject, body)
         SELECT 'n' || n || '@ugr.es', 'assigned', 'es', 'Prueba', 'Prueba' FROM generate_series(1, 40) n",
    );
    let sent: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(|| send_all(&app, &mut app.conn()))).collect();
        workers.into_iter().map(|worker| worker.join().expect("a worker")).sum()
    });
    assert_eq!(sent, 41);
    let files = std::fs::read_dir(&app.state.config.mail_dir).expect("the folder").count();
    assert_eq!(files, 41);
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
}

#[actix_web::test]
async fn the_worker_waits_for_a_lost_database_and_stops_when_told() {
    let app = TestApp::start();
    with_mail(&app);
    app.database.go_away();
    let worker =
        gestfg::jobs::start(app.state.config.clone(), app.state.clock.clone(), app.state.metrics.clone())
            .expect("a worker");
    app.database.come_back();
    let mut conn = app.conn();
    let started = std::time::Instant::now();
    loop {
        use diesel::ExpressionMethods;
        use gestfg::schema::outgoing_mails::dsl::{outgoing_mails, sent_at};
        let sent: i64 =
            outgoing_mails.filter(sent_at.is_not_null()).count().get_result(&mut conn).expect("a count");
        if sent == 1 {
            break;
        }
        assert!(started.elapsed().as_secs() < 20, "the worker did not come back");
        std::thread::yield_now();
    }
    drop(worker);
    std::fs::remove_dir_all(&app.state.config.mail_dir).expect("cleaned up");
}

#[actix_web::test]
async fn the_first_admin_comes_from_the_command_line() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let now = app.state.clock.now();
    let mut new = NewAdmin {
        email: "Jefa@ugr.es".into(),
        first_name: "Jefa".into(),
        last_name: "Muestra".into(),
        ..NewAdmin::default()
    };
    let made = create_admin(&mut conn, "https://tfg.example.org", &new, now).expect("made");
    let link = made.link.expect("a link");
    let token = link.strip_prefix("https://tfg.example.org/set-password?token=").expect("a token");
    let body = json!({"token": token, "password": "cuatro palabras sin orden"});
    app.visitor().post("/password-resets/redeem", &body).await.expect_status(204);

    new.password = Some("1234567890".into());
    create_admin(&mut conn, "", &new, now).expect_err("weak");
    new.password = Some("otras palabras distintas".into());
    let made = create_admin(&mut conn, "", &new, now).expect("promoted");
    assert_eq!((made.is_new, made.link), (false, None));
    let login = json!({"login": "jefa@ugr.es", "password": "otras palabras distintas"});
    let opened: gestfg_types::session::SessionOpened =
        app.visitor().post("/session", &login).await.expect(200);
    assert!(opened.user.roles.admin);
    new.email = "nope".into();
    create_admin(&mut conn, "", &new, now).expect_err("no address");
}
