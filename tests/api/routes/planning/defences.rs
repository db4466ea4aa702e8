//! What everybody reads once it is published, and what changes on the day.

use super::{Faculty, path};
use diesel::prelude::*;
use gestfg_types::calendar::{Calendar, CalendarSource};
use gestfg_types::calls::Call;
use gestfg_types::defences::{CalledIn, Committee, Committees, Defence, DefenceState};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::pagination::Page;
use gestfg_types::planning::CommitteePlan;
use serde_json::json;

async fn published() -> (Faculty, CommitteePlan) {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    faculty.coordinator().act_with(&path(&plan, "/publish"), &json!({})).await.expect_status(200);
    (faculty, plan)
}

#[actix_web::test]
async fn the_timetable_is_public_and_students_are_initials_to_visitors() {
    let (faculty, _) = published().await;
    let visitor = faculty.app.visitor();
    let page: Page<Defence> =
        visitor.get(&format!("/defences?call_id={}&limit=200", faculty.call)).await.expect(200);
    assert_eq!((page.total, page.items.len()), (20, 20));
    assert!(page.items.is_sorted_by_key(|defence| defence.starts_at));
    for defence in &page.items {
        assert_eq!((defence.student.id, defence.student.name.as_str()), (None, "E. M."));
        assert!(defence.room.is_some() && defence.ends_at.is_some() && defence.allowed_actions.is_empty());
    }
    let first = &page.items[0];
    let seen: Defence =
        faculty.app.as_user(faculty.professors[0]).get(&format!("/defences/{}", first.id)).await.expect(200);
    assert!(seen.student.name.starts_with("Estudiante"), "{:?}", seen.student);
    let committees: Committees =
        visitor.get(&format!("/committees?call_id={}", faculty.call)).await.expect(200);
    assert_eq!(committees.items.len(), 4);
    let seats: Vec<_> = committees.items[0].seats.iter().map(|seat| seat.seat.as_str()).collect();
    assert_eq!(seats, ["president", "member_1", "member_2", "substitute_1", "substitute_2"]);
    let calls: Page<Call> = visitor.get("/calls?published_defences=true").await.expect(200);
    assert_eq!(calls.items.iter().map(|found| found.call.id).collect::<Vec<_>>(), [faculty.call]);
    let csv = visitor.get(&format!("/defences/export?call_id={}&format=csv", faculty.call)).await;
    csv.expect_status(200);
    assert_eq!(csv.text().lines().count(), 21);
    assert!(!csv.text().contains("Estudiante0") && csv.text().contains("A1"));
    let xlsx = visitor.get(&format!("/defences/export?call_id={}&format=xlsx", faculty.call)).await;
    assert!(xlsx.body.starts_with(b"PK"));
    let pdf = visitor.get(&format!("/defences/export?call_id={}&format=pdf", faculty.call)).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.body.starts_with(b"%PDF-1.7"));
    let feed = visitor.get(&format!("/defences.ics?call_id={}", faculty.call)).await;
    feed.expect_status(200);
    assert_eq!(feed.text().matches("BEGIN:VEVENT").count(), 20);
}

#[actix_web::test]
async fn committees_are_a_list_and_a_document() {
    let (faculty, _) = published().await;
    let path = format!("/committees/export?call_id={}", faculty.call);
    let csv = faculty.app.visitor().get(&format!("{path}&format=csv")).await;
    csv.expect_status(200);
    assert_eq!(csv.text().lines().count(), 1 + 4 * 5);
    assert!(csv.text().contains("presidencia") && csv.text().contains("Profe0 Muestra"));
    let xlsx = faculty.app.visitor().get(&format!("{path}&format=xlsx")).await;
    assert!(xlsx.body.starts_with(b"PK"));
    for client in [faculty.app.visitor(), faculty.coordinator()] {
        let pdf = client.get(&format!("{path}&format=pdf")).await;
        pdf.expect_status(200);
        assert!(pdf.body.starts_with(b"%PDF-1.7"));
    }
}

