use super::list_closures::Params;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::room;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::RoomId;

const SPANISH: Titles =
    Titles { name: "Cierres del aula", headers: &["Aula", "Cerrada desde", "Cerrada hasta", "Motivo"] };

const ENGLISH: Titles =
    Titles { name: "Room closures", headers: &["Room", "Closed from", "Closed until", "Reason"] };

/// All closures of a room under these filters as a spreadsheet, in the order of time. For
/// coordinators and admins.
#[utoipa::path(
    tag = "rooms",
    params(("id" = RoomId, Path), Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/rooms/{id}/closures/export")]
pub(super) async fn export_room_closures(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<RoomId>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    policy::may_manage_rooms(&user)?;
    let (id, from, zone) = (id.into_inner(), asked.params.from, state.config.time_zone);
    export(&state.db, asked.format, Titles::of(user.language, SPANISH, ENGLISH), move |conn, page| {
        let room = room::find(conn, id)?;
        let window = room::list_closures(conn, id, from, page)?;
        Ok(window.shape(|row| {
            let closure = views::rooms::closure(row);
            vec![
                room.name.as_str().into(),
                local(closure.starts_at, zone).into(),
                local(closure.ends_at, zone).into(),
                closure.reason.into(),
            ]
        }))
    })
    .await
}
