//! Departments, degrees and sittings: what areas do (see there), and what is
//! theirs alone.

use crate::support::TestApp;
use crate::support::builders::World;
use gestfg_types::audit::AuditEntry;
use gestfg_types::calls::Call;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::{Degree, Department, MasterAction};
use gestfg_types::pagination::Page;
use serde_json::{Value, json};

#[actix_web::test]
async fn each_is_made_edited_deactivated_and_removed_by_an_admin_only() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let professor = app.as_user(world.professor("Pilar Muestra", department));
    for (path, body) in [
        ("/departments", json!({"code": "ATC", "name": "Arquitectura", "area_id": area})),
        ("/degrees", json!({"code": "GII", "name": "Ingeniería Informática", "level": "bachelor"})),
        ("/sittings", json!({"code": "JUN", "name": "Junio", "position": 1})),
    ] {
        app.visitor().post(path, &body).await.refused(ErrorCode::NotAuthenticated);
        professor.post(path, &body).await.refused(ErrorCode::Forbidden);
        let made = admin.post(path, &body).await.json(201);
        let mut twin = body.clone();
        twin["code"] = json!(body["code"].as_str().unwrap().to_lowercase());
        let problem = admin.post(path, &twin).await.refused(ErrorCode::AlreadyExists);
        assert_eq!(problem.errors[0].pointer, "/code");

        let one = format!("{path}/{}", made["id"]);
        let edit = json!({"is_active": false, "name": "Otro nombre"});
        professor.patch(&one, 1, &edit).await.refused(ErrorCode::Forbidden);
        admin.patch(&one, 9, &edit).await.refused(ErrorCode::StaleVersion);
        let edited = admin.patch(&one, 1, &edit).await.json(200);
        assert_eq!((&edited["is_active"], &edited["version"]), (&json!(false), &json!(2)));
        assert_eq!(app.visitor().get(&one).await.json(200)["name"], "Otro nombre");
        let active: Page<Value> =
            app.visitor().get(&format!("{path}?is_active=true&q=otro")).await.expect(200);
        assert_eq!(active.total, 0);

        professor.delete(&one).await.refused(ErrorCode::Forbidden);
        admin.delete(&one).await.expect_status(204);
        admin.get(&one).await.refused(ErrorCode::NotFound);
    }
    let log: Page<AuditEntry> = admin.get("/audit-log").await.expect(200);
    let actions: Vec<_> = log.items.iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "department.create",
            "department.update",
            "department.delete",
            "degree.create",
            "degree.update",
            "degree.delete",
            "sitting.create",
            "sitting.update",
            "sitting.delete"
        ]
    );
    assert_eq!(log.items[7].before, Some(json!({"is_active": true, "name": "Arquitectura", "version": 1})));
}

#[actix_web::test]
async fn what_is_in_use_stays_and_says_by_what() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let area = world.area("Sistemas");
    let department = world.department("LSI", area);
    let degree = world.degree("GII", "bachelor");
    let tutor = world.professor("Pilar Muestra", department);
    world.student("Sara Muestra", &[degree]);
    world.project("Un visor de mapas", degree, tutor, "draft");

    let problem = admin.delete(&format!("/departments/{department}")).await.refused(ErrorCode::InUse);
    assert_eq!(
        (problem.used_by[0].kind.as_str(), &problem.used_by[0].examples[..]),
        ("professors", &["Pilar Muestra".to_owned()][..])
    );
    let problem = admin.delete(&format!("/degrees/{degree}")).await.refused(ErrorCode::InUse);
    let kinds: Vec<_> = problem.used_by.iter().map(|usage| (usage.kind.as_str(), usage.count)).collect();
    assert_eq!(kinds, [("projects", 1), ("students", 1), ("calls", 1)]);
    let call: Call = admin.get("/calls").await.expect::<Page<Call>>(200).items.remove(0);
    let problem =
        admin.delete(&format!("/sittings/{}", call.call.sitting.id)).await.refused(ErrorCode::InUse);
    assert_eq!((problem.used_by[0].kind.as_str(), problem.used_by[0].count), ("calls", 1));
    admin
        .patch(&format!("/degrees/{degree}"), 1, &json!({"level": "master"}))
        .await
        .refused(ErrorCode::InUse);
    let same: Degree = admin.get(&format!("/degrees/{degree}")).await.expect(200);
    assert_eq!(same.version, 1);
}

