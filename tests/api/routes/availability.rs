//! When professors can come: what they say, their calendars, and polls.

use crate::routes::projects::Stage;
use crate::support::actors::{Answer, Client, send};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use gestfg::jobs::remind_of_polls;
use gestfg_types::availability::{
    AvailabilityPoll, CalendarFileRead, PollAction, PollRecipient, SaidAvailability, Unavailability,
    UnavailabilitySource,
};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CallId, UserId};
use gestfg_types::pagination::Page;
use reqwest::Method;
use serde_json::{Value, json};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// From an hour to another of 21 June.
fn hours(from: u8, to: u8, answer: &str) -> Value {
    let moment = |hour: u8| format!("2027-06-21T{hour:02}:00:00Z");
    json!({"starts_at": moment(from), "ends_at": moment(to), "answer": answer})
}

async fn said(client: &Client) -> Vec<String> {
    let page: Page<Unavailability> = client.get("/unavailability?limit=200").await.expect(200);
    page.items
        .iter()
        .map(|it| format!("{}-{} {}", it.starts_at.format("%H"), it.ends_at.format("%H"), it.answer.as_str()))
        .collect()
}

async fn upload(client: &Client, media_type: &str, file: &str) -> Answer {
    let request = client.request(Method::POST, "/unavailability/calendar-file");
    send(request.header("Content-Type", media_type).body(file.to_owned())).await
}

#[actix_web::test]
async fn the_latest_answer_counts_and_neighbours_are_joined() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    let say =
        async |body: Value| -> SaidAvailability { tutor.put("/unavailability", &body).await.expect(200) };
    say(hours(8, 10, "no")).await;
    assert_eq!(say(hours(10, 12, "no")).await.items.len(), 1);
    assert_eq!(said(&tutor).await, ["08-12 no"]);
    say(hours(9, 11, "if_needed")).await;
    assert_eq!(said(&tutor).await, ["08-09 no", "09-11 if_needed", "11-12 no"]);
    say(hours(10, 14, "yes")).await;
    assert_eq!(said(&tutor).await, ["08-09 no", "09-10 if_needed"]);
    say(hours(9, 10, "no")).await;
    assert_eq!(said(&tutor).await, ["08-10 no"]);
    say(hours(9, 10, "no")).await;
    assert_eq!(said(&tutor).await, ["08-10 no"]);
    for wrong in [
        hours(10, 9, "no"),
        json!({"starts_at": "2027-01-01T00:00:00Z", "ends_at": "2029-01-01T00:00:00Z", "answer": "no"}),
    ] {
        tutor.put("/unavailability", &wrong).await.refused(ErrorCode::ValidationFailed);
    }
}

#[actix_web::test]
async fn the_office_speaks_for_others_and_professors_for_themselves() {
    let stage = Stage::set();
    let mut body = hours(8, 10, "no");
    body["professor_id"] = json!(stage.tutor);
    stage.be(stage.cotutor).put("/unavailability", &body).await.refused(ErrorCode::Forbidden);
    let said: SaidAvailability = stage.be(stage.coordinator).put("/unavailability", &body).await.expect(200);
    assert_eq!(said.items[0].source, UnavailabilitySource::Office);
    let path = format!("/unavailability/{}", said.items[0].id);
    stage.be(stage.cotutor).delete(&path).await.refused(ErrorCode::NotFound);
    stage.be(stage.tutor).delete(&path).await.expect_status(204);
    body["professor_id"] = json!(stage.student);
    let problem =
        stage.be(stage.admin).put("/unavailability", &body).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].pointer, "/professor_id");
}

