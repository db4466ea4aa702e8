//! Telling students of the rounds in which they can apply.

use super::{CLOSES, OPENS, Round};
use gestfg_types::notifications::{Notification, NotificationKind};
use gestfg_types::pagination::Page;

async fn told(round: &Round, who: usize) -> usize {
    let state = &round.stage.app.state;
    gestfg::jobs::tell_rounds(&mut round.stage.app.conn(), &state.config, state.clock.now()).expect("told");
    let inbox: Page<Notification> = round.be(round.students[who]).get("/notifications").await.expect(200);
    inbox.items.iter().filter(|item| item.kind == NotificationKind::AllocationRound).count()
}

#[actix_web::test]
async fn students_hear_of_a_round_and_those_who_have_not_applied_again() {
    let round = Round::open();
    round.at(OPENS, -1);
    assert_eq!(told(&round, 0).await, 0);
    round.at(OPENS, 0);
    assert_eq!(told(&round, 0).await, 1);
    assert_eq!(told(&round, 0).await, 1, "once");
    round.apply(round.students[0], &[0]).await;
    round.at(CLOSES, -2 * 86_400);
    assert_eq!((told(&round, 0).await, told(&round, 1).await), (1, 2));
    round.at(CLOSES, 0);
    assert_eq!(told(&round, 1).await, 2);
}
