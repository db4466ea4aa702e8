//! Declared conflicts of interest.

use crate::routes::projects::Stage;
use gestfg_types::conflicts_of_interest::ConflictOfInterest;
use gestfg_types::errors::ErrorCode;
use gestfg_types::pagination::Page;
use serde_json::json;

#[actix_web::test]
async fn a_professor_declares_them_and_those_who_form_committees_read_them() {
    let stage = Stage::set();
    let project = stage.project("Un proyecto", "published");
    let professor = stage.be(stage.professor);
    let made: ConflictOfInterest = professor
        .post("/conflicts-of-interest", &json!({"project_id": project, "reason": "Colaboro en él"}))
        .await
        .expect(201);
    assert_eq!((made.professor.id, made.project.map(|it| it.id)), (stage.professor, Some(project)));
    professor
        .post("/conflicts-of-interest", &json!({"project_id": project}))
        .await
        .refused(ErrorCode::AlreadyExists);
    let coordinator = stage.be(stage.coordinator);
    let on_behalf: ConflictOfInterest = coordinator
        .post(
            "/conflicts-of-interest",
            &json!({"professor_id": stage.professor, "student_id": stage.student}),
        )
        .await
        .expect(201);
    assert_eq!(on_behalf.declared_by.map(|person| person.id), Some(stage.coordinator));
    let all: Page<ConflictOfInterest> = coordinator.get("/conflicts-of-interest").await.expect(200);
    let own: Page<ConflictOfInterest> = professor.get("/conflicts-of-interest").await.expect(200);
    let other: Page<ConflictOfInterest> =
        stage.be(stage.tutor).get("/conflicts-of-interest").await.expect(200);
    assert_eq!((all.total, own.total, other.total), (2, 2, 0));

    let path = format!("/conflicts-of-interest/{}", made.id);
    stage.be(stage.tutor).delete(&path).await.refused(ErrorCode::NotFound);
    professor.delete(&path).await.expect_status(204);
    professor.delete(&path).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn each_names_exactly_one_that_there_is() {
    let stage = Stage::set();
    let draft = stage.project("Un borrador", "draft");
    let professor = stage.be(stage.professor);
    for (body, pointer) in [
        (json!({}), "/project_id"),
        (json!({"project_id": 1, "student_id": 1}), "/project_id"),
        (json!({"project_id": 999_999}), "/project_id"),
        // To others it does not exist.
        (json!({"project_id": draft}), "/project_id"),
        (json!({"student_id": stage.tutor}), "/student_id"),
        (json!({"other_professor_id": stage.student}), "/other_professor_id"),
        (json!({"other_professor_id": stage.professor}), "/other_professor_id"),
    ] {
        let problem =
            professor.post("/conflicts-of-interest", &body).await.refused(ErrorCode::ValidationFailed);
        assert_eq!(problem.errors[0].pointer, pointer, "{body}");
    }
    let for_another = json!({"professor_id": stage.tutor, "student_id": stage.student});
    professor.post("/conflicts-of-interest", &for_another).await.refused(ErrorCode::Forbidden);
}
