//! Messages through the front door.

use super::projects::Stage;
use crate::support::Client;
use crate::support::mailbox::mails_to;
use chrono::Duration;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::AssignmentId;
use gestfg_types::messages::{Message, Thread};
use gestfg_types::notifications::{Notification, UnreadCounts};
use gestfg_types::pagination::Page;
use reqwest::Method;
use serde_json::json;

struct Talk {
    stage: Stage,
    assignment: AssignmentId,
    path: String,
}

impl Talk {
    /// Of the student, the tutor and the co-tutor.
    fn begin() -> Self {
        let stage = Stage::set();
        let project = stage.project("Un proyecto", "published");
        let assignment = stage.with_world(|world| world.assignment(project, &[stage.student], stage.tutor));
        Self { path: format!("/assignments/{assignment}/messages"), assignment, stage }
    }

    async fn write(&self, author: &Client, text: &str) -> Message {
        author.post(&self.path, &json!({"body": text})).await.expect(201)
    }

    async fn read(&self, reader: &Client) -> Page<Message> {
        reader.get(&self.path).await.expect(200)
    }
}

async fn unread(client: &Client) -> UnreadCounts {
    client.get("/notifications/unread").await.expect(200)
}

async fn threads(client: &Client, query: &str) -> Page<Thread> {
    client.get(&format!("/messages/threads{query}")).await.expect(200)
}

#[actix_web::test]
async fn students_and_tutors_write_to_each_other_and_see_what_is_new() {
    let talk = Talk::begin();
    let [student, tutor, cotutor] =
        [talk.stage.student, talk.stage.tutor, talk.stage.cotutor].map(|user| talk.stage.be(user));
    let empty = threads(&student, "").await.items.pop().expect("a thread");
    assert_eq!((empty.last_message.is_none(), empty.unread, empty.is_open), (true, 0, true));
    let names: Vec<_> = empty.others.iter().map(|other| other.name.as_str()).collect();
    assert_eq!(
        (names.as_slice(), empty.project_title.as_str()),
        (&["Cosme Muestra", "Tina Muestra"][..], "Un proyecto")
    );

    let first = talk.write(&student, "  ¿Cuándo nos\r\nvemos?  ").await;
    assert_eq!((first.body.as_str(), first.is_own, first.is_read), ("¿Cuándo nos\nvemos?", true, true));
    let second = talk.write(&tutor, "El lunes").await;
    let page = talk.read(&cotutor).await;
    let seen: Vec<_> = page.items.iter().map(|m| (m.body.as_str(), m.is_own, m.is_read)).collect();
    assert_eq!(seen, [("El lunes", false, false), ("¿Cuándo nos\nvemos?", false, false)]);
    assert_eq!(page.items[1].author.as_ref().map(|author| author.name.as_str()), Some("Eva Muestra"));

    assert_eq!([&student, &tutor, &cotutor].len(), 3);
    for (reader, expected) in [(&student, 1), (&tutor, 1), (&cotutor, 2)] {
        assert_eq!(unread(reader).await.messages, expected);
        let thread = threads(reader, "?unread=true").await.items.pop().expect("a thread");
        assert_eq!((thread.unread, thread.last_message.expect("one").id), (expected, second.id));
    }
    // As far as the first, then back and beyond.
    let up_to = |id: i64| json!({"up_to": id});
    let read = format!("{}/read", talk.path);
    for (id, left) in [(first.id.0, 1), (1, 1), (9_999, 0)] {
        cotutor.post(&read, &up_to(id)).await.expect_status(204);
        assert_eq!(unread(&cotutor).await.messages, left, "{id}");
    }
    assert_eq!(threads(&cotutor, "?unread=true").await.total, 0);
    assert!(talk.read(&cotutor).await.items.iter().all(|message| message.is_read));
    // What comes after is new again.
    talk.write(&student, "Allí estaré").await;
    assert_eq!(unread(&cotutor).await.messages, 1);
}

#[actix_web::test]
async fn nobody_else_knows_of_a_thread() {
    let talk = Talk::begin();
    talk.write(&talk.stage.be(talk.stage.tutor), "Entre nosotros").await;
    let stranger = talk.stage.with_world(|world| world.student("Luis Muestra", &[]));
    let stage = &talk.stage;
    for user in [stage.admin, stage.coordinator, stage.head, stage.professor, stranger] {
        let client = stage.be(user);
        client.get(&talk.path).await.refused(ErrorCode::NotFound);
        client.post(&talk.path, &json!({"body": "Hola"})).await.refused(ErrorCode::NotFound);
        client.post(&format!("{}/read", talk.path), &json!({"up_to": 1})).await.refused(ErrorCode::NotFound);
        assert_eq!((threads(&client, "").await.total, unread(&client).await.messages), (0, 0));
    }
    stage.be(stage.tutor).get("/assignments/999/messages").await.refused(ErrorCode::NotFound);
    let log = stage.be(stage.admin).get("/audit-log?entity=message").await;
    assert_eq!(log.json(200)["total"], 1);
    assert!(!log.text().contains("Entre nosotros"), "what was written is theirs");
}