#[actix_web::test]
async fn of_a_calendar_file_only_busy_times_are_kept() {
    let stage = Stage::set();
    let tutor = stage.be(stage.tutor);
    tutor.put("/unavailability", &hours(9, 10, "if_needed")).await.expect_status(200);
    let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Secreto\r\nDTSTART:20270621T080000Z\r\n\
        DTEND:20270621T120000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nTRANSP:TRANSPARENT\r\n\
        DTSTART:20270621T150000Z\r\nDTEND:20270621T160000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    // Looked at first: nothing is kept.
    let looked = tutor.request(Method::POST, "/unavailability/calendar-file?preview=true");
    let looked = send(looked.header("Content-Type", "text/calendar").body(file)).await;
    let looked: CalendarFileRead = looked.expect(200);
    let hours: Vec<_> = looked
        .busy
        .iter()
        .map(|it| format!("{}-{}", it.starts_at.format("%H"), it.ends_at.format("%H")))
        .collect();
    assert_eq!((looked.preview, looked.kept, hours.join(" ")), (true, 2, "08-09 10-12".to_owned()));
    assert_eq!(said(&tutor).await, ["09-10 if_needed"]);
    let read: CalendarFileRead = upload(&tutor, "text/calendar; charset=utf-8", file).await.expect(200);
    assert!(!read.preview && read.busy.is_empty());
    assert_eq!((read.entries, read.ignored, read.kept), (2, 1, 2));
    assert_eq!(said(&tutor).await, ["08-09 no", "09-10 if_needed", "10-12 no"]);
    let page = tutor.get("/unavailability").await.text();
    assert!(!page.contains("Secreto"), "{page}");
    // Another file takes the place of the first; what was said in person stays.
    let empty = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
    upload(&tutor, "text/calendar", empty).await.expect_status(200);
    assert_eq!(said(&tutor).await, ["09-10 if_needed"]);
    // And one may be forgotten.
    upload(&tutor, "text/calendar", file).await.expect_status(200);
    let read: Page<Unavailability> = tutor.get("/unavailability?source=calendar_file").await.expect(200);
    assert_eq!(read.total, 2);
    tutor.delete("/unavailability/calendar-file").await.expect_status(204);
    assert_eq!(said(&tutor).await, ["09-10 if_needed"]);
    upload(&tutor, "text/calendar", "<html>").await.refused(ErrorCode::UnreadableFile);
    upload(&tutor, "text/plain", empty).await.refused(ErrorCode::UnsupportedMediaType);
    upload(&tutor, "text/calendar", &"x".repeat(6 * 1024 * 1024)).await.refused(ErrorCode::TooLarge);
}

fn defences(stage: &Stage) -> CallId {
    stage.with_world(|world| {
        let sitting = world.sitting("JUN");
        let call = world.call(stage.degree, sitting, true);
        world.phase(call, "defence", "2027-06-20T22:00:00Z", "2027-06-30T22:00:00Z");
        call
    })
}

#[actix_web::test]
async fn professors_are_asked_answer_and_are_counted() {
    let stage = Stage::set();
    stage.project("Un proyecto", "published");
    let call = defences(&stage);
    let coordinator = stage.be(stage.coordinator);
    let body = json!({"call_id": call, "deadline": "2027-06-10T21:59:00Z", "message": "Gracias"});
    let poll: AvailabilityPoll = coordinator.post("/availability-polls", &body).await.expect(201);
    assert_eq!((poll.asked_count, poll.answered_count), (Some(2), Some(0)));
    coordinator.post("/availability-polls", &body).await.refused(ErrorCode::AlreadyExists);
    let path = format!("/availability-polls/{}", poll.id);
    let tutor = stage.be(stage.tutor);
    let mine: Page<AvailabilityPoll> = tutor.get("/availability-polls").await.expect(200);
    assert_eq!((mine.total, &mine.items[0].allowed_actions), (1, &vec![PollAction::Answer]));
    assert_eq!(mine.items[0].asked_count, None);
    let others: Page<AvailabilityPoll> =
        stage.be(stage.professor).get("/availability-polls").await.expect(200);
    assert_eq!(others.total, 0);

    tutor.put("/unavailability", &hours(8, 10, "no")).await.expect_status(200);
    let answered: AvailabilityPoll = tutor.post(&format!("{path}/answer"), &json!({})).await.expect(200);
    assert!(answered.my_answer_at.is_some() && answered.allowed_actions.is_empty());
    tutor.post(&format!("{path}/answer"), &json!({})).await.expect_status(200);
    let silent: Page<PollRecipient> =
        coordinator.get(&format!("{path}/answers?answered=false")).await.expect(200);
    assert_eq!(silent.items.iter().map(|it| it.professor.id).collect::<Vec<_>>(), [stage.cotutor]);
    let done: Page<PollRecipient> =
        coordinator.get(&format!("{path}/answers?answered=true")).await.expect(200);
    assert_eq!((done.items[0].professor.id, done.items[0].minutes_no), (stage.tutor, 120));

    let later = json!({"deadline": "2027-06-12T21:59:00Z"});
    let poll: AvailabilityPoll = coordinator.patch(&path, poll.version, &later).await.expect(200);
    assert_eq!((poll.version, poll.deadline), (2, at("2027-06-12T21:59:00Z")));
    let past = json!({"deadline": "2020-06-12T21:59:00Z"});
    coordinator.patch(&path, 2, &past).await.refused(ErrorCode::ValidationFailed);
    coordinator.delete(&path).await.expect_status(204);
    assert_eq!(said(&tutor).await, ["08-10 no"]);
}

