use super::{cookie, refresh_token};
use crate::app::AppState;
use crate::auth::{Origin, Viewer};
use crate::error::{AppError, AppResult};
use crate::models::audit::{Author, Entry};
use crate::models::{session, user};
use crate::openapi::Problems;
use actix_web::cookie::time::Duration;
use actix_web::{HttpRequest, HttpResponse, delete, web};
use gestfg_types::errors::ErrorCode;

/// Log out: ends the log-in of the access token, of the refresh cookie, or of both, at once.
#[utoipa::path(
    tag = "session",
    responses((status = 204, headers(("Set-Cookie"))), Problems),
    security(("bearer" = []), ("refresh_cookie" = []))
)]
#[delete("/session")]
pub(super) async fn close_session(
    viewer: Viewer,
    origin: Origin,
    request: HttpRequest,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let token = refresh_token(&request);
    if viewer.0.is_none() && token.is_none() {
        return Err(AppError::code_only(ErrorCode::NotAuthenticated));
    }
    let by_token = viewer.0.map(|user| Ok::<_, AppError>((user.session()?, user.id))).transpose()?;
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            let by_cookie = match token {
                Some(token) => session::find_by_refresh_token(conn, &token)?,
                None => None,
            };
            if by_token.is_none() && by_cookie.is_none() {
                // A cookie we never gave out opens nothing and closes nothing.
                return Err(AppError::code_only(ErrorCode::NotAuthenticated));
            }
            for (id, owner) in by_token.into_iter().chain(by_cookie) {
                if session::end(conn, id, now)? {
                    let name = user::find(conn, owner)?.name();
                    let author = Author { id: Some(owner), name, origin: origin.clone() };
                    Entry::new("user.log_out", owner.0).record(conn, &author)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().cookie(cookie(&state, String::new(), Duration::ZERO)).finish())
}