#[actix_web::test]
async fn a_message_says_something_and_goes_out_once() {
    let talk = Talk::begin();
    let tutor = talk.stage.be(talk.stage.tutor);
    for (body, code) in [("  \n ", FieldCode::Required), (&*"a".repeat(5_001), FieldCode::TooLong)] {
        let problem =
            tutor.post(&talk.path, &json!({"body": body})).await.refused(ErrorCode::ValidationFailed);
        assert_eq!((problem.errors[0].pointer.as_str(), problem.errors[0].code), ("/body", code));
    }
    let send = || {
        let request = tutor.request(Method::POST, &talk.path).header("Idempotency-Key", "k");
        crate::support::actors::send(request.json(&json!({"body": "Una vez"})))
    };
    let (first, again): (Message, Message) = (send().await.expect(201), send().await.expect(201));
    assert_eq!(first, again);
    assert_eq!(talk.read(&tutor).await.total, 1);
}

#[actix_web::test]
async fn a_cancelled_assignment_is_only_read() {
    let talk = Talk::begin();
    let (tutor, student) = (talk.stage.be(talk.stage.tutor), talk.stage.be(talk.stage.student));
    talk.write(&student, "Renuncio").await;
    talk.stage.with_world(|world| {
        world.run("UPDATE assignments SET state = 'cancelled', is_active = false, cancel_reason = 'Renuncia', cancelled_at = now()");
    });
    tutor.post(&talk.path, &json!({"body": "Vaya"})).await.refused(ErrorCode::InvalidState);
    for reader in [&tutor, &student] {
        assert_eq!(talk.read(reader).await.total, 1);
        assert!(!threads(reader, "").await.items[0].is_open);
    }
    // Nothing was written in this one: it is no thread any more.
    let project = talk.stage.project("Otro proyecto", "published");
    talk.stage.with_world(|world| {
        let other = world.student("Luis Muestra", &[]);
        world.assignment(project, &[other], talk.stage.tutor);
        assert_eq!(project.0, 2);
        world.run(&format!("UPDATE assignments SET state = 'cancelled', is_active = false, cancel_reason = 'Renuncia' WHERE project_id = {project}"));
    });
    assert_eq!(threads(&tutor, "").await.total, 1);
}

#[actix_web::test]
async fn the_others_are_told_once_until_they_read() {
    let talk = Talk::begin();
    let [student, tutor] = [talk.stage.student, talk.stage.tutor].map(|user| talk.stage.be(user));
    let tutor_email = talk.stage.with_world(|world| world.email(talk.stage.tutor));
    let cotutor_email = talk.stage.with_world(|world| world.email(talk.stage.cotutor));
    let student_email = talk.stage.with_world(|world| world.email(talk.stage.student));
    let mut conn = talk.stage.app.conn();
    let mut told = |email: &str| mails_to(&mut conn, email).len();
    talk.write(&student, "Una pregunta").await;
    talk.write(&student, "Y otra").await;
    assert_eq!((told(&tutor_email), told(&cotutor_email), told(&student_email)), (1, 1, 0));

    // Who has read is told of what comes then, in the inbox too.
    let last = talk.read(&tutor).await.items[0].id;
    assert_eq!(unread(&tutor).await, UnreadCounts { notifications: 1, messages: 2 });
    tutor.post(&format!("{}/read", talk.path), &json!({"up_to": last})).await.expect_status(204);
    assert_eq!(unread(&tutor).await, UnreadCounts { notifications: 0, messages: 0 });
    talk.write(&student, "Y una más").await;
    assert_eq!((told(&tutor_email), told(&cotutor_email)), (2, 1));
    let inbox: Page<Notification> = tutor.get("/notifications?unread=true").await.expect(200);
    assert_eq!(inbox.items[0].title, "Mensaje de Eva Muestra: Un proyecto");
    assert_eq!(inbox.items[0].path, format!("/assignments/{}", talk.assignment));

    // Who has not is told again when it is long ago.
    let clock = &talk.stage.app.state.clock;
    clock.set(clock.now() + Duration::minutes(10) + Duration::seconds(1));
    talk.write(&student, "¿Hola?").await;
    assert_eq!((told(&tutor_email), told(&cotutor_email)), (3, 2));
}

#[actix_web::test]
async fn an_import_is_not_undone_over_what_was_written() {
    use crate::support::actors::send;
    use reqwest::multipart::{Form, Part};
    let stage = Stage::set();
    let (tutor, student) = stage.with_world(|world| (world.email(stage.tutor), world.email(stage.student)));
    let content = format!("tutor;titulo;titulacion;alumno\n{tutor};Importado;GII;{student}\n");
    let form = Form::new()
        .text("kind", "preassigned_projects")
        .part("file", Part::text(content).file_name("asignados.csv"));
    let admin = stage.be(stage.admin);
    let given = send(admin.request(Method::POST, "/imports").multipart(form)).await;
    let import = given.json(201)["id"].clone();
    let commit = admin.post(&format!("/imports/{import}/commit"), &json!({"mode": "all"})).await;
    assert_eq!(commit.json(200)["import"]["summary"]["create"], 1, "{}", commit.text());
    let thread = threads(&stage.be(stage.student), "").await.items.pop().expect("a thread");
    let path = format!("/assignments/{}/messages", thread.assignment_id);
    stage.be(stage.student).post(&path, &json!({"body": "Hola"})).await.expect_status(201);
    let refused = admin.post(&format!("/imports/{import}/undo"), &json!({})).await;
    let problem = refused.refused(ErrorCode::ImportBuiltUpon);
    assert!(problem.used_by.iter().any(|usage| usage.kind == "messages"), "{problem:?}");
}