#[actix_web::test]
async fn nobody_is_asked_before_the_defences_have_dates() {
    let stage = Stage::set();
    let call = stage.with_world(|world| {
        let sitting = world.sitting("JUN");
        world.call(stage.degree, sitting, true)
    });
    let body = json!({"call_id": call, "deadline": "2027-06-10T21:59:00Z"});
    stage.be(stage.coordinator).post("/availability-polls", &body).await.refused(ErrorCode::InvalidState);
}

#[actix_web::test]
async fn who_has_not_answered_is_reminded_once() {
    let stage = Stage::set();
    stage.project("Un proyecto", "published");
    let call = defences(&stage);
    let body = json!({"call_id": call, "deadline": "2027-06-10T21:59:00Z"});
    let poll: AvailabilityPoll =
        stage.be(stage.coordinator).post("/availability-polls", &body).await.expect(201);
    let path = format!("/availability-polls/{}/answer", poll.id);
    stage.be(stage.tutor).post(&path, &json!({})).await.expect_status(200);
    let mut conn = stage.app.conn();
    let mut told = |now: &str| -> Vec<i64> {
        use gestfg::schema::notifications as n;
        diesel::delete(n::table).execute(&mut conn).expect("forgotten");
        remind_of_polls(&mut conn, &stage.app.state.config, at(now)).expect("told");
        n::table.filter(n::kind.eq("availability_poll")).select(n::user_id).load(&mut conn).expect("told")
    };
    let only = |who: UserId| vec![who.0];
    assert_eq!(told("2027-06-07T12:00:00Z"), Vec::<i64>::new());
    assert_eq!(told("2027-06-08T06:01:00Z"), only(stage.cotutor));
    assert_eq!(told("2027-06-08T09:00:00Z"), Vec::<i64>::new());
    assert_eq!(told("2027-06-10T06:01:00Z"), only(stage.cotutor));
    assert_eq!(told("2027-06-10T22:00:00Z"), Vec::<i64>::new());
}

#[actix_web::test]
async fn a_coordinator_reminds_and_answers_for_others() {
    let stage = Stage::set();
    stage.project("Un proyecto", "published");
    let call = defences(&stage);
    let coordinator = stage.be(stage.coordinator);
    let body = json!({"call_id": call, "deadline": "2027-06-10T21:59:00Z"});
    let poll: AvailabilityPoll = coordinator.post("/availability-polls", &body).await.expect(201);
    let (path, nothing) = (format!("/availability-polls/{}", poll.id), json!({}));
    assert!(poll.allowed_actions.contains(&PollAction::Remind));
    stage.be(stage.tutor).post(&format!("{path}/remind"), &nothing).await.refused(ErrorCode::Forbidden);

    let for_tutor = format!("{path}/answer?professor_id={}", stage.tutor);
    stage.be(stage.cotutor).post(&for_tutor, &nothing).await.refused(ErrorCode::Forbidden);
    let stranger = format!("{path}/answer?professor_id={}", stage.professor);
    coordinator.post(&stranger, &nothing).await.refused(ErrorCode::Forbidden);
    let poll: AvailabilityPoll = coordinator.post(&for_tutor, &nothing).await.expect(200);
    assert_eq!(poll.answered_count, Some(1));

    let reminded: AvailabilityPoll = coordinator.post(&format!("{path}/remind"), &nothing).await.expect(200);
    assert!(reminded.reminded_at.is_some());
    // Pressed twice, it is told once.
    coordinator.post(&format!("{path}/remind"), &nothing).await.refused(ErrorCode::InvalidState);
    let mut conn = stage.app.conn();
    let told = |conn: &mut PgConnection, who: UserId| -> i64 {
        use gestfg::schema::notifications as n;
        let of_polls = n::table.filter(n::kind.eq("availability_poll"));
        of_polls.filter(n::user_id.eq(who.0)).count().get_result(conn).expect("told")
    };
    // Both were asked; the silent one was reminded as well.
    assert_eq!((told(&mut conn, stage.tutor), told(&mut conn, stage.cotutor)), (1, 2));

    // With the last answer there is nobody left to remind.
    let for_cotutor = format!("{path}/answer?professor_id={}", stage.cotutor);
    let poll: AvailabilityPoll = coordinator.post(&for_cotutor, &nothing).await.expect(200);
    assert!(!poll.allowed_actions.contains(&PollAction::Remind));
}
