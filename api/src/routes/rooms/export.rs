use super::list::Params;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::room::{self, RoomFilter};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, yes_or_no};
use crate::views;
use actix_web::{HttpResponse, get, web};

/// All rooms under these filters as a spreadsheet; notes for those who plan.
#[utoipa::path(
    tag = "rooms",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/rooms/export")]
pub(super) async fn export_rooms(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let Exporting { format, params } = asked;
    let Params { q, is_active, .. } = params;
    let filter = RoomFilter { q, is_active };
    let titles = Titles::of(
        language,
        Titles { name: "Aulas", headers: &["Nombre", "Edificio", "Plazas", "Notas", "Activa"] },
        Titles { name: "Rooms", headers: &["Name", "Building", "Seats", "Notes", "Active"] },
    );
    export(&state.db, format, titles, move |conn, page| {
        let window = room::list(conn, &filter, page)?;
        Ok(window.shape(|row| {
            let shown = views::rooms::room(0, row, viewer.actor());
            vec![
                shown.name.into(),
                shown.building.into(),
                shown.capacity.into(),
                shown.notes.into(),
                yes_or_no(language, shown.is_active),
            ]
        }))
    })
    .await
}
