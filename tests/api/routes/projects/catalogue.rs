//! Lists: filters, order, pages, what is seen by whom, and 304.

use super::Stage;
use crate::support::actors::{Client, send};
use diesel::prelude::*;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ProjectId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::{ProjectAction, ProjectState, ProjectSummary};
use reqwest::Method;

async fn list(client: &Client, query: &str) -> Page<ProjectSummary> {
    client.get(&format!("/projects{query}")).await.expect(200)
}

async fn titles(client: &Client, query: &str) -> Vec<String> {
    list(client, query).await.items.into_iter().map(|project| project.title).collect()
}

#[actix_web::test]
async fn the_list_shows_exactly_what_policy_lets_see() {
    use gestfg::domain::policy::may_see_project;
    use gestfg::models::project_view;
    let stage = Stage::set();
    let mut ids = Vec::new();
    stage.with_world(|world| {
        for (n, state) in ProjectState::ALL.into_iter().enumerate() {
            for (m, (degree, tutor)) in [
                (stage.degree, stage.tutor),
                (stage.other_degree, stage.tutor),
                (stage.degree, stage.professor),
                (stage.other_degree, stage.professor),
                (stage.degree, stage.head),
                (stage.other_degree, stage.coordinator),
            ]
            .into_iter()
            .enumerate()
            {
                let id = world.project(&format!("P{n}{m}"), degree, tutor, state.as_str());
                if m == 3 {
                    world.run(&format!("UPDATE projects SET cotutor_id = {} WHERE id = {id}", stage.cotutor));
                }
                ids.push(id);
            }
        }
    });
    let mut conn = stage.app.conn();
    let people = [
        None,
        Some(stage.student),
        Some(stage.tutor),
        Some(stage.cotutor),
        Some(stage.professor),
        Some(stage.head),
        Some(stage.coordinator),
        Some(stage.admin),
    ];
    for person in people {
        let actor = person.map(|id| {
            use gestfg::auth::current_user::{Key, Origin};
            gestfg::models::current_user::load(
                &mut conn,
                id,
                Key::Session(uuid::Uuid::nil()),
                Origin::default(),
            )
            .expect("an answer")
            .expect("a person")
            .actor
        });
        let client = person.map_or_else(|| stage.app.visitor(), |id| stage.be(id));
        let all =
            list(&client, "?limit=200&state=draft,submitted,validated,rejected,published,withdrawn").await;
        let mut expected: Vec<ProjectId> = Vec::new();
        for id in &ids {
            let facts = project_view::find(&mut conn, *id).expect("a project").summary.facts();
            if may_see_project(actor.as_ref(), &facts) {
                expected.push(*id);
            }
        }
        let mut seen: Vec<ProjectId> = all.items.iter().map(|project| project.id).collect();
        seen.sort();
        expected.sort();
        assert_eq!(seen, expected, "{person:?}");
        assert_eq!(all.total as usize, expected.len());
        // By default everybody sees the catalogue and nothing else.
        let published = list(&client, "?limit=200").await;
        assert_eq!(published.total, 6, "{person:?}");
        assert!(published.items.iter().all(|project| project.state == ProjectState::Published));
        // One by one it is the same.
        for id in &ids {
            let found = client.get(&format!("/projects/{id}")).await.status.as_u16() == 200;
            assert_eq!(found, expected.contains(id));
        }
        // And the queue is what can be decided on.
        if let Some(actor) = &actor {
            let queue = list(&client, "?queue=true&limit=200").await;
            let expected: Vec<_> = all
                .items
                .iter()
                .filter(|project| project.allowed_actions.contains(&ProjectAction::Validate))
                .map(|project| project.id)
                .collect();
            let seen: Vec<_> = queue.items.iter().map(|project| project.id).collect();
            assert_eq!(seen, expected, "{}", actor.id);
        }
    }
}

#[actix_web::test]
async fn filters_say_what_they_do() {
    let stage = Stage::set();
    let visitor = stage.app.visitor();
    stage.with_world(|world| {
        let a = world.project("Alfa", stage.degree, stage.tutor, "published");
        let b = world.project("Beta", stage.other_degree, stage.professor, "published");
        world.project("Gamma", stage.degree, stage.tutor, "draft");
        world.run(&format!("UPDATE projects SET kind = 'T1', student_count = 1 WHERE id = {a}"));
        world.run(&format!("UPDATE projects SET academic_year = 2025, student_count = 2 WHERE id = {b}"));
        world.run(&format!(
            "WITH a AS (INSERT INTO assignments (project_id, level, capacity) VALUES ({b}, 'master', 2) RETURNING id)
             INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
             SELECT id, {}, 1, 'master', 2 FROM a",
            stage.student
        ));

    });
    assert_eq!(titles(&visitor, "?sort=title").await, ["Alfa", "Beta"]);
    for (query, expected) in [
        (format!("degree_id={}", stage.degree), "Alfa"),
        (format!("department_id={}", stage.other_department), "Beta"),
        (format!("tutor_id={}", stage.tutor), "Alfa"),
        ("kind=t1".to_owned(), "Alfa"),
        ("students=2".to_owned(), "Beta"),
        ("assigned=true".to_owned(), "Beta"),
        ("assigned=false".to_owned(), "Alfa"),
        ("academic_year=2025".to_owned(), "Beta"),
        ("level=master".to_owned(), "Beta"),
        (format!("level=bachelor&assigned=false&degree_id={}", stage.degree), "Alfa"),
    ] {
        let page = list(&visitor, &format!("?{query}")).await;
        assert_eq!((page.items.len(), page.total), (1, 1), "{query}");
        assert_eq!(page.items[0].title, expected, "{query}");
    }
    assert!(list(&visitor, "?assigned=true").await.items[0].is_assigned);
    assert_eq!(titles(&stage.be(stage.tutor), "?mine=true&sort=title").await, ["Alfa", "Gamma"]);
    assert_eq!(titles(&stage.be(stage.tutor), "?mine=true&state=draft").await, ["Gamma"]);
    for query in ["mine=true", "queue=true"] {
        visitor.get(&format!("/projects?{query}")).await.refused(ErrorCode::NotAuthenticated);
    }
    for query in ["state=nope", "sort=nope", "students=x", "nope=1", "level=phd", "cursor=x"] {
        let answer = visitor.get(&format!("/projects?{query}")).await;
        assert_eq!(answer.status.as_u16(), 400, "{query}");
    }
    for query in ["limit=0", "students=4"] {
        visitor.get(&format!("/projects?{query}")).await.refused(ErrorCode::ValidationFailed);
    }
    visitor.get("/projects?q=a%00b").await.refused(ErrorCode::MalformedRequest);
    visitor.get("/projects?kind=a%00b").await.refused(ErrorCode::MalformedRequest);
}

