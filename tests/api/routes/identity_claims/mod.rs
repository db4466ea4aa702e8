use super::registration::register;
use super::session::PASSWORD;
use crate::support::TestApp;
use crate::support::actors::Client;
use crate::support::builders::World;
use crate::support::mailbox::{link_token, mails_to};
use gestfg_types::accounts::IdentityClaim;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::pagination::Page;
use gestfg_types::users::User;
use serde_json::json;

const DNI: &str = "12345678Z";
const EMAIL: &str = "eva.registrada@correo.ugr.es";

struct Stage {
    app: TestApp,
    degree: DegreeId,
    preloaded: UserId,
    coordinator: Client,
    coordinator_email: String,
    stranger: Client,
    admin: Client,
}

/// A student on file with a project, and who may decide.
fn stage() -> Stage {
    let app = TestApp::start();
    let mut conn = app.conn();
    let mut world = World::new(&mut conn);
    let area = world.area("Computación");
    let department = world.department("LSI", area);
    let (degree, other) = (world.degree("GII", "bachelor"), world.degree("MII", "master"));
    let preloaded = world.student("Eva Fichada", &[degree]);
    world.run(&format!(
        "UPDATE users SET dni = '{DNI}', email = NULL, email_verified_at = NULL WHERE id = {preloaded}"
    ));
    let tutor = world.professor("Tina Muestra", department);
    let project = world.project("Un título", degree, tutor, "published");
    world.run(&format!(
        "WITH a AS (INSERT INTO assignments (project_id, level, capacity) VALUES ({project}, 'bachelor', 3) RETURNING id)
         INSERT INTO assignment_students (assignment_id, student_id, position, level, capacity) SELECT id, {preloaded}, 1, 'bachelor', 3 FROM a"
    ));
    let coordinator = world.coordinator("Clara Muestra", department, degree);
    let coordinator_email = world.email(coordinator);
    let stranger = world.coordinator("Mara Muestra", department, other);
    let admin = world.admin("Ada Muestra");
    let (coordinator, stranger, admin) =
        (app.as_user(coordinator), app.as_user(stranger), app.as_user(admin));
    Stage { app, degree, preloaded, coordinator, coordinator_email, stranger, admin }
}

impl Stage {
    async fn claims(&self, client: &Client) -> Vec<IdentityClaim> {
        client.get("/identity-claims").await.expect::<Page<IdentityClaim>>(200).items
    }

    /// Register with the DNI on file and prove the address.
    async fn claim(&self) -> IdentityClaim {
        register(&self.app.visitor(), EMAIL, Some("12.345.678-z")).await.expect_status(202);
        assert!(self.claims(&self.admin).await.is_empty(), "the address is not proven yet");
        let mut conn = self.app.conn();
        assert!(mails_to(&mut conn, &self.coordinator_email).is_empty());
        let token = link_token(&mut conn, EMAIL);
        self.app
            .visitor()
            .post("/password-resets/redeem", &json!({"token": token, "password": PASSWORD}))
            .await
            .expect_status(204);
        self.claims(&self.coordinator).await.remove(0)
    }
}

#[actix_web::test]
async fn knowing_a_dni_proves_nothing_until_a_coordinator_confirms() {
    let stage = stage();
    let claim = stage.claim().await;
    assert_eq!((claim.claimant_email.as_deref(), claim.dni.as_deref()), (Some(EMAIL), Some(DNI)));
    assert_eq!(claim.preloaded.id, stage.preloaded);
    let mut conn = stage.app.conn();
    assert_eq!(mails_to(&mut conn, &stage.coordinator_email)[0].0, "claim_waiting");
    let claimant: User = stage.admin.get(&format!("/users/{}", claim.claimant.id)).await.expect(200);
    assert_eq!(claimant.dni, None);

    let path = format!("/identity-claims/{}/confirm", claim.id);
    assert!(stage.claims(&stage.stranger).await.is_empty());
    stage.stranger.act(&path).await.refused(ErrorCode::NotFound);
    stage.app.as_user(claim.claimant.id).act(&path).await.refused(ErrorCode::Forbidden);
    stage.coordinator.act(&path).await.expect_status(204);

    let joined: User = stage.admin.get(&format!("/users/{}", claim.claimant.id)).await.expect(200);
    assert_eq!(joined.dni.as_deref(), Some(DNI));
    assert_eq!(joined.roles.student.map(|degrees| degrees[0].id), Some(stage.degree));
    stage.admin.get(&format!("/users/{}", stage.preloaded)).await.refused(ErrorCode::NotFound);
    let theirs = stage.app.as_user(claim.claimant.id).get("/assignments?mine=true").await;
    assert!(theirs.text().contains("Un título"), "{}", theirs.text());
    stage.coordinator.act(&path).await.refused(ErrorCode::NotFound);
    let mails = mails_to(&mut conn, EMAIL);
    assert_eq!(mails.last().map(|mail| mail.0.as_str()), Some("claim_decided"));
    let login = json!({"login": DNI, "password": PASSWORD});
    stage.app.visitor().post("/session", &login).await.expect_status(200);
}

#[actix_web::test]
async fn a_rejected_claim_leaves_both_as_they_were() {
    let stage = stage();
    let claim = stage.claim().await;
    let path = format!("/identity-claims/{}/reject", claim.id);
    stage.coordinator.post(&path, &json!({"reason": " "})).await.refused(ErrorCode::ValidationFailed);
    stage.coordinator.post(&path, &json!({"reason": "No coincide el nombre"})).await.expect_status(204);
    assert!(stage.claims(&stage.admin).await.is_empty());
    stage.admin.get(&format!("/users/{}", stage.preloaded)).await.expect_status(200);
    let (kind, body) = mails_to(&mut stage.app.conn(), EMAIL).pop().expect("a mail");
    assert_eq!(kind, "claim_decided");
    assert!(body.contains("No coincide el nombre"), "{body}");
}

#[actix_web::test]
async fn two_who_cannot_be_one_are_not_joined() {
    for change in [
        "UPDATE users SET email = 'fichada@correo.ugr.es' WHERE id = {preloaded}",
        "UPDATE users SET dni = '00000000T' WHERE id = {claimant}",
        "INSERT INTO professors SELECT {preloaded}, id FROM departments",
        "UPDATE assignment_students SET position = 2; INSERT INTO assignment_students SELECT assignment_id, {claimant}, 1, level, capacity, is_active FROM assignment_students",
    ] {
        let stage = stage();
        let claim = stage.claim().await;
        let mut conn = stage.app.conn();
        let sql = change
            .replace("{preloaded}", &stage.preloaded.to_string())
            .replace("{claimant}", &claim.claimant.id.to_string());
        for statement in sql.split("; ") {
            World::new(&mut conn).run(statement);
        }
        let path = format!("/identity-claims/{}/confirm", claim.id);
        stage.coordinator.act(&path).await.refused(ErrorCode::ClaimConflict);
        stage.admin.get(&format!("/users/{}", stage.preloaded)).await.expect_status(200);
        assert_eq!(stage.claims(&stage.admin).await.len(), 1, "{change}");
    }
}
