use crate::support::actors::send;
use crate::support::builders::World;
use crate::support::{Client, TestApp};
use chrono::{DateTime, Duration, Utc};
use gestfg_types::calendar::{
    Calendar, CalendarEntry, CalendarFeed, CalendarFeedCreated, CalendarSource, Duties, DutyKind,
    ProgressList, StepStanding,
};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AssignmentId, CallId, DegreeId, UserId};
use reqwest::Method;
use serde_json::json;

mod due;
mod feeds;

/// A degree with an open call, whose phases change with the clocks.
struct Year {
    app: TestApp,
    degree: DegreeId,
    other_degree: DegreeId,
    call: CallId,
    student: UserId,
    other_student: UserId,
    tutor: UserId,
    coordinator: UserId,
    head: UserId,
    admin: UserId,
    assignment: AssignmentId,
}

fn year() -> Year {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let elsewhere = world.department("ATC", area);
    let degree = world.degree("GII", "bachelor");
    let other_degree = world.degree("MII", "master");
    // No dates but those below.
    world.run("DELETE FROM calls");
    let sitting = world.sitting("JUN");
    let student = world.student("Sara Muestra", &[degree]);
    let other_student = world.student("Otto Muestra", &[other_degree]);
    let tutor = world.professor("Tania Muestra", department);
    let coordinator = world.coordinator("Clara Muestra", elsewhere, degree);
    let head = world.head("Hilda Muestra", department);
    let admin = world.admin("Ada Muestra");
    let project = world.project("Un proyecto", degree, tutor, "published");
    let assignment = world.assignment(project, &[student], tutor);
    let call = world.call(degree, sitting, true);
    // All of the day that has an hour less, and some hours of the one that has an hour more.
    world.phase(call, "evaluation_request", "2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z");
    world.phase(call, "defence", "2027-10-31T00:30:00Z", "2027-10-31T10:00:00Z");
    let draft = world.call(other_degree, sitting, false);
    world.phase(draft, "defence", "2027-03-27T23:00:00Z", "2027-03-29T22:00:00Z");
    Year {
        app,
        degree,
        other_degree,
        call,
        student,
        other_student,
        tutor,
        coordinator,
        head,
        admin,
        assignment,
    }
}

async fn entries(client: &Client, query: &str) -> Vec<CalendarEntry> {
    client.get(&format!("/calendar?{query}")).await.expect::<Calendar>(200).items
}

