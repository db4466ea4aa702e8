use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::{message, notification};
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, web};
use gestfg_types::notifications::UnreadCounts;

/// How many notifications and messages the caller has not read.
#[utoipa::path(
    tag = "notifications",
    responses((status = 200, body = UnreadCounts), Problems),
    security(("bearer" = []))
)]
#[get("/notifications/unread")]
pub(super) async fn count_unread(user: CurrentUser, state: web::Data<AppState>) -> AppResult<HttpResponse> {
    let counts = state
        .db
        .run(move |conn| {
            Ok(UnreadCounts {
                notifications: notification::count_unread(conn, user.id)?,
                messages: message::count_unread(conn, user.id)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(counts))
}
