//! Changing a plan by hand.

use super::{Faculty, path};
use crate::support::actors::Client;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{CommitteePlanId, UserId};
use gestfg_types::planning::{
    CommitteePlan, CommitteePlanState, CommitteePlans, PlanComparison, PlanParam, PlanPart,
};
use serde_json::{Value, json};

fn seat(plan: &CommitteePlan, committee: usize, seat: usize) -> String {
    let name = &plan.committees_solution["committees"][committee]["seats"][seat];
    name.as_str().expect("a seat").to_owned()
}

fn projects(plan: &CommitteePlan, committee: usize) -> Vec<i64> {
    let names = plan.committees_solution["committees"][committee]["projects"].as_array().expect("projects");
    let id = |name: &Value| name.as_str()?.strip_prefix("project-")?.parse().ok();
    names.iter().filter_map(id).collect()
}

async fn swap(
    client: &Client,
    plan: &CommitteePlan,
    from: (usize, usize),
    to: (usize, usize),
) -> CommitteePlan {
    let body = json!({
        "from": {"committee": from.0, "seat": from.1}, "to": {"committee": to.0, "seat": to.1},
    });
    client.act_with(&path(plan, "/swap-seats"), &body).await.expect(200)
}

#[actix_web::test]
async fn two_members_of_a_committee_change_their_seats() {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    let changed = swap(&faculty.coordinator(), &plan, (0, 0), (0, 1)).await;
    assert_eq!((seat(&changed, 0, 0), seat(&changed, 0, 1)), (seat(&plan, 0, 1), seat(&plan, 0, 0)));
    assert_eq!(changed.summary.version, plan.summary.version + 1);
    assert!(changed.report.valid, "{:?}", changed.report.violations);
    // The people of the timetable are those of the committees.
    let panel = &changed.timetable_instance.as_ref().expect("a timetable")["committees"][0]["seats"][0];
    assert_eq!(panel, &json!(seat(&changed, 0, 0)));
    // Whoever saw the version before has lost.
    let body = json!({"from": {"committee": 0, "seat": 0}, "to": {"committee": 0, "seat": 1}});
    let request = faculty.coordinator().request(reqwest::Method::POST, &path(&plan, "/swap-seats"));
    let late = crate::support::actors::send(request.header("If-Match", "\"1\"").json(&body)).await;
    late.refused(ErrorCode::StaleVersion);
}

