use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::notification;
use crate::models::update::Change;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::NotificationId;
use gestfg_types::notifications::ReadNotifications;
use gestfg_types::updates::UpdateTopic;

/// Mark a notification as read. Reading leaves no row in the audit log.
#[utoipa::path(
    tag = "notifications",
    params(("id" = NotificationId, Path)),
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/notifications/{id}/read")]
pub(super) async fn read_notification(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<NotificationId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    state
        .db
        .write(move |conn| {
            notification::find_own(conn, user.id, id)?;
            if notification::set_read(conn, user.id, id, now)? {
                Change::of(UpdateTopic::Inbox).people([user.id]).publish(conn)?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Mark the inbox as read, as far as it was seen.
#[utoipa::path(
    tag = "notifications",
    request_body = ReadNotifications,
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/notifications/read")]
pub(super) async fn read_notifications(
    user: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<ReadNotifications>,
) -> AppResult<HttpResponse> {
    let (up_to, now) = (body.up_to, state.clock.now());
    state
        .db
        .write(move |conn| {
            if notification::set_read_up_to(conn, user.id, up_to, now)? {
                Change::of(UpdateTopic::Inbox).people([user.id]).publish(conn)?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
