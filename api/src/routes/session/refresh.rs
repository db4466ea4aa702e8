use super::{Opened, ended, refresh_token};
use crate::app::AppState;
use crate::auth::Origin;
use crate::error::AppResult;
use crate::models::audit::{Author, Entry};
use crate::models::session::{self, Refreshed};
use crate::openapi::Problems;
use actix_web::{HttpRequest, HttpResponse, post, web};
use gestfg_types::session::SessionOpened;

/// Exchange the refresh cookie for a new access token and a new cookie.
///
/// A refresh token is good once. One that comes again ends its whole log-in,
/// but for the few seconds in which two tabs of one browser race each other.
#[utoipa::path(
    tag = "session",
    responses((status = 200, body = SessionOpened, headers(("Set-Cookie"))), Problems),
    security(("refresh_cookie" = []))
)]
#[post("/session/refresh")]
pub(super) async fn refresh_session(
    origin: Origin,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let token = refresh_token(&request).ok_or_else(ended)?;
    let now = state.clock.now();
    let opened = state
        .db
        .write(move |conn| match session::refresh(conn, &token, now)? {
            Refreshed::Renewed(user, session) => Opened::load(conn, user, session, origin, now).map(Some),
            // No error here: it would roll the end of the log-in back.
            Refreshed::Reused(user) => {
                Entry::new("user.refresh_reused", user.0).record(conn, &Author::system(origin))?;
                Ok(None)
            }
            Refreshed::Ended => Ok(None),
        })
        .await?;
    opened.ok_or_else(ended)?.respond(&state)
}
