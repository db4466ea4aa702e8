//! Statistics: the figures, who reads which, and how old they are.

use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::app::now;
use crate::support::builders::World;
use chrono::Duration;
use gestfg::jobs::gather_statistics;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::statistics::{Statistics, StatisticsFigures};

struct Faculty {
    app: TestApp,
    admin: Client,
    admin_id: UserId,
    coordinator: Client,
    head: Client,
    tutor: Client,
    student: Client,
    gii: i64,
    tutor_id: i64,
    student_id: UserId,
}

/// Six projects of one degree in one department, two of another in another;
/// one came to its defence after ninety days.
async fn faculty() -> Faculty {
    let app = TestApp::start();
    let mut behind = app.conn();
    let mut world = World::new(&mut behind);
    let (languages, networks) = (world.area("Lenguajes"), world.area("Redes"));
    let (lsi, atc) = (world.department("LSI", languages), world.department("ATC", networks));
    let (gii, mdb) = (world.degree("GII", "bachelor"), world.degree("MDB", "master"));
    let admin = world.admin("Alma Administra");
    let head = world.head("Jefa Demo", lsi);
    let coordinator = world.coordinator("Cora Coordina", atc, mdb);
    let tutor = world.professor("Ana López", lsi);
    let other = world.professor("Berta Mar", atc);
    let pau = world.student("Pau Alumno", &[gii]);
    let projects: Vec<_> =
        (0..6).map(|n| world.project(&format!("Uno {n}"), gii, tutor, "published")).collect();
    for n in 0..2 {
        world.project(&format!("Otro {n}"), mdb, other, "published");
    }
    world.run("UPDATE projects SET state = 'draft', submitted_at = NULL, validated_at = NULL, published_at = NULL WHERE title = 'Otro 1'");
    let given = world.assignment(projects[0], &[pau], head);
    let (call, request) = world.request(given);
    world.run(&format!("UPDATE assignments SET created_at = '2027-01-01T09:00:00Z' WHERE id = {given}"));
    world.run(&format!(
        "INSERT INTO committees (call_id, number) VALUES ({call}, 1);
         INSERT INTO committee_seats (committee_id, seat, professor_id) SELECT id, 'president', {other} FROM committees;
         INSERT INTO committee_seats (committee_id, seat, professor_id) SELECT id, 'substitute_1', {coordinator} FROM committees;
         INSERT INTO rooms (name) VALUES ('Aula');
         INSERT INTO defences (evaluation_request_id, student_id, committee_id, room_id, starts_at, ends_at, state)
         SELECT {request}, {pau}, c.id, r.id, '2027-04-01T09:00:00Z', '2027-04-01T09:30:00Z', 'held' FROM committees c, rooms r"
    ));
    let admin_id = admin;
    let clients = [admin, coordinator, head, tutor, pau].map(|id| app.as_user(id));
    let [admin, coordinator, head, tutor_client, student] = clients;
    admin.act("/statistics/gather").await.expect_status(204);
    Faculty {
        app,
        admin,
        admin_id,
        coordinator,
        head,
        tutor: tutor_client,
        student,
        gii: gii.0,
        tutor_id: tutor.0,
        student_id: pau,
    }
}

async fn read(client: &Client, query: &str) -> Statistics {
    client.get(&format!("/statistics{query}")).await.expect(200)
}

fn offered(found: &Statistics) -> Vec<(&str, Option<i64>)> {
    found.groups.iter().map(|group| (&*group.name, group.figures.offered)).collect()
}

#[actix_web::test]
async fn the_figures_are_those_of_the_projects() {
    let faculty = faculty().await;
    let found = read(&faculty.admin, "?group_by=degree").await;
    assert_eq!(offered(&found), [("Titulación GII", Some(6)), ("Titulación MDB", Some(1))]);
    assert_eq!(
        found.total,
        StatisticsFigures {
            offered: Some(7),
            validated: Some(7),
            published: Some(7),
            assigned: Some(1),
            students: Some(1),
            entered: Some(1),
            defended: Some(1),
            not_presented: Some(0),
            passed: Some(0),
            honours: Some(0),
            median_days_to_defence: Some(90.0),
        }
    );
    assert!(!found.is_rounded);
    let loads = found.loads.expect("loads");
    let pairs = |counts: &[gestfg_types::statistics::StatisticsCount]| -> Vec<_> {
        counts.iter().map(|count| (count.value, count.count)).collect()
    };
    assert_eq!(pairs(&loads.tutors), [(1, Some(1))]);
    assert_eq!(pairs(&loads.seats), [(1, Some(1))], "a substitute who was not called in has no seat to fill");
    assert_eq!(pairs(&loads.committees), [(1, Some(1))]);
    let years = read(&faculty.admin, "?from=2026&to=2026").await;
    assert_eq!(offered(&years), [("2026/27", Some(7))]);
    assert_eq!(offered(&read(&faculty.admin, "?from=2027").await), []);
    let areas = read(&faculty.admin, &format!("?group_by=area&degree_id={}", faculty.gii)).await;
    assert_eq!(offered(&areas), [("Lenguajes", Some(6))]);
    let tutors = read(&faculty.admin, "?group_by=tutor").await;
    assert_eq!(offered(&tutors), [("López, Ana", Some(6)), ("Mar, Berta", Some(1))]);
}

