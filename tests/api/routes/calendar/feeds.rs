use super::*;

/// The lines of an iCalendar text, unfolded.
fn lines(text: &str) -> Vec<String> {
    assert!(!text.replace("\r\n", "").contains('\n'), "every line ends in CRLF");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

async fn make(client: &Client) -> String {
    let made: CalendarFeedCreated = client.post("/me/calendar-feed", &json!({})).await.expect(201);
    let at = made.url.find("/api/v1/").expect("a path of the API");
    made.url[at..].to_owned()
}

#[actix_web::test]
async fn the_public_feed_tells_times_by_the_clock_of_the_institution() {
    let y = year();
    let mut conn = y.app.conn();
    let mut world = World::new(&mut conn);
    let title = "Visita; con comas, y una barra \\ en un título que no cabe en setenta y cinco octetos ñññ";
    let id = world.announcement(title, "'public', NULL, NULL");
    world.run(&format!(
        "UPDATE events SET kind = 'entry', body = E'Uno\\n\\ndos', starts_at = '2027-03-27T09:00:00Z',
            ends_at = '2027-03-28T09:00:00Z', version = 3 WHERE id = {id}"
    ));
    world.announcement("Sin fecha", "'public', NULL, NULL");
    let hidden = world.announcement("De la titulación", &format!("'degree', {}, NULL", y.degree));
    world.run(&format!(
        "UPDATE events SET kind = 'entry', starts_at = '2027-03-27T09:00:00Z', ends_at = '2027-03-28T09:00:00Z' WHERE id = {hidden}"
    ));
    let answer = y.app.visitor().get("/calendar.ics").await;
    answer.expect_status(200);
    assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "public, no-cache");
    let text = answer.text();
    let lines = lines(&text);
    for line in [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Madrid",
        "REFRESH-INTERVAL;VALUE=DURATION:PT21600S",
        "X-PUBLISHED-TTL:PT21600S",
        "DTSTART;TZID=Europe/Madrid:20270327T100000",
        "DTEND;TZID=Europe/Madrid:20270328T110000",
        "SUMMARY:Visita\\; con comas\\, y una barra \\\\ en un título que no cabe en setenta y cinco octetos ñññ",
        "DESCRIPTION:Uno dos",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20270328",
        "DTEND;VALUE=DATE:20270329",
        // The second half past two of that night.
        "DTSTART;TZID=Europe/Madrid:20271031T023000",
        &format!("UID:event-{id}@127.0.0.1"),
        &format!("UID:phase-{}-defence@127.0.0.1", y.call),
        &format!("URL:{}/events/{id}", y.app.state.config.public_url),
    ] {
        assert!(lines.iter().any(|found| found == line), "{line} in {text}");
    }
    assert!(
        !text.contains("Sin fecha") && !text.contains("titulación\r\n") && !text.contains("duty-"),
        "{text}"
    );
    // A reading later that finds nothing new changes nothing.
    y.app.state.clock.set(y.app.state.clock.now() + Duration::days(1));
    let again =
        y.app.visitor().request(Method::GET, "/calendar.ics").header("If-None-Match", answer.header("etag"));
    send(again).await.expect_status(304);
    let other =
        y.app.visitor().get(&format!("/calendar.ics?degree_id={}&language=en", y.other_degree)).await.text();
    assert!(other.contains(&format!("UID:event-{id}@")) && !other.contains("UID:phase-"), "{other}");
}

#[actix_web::test]
async fn a_private_address_lives_until_another_is_made_or_it_is_taken_back() {
    let y = year();
    let student = y.app.as_user(y.student);
    let feed: CalendarFeed = student.get("/me/calendar-feed").await.expect(200);
    assert_eq!(feed, CalendarFeed { is_active: false, created_at: None, last_read_at: None });
    let first = make(&student).await;
    let visitor = y.app.visitor();
    let read = visitor.get(&first).await;
    read.expect_status(200);
    assert_eq!(read.header("cache-control"), "private, no-cache");
    let key = format!("UID:duty-request_evaluation-{}-{}@", y.call, y.assignment);
    assert!(read.text().replace("\r\n ", "").contains(&key), "{}", read.text());
    let now = y.app.state.clock.now();
    let feed: CalendarFeed = student.get("/me/calendar-feed").await.expect(200);
    assert_eq!((feed.is_active, feed.created_at, feed.last_read_at), (true, Some(now), Some(now)));
    // Noted to the minute.
    for (seconds, noted) in [(59, now), (60, now + Duration::seconds(60))] {
        y.app.state.clock.set(now + Duration::seconds(seconds));
        visitor.get(&first).await.expect_status(200);
        let feed: CalendarFeed = student.get("/me/calendar-feed").await.expect(200);
        assert_eq!(feed.last_read_at, Some(noted));
    }

    let second = make(&student).await;
    visitor.get(&first).await.refused(ErrorCode::NotFound);
    visitor.get(&second).await.expect_status(200);
    // Another's is another's.
    let others = make(&y.app.as_user(y.other_student)).await;
    assert!(!visitor.get(&others).await.text().contains("UID:duty-"));
    student.delete("/me/calendar-feed").await.expect_status(204);
    visitor.get(&second).await.refused(ErrorCode::NotFound);
    student.delete("/me/calendar-feed").await.expect_status(204);
    visitor.get(&others).await.expect_status(200);
    World::new(&mut y.app.conn())
        .run(&format!("UPDATE users SET is_active = false WHERE id = {}", y.other_student));
    visitor.get(&others).await.refused(ErrorCode::NotFound);
    // What is stored opens nothing, and the log of changes has no secret.
    let token = json!({"name": "x", "scope": "write", "days": 1});
    let token = student.post("/me/tokens", &token).await.json(201);
    let by_token = visitor.with_token(token["secret"].as_str().expect("a secret"));
    by_token.post("/me/calendar-feed", &json!({})).await.refused(ErrorCode::Forbidden);
    let log = y.app.as_user(y.admin).get("/audit-log?entity=calendar_feed").await;
    assert_eq!(log.json(200)["total"], 4);
    assert!(!log.text().contains("token"), "{}", log.text());
}

#[actix_web::test]
async fn a_private_feed_has_the_calls_of_ones_own_degrees() {
    let y = year();
    World::new(&mut y.app.conn()).run("UPDATE calls SET opened_at = now()");
    for (person, phases) in [
        (y.student, 2),
        (y.other_student, 1),
        (y.tutor, 2),
        (y.coordinator, 2),
        // Those without a degree look after all.
        (y.head, 3),
        (y.admin, 3),
    ] {
        let address = make(&y.app.as_user(person)).await;
        let text = y.app.visitor().get(&address).await.text();
        assert_eq!(text.matches("UID:phase-").count(), phases, "{text}");
    }
}
