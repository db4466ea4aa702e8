//! Service in committees over the years.

use crate::routes::projects::Stage;
use gestfg::models::participation::ledger;
use gestfg_types::errors::ErrorCode;
use gestfg_types::pagination::Page;
use gestfg_types::participation::Participation;
use serde_json::json;

#[actix_web::test]
async fn a_coordinator_writes_what_was_before_and_it_is_counted() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let path = format!("/participation/{}", stage.tutor);
    let before: Participation = coordinator.get(&path).await.expect(200);
    assert_eq!((before.total, before.may_preside, before.exempt_from_committees), (0, true, false));
    let body = json!({
        "seniority_year": 2012, "may_preside": false,
        "brought": [{"academic_year": 2024, "seats": 3}, {"academic_year": 2025, "seats": 1}],
    });
    let after: Participation = coordinator.patch(&path, before.version, &body).await.expect(200);
    let years: Vec<_> =
        after.years.iter().map(|year| (year.academic_year, year.brought, year.seats)).collect();
    assert_eq!((years, after.total), (vec![(2024, 3, 0), (2025, 1, 0)], 4));
    assert_eq!((after.seniority_year, after.may_preside), (Some(2012), false));
    let mut conn = stage.app.conn();
    assert_eq!(ledger(&mut conn, 2025..=2026).expect("a ledger").get(&stage.tutor.0), Some(&1));
    assert_eq!(ledger(&mut conn, 2020..=2026).expect("a ledger").get(&stage.tutor.0), Some(&4));

    // A seat in a committee that was published here.
    stage.with_world(|world| {
        let sitting = world.sitting("JUN");
        let call = world.call(stage.degree, sitting, true);
        world.run(&format!("INSERT INTO committees (call_id, number) VALUES ({call}, 1)"));
        world.run(&format!(
            "INSERT INTO committee_seats (committee_id, seat, professor_id) SELECT id, 'president', {} FROM committees",
            stage.tutor
        ));
    });
    assert_eq!(ledger(&mut conn, 2025..=2026).expect("a ledger").get(&stage.tutor.0), Some(&2));
    let seated: Participation = coordinator.get(&path).await.expect(200);
    assert_eq!(
        seated.years.last().map(|year| (year.academic_year, year.brought, year.seats)),
        Some((2026, 0, 1))
    );
    coordinator.patch(&path, before.version, &json!({})).await.refused(ErrorCode::StaleVersion);
    let body = json!({"seniority_year": null, "exempt_from_committees": true, "brought": [{"academic_year": 2024, "seats": 0}]});
    let after: Participation = coordinator.patch(&path, after.version, &body).await.expect(200);
    assert_eq!((after.total, after.seniority_year, after.exempt_from_committees), (2, None, true));
    let wrong = json!({"brought": [{"academic_year": 1900, "seats": -1}]});
    assert_eq!(
        coordinator
            .patch(&path, after.version, &wrong)
            .await
            .refused(ErrorCode::ValidationFailed)
            .errors
            .len(),
        2
    );

    let all: Page<Participation> = coordinator.get("/participation?exempt=true").await.expect(200);
    assert_eq!(all.items.iter().map(|item| item.professor.id).collect::<Vec<_>>(), [stage.tutor]);
    let first: Page<Participation> = coordinator.get("/participation?limit=2").await.expect(200);
    let cursor = first.next_cursor.expect("more");
    let rest: Page<Participation> =
        coordinator.get(&format!("/participation?limit=200&cursor={cursor}")).await.expect(200);
    assert_eq!((first.total, first.items.len() + rest.items.len()), (5, 5));
    let own: Page<Participation> = stage.be(stage.tutor).get("/participation").await.expect(200);
    assert_eq!((own.total, own.items[0].professor.id), (1, stage.tutor));
}