#[actix_web::test]
async fn small_numbers_are_for_those_with_duties() {
    let faculty = faculty().await;
    for client in [&faculty.student, &faculty.app.visitor(), &faculty.tutor] {
        let found = read(client, "?group_by=degree").await;
        let names: Vec<_> = found.groups.iter().map(|group| &*group.name).collect();
        assert_eq!(names, ["Titulación GII", "Titulación MDB"]);
        let told = found.groups.iter().map(|group| &group.figures).chain([&found.total]);
        for figures in told {
            assert!(figures.offered.is_some_and(|count| count % 5 == 0), "{figures:?}");
            assert_eq!(
                (figures.students, figures.defended, figures.median_days_to_defence),
                (None, None, None)
            );
        }
        assert!(found.marks.iter().all(|band| band.count.is_none()));
        assert!(
            found.is_rounded && found.groups.iter().all(|group| group.is_rounded) && found.loads.is_none()
        );
    }
    let found = read(&faculty.coordinator, "?group_by=degree").await;
    assert_eq!(offered(&found)[1], ("Titulación MDB", Some(1)), "the master is theirs");
    assert_eq!((found.groups[0].is_rounded, found.groups[1].is_rounded), (true, false));
    let found = read(&faculty.head, "?group_by=department").await;
    assert_eq!(found.groups[1].figures.assigned, Some(1), "{:?}", found.groups);
    let own = read(&faculty.head, &format!("?department_id={}", found.groups[1].id)).await;
    assert!(own.loads.is_some() && !own.is_rounded);
}

#[actix_web::test]
async fn single_tutors_are_read_by_those_above_them() {
    let faculty = faculty().await;
    let by_tutor = "?group_by=tutor";
    assert_eq!(offered(&read(&faculty.tutor, by_tutor).await), [("López, Ana", Some(6))]);
    assert_eq!(offered(&read(&faculty.head, by_tutor).await), [("López, Ana", Some(6))]);
    assert_eq!(offered(&read(&faculty.coordinator, by_tutor).await), [("Mar, Berta", Some(1))]);
    let of_ana = format!("?tutor_id={}", faculty.tutor_id);
    assert_eq!(read(&faculty.tutor, &of_ana).await.total.assigned, Some(1));
    assert_eq!(read(&faculty.coordinator, &of_ana).await.total.offered, Some(0));
    for query in [by_tutor, &*of_ana] {
        let path = format!("/statistics{query}");
        faculty.student.get(&path).await.refused(ErrorCode::Forbidden);
        faculty.app.visitor().get(&path).await.refused(ErrorCode::NotAuthenticated);
    }
}

#[actix_web::test]
async fn figures_say_how_old_they_are_and_can_be_gathered_anew() {
    let faculty = faculty().await;
    let before = read(&faculty.admin, "").await;
    assert_eq!(before.gathered_at, now());
    World::new(&mut faculty.app.conn())
        .run("UPDATE projects SET submitted_at = now() WHERE title = 'Otro 1'");
    let same = read(&faculty.admin, "").await;
    assert_eq!((same.total.offered, same.gathered_at), (Some(7), before.gathered_at));
    faculty.app.state.clock.set(now() + Duration::minutes(10));
    assert_eq!(read(&faculty.admin, "").await.total.offered, Some(7), "not old enough");
    faculty.admin.post("/statistics/gather", &serde_json::json!({})).await.expect_status(204);
    let anew = read(&faculty.admin, "").await;
    assert_eq!(anew.total.offered, Some(8));
    assert!(anew.gathered_at > before.gathered_at && anew.may_gather);
    let student = faculty.app.as_user(faculty.student_id);
    student.post("/statistics/gather", &serde_json::json!({})).await.refused(ErrorCode::Forbidden);
}

#[actix_web::test]
async fn the_worker_gathers_what_is_old_and_no_longer_true() {
    let faculty = faculty().await;
    // Tokens do not last as long.
    let figures = || {
        let admin = faculty.app.as_user(faculty.admin_id);
        async move { read(&admin, "").await }
    };
    let change = |sql: &str| World::new(&mut faculty.app.conn()).run(sql);
    let work = |minutes: i64| {
        let at = now() + Duration::minutes(minutes);
        faculty.app.state.clock.set(at);
        gather_statistics(&mut faculty.app.conn(), &faculty.app.state.config, at).expect("gathered");
    };
    change("UPDATE projects SET submitted_at = now() WHERE title = 'Otro 1'");
    faculty.app.state.clock.set(now() + Duration::hours(30));
    let found = figures().await;
    assert_eq!((found.total.offered, found.gathered_at), (Some(7), now()), "nobody waits for it");
    work(20);
    assert_eq!(figures().await.total.offered, Some(7), "nothing has happened");
    change(
        "INSERT INTO audit_log (actor_name, action, entity, entity_id) VALUES ('Alma', 'updated', 'project', 1)",
    );
    work(10);
    assert_eq!(figures().await.total.offered, Some(7), "not old enough");
    work(16);
    let found = figures().await;
    assert_eq!((found.total.offered, found.gathered_at), (Some(8), now() + Duration::minutes(16)));
    change("UPDATE projects SET submitted_at = NULL WHERE title = 'Otro 1'");
    work(60);
    assert_eq!(figures().await.total.offered, Some(8));
    work(60 * 25);
    assert_eq!(figures().await.total.offered, Some(7), "once a day whatever the log says");
}

#[actix_web::test]
async fn a_file_keeps_back_what_the_page_does() {
    let faculty = faculty().await;
    let whole = faculty.admin.get("/statistics/export?group_by=degree&format=csv").await.text();
    assert!(whole.contains("GII,Titulación GII,6,6,6,1,1,1,1,0,0,0,90,no"), "{whole}");
    let kept = faculty.student.get("/statistics/export?group_by=degree&format=csv").await.text();
    let lines: Vec<_> = kept.lines().filter(|line| line.ends_with(",,,,,,,,sí")).collect();
    assert_eq!(lines.len(), 3, "two degrees and the total tell nothing of students: {kept}");
}
