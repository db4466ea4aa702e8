use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::message;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::AssignmentId;
use gestfg_types::messages::Message;
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The thread of an assignment, the latest message first.
///
/// For its students, tutor and co-tutor; to anybody else, admins included, it
/// does not exist.
#[utoipa::path(
    tag = "messages",
    params(("id" = AssignmentId, Path), Params),
    responses((status = 200, body = Page<Message>), Problems),
    security(("bearer" = []))
)]
#[get("/assignments/{id}/messages")]
pub(super) async fn list_messages(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AssignmentId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let (id, viewer) = (id.into_inner(), user.id);
    let (thread, window) = state
        .db
        .run(move |conn| Ok((message::find_thread(conn, viewer, id)?, message::list(conn, id, &page)?)))
        .await?;
    let page: Page<Message> = window.map(|row| views::messages::message(row, viewer, thread.last_read_id));
    Ok(HttpResponse::Ok().json(page))
}