#[actix_web::test]
async fn a_defence_is_in_the_calendar_of_its_people() {
    let (faculty, _) = published().await;
    let committees: Committees =
        faculty.coordinator().get(&format!("/committees?call_id={}", faculty.call)).await.expect(200);
    let president = faculty.app.as_user(committees.items[0].seats[0].professor.id);
    let calendar: Calendar = president.get("/calendar?from=2026-12-01&to=2026-12-31").await.expect(200);
    let own = calendar.items.iter().filter(|entry| entry.source == CalendarSource::Defence);
    let own: Vec<_> = own.collect();
    assert!(own.len() >= 5, "{own:?}");
    assert!(own.iter().all(|entry| entry.location.starts_with('A')));
    let visitor: Calendar =
        faculty.app.visitor().get("/calendar?from=2026-12-01&to=2026-12-31").await.expect(200);
    assert!(visitor.items.iter().all(|entry| entry.source != CalendarSource::Defence));
    let mine: Page<Defence> = president.get("/defences?mine=true").await.expect(200);
    assert_eq!(mine.total, u64::try_from(own.len()).expect("a count"));
}

#[actix_web::test]
async fn a_substitute_is_called_in_with_a_reason() {
    let (faculty, _) = published().await;
    let coordinator = faculty.coordinator();
    let list = format!("/committees?call_id={}", faculty.call);
    let committees: Committees = coordinator.get(&list).await.expect(200);
    let committee = &committees.items[0];
    let call_in = format!("/committees/{}/call-in", committee.id);
    let mut body = json!({"substitute": "substitute_1", "acting_for": "member_1", "reason": " "});
    coordinator.act_with(&call_in, &body).await.refused(ErrorCode::ValidationFailed);
    body["reason"] = json!("Gripe");
    let changed: Committee = coordinator.act_with(&call_in, &body).await.expect(200);
    let substitute = changed.seats.iter().find(|seat| seat.seat == "substitute_1").expect("the seat");
    assert_eq!(substitute.acting_for.as_deref(), Some("member_1"));
    assert_eq!(substitute.called_in_reason.as_deref(), Some("Gripe"));
    assert_eq!(changed.version, committee.version + 1);
    let other = json!({"substitute": "substitute_2", "acting_for": "member_1", "reason": "Gripe"});
    coordinator.act_with(&call_in, &other).await.refused(ErrorCode::InvalidState);
    // Why is not for everybody.
    let seen: Committees = faculty.app.visitor().get(&list).await.expect(200);
    assert!(seen.items[0].seats.iter().all(|seat| seat.called_in_reason.is_none()));
    use gestfg::schema::notifications as n;
    let told: i64 = n::table
        .filter(n::kind.eq("called_in"))
        .count()
        .get_result(&mut faculty.app.conn())
        .expect("a count");
    assert_eq!(told, 5 + committee.defence_count);
    let back = json!({"substitute": "substitute_1", "acting_for": null, "reason": "Ha vuelto"});
    let changed: Committee = coordinator.act_with(&call_in, &back).await.expect(200);
    assert!(changed.seats.iter().all(|seat| seat.acting_for.is_none()));
}

#[actix_web::test]
async fn who_steps_in_has_to_be_free() {
    let (faculty, _) = published().await;
    let coordinator = faculty.coordinator();
    let list = format!("/committees?call_id={}", faculty.call);
    let committees: Committees = coordinator.get(&list).await.expect(200);
    let committee = &committees.items[0];
    let all: Page<Defence> = coordinator
        .get(&format!("/defences?call_id={}&committee_id={}&limit=200", faculty.call, committee.id))
        .await
        .expect(200);
    let first = &all.items[0];
    let substitute = |n: usize| committee.seats[2 + n].professor.id;
    let say = async |n: usize, answer: &str| {
        let body = json!({"professor_id": substitute(n), "starts_at": first.starts_at, "ends_at": first.ends_at,
            "answer": answer});
        coordinator.put("/unavailability", &body).await.expect_status(200);
    };
    let path = format!("/committees/{}/call-in", committee.id);
    let body = |n: usize| json!({"substitute": format!("substitute_{n}"), "acting_for": "member_1", "reason": "Gripe"});
    say(1, "no").await;
    let refused = coordinator.act_with(&path, &body(1)).await.refused(ErrorCode::PlanBreaksRules);
    let rules: Vec<_> = refused.violations.iter().map(|it| (it.rule.as_str(), it.people.clone())).collect();
    assert_eq!(rules, [("person_away", vec![substitute(1)])]);
    // Hours offered only if needed are pointed out.
    say(1, "if_needed").await;
    let called: CalledIn = coordinator.act_with(&path, &body(1)).await.expect(200);
    let rules: Vec<_> = called.warnings.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["if_needed"]);
    let back = json!({"substitute": "substitute_1", "acting_for": null, "reason": "Ha vuelto"});
    say(1, "no").await;
    coordinator.act_with(&path, &back).await.expect_status(200);
}

