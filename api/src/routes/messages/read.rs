use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::update::Change;
use crate::models::{message, notification};
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::AssignmentId;
use gestfg_types::messages::ReadMessages;
use gestfg_types::updates::UpdateTopic;

/// Say how far a thread has been read. Notices of its messages are read with it.
#[utoipa::path(
    tag = "messages",
    params(("id" = AssignmentId, Path)),
    request_body = ReadMessages,
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[post("/assignments/{id}/messages/read")]
pub(super) async fn read_messages(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AssignmentId>,
    body: web::Json<ReadMessages>,
) -> AppResult<HttpResponse> {
    let (id, up_to, now) = (id.into_inner(), body.up_to, state.clock.now());
    state
        .db
        .write(move |conn| {
            message::find_thread(conn, user.id, id)?;
            if message::set_read(conn, id, user.id, up_to.0)? {
                Change::of(UpdateTopic::Messages).subject(id.0).people([user.id]).publish(conn)?;
            }
            if message::find_thread(conn, user.id, id)?.unread == 0
                && notification::set_thread_read(conn, user.id, id, now)?
            {
                Change::of(UpdateTopic::Inbox).people([user.id]).publish(conn)?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
