//! Applying together.

use super::{CLOSES, Round, path};
use futures_util::future::join;
use gestfg_types::applications::{Application, ApplicationAction as Action};
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::UserId;
use gestfg_types::notifications::{Notification, NotificationKind};
use gestfg_types::pagination::Page;
use serde_json::json;

async fn invite(round: &Round, author: UserId, others: &[UserId]) -> Application {
    let invite: Vec<_> = others.iter().map(|other| round.email(*other)).collect();
    let body = json!({"round_id": round.id, "invite": invite, "preferences": round.wishes(&[0, 1])});
    round.be(author).post("/applications", &body).await.expect(201)
}

#[actix_web::test]
async fn those_who_are_invited_say_yes_and_then_edit_like_the_author() {
    let round = Round::open();
    let [eva, luis, ..] = round.students[..] else { panic!("students") };
    let made = invite(&round, eva, &[luis]).await;
    let told: Page<Notification> = round.be(luis).get("/notifications").await.expect(200);
    assert_eq!(told.items[0].kind, NotificationKind::Team);
    let edit = json!({"statement": "Nosotros"});
    round.be(luis).patch(&path(&made, ""), 1, &edit).await.refused(ErrorCode::Forbidden);
    let invited: Application = round.be(luis).get(&path(&made, "")).await.expect(200);
    assert_eq!(invited.allowed_actions, [Action::Confirm, Action::Decline]);
    let joined: Application = round.be(luis).act(&path(&made, "/confirm")).await.expect(200);
    assert_eq!(joined.allowed_actions, [Action::Edit, Action::Decline]);
    round.be(luis).act(&path(&made, "/confirm")).await.expect_status(200);
    round.be(luis).patch(&path(&made, ""), 2, &edit).await.expect_status(200);
    // Of two who save at once, the second is told.
    let (mine, yours) = (json!({"statement": "Yo"}), json!({"statement": "Tú"}));
    let (a, b) = (round.be(eva), round.be(luis));
    let saved = path(&made, "");
    let (one, other) = join(a.patch(&saved, 3, &mine), b.patch(&saved, 3, &yours)).await;
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
}

#[actix_web::test]
async fn an_invitation_binds_nobody_and_one_application_counts() {
    let round = Round::open();
    let [eva, luis, ana, ..] = round.students[..] else { panic!("students") };
    let of_eva = invite(&round, eva, &[luis]).await;
    let of_ana = invite(&round, ana, &[luis]).await;
    round.be(luis).act(&path(&of_eva, "/confirm")).await.expect_status(200);
    round.be(luis).act(&path(&of_ana, "/confirm")).await.refused(ErrorCode::AlreadyApplied);
    round.try_apply(luis, &[2]).await.refused(ErrorCode::AlreadyApplied);
    round.be(luis).act(&path(&of_eva, "/decline")).await.expect_status(204);
    round.be(luis).get(&path(&of_eva, "")).await.refused(ErrorCode::NotFound);
    round.be(luis).act(&path(&of_ana, "/confirm")).await.expect_status(200);
    round.be(eva).act(&path(&of_eva, "/decline")).await.refused(ErrorCode::InvalidState);
    let alone: Application = round.be(eva).get(&path(&of_eva, "")).await.expect(200);
    assert_eq!(alone.members.len(), 1);
    let told: Page<Notification> = round.be(eva).get("/notifications").await.expect(200);
    assert!(told.items[0].body.contains("Estudiante1"), "{told:?}");
}

#[actix_web::test]
async fn of_two_invitations_taken_at_once_one_is_joined() {
    for _ in 0..4 {
        let round = Round::open();
        let [eva, luis, ana, ..] = round.students[..] else { panic!("students") };
        let (one, two) = (invite(&round, eva, &[luis]).await, invite(&round, ana, &[luis]).await);
        let client = round.be(luis);
        let (a, b) = (path(&one, "/confirm"), path(&two, "/confirm"));
        let (a, b) = join(client.act(&a), client.act(&b)).await;
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[actix_web::test]
async fn a_team_has_its_limits() {
    let round = Round::open();
    let [eva, luis, ana, otro] = round.students[..] else { panic!("students") };
    let client = round.be(eva);
    let try_invite = |others: Vec<String>| {
        let body = json!({"round_id": round.id, "invite": others, "preferences": round.wishes(&[0])});
        let client = client.clone();
        async move { client.post("/applications", &body).await.refused(ErrorCode::ValidationFailed) }
    };
    let all = vec![round.email(luis), round.email(ana), round.email(otro)];
    assert_eq!(try_invite(all).await.errors[0].code, FieldCode::TooManyStudents);
    assert_eq!(try_invite(vec![round.email(eva)]).await.errors[0].code, FieldCode::Duplicate);
    // Neither who is no student of the degree nor who is unknown is told apart.
    for nobody in [round.email(round.stage.tutor), "nadie@correo.ugr.es".to_owned()] {
        assert_eq!(try_invite(vec![nobody]).await.errors[0].code, FieldCode::Unknown);
    }
    round.stage.with_world(|world| world.run("UPDATE projects SET student_count = 1"));
    assert_eq!(try_invite(vec![round.email(luis)]).await.errors[0].code, FieldCode::TooManyStudents);
    let made = round.apply(eva, &[0]).await;
    let body = json!({"invite": [round.email(luis)], "preferences": []});
    let grown: Application = round.be(eva).patch(&path(&made, ""), 1, &body).await.expect(200);
    assert_eq!(grown.members.len(), 2);
    let shrunk: Application =
        round.be(eva).patch(&path(&made, ""), 2, &json!({"remove": [luis]})).await.expect(200);
    assert_eq!(shrunk.members.len(), 1);
    let own = json!({"remove": [eva]});
    round.be(eva).patch(&path(&made, ""), 3, &own).await.refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn after_the_close_nobody_joins() {
    let round = Round::open();
    let [eva, luis, ..] = round.students[..] else { panic!("students") };
    let made = invite(&round, eva, &[luis]).await;
    round.at(CLOSES, 0);
    round.be(luis).act(&path(&made, "/confirm")).await.refused(ErrorCode::PhaseNotOpen);
    round.be(luis).act(&path(&made, "/decline")).await.refused(ErrorCode::PhaseNotOpen);
}
