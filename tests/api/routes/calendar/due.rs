use super::*;

async fn due(client: &Client) -> Vec<(DutyKind, i64, bool)> {
    let duties: Duties = client.get("/me/duties").await.expect(200);
    duties.items.into_iter().map(|duty| (duty.kind, duty.count, duty.is_open)).collect()
}

async fn standings(client: &Client) -> Vec<StepStanding> {
    let list: ProgressList = client.get("/me/progress").await.expect(200);
    list.items.into_iter().flat_map(|progress| progress.steps).map(|step| step.standing).collect()
}

#[actix_web::test]
async fn everybody_is_told_what_is_theirs_to_do() {
    use DutyKind as K;
    let y = year();
    let mut conn = y.app.conn();
    let mut world = World::new(&mut conn);
    world.project("Sin alumnos", y.degree, y.tutor, "published");
    world.project("Enviado", y.degree, y.tutor, "submitted");
    world.project("De la jefa", y.degree, y.head, "submitted");
    for (phase, from, to) in [
        ("project_assignment", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
        ("committee_formation", "2027-04-01T00:00:00Z", "2027-04-10T00:00:00Z"),
        ("tutor_report", "2027-04-01T00:00:00Z", "2027-04-20T00:00:00Z"),
    ] {
        world.phase(y.call, phase, from, to);
    }
    for (person, expected) in [
        (y.student, vec![(K::RequestEvaluation, 1, false)]),
        // Has no call to find a project for.
        (y.other_student, vec![]),
        (y.tutor, vec![(K::AssignProjects, 1, true), (K::RequestEvaluation, 1, false)]),
        (y.coordinator, vec![(K::ValidateProjects, 2, true)]),
        // Nobody decides on their own.
        (y.head, vec![(K::ValidateProjects, 1, true)]),
        (y.admin, vec![]),
    ] {
        assert_eq!(due(&y.app.as_user(person)).await, expected, "{person}");
    }
    world.request(y.assignment);
    y.app.state.clock.set(at("2027-04-05T00:00:00Z"));
    for (person, expected) in [
        (y.student, vec![(K::Defend, 1, false)]),
        (y.tutor, vec![(K::WriteTutorReports, 1, true)]),
        (y.coordinator, vec![(K::FormCommittees, 1, true), (K::ValidateProjects, 2, true)]),
    ] {
        assert_eq!(due(&y.app.as_user(person)).await, expected, "{person}");
    }
    y.app.visitor().get("/me/duties").await.refused(ErrorCode::NotAuthenticated);
}

#[actix_web::test]
async fn a_student_sees_how_far_they_have_come() {
    use StepStanding as S;
    let y = year();
    let second = Duration::seconds(1);
    let (opens, closes) = (at("2027-03-27T23:00:00Z"), at("2027-03-28T22:00:00Z"));
    let expected_with = |requested| [S::Done, S::Done, requested, S::Ahead, S::Ahead, S::Ahead];
    for (moment, requested) in [
        (opens - second, S::Waiting),
        (opens, S::Current),
        (closes - second, S::Current),
        (closes, S::Missed),
    ] {
        y.app.state.clock.set(moment);
        let student = y.app.as_user(y.student);
        assert_eq!(standings(&student).await, expected_with(requested), "{moment}");
    }
    World::new(&mut y.app.conn()).request(y.assignment);
    let student = y.app.as_user(y.student);
    let list: ProgressList = student.get("/me/progress").await.expect(200);
    let [progress] = &list.items[..] else { panic!("{list:?}") };
    assert_eq!(progress.degree.id, y.degree);
    assert_eq!(progress.assignment_id, Some(y.assignment));
    assert_eq!(progress.project_title.as_deref(), Some("Un proyecto"));
    assert_eq!(progress.call.as_ref().map(|call| call.id), Some(y.call));
    assert!(progress.steps[2].done_at.is_some());
    assert_eq!((progress.steps[2].opens_at, progress.steps[2].closes_at), (Some(opens), Some(closes)));
    // Long after, it is still the call that was entered.
    y.app.state.clock.set(at("2027-12-01T00:00:00Z"));
    let list: ProgressList = y.app.as_user(y.student).get("/me/progress").await.expect(200);
    assert_eq!(list.items[0].call.as_ref().map(|call| call.id), Some(y.call));
    assert_eq!(standings(&y.app.as_user(y.other_student)).await.first(), Some(&S::Waiting));
    assert_eq!(standings(&y.app.as_user(y.tutor)).await, []);
}

#[actix_web::test]
async fn whoever_has_finished_looks_for_no_project_and_sees_theirs() {
    let y = year();
    let mut conn = y.app.conn();
    let mut world = World::new(&mut conn);
    world.phase(y.call, "project_assignment", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    let id = y.assignment;
    world.run(&format!("UPDATE assignments SET state = 'finished', is_active = false WHERE id = {id}"));
    let student = y.app.as_user(y.student);
    assert_eq!(due(&student).await, []);
    let list: ProgressList = student.get("/me/progress").await.expect(200);
    assert_eq!(list.items[0].assignment_id, Some(id));
    assert_eq!(standings(&student).await, [StepStanding::Done; 6]);
    // What was cancelled is as if it had never been.
    world.run(&format!(
        "UPDATE assignments SET state = 'cancelled', cancel_reason = 'Renuncia', cancelled_at = now() WHERE id = {id}"
    ));
    assert_eq!(due(&student).await, [(DutyKind::FindProject, 1, true)]);
}
