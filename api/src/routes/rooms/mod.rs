//! Rooms and their closures.

use crate::domain::text::FieldErrors;
use gestfg_types::errors::FieldCode;
use utoipa_actix_web::service_config::ServiceConfig;

mod close;
mod create;
mod delete;
mod export;
mod export_closures;
mod find;
mod list;
mod list_closures;
mod open;
mod reopen;
mod update;

/// The operations on rooms.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list::list_rooms)
        .service(export::export_rooms)
        .service(create::create_room)
        .service(find::find_room)
        .service(update::update_room)
        .service(delete::delete_room)
        .service(list_closures::list_room_closures)
        .service(export_closures::export_room_closures)
        .service(close::close_room)
        .service(open::open_room)
        .service(reopen::reopen_room);
}

/// As many people as can be in one room.
fn check_capacity(errors: &mut FieldErrors, capacity: Option<i16>) {
    if capacity.is_some_and(|capacity| !(1..=10_000).contains(&capacity)) {
        errors.push("/capacity", FieldCode::OutOfRange, "The capacity goes from 1 to 10000.");
    }
}
