//! Logging in, staying in, and out.

use crate::app::AppState;
use crate::auth::current_user::Key;
use crate::auth::{CurrentUser, Origin};
use crate::error::{AppError, AppResult};
use crate::models::{self, current_user, roles, user};
use crate::views;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::session::{Me, SessionOpened};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

mod close;
mod find;
mod open;
mod refresh;

/// The operations on the session.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(open::open_session)
        .service(refresh::refresh_session)
        .service(find::find_session)
        .service(close::close_session);
}

pub(crate) use open::account_of;

/// The cookie the refresh token travels in.
const COOKIE: &str = "gestfg_refresh";

/// A log-in that has just been made or renewed.
struct Opened {
    user: UserId,
    session: Uuid,
    refresh_token: String,
    me: Me,
}

impl Opened {
    /// Give a log-in its next refresh token, and look up whose it is.
    fn load(
        conn: &mut PgConnection,
        user: UserId,
        session: Uuid,
        origin: Origin,
        now: DateTime<Utc>,
    ) -> AppResult<Self> {
        let refresh_token = models::session::issue_refresh_token(conn, session, now)?;
        let CurrentUser { actor, .. } =
            current_user::load(conn, user, Key::Session(session), origin)?.ok_or_else(ended)?;
        let me = views::users::me(user::find(conn, user)?, roles::find(conn, user)?, &actor);
        Ok(Self { user, session, refresh_token, me })
    }

    /// The access token in the body, the refresh token in its cookie.
    fn respond(self, state: &AppState) -> AppResult<HttpResponse> {
        let (access_token, expires_at) = state.keys.issue(self.user, self.session, state.clock.now())?;
        Ok(HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .cookie(cookie(state, self.refresh_token, Duration::days(models::session::DAYS)))
            .json(SessionOpened { access_token, expires_at, user: self.me }))
    }
}

fn cookie(state: &AppState, token: String, age: Duration) -> Cookie<'static> {
    Cookie::build(COOKIE, token)
        .path("/api/v1/session")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.config.secure_cookies())
        .max_age(age)
        .finish()
}

fn refresh_token(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

fn ended() -> AppError {
    AppError::refuse(ErrorCode::SessionEnded, "The session has ended. Log in again.")
}
