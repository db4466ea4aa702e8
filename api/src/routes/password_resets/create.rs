use crate::app::AppState;
use crate::auth::Origin;
use crate::auth::even_time::even_time;
use crate::auth::throttle::Attempt;
use crate::domain::email::Login;
use crate::error::{AppError, AppResult};
use crate::mail::{Letter, outbox};
use crate::models::audit::{Author, Entry};
use crate::models::{recipient, user};
use crate::openapi::Problems;
use crate::routes::session::account_of;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::accounts::{MailPromised, RequestPasswordReset};
use gestfg_types::errors::FieldCode;

/// Ask for a link that sets a new password.
///
/// The answer is the same, in words and in time, whether or not there is such
/// an account with an address to write to.
#[utoipa::path(
    tag = "password-resets",
    request_body = RequestPasswordReset,
    responses((status = 202, body = MailPromised), Problems),
    security(())
)]
#[post("/password-resets")]
pub(super) async fn request_password_reset(
    origin: Origin,
    state: web::Data<AppState>,
    body: web::Json<RequestPasswordReset>,
) -> AppResult<HttpResponse> {
    let login = body.into_inner().login;
    if login.chars().count() > 320 {
        return Err(AppError::invalid_field("/login", FieldCode::TooLong, "320 characters at most."));
    }
    let parsed = Login::parse(&login).ok();
    let attempt = Attempt::send_mail(&state.config, &account_of(parsed.as_ref(), &login), &origin);
    let (now, public_url) = (state.clock.now(), state.config.public_url.clone());
    even_time(async {
        state.db.write(move |conn| attempt.count(conn, now)).await?;
        let Some(login) = parsed else { return Ok(()) };
        state.db.write(move |conn| send_link(conn, &login, &public_url, origin, now)).await
    })
    .await?;
    Ok(HttpResponse::Accepted().json(MailPromised {
        detail: "If there is such an account, a mail with a link is on its way to its address.".to_owned(),
    }))
}

fn send_link(
    conn: &mut PgConnection,
    login: &Login,
    public_url: &str,
    origin: Origin,
    now: DateTime<Utc>,
) -> AppResult<()> {
    let Some(user) = user::find_by_login(conn, login)? else { return Ok(()) };
    let Some(to) = recipient::find(conn, user)? else { return Ok(()) };
    outbox::send_reset(conn, public_url, (user, &to), now, |token| Letter::ResetPassword { token })?;
    Entry::new("user.request_reset", user.0).record(conn, &Author::system(origin))?;
    Ok(())
}