#[actix_web::test]
async fn nobody_steps_in_who_judges_elsewhere_at_that_time() {
    let (faculty, _) = published().await;
    let coordinator = faculty.coordinator();
    let committees: Committees =
        coordinator.get(&format!("/committees?call_id={}", faculty.call)).await.expect(200);
    let all: Page<Defence> =
        coordinator.get(&format!("/defences?call_id={}&limit=200", faculty.call)).await.expect(200);
    // A substitute of one committee gets a full seat in another that judges at the same hour.
    let tutors_in = |committee, person| {
        all.items.iter().any(|it| it.committee_id == committee && it.tutors.iter().any(|t| t.id == person))
    };
    let pairs = all.items.iter().flat_map(|one| all.items.iter().map(move |other| (one, other)));
    let (own, substitute, other) = pairs
        .filter(|(one, other)| one.committee_id != other.committee_id && one.starts_at == other.starts_at)
        .find_map(|(one, other)| {
            let own = committees.items.iter().find(|it| it.id == one.committee_id)?;
            let substitutes = own.seats.iter().filter(|seat| seat.seat.starts_with("substitute"));
            let mut free = substitutes.filter(|seat| !tutors_in(other.committee_id, seat.professor.id));
            Some((own, free.next().cloned()?, other.committee_id))
        })
        .expect("two committees at once");
    faculty.with_world(|world| {
        world.run(&format!(
            "UPDATE committee_seats SET professor_id = {} WHERE committee_id = {other} AND seat = 'member_1'",
            substitute.professor.id
        ));
    });
    let body = json!({"substitute": substitute.seat, "acting_for": "member_1", "reason": "Gripe"});
    let refused = coordinator.act_with(&format!("/committees/{}/call-in", own.id), &body).await;
    let refused = refused.refused(ErrorCode::PlanBreaksRules);
    assert!(refused.violations.iter().all(|it| it.rule == "person_twice" && it.defences.len() == 2));
}

#[actix_web::test]
async fn who_presides_may_call_a_substitute_in() {
    let (faculty, _) = published().await;
    let list = format!("/committees?call_id={}", faculty.call);
    let committees: Committees = faculty.coordinator().get(&list).await.expect(200);
    let committee = &committees.items[0];
    let president = faculty.app.as_user(committee.seats[0].professor.id);
    let member = faculty.app.as_user(committee.seats[1].professor.id);
    let path = format!("/committees/{}/call-in", committee.id);
    let body = json!({"substitute": "substitute_1", "acting_for": "member_1", "reason": "Gripe"});
    member.act_with(&path, &body).await.refused(ErrorCode::Forbidden);
    let elsewhere = format!("/committees/{}/call-in", committees.items[1].id);
    president.act_with(&elsewhere, &body).await.refused(ErrorCode::Forbidden);
    let seen: Committees = president.get(&list).await.expect(200);
    let may: Vec<_> = seen.items.iter().map(|it| it.allowed_actions.len()).collect();
    assert_eq!(may, [1, 0, 0, 0]);
    let called: CalledIn = president.act_with(&path, &body).await.expect(200);
    assert_eq!(called.committee.seats[3].acting_for.as_deref(), Some("member_1"));
    assert!(called.warnings.is_empty());
}

#[actix_web::test]
async fn what_was_held_is_not_moved_by_a_later_plan() {
    let (faculty, plan) = published().await;
    let coordinator = faculty.coordinator();
    let all: Page<Defence> =
        coordinator.get(&format!("/defences?call_id={}&limit=200", faculty.call)).await.expect(200);
    let last = all.items.iter().rev().find(|d| d.starts_at.is_some()).expect("a defence");
    let body = json!({"remarks": "En inglés", "state": "held", "override_reason": "Se adelantó"});
    let held: Defence =
        coordinator.patch(&format!("/defences/{}", last.id), last.version, &body).await.expect(200);
    assert_eq!((held.state, held.remarks.as_str()), (DefenceState::Held, "En inglés"));
    let stale = coordinator.patch(&format!("/defences/{}", last.id), last.version, &body).await;
    stale.refused(ErrorCode::StaleVersion);
    let copy: CommitteePlan = coordinator.act(&path(&plan, "/restore")).await.expect(201);
    let name = format!("defence-{}-{}", held.evaluation_request_id, held.student.id.expect("a student"));
    let out = json!({"moves": [{"defence": name, "to": null}]});
    coordinator.act_with(&path(&copy, "/move-defence"), &out).await.expect_status(200);
    coordinator.act_with(&path(&copy, "/publish"), &json!({})).await.refused(ErrorCode::InvalidState);
}