#[actix_web::test]
async fn a_head_is_a_professor_of_the_department_and_heads_only_one() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let area = world.area("Sistemas");
    let (lsi, atc) = (world.department("LSI", area), world.department("ATC", area));
    let pilar = world.professor("Pilar Muestra", lsi);
    let one: Department =
        admin.patch(&format!("/departments/{lsi}"), 1, &json!({"head_id": pilar})).await.expect(200);
    assert_eq!(one.head.unwrap().name, "Pilar Muestra");
    let problem = admin
        .patch(&format!("/departments/{atc}"), 1, &json!({"head_id": pilar}))
        .await
        .refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].code, FieldCode::NotAProfessor);
    let none: Department =
        admin.patch(&format!("/departments/{lsi}"), 2, &json!({"head_id": null})).await.expect(200);
    assert_eq!(none.head, None);
    let unknown = json!({"code": "X", "name": "X", "area_id": 999_999});
    let problem = admin.post("/departments", &unknown).await.refused(ErrorCode::ValidationFailed);
    assert_eq!(
        (problem.errors[0].pointer.as_str(), problem.errors[0].code),
        ("/area_id", FieldCode::Unknown)
    );
}

#[actix_web::test]
async fn coordinators_edit_the_rules_of_their_degree_and_past_years_keep_theirs() {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let admin = app.as_user(world.admin("Ada Muestra"));
    let area = world.area("Sistemas");
    let lsi = world.department("LSI", area);
    let (gii, mii) = (world.degree("GII", "bachelor"), world.degree("MII", "master"));
    let clara = world.professor("Clara Muestra", lsi);
    let degree: Degree = admin
        .patch(&format!("/degrees/{gii}"), 1, &json!({"coordinator_ids": [clara, clara]}))
        .await
        .expect(200);
    assert_eq!(degree.coordinators.len(), 1);

    let clara = app.as_user(clara);
    let rules = json!({"rules": {"max_students_per_project": 2, "requires_validation": true, "project_kinds": ["T1", "T2"], "tutors_public": true}});
    let degree: Degree = clara.patch(&format!("/degrees/{gii}"), 2, &rules).await.expect(200);
    assert_eq!(degree.rules.project_kinds, ["T1", "T2"]);
    assert_eq!(degree.allowed_actions, [MasterAction::Edit]);
    clara.patch(&format!("/degrees/{gii}"), 3, &json!({"name": "Mía"})).await.refused(ErrorCode::Forbidden);
    clara.patch(&format!("/degrees/{mii}"), 1, &rules).await.refused(ErrorCode::Forbidden);
    let problem = clara
        .patch(&format!("/degrees/{gii}"), 3, &json!({"rules": {"max_students_per_project": 4}}))
        .await
        .refused(ErrorCode::ValidationFailed);
    assert_eq!(problem.errors[0].pointer, "/rules/max_students_per_project");

    app.state.clock.set("2025-11-23T09:00:00Z".parse().unwrap());
    let before: Degree = app.visitor().get(&format!("/degrees/{gii}")).await.expect(200);
    assert_eq!(before.rules, gestfg_types::master::DegreeRules::default());

    app.state.clock.set(crate::support::app::now());
    let log: Page<AuditEntry> = clara.get("/audit-log").await.expect(200);
    assert_eq!(log.total, 2, "a coordinator reads the log of their degrees");
    app.as_user(World::new(&mut conn).user("Nadie Muestra", "correo.ugr.es"))
        .get("/audit-log")
        .await
        .refused(ErrorCode::Forbidden);
}