async fn keys(client: &Client, query: &str) -> Vec<String> {
    entries(client, query).await.into_iter().map(|entry| entry.key).collect()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

#[actix_web::test]
async fn days_are_those_of_the_institution_over_both_changes_of_its_clocks() {
    let Year { app, call, .. } = year();
    let visitor = app.visitor();
    let found = entries(&visitor, "from=2027-03-01&to=2027-10-31").await;
    let [request, defence] = &found[..] else { panic!("{found:?}") };
    assert_eq!(request.title, "Solicitud de evaluación · GII · Convocatoria JUN · 2026/27");
    assert_eq!((request.source, request.phase), (CalendarSource::Phase, Some(Phase::EvaluationRequest)));
    assert_eq!(
        (request.key.clone(), request.path.clone()),
        (format!("phase-{call}-evaluation_request"), format!("/calls/{call}"))
    );
    assert!(request.is_all_day && !defence.is_all_day);
    assert_eq!(
        (request.first_day.to_string(), request.last_day.to_string()),
        ("2027-03-28".to_owned(), "2027-03-28".to_owned())
    );
    assert_eq!(
        (defence.first_day.to_string(), defence.last_day.to_string()),
        ("2027-10-31".to_owned(), "2027-10-31".to_owned())
    );
    // Of a day asked for, all of it and nothing beside it.
    for (day, is_in) in [("2027-03-27", false), ("2027-03-28", true), ("2027-03-29", false)] {
        assert_eq!(entries(&visitor, &format!("from={day}&to={day}")).await.len() == 1, is_in, "{day}");
    }
    let english = entries(&visitor, "from=2027-03-28&to=2027-03-28&language=en").await;
    assert_eq!(english[0].title, "Evaluation requests · GII · Convocatoria JUN · 2026/27");
}

#[actix_web::test]
async fn everybody_sees_their_events_and_their_own_duties() {
    let y = year();
    let mut conn = y.app.conn();
    let mut world = World::new(&mut conn);
    for (title, audience) in [
        ("Jornada", "'public', NULL, NULL".to_owned()),
        ("Reunión", format!("'degree', {}, NULL", y.degree)),
        ("Máster", format!("'degree', {}, NULL", y.other_degree)),
    ] {
        let id = world.announcement(title, &audience);
        world.run(&format!(
            "UPDATE events SET kind = 'entry', location = 'Aula 0.1', starts_at = '2027-03-10T09:00:00Z',
                ends_at = '2027-03-10T10:00:00Z' WHERE id = {id}"
        ));
    }
    let call = y.call;
    let (request, duty) = (
        format!("phase-{call}-evaluation_request"),
        format!("duty-request_evaluation-{call}-{}", y.assignment),
    );
    let all = "from=2027-03-01&to=2027-03-31";
    let public = vec!["event-1".to_owned(), request.clone()];
    let with_degree = ["event-1", "event-2", &request].map(str::to_owned).to_vec();
    let mut with_duty = with_degree.clone();
    with_duty.push(duty.clone());
    let everything = ["event-1", "event-2", "event-3", &request].map(str::to_owned).to_vec();
    for (client, expected) in [
        (y.app.visitor(), public.clone()),
        (y.app.as_user(y.student), with_duty.clone()),
        (y.app.as_user(y.other_student), ["event-1", "event-3", &request].map(str::to_owned).to_vec()),
        (y.app.as_user(y.tutor), with_duty.clone()),
        (y.app.as_user(y.head), public),
        (y.app.as_user(y.coordinator), with_degree),
        (y.app.as_user(y.admin), everything),
    ] {
        assert_eq!(keys(&client, all).await, expected);
    }
    let student = y.app.as_user(y.student);
    let found = entries(&student, all).await;
    let last = found.last().expect("the duty");
    assert_eq!((last.starts_at, last.ends_at), (at("2027-03-28T21:59:00Z"), at("2027-03-28T22:00:00Z")));
    assert_eq!((last.first_day.to_string(), last.path.as_str()), ("2027-03-28".to_owned(), "/my/project"));
    assert_eq!(found[0].location, "Aula 0.1");
    let filtered = format!("{all}&degree_id={}", y.other_degree);
    assert_eq!(keys(&student, &filtered).await, ["event-1"]);
    // Entered, nothing is left to do; too late, nothing can be done.
    y.app.state.clock.set(at("2027-03-28T22:00:00Z"));
    assert!(!keys(&y.app.as_user(y.student), all).await.contains(&duty));
}

#[actix_web::test]
async fn a_calendar_that_has_not_changed_is_not_sent_again() {
    let y = year();
    let visitor = y.app.visitor();
    let path = "/calendar?from=2027-03-01&to=2027-03-31";
    let first = visitor.get(path).await;
    let again = visitor.request(Method::GET, path).header("If-None-Match", first.header("etag"));
    send(again).await.expect_status(304);
    for (query, pointer) in [
        ("from=2027-03-02&to=2027-03-01", "/to"),
        ("from=2027-01-01&to=2028-02-06", "/to"),
        ("from=1901-01-01&to=1901-01-02", "/from"),
    ] {
        let problem = visitor.get(&format!("/calendar?{query}")).await.refused(ErrorCode::ValidationFailed);
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code),
            (pointer, FieldCode::OutOfRange)
        );
    }
    visitor.get("/calendar?from=2027-01-01&to=2028-02-04").await.expect_status(200);
    visitor.get("/calendar?from=2027-02-30&to=2027-03-01").await.refused(ErrorCode::MalformedRequest);
}