#[actix_web::test]
async fn a_change_that_breaks_rules_is_refused_with_each_of_them() {
    let faculty = Faculty::set();
    let plan = faculty.plan("committees", None).await;
    // The tutor of one of its projects, in the seat of somebody of another area or of their own.
    let request = projects(&plan, 0)[0];
    let index = faculty.requests.iter().position(|id| id.0 == request).expect("a request");
    let tutor = faculty.professors[index];
    let body = json!({"from": {"committee": 0, "seat": 1}, "professor_id": tutor});
    let answer = faculty.coordinator().act_with(&path(&plan, "/swap-seats"), &body).await;
    let problem = answer.refused(ErrorCode::PlanBreaksRules);
    let interest = problem.violations.iter().find(|broken| broken.rule == "interest").expect("a conflict");
    assert!(interest.people.contains(&tutor));
    assert_eq!(interest.committees, [0]);
    assert!(interest.text.contains("Muestra") && interest.text.contains("Proyecto"), "{}", interest.text);
    let same = faculty.read(plan.summary.id).await;
    assert_eq!(same.summary.version, plan.summary.version);
    assert_eq!(same.committees_solution, plan.committees_solution);
    let nobody = json!({"from": {"committee": 0, "seat": 1}, "professor_id": 999_999});
    faculty
        .coordinator()
        .act_with(&path(&plan, "/swap-seats"), &nobody)
        .await
        .refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn two_professors_with_a_conflict_of_interest_sit_apart() {
    for mode in ["standing", "free_panel"] {
        let faculty = Faculty::with(12, 24, 4).in_mode(mode);
        // Whoever would sit together otherwise.
        let plan = faculty.plan("committees", None).await;
        let id =
            |name: String| name.strip_prefix("person-").expect("a person").parse::<i64>().expect("an id");
        let (one, other) = (id(seat(&plan, 0, 0)), id(seat(&plan, 0, 1)));
        let declared = json!({"other_professor_id": other, "reason": "Parentesco"});
        let professor = faculty.app.as_user(UserId(one));
        professor.post("/conflicts-of-interest", &declared).await.expect_status(201);
        let next = faculty.plan("committees", Some(plan.summary.id)).await;
        assert!(next.report.valid, "{mode}: {:?}", next.report.violations);
        for committee in next.committees_solution["committees"].as_array().expect("committees") {
            let seats = committee["seats"].to_string();
            let both = [one, other].iter().all(|id| seats.contains(&format!("\"person-{id}\"")));
            assert!(!both, "{mode}: {seats}");
        }
        // The version before is not published any more, and says why.
        let refused = faculty.coordinator().act_with(&path(&plan, "/publish"), &json!({})).await;
        let problem = refused.refused(ErrorCode::PlanBreaksRules);
        let broken = problem.violations.iter().find(|broken| broken.rule == "apart").expect("the reason");
        assert_eq!(broken.people.len(), 2, "{broken:?}");
        assert!(broken.text.contains("Muestra"), "{}", broken.text);
    }
}

#[actix_web::test]
async fn an_area_with_too_few_professors_is_explained_and_nothing_changed() {
    let faculty = Faculty::with(10, 24, 3);
    let plan = faculty.plan("committees", None).await;
    // Everybody of one of three areas is excused, for three full seats of different areas.
    faculty.with_world(|world| {
        world.run(
            "UPDATE professors p SET exempt_from_committees = true FROM departments d
             WHERE d.id = p.department_id AND d.code = 'D1'",
        );
    });
    let asked =
        faculty.ask(json!({"kind": "committees", "plan_id": plan.summary.id, "time_limit_seconds": 2})).await;
    assert!(faculty.work());
    let failed = faculty.job(&asked).await;
    let problem = failed.problem.expect("a problem");
    let reason = problem.reasons.last().expect("a reason");
    assert_eq!((problem.code.as_str(), reason.code.as_str()), ("infeasible", "areas_short"));
    let short = &reason.params["areas"];
    assert!(matches!(short, PlanParam::Names(names) if names.contains(&"Área 1".to_owned())), "{short:?}");
    assert!(reason.text.contains("Área 1 has 0 free professors"), "{}", reason.text);
    let same = faculty.read(plan.summary.id).await;
    assert_eq!(
        (same.summary.version, &same.committees_solution),
        (plan.summary.version, &plan.committees_solution)
    );
    let all = format!("/calls/{}/committee-plans", faculty.call);
    let plans: CommitteePlans = faculty.coordinator().get(&all).await.expect(200);
    assert_eq!(plans.items.len(), 1);
}

#[actix_web::test]
async fn a_run_that_is_solving_is_in_nobodys_way() {
    let faculty = Faculty::with(60, 100, 4);
    let plan = faculty.plan("committees", None).await;
    faculty.ask(json!({"kind": "timetable", "plan_id": plan.summary.id, "time_limit_seconds": 6})).await;
    let (config, clock) = (faculty.app.state.config.clone(), faculty.app.state.clock.clone());
    let mut conn = faculty.app.conn();
    let solving = std::thread::spawn(move || {
        gestfg::jobs::run_next(&mut conn, &config, &clock, &std::sync::atomic::AtomicBool::new(false))
            .expect("the planner ran")
    });
    super::jobs::until_running(&faculty);
    let edited = swap(&faculty.coordinator(), &plan, (0, 0), (0, 1)).await;
    let coordinator = faculty.coordinator();
    coordinator.act_with(&path(&edited, "/publish"), &json!({})).await.expect_status(200);
    assert!(solving.join().expect("the worker"));
    // What was published stands as it was edited; the run made another draft of what it began from.
    let published = faculty.read(plan.summary.id).await;
    assert_eq!(published.summary.state, CommitteePlanState::Published);
    assert_eq!(published.committees_solution, edited.committees_solution);
    let all = format!("/calls/{}/committee-plans", faculty.call);
    let plans: CommitteePlans = coordinator.get(&all).await.expect(200);
    assert_eq!((plans.items.len(), plans.items[0].state), (2, CommitteePlanState::Draft));
    let timed = faculty.read(plans.items[0].id).await;
    assert_eq!(seat(&timed, 0, 0), seat(&plan, 0, 0));
}

#[actix_web::test]
async fn what_is_pinned_stays_where_it_is() {
    let faculty = Faculty::set();
    let plan = faculty.plan("committees", None).await;
    let body = json!({"seat": {"committee": 1, "seat": 0}, "pinned": true});
    let pinned: CommitteePlan = faculty.coordinator().act_with(&path(&plan, "/pin"), &body).await.expect(200);
    let body = json!({"from": {"committee": 1, "seat": 0}, "to": {"committee": 1, "seat": 1}});
    let refused = faculty.coordinator().act_with(&path(&plan, "/swap-seats"), &body).await;
    let problem = refused.refused(ErrorCode::PlanBreaksRules);
    assert!(problem.violations.iter().any(|broken| broken.rule == "pin"));
    let next = faculty.plan("committees", Some(plan.summary.id)).await;
    assert_eq!(seat(&next, 1, 0), seat(&pinned, 1, 0));
    let body = json!({"seat": {"committee": 1, "seat": 0}, "pinned": false});
    faculty.coordinator().act_with(&path(&plan, "/pin"), &body).await.expect_status(200);
    swap(&faculty.coordinator(), &plan, (1, 0), (1, 1)).await;
}

#[actix_web::test]
async fn a_defence_moves_and_what_collides_is_named() {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    let placements = plan.timetable_solution.as_ref().expect("a timetable")["placements"].clone();
    let placements = placements.as_array().expect("placements");
    let (first, other) = (&placements[0], &placements[placements.len() - 1]);
    let room: i64 = first["room"]
        .as_str()
        .and_then(|name| name.strip_prefix("room-"))
        .expect("a room")
        .parse()
        .expect("an id");
    let onto = json!({"moves": [{
        "defence": other["defence"],
        "to": {"day": first["day"], "slot": first["slot"], "room_id": room},
    }]});
    let refused = faculty.coordinator().act_with(&path(&plan, "/move-defence"), &onto).await;
    let problem = refused.refused(ErrorCode::PlanBreaksRules);
    assert!(problem.violations.iter().any(|broken| broken.rule == "room_taken"), "{problem:?}");
    // Out of the timetable it may go: that is not wished, but breaks nothing.
    let last = placements.iter().rev().find(|placed| placed["day"] == other["day"]).expect("one");
    let out = json!({"moves": [{"defence": last["defence"], "to": null}]});
    let moved: CommitteePlan =
        faculty.coordinator().act_with(&path(&plan, "/move-defence"), &out).await.expect(200);
    assert_eq!(moved.summary.scheduled_count, Some(19));
    assert_eq!(moved.unplaced.len(), 1);
    assert!(moved.report.warnings.iter().any(|warning| warning.rule == "unplaced"));
}

#[actix_web::test]
async fn versions_are_named_compared_restored_and_thrown_away() {
    let faculty = Faculty::set();
    let plan = faculty.plan("committees", None).await;
    let coordinator = faculty.coordinator();
    let name = json!({"name": " La  de Clara "});
    let named = coordinator.patch(&path(&plan, ""), plan.summary.version, &name).await.json(200);
    assert_eq!(named["name"], "La de Clara");
    let copy: CommitteePlan = coordinator.act(&path(&plan, "/restore")).await.expect(201);
    assert_eq!((copy.summary.number, copy.summary.based_on), (2, Some(plan.summary.id)));
    swap(&coordinator, &copy, (2, 1), (2, 2)).await;
    let compare = format!("{}?with={}", path(&copy, "/comparison"), plan.summary.id);
    let difference: PlanComparison = coordinator.get(&compare).await.expect(200);
    assert_eq!(difference.seats.len(), 2);
    assert!(difference.projects.is_empty() && difference.defences.is_empty());
    assert!(difference.seats.iter().all(|seat| seat.before.is_some() && seat.before != seat.after));
    coordinator.delete(&path(&copy, "")).await.expect_status(204);
    coordinator.get(&path(&copy, "")).await.refused(ErrorCode::NotFound);
    let all = format!("/calls/{}/committee-plans", faculty.call);
    let plans: CommitteePlans = coordinator.get(&all).await.expect(200);
    assert_eq!(plans.items.len(), 1);
    assert_eq!(plans.items[0].state, CommitteePlanState::Draft);
}

#[actix_web::test]
async fn a_repair_replaces_who_fell_ill_and_little_else() {
    let faculty = Faculty::set();
    let plan = faculty.timed().await;
    let ill: i64 = seat(&plan, 0, 1).strip_prefix("person-").expect("a person").parse().expect("an id");
    faculty.with_world(|world| {
        world.run(&format!(
            "INSERT INTO unavailability (professor_id, starts_at, ends_at, answer, source)
             VALUES ({ill}, '2026-12-01', '2026-12-31', 'no', 'office')"
        ));
    });
    let repaired = faculty.plan("repair", Some(plan.summary.id)).await;
    assert!(repaired.report.valid, "{:?}", repaired.report.violations);
    let seats = repaired.committees_solution["committees"].to_string();
    assert!(!seats.contains(&format!("\"person-{ill}\"")));
    let compare = format!("{}?with={}", path(&repaired, "/comparison"), plan.summary.id);
    let difference: PlanComparison = faculty.coordinator().get(&compare).await.expect(200);
    assert!(difference.seats.len() <= 3, "{:?}", difference.seats);
    assert!(difference.seats.iter().any(|seat| seat.before.as_ref().map(|p| p.id) == Some(UserId(ill))));
    // Whatever differs can be named: people, projects, rooms, and the hours of the slots.
    assert!(!difference.names.projects.is_empty() && !difference.names.people.is_empty());
    assert!(
        !difference.names.rooms.is_empty() && difference.names.days.iter().all(|day| !day.slots.is_empty())
    );
    // The plan it was made from is as it was.
    assert_eq!(faculty.read(plan.summary.id).await.committees_solution, plan.committees_solution);
}

#[actix_web::test]
async fn an_edit_during_a_run_is_kept_beside_its_result() {
    let faculty = Faculty::set();
    let plan = faculty.plan("committees", None).await;
    faculty.ask(json!({"kind": "committees", "plan_id": plan.summary.id, "time_limit_seconds": 2})).await;
    let edited = swap(&faculty.coordinator(), &plan, (0, 0), (0, 1)).await;
    assert!(faculty.work());
    assert_eq!(faculty.read(plan.summary.id).await.committees_solution, edited.committees_solution);
    faculty.read(CommitteePlanId(plan.summary.id.0 + 1)).await;
}

#[actix_web::test]
async fn a_draft_is_printed_as_one_and_its_measures_have_bounds() {
    let faculty = Faculty::set();
    let formed = faculty.plan("committees", None).await;
    let coordinator = faculty.coordinator();
    let file = async |plan: &CommitteePlan, part: &str, format: &str| {
        coordinator.get(&path(plan, &format!("/export?part={part}&format={format}"))).await
    };
    let csv = file(&formed, "committees", "csv").await;
    csv.expect_status(200);
    assert_eq!(csv.text().lines().count(), 1 + 4 * 5);
    assert!(csv.text().contains("presidencia") && csv.text().contains("Profe0 Muestra"));
    file(&formed, "timetable", "pdf").await.refused(ErrorCode::InvalidState);
    let plan = faculty.plan("timetable", Some(formed.summary.id)).await;
    let csv = file(&plan, "timetable", "csv").await.text();
    assert_eq!(csv.lines().count(), 21);
    assert!(csv.contains("Estudiante0 Muestra") && csv.contains("A1"), "{csv}");
    for part in ["committees", "timetable"] {
        let pdf = file(&plan, part, "pdf").await;
        assert!(pdf.body.starts_with(b"%PDF-1.7"));
        assert!(
            pdf.header("content-disposition").contains("BORRADOR"),
            "{}",
            pdf.header("content-disposition")
        );
        assert!(file(&plan, part, "xlsx").await.body.starts_with(b"PK"));
    }
    let timed = plan.report.measures.iter().filter(|it| it.part == PlanPart::Timetable);
    let timed: Vec<_> = timed.filter(|it| it.bound.is_some()).collect();
    assert!(timed.len() >= 8, "{:?}", plan.report.measures);
    for measure in timed {
        let bound = measure.bound.expect("a bound");
        let fair =
            if measure.objective == "back_to_back" { bound >= measure.value } else { bound <= measure.value };
        assert!(fair, "{measure:?}");
    }
    let body = json!({"from": {"committee": 0, "seat": 0}, "to": {"committee": 0, "seat": 1}});
    let changed: CommitteePlan = coordinator.act_with(&path(&plan, "/swap-seats"), &body).await.expect(200);
    let days = changed.report.measures.iter().find(|it| it.objective == "days").expect("days");
    assert!(days.bound.is_some_and(|bound| bound <= days.value), "{days:?}");
}
