use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::extract::IfMatch;
use crate::models::audit::Entry;
use crate::models::availability_poll;
use crate::openapi::Problems;
use actix_web::{HttpResponse, delete, web};
use gestfg_types::ids::{AvailabilityPollId, DegreeId};

/// Remove a poll and the note of who answered; what professors said stays. By
/// a coordinator of the degree or an admin.
#[utoipa::path(
    tag = "availability",
    params(("id" = AvailabilityPollId, Path), ("If-Match" = String, Header)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[delete("/availability-polls/{id}")]
pub(super) async fn delete_availability_poll(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AvailabilityPollId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    state
        .db
        .write(move |conn| {
            let poll = super::find_kept(conn, id, &user)?;
            let row = availability_poll::lock(conn, id)?;
            version.check(row.version)?;
            availability_poll::delete(conn, id)?;
            Entry::new("availability_poll.delete", id.0)
                .degree(DegreeId(poll.degree_id))
                .before(&row)
                .record(conn, &(&user).into())?;
            super::announce(conn, &poll)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