/// Somebody who judges in another degree at an hour is not free for this one then.
#[actix_web::test]
async fn duties_in_another_degree_are_kept_free() {
    let (faculty, _) = published().await;
    let all: Page<Defence> =
        faculty.coordinator().get(&format!("/defences?call_id={}&limit=200", faculty.call)).await.expect(200);
    let room = all.items[0].room.as_ref().expect("a room").id;
    let both = all.items[0].student.id.expect("a student");
    // A call of another degree in the same days and rooms, with the same professors and one of the students.
    let (call, coordinator) = faculty.with_world(|world| {
        let degree = world.degree("MII", "master");
        let area = world.area("Otra oficina");
        let office = world.department("OFM", area);
        let coordinator = world.coordinator("Marta Muestra", office, degree);
        world.run(&format!(
            "UPDATE professors SET exempt_from_committees = true WHERE user_id = {coordinator}"
        ));
        let mut call = None;
        for n in 0..5 {
            let tutor = faculty.professors[n];
            let student = if n == 0 {
                world.run(&format!(
                    "INSERT INTO student_degrees (student_id, degree_id) VALUES ({both}, {degree})"
                ));
                both
            } else {
                world.student(&format!("Máster{n} Muestra"), &[degree])
            };
            let project = world.project(&format!("Máster {n}"), degree, tutor, "published");
            let assignment = world.assignment(project, &[student], tutor);
            call = Some(world.request(assignment).0);
        }
        let call = call.expect("a call");
        world.phase(call, "committee_formation", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
        world.phase(call, "defence", "2026-12-08T23:00:00Z", "2026-12-11T23:00:00Z");
        (call, coordinator)
    });
    let master = Faculty { call, coordinator, ..faculty };
    let plan = master.timed().await;
    assert!(plan.report.valid, "{:?}", plan.report.violations);
    let rooms =
        plan.timetable_instance.as_ref().expect("a timetable")["rooms"].as_array().expect("rooms").clone();
    let taken = rooms.iter().find(|known| known["id"] == format!("room-{room}")).expect("the room");
    assert!(taken["availability"].to_string().contains('n'), "{taken}");
    let busy = plan.timetable_instance.as_ref().expect("a timetable")["people"]
        .as_array()
        .expect("people")
        .iter()
        .filter(|person| person["availability"].is_object())
        .count();
    assert!(busy >= 12, "the full seats of the other call: {busy}");
    let asked = plan.timetable_instance.as_ref().expect("a timetable")["defences"].as_array().expect("them");
    let ends = format!("-{both}");
    let own =
        asked.iter().find(|it| it["id"].as_str().is_some_and(|id| id.ends_with(&ends))).expect("theirs");
    assert!(own["window"].to_string().contains('n'), "their other defence is kept free: {own}");
    master.coordinator().act_with(&path(&plan, "/publish"), &json!({})).await.expect_status(200);
}

/// Whatever the code does, the schema keeps a room out of two hands.
#[actix_web::test]
async fn the_schema_keeps_rooms_and_people_apart() {
    let (faculty, _) = published().await;
    let mut conn = faculty.app.conn();
    let clash = diesel::sql_query(
        "UPDATE defences d SET room_id = o.room_id, starts_at = o.starts_at, ends_at = o.ends_at
         FROM defences o WHERE o.id = (SELECT min(id) FROM defences) AND d.id = (SELECT max(id) FROM defences)",
    )
    .execute(&mut conn);
    assert!(clash.is_err());
    let tutor: UserId = faculty.professors[0];
    let own = diesel::sql_query(format!(
        "UPDATE committee_seats SET professor_id = {tutor} WHERE seat = 'president' AND committee_id = (
             SELECT d.committee_id FROM defences d JOIN evaluation_requests r ON r.id = d.evaluation_request_id
             JOIN projects p ON p.id = r.project_id WHERE p.tutor_id = {tutor} LIMIT 1)"
    ))
    .execute(&mut conn);
    assert!(own.is_err());
}