#[actix_web::test]
async fn visitors_learn_nothing_of_tutors_a_degree_hides() {
    let stage = Stage::set();
    stage.with_world(|world| {
        world.project("Alfa", stage.degree, stage.tutor, "published");
        world.run(&format!(
            "INSERT INTO degree_rules VALUES ({}, 2025, '{{\"tutors_public\": false}}')",
            stage.degree
        ));
    });
    let (visitor, student) = (stage.app.visitor(), stage.be(stage.student));
    let tutor = stage.tutor;
    assert_eq!(list(&visitor, "").await.items[0].tutor, None);
    assert_eq!(list(&visitor, &format!("?tutor_id={tutor}")).await.total, 0);
    assert_eq!(list(&visitor, "?q=tina").await.total, 0);
    assert_eq!(list(&student, "").await.items[0].tutor.as_ref().map(|tutor| tutor.id), Some(tutor));
    assert_eq!(list(&student, &format!("?tutor_id={tutor}")).await.total, 1);
    assert_eq!(list(&student, "?q=tina").await.total, 1);
}

#[actix_web::test]
async fn pages_stay_true_while_rows_come_and_go() {
    let stage = Stage::set();
    let visitor = stage.app.visitor();
    stage.with_world(|world| {
        for n in 0..12 {
            let id = world.project(&format!("Robot {n:02}"), stage.degree, stage.tutor, "published");
            // Several at the same moment: the order must still be total.
            world.run(&format!(
                "UPDATE projects SET published_at = '2026-10-01'::timestamptz + interval '1 day' * {} WHERE id = {id}",
                n / 4
            ));
        }
    });
    for (m, sort) in
        ["title", "-title", "published_at", "-published_at", "updated_at", "-updated_at", "relevance"]
            .into_iter()
            .enumerate()
    {
        let before = list(&visitor, &format!("?limit=200&sort={sort}&q=robot")).await;
        let (mut seen, mut cursor, mut round) = (Vec::new(), String::new(), 0);
        loop {
            let page = list(&visitor, &format!("?limit=5&sort={sort}&q=robot{cursor}")).await;
            seen.extend(page.items.into_iter().map(|project| project.id));
            // Meanwhile somebody publishes; wherever it lands, nothing is lost or repeated.
            stage.with_world(|world| {
                world.project(&format!("Robot nuevo {m} {round}"), stage.degree, stage.tutor, "published")
            });
            round += 1;
            let Some(next) = page.next_cursor else { break };
            cursor = format!("&cursor={next}");
        }
        let old: Vec<_> = before.items.iter().map(|project| project.id).collect();
        let kept: Vec<_> = seen.iter().copied().filter(|id| old.contains(id)).collect();
        assert_eq!(kept, old, "{sort}");
        let unique: std::collections::HashSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len(), "{sort}");
        assert!(round < 20, "{sort}");
    }
    let page = list(&visitor, "?limit=2&sort=title").await;
    let cursor = page.next_cursor.expect("more");
    visitor.get(&format!("/projects?sort=-title&cursor={cursor}")).await.refused(ErrorCode::InvalidCursor);
}

#[actix_web::test]
async fn a_page_is_sent_again_only_when_it_shows_something_else() {
    let stage = Stage::set();
    let id = stage.project("Alfa", "published");
    let visitor = stage.app.visitor();
    let ask = async |client: &Client, tag: &str| {
        send(client.request(Method::GET, "/projects").header("If-None-Match", tag)).await
    };
    let first = visitor.get("/projects").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    assert_eq!(first.header("cache-control"), "public, no-cache");
    assert!(first.header("vary").to_lowercase().contains("authorization"));
    let again = ask(&visitor, &tag).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), tag);
    // The signed-in get their own, which follows their permissions.
    let tutor = stage.be(stage.professor);
    let answer = ask(&tutor, &tag).await;
    answer.expect_status(304);
    let own = stage.be(stage.tutor);
    let answer = ask(&own, &tag).await;
    answer.expect_status(200);
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    // A change anywhere in what is shown: an assignment touches no project row.
    stage.with_world(|world| {
        world.run(&format!(
            "WITH a AS (INSERT INTO assignments (project_id, level, capacity) VALUES ({id}, 'bachelor', 3) RETURNING id)
             INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity)
             SELECT id, {}, 1, 'bachelor', 3 FROM a",
            stage.student
        ));
    });
    ask(&visitor, &tag).await.expect_status(200);
    diesel::sql_query("UPDATE users SET last_name = 'Cambiada' WHERE first_name = 'Tina'")
        .execute(&mut stage.app.conn())
        .expect("renamed");
    let tag = ask(&visitor, &tag).await.header("etag").to_owned();
    ask(&visitor, &tag).await.expect_status(304);
}
