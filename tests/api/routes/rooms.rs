//! Rooms and when they are closed.

use crate::routes::projects::Stage;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::master::MasterAction;
use gestfg_types::pagination::Page;
use gestfg_types::rooms::{Room, RoomClosure};
use serde_json::json;

#[actix_web::test]
async fn a_coordinator_keeps_rooms_and_everybody_finds_them() {
    let stage = Stage::set();
    let coordinator = stage.be(stage.coordinator);
    let new = json!({"name": " Aula  1.4 ", "building": "Edificio A", "capacity": 40, "notes": "Proyector"});
    let answer = coordinator.post("/rooms", &new).await;
    let room: Room = answer.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/rooms/{}", room.id));
    assert_eq!((room.name.as_str(), room.capacity, room.closures_ahead), ("Aula 1.4", Some(40), Some(0)));
    assert_eq!(room.allowed_actions, [MasterAction::Edit, MasterAction::Delete]);
    let taken = coordinator.post("/rooms", &json!({"name": "AULA 1.4"})).await;
    assert_eq!(taken.refused(ErrorCode::AlreadyExists).errors[0].pointer, "/name");
    let wrong = coordinator.post("/rooms", &json!({"name": " ", "capacity": 0})).await;
    let codes: Vec<_> =
        wrong.refused(ErrorCode::ValidationFailed).errors.into_iter().map(|error| error.code).collect();
    assert_eq!(codes, [FieldCode::Required, FieldCode::OutOfRange]);

    let path = format!("/rooms/{}", room.id);
    let seen: Room = stage.app.visitor().get(&path).await.expect(200);
    assert_eq!((seen.notes, seen.closures_ahead, seen.allowed_actions), (None, None, vec![]));
    let changed: Room = coordinator
        .patch(&path, room.version, &json!({"capacity": null, "is_active": false}))
        .await
        .expect(200);
    assert_eq!((changed.capacity, changed.is_active, changed.version), (None, false, 2));
    coordinator.patch(&path, room.version, &json!({"name": "Otra"})).await.refused(ErrorCode::StaleVersion);
    let found: Page<Room> = stage.app.visitor().get("/rooms?q=edificio&is_active=false").await.expect(200);
    assert_eq!((found.total, found.items[0].id), (1, room.id));
    coordinator.delete(&path).await.expect_status(204);
    coordinator.get(&path).await.refused(ErrorCode::NotFound);
}

#[actix_web::test]
async fn rooms_are_closed_for_a_time_and_opened_again() {
    let stage = Stage::set();
    let admin = stage.be(stage.admin);
    let room: Room = admin.post("/rooms", &json!({"name": "Aula 0.1"})).await.expect(201);
    let path = format!("/rooms/{}/closures", room.id);
    let (from, to) = ("2027-06-10T08:00:00Z", "2027-06-10T12:00:00Z");
    let wrong = admin.post(&path, &json!({"starts_at": to, "ends_at": from})).await;
    assert_eq!(wrong.refused(ErrorCode::ValidationFailed).errors[0].pointer, "/ends_at");
    let made: RoomClosure =
        admin.post(&path, &json!({"starts_at": from, "ends_at": to, "reason": "Obras"})).await.expect(201);
    let listed: Page<RoomClosure> = admin.get(&format!("{path}?from=2027-06-10T11:59:00Z")).await.expect(200);
    assert_eq!(listed.items, std::slice::from_ref(&made));
    let over: Page<RoomClosure> = admin.get(&format!("{path}?from={to}")).await.expect(200);
    assert_eq!(over.total, 0);
    let shown: Room = admin.get(&format!("/rooms/{}", room.id)).await.expect(200);
    assert_eq!(shown.closures_ahead, Some(1));
    // Opened for an hour in the midst of it: the rest stays closed, with its reason.
    let open = format!("/rooms/{}/open", room.id);
    let hour = json!({"starts_at": "2027-06-10T09:00:00Z", "ends_at": "2027-06-10T10:00:00Z"});
    admin.post(&open, &hour).await.expect_status(204);
    let left: Page<RoomClosure> = admin.get(&path).await.expect(200);
    let hours: Vec<_> = left
        .items
        .iter()
        .map(|it| format!("{}-{} {}", it.starts_at.format("%H"), it.ends_at.format("%H"), it.reason))
        .collect();
    assert_eq!(hours, ["08-09 Obras", "10-12 Obras"]);
    admin.post(&open, &hour).await.refused(ErrorCode::InvalidState);
    admin
        .post(&open, &json!({"starts_at": from, "ends_at": from}))
        .await
        .refused(ErrorCode::ValidationFailed);
    admin.post("/rooms/999999/open", &hour).await.refused(ErrorCode::NotFound);
    let made = left.items[0].clone();
    admin.delete(&format!("{path}/{}", left.items[1].id)).await.expect_status(204);
    let other: Room = admin.post("/rooms", &json!({"name": "Aula 0.2"})).await.expect(201);
    let elsewhere = format!("/rooms/{}/closures/{}", other.id, made.id);
    admin.delete(&elsewhere).await.refused(ErrorCode::NotFound);
    admin.delete(&format!("{path}/{}", made.id)).await.expect_status(204);
}
