//! Telling students of the rounds in which they can apply.

use super::{CLOSES, OPENS, Round};
use crate::support::actors::send;
use gestfg_types::ids::UserId;
use gestfg_types::notifications::{Notification, NotificationKind};
use gestfg_types::pagination::Page;
use reqwest::Method;

async fn told(round: &Round, who: usize) -> usize {
    inbox(round, round.students[who]).await.len()
}

/// What somebody has been told of rounds, after what is due now.
async fn inbox(round: &Round, who: UserId) -> Vec<Notification> {
    let state = &round.stage.app.state;
    gestfg::jobs::tell_rounds(&mut round.stage.app.conn(), &state.config, state.clock.now()).expect("told");
    let inbox: Page<Notification> = round.be(who).get("/notifications").await.expect(200);
    inbox.items.into_iter().filter(|item| item.kind == NotificationKind::AllocationRound).collect()
}

#[actix_web::test]
async fn students_hear_of_a_round_and_those_who_have_not_applied_again() {
    let round = Round::open();
    round.at(OPENS, -1);
    assert_eq!(told(&round, 0).await, 0);
    round.at(OPENS, 0);
    assert_eq!(told(&round, 0).await, 1);
    assert_eq!(told(&round, 0).await, 1, "once");
    assert_eq!(inbox(&round, round.students[0]).await[0].path, "/my/applications");
    round.apply(round.students[0], &[0]).await;
    round.at(CLOSES, -2 * 86_400);
    assert_eq!((told(&round, 0).await, told(&round, 1).await), (1, 2));
    round.at(CLOSES, 0);
    assert_eq!(told(&round, 1).await, 2);
}

#[actix_web::test]
async fn tutors_hear_of_those_they_have_not_put_in_order() {
    let round = Round::open();
    let tutor = round.stage.tutor;
    round.stage.with_world(|world| {
        world.run("UPDATE allocation_rounds SET tutors_close_at = closes_at + interval '5 days'");
    });
    round.apply(round.students[0], &[0, 1]).await;
    let asked = round.apply(round.students[1], &[1]).await;
    round.at(CLOSES, -1);
    assert_eq!(inbox(&round, tutor).await.len(), 0, "students may still change their minds");
    round.at(CLOSES, 0);
    let told = inbox(&round, tutor).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].path, "/my/applicants");
    assert!(told[0].body.contains("2 de tus proyectos"), "{}", told[0].body);
    let order = serde_json::json!({"round_id": round.id, "groups": [[asked.id]]});
    let path = format!("/projects/{}/applicants", round.projects[1]);
    let put = round.be(tutor).request(Method::PUT, &path).header("If-Match", "\"1\"").json(&order);
    send(put).await.expect_status(200);
    round.at(CLOSES, 3 * 86_400);
    let told = inbox(&round, tutor).await;
    assert_eq!(told.len(), 2);
    assert!(told.iter().any(|item| item.body.contains("uno de tus proyectos")), "{told:?}");
    assert_eq!(inbox(&round, tutor).await.len(), 2, "once");
    assert_eq!(inbox(&round, round.stage.cotutor).await.len(), 0, "the tutor answers for it");
}

#[actix_web::test]
async fn who_can_only_order_while_students_apply_is_told_before_the_end() {
    let round = Round::open();
    round.apply(round.students[0], &[0]).await;
    round.at(CLOSES, -2 * 86_400 - 1);
    assert_eq!(inbox(&round, round.stage.tutor).await.len(), 0);
    round.at(CLOSES, -2 * 86_400);
    assert_eq!(inbox(&round, round.stage.tutor).await.len(), 1);
    round.stage.with_world(|world| {
        world.run("UPDATE allocation_rounds SET tutor_view = 'none'");
        world.run("DELETE FROM round_notices");
    });
    assert_eq!(inbox(&round, round.stage.tutor).await.len(), 1, "who is not asked is not told");
}
