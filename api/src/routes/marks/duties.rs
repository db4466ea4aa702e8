use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{call_marks, defence};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::DefenceId;
use gestfg_types::marks::MarkingDuties;

/// What the caller has to mark, or has marked: reports of projects they tutor,
/// and defences at which they judge; the latest first.
#[utoipa::path(
    tag = "marks",
    responses((status = 200, body = MarkingDuties), Problems),
    security(("bearer" = []))
)]
#[get("/me/marking-duties")]
pub(super) async fn list_marking_duties(
    user: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let duties = state
        .db
        .run(move |conn| {
            let rows = call_marks::duties(conn, user.id)?;
            let ids: Vec<_> = rows.iter().map(|row| DefenceId(row.defence_id)).collect();
            let details = defence::of_ids(conn, &ids)?;
            let items = rows.into_iter().filter_map(|row| {
                let detail = details.iter().find(|detail| detail.id == row.defence_id)?.clone();
                Some(views::marks::duty(detail, &row))
            });
            Ok(MarkingDuties { items: items.collect() })
        })
        .await?;
    Ok(HttpResponse::Ok().json(duties))
}
