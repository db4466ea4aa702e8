use super::Keeper;
use crate::app::AppState;
use crate::domain::people::may_edit_person;
use crate::error::{AppError, AppResult};
use crate::mail::outbox;
use crate::models::audit::Entry;
use crate::models::people;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;

/// Mail someone a fresh link that sets their password; older links die.
///
/// Admin: anyone; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/users/{id}/invite")]
pub(super) async fn invite_user(
    keeper: Keeper,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let (now, public_url) = (state.clock.now(), state.config.public_url.clone());
    state
        .db
        .write(move |conn| {
            let person = people::find(conn, id)?;
            may_edit_person(&keeper, &person.facts())?;
            if !outbox::invite(conn, &public_url, id, now)? {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "The account is deactivated or has no address to write to.",
                ));
            }
            Entry::new("user.invite", id.0).record(conn, &(&*keeper).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
