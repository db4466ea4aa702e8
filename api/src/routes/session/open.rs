use super::Opened;
use crate::app::AppState;
use crate::auth::throttle::Attempt;
use crate::auth::{Origin, password};
use crate::domain::email::Login;
use crate::domain::text::fold;
use crate::error::{AppError, AppResult};
use crate::models::audit::{Author, Entry};
use crate::models::{session, user};
use crate::openapi::Problems;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::session::{LogIn, SessionOpened};

/// Log in by e-mail or DNI/NIE and password.
///
/// Unknown, deactivated, without a password or wrong: the answer and its time
/// are the same. Failures are limited per account and per network address.
#[utoipa::path(
    tag = "session",
    request_body = LogIn,
    responses((status = 200, body = SessionOpened, headers(("Set-Cookie"))), Problems),
    security(())
)]
#[post("/session")]
pub(super) async fn open_session(
    origin: Origin,
    request: HttpRequest,
    state: web::Data<AppState>,
    body: web::Json<LogIn>,
) -> AppResult<HttpResponse> {
    let LogIn { login, password } = body.into_inner();
    let now = state.clock.now();
    let parsed = Login::parse(&login).ok();
    let attempt = Attempt::log_in(&state.config, &account_of(parsed.as_ref(), &login), &origin);
    let counted = attempt.clone();
    state.db.write(move |conn| counted.count(conn, now)).await?;

    let found = match parsed {
        Some(login) => state.db.run(move |conn| Ok(user::find_credentials(conn, &login)?)).await?,
        None => None,
    };
    let hash = found.as_ref().and_then(|found| found.password_hash.clone());
    let right = password::verify(password, hash).await?;
    let Some(found) = found.filter(|_| right) else {
        return Err(AppError::refuse(
            ErrorCode::InvalidCredentials,
            "The e-mail or DNI and the password do not belong together.",
        ));
    };

    let agent = user_agent(&request);
    let opened = state
        .db
        .write(move |conn| {
            attempt.succeeded(conn, now)?;
            let address = origin.address.clone().unwrap_or_default();
            let id = session::create(conn, found.user, &address, &agent, now)?;
            let opened = Opened::load(conn, found.user, id, origin.clone(), now)?;
            let author = Author {
                id: Some(found.user),
                name: format!("{} {}", opened.me.first_name, opened.me.last_name),
                origin,
            };
            Entry::new("user.log_in", found.user.0).record(conn, &author)?;
            Ok(opened)
        })
        .await?;
    opened.respond(&state)
}

/// Spellings of one login are one account to the throttle.
pub(crate) fn account_of(parsed: Option<&Login>, typed: &str) -> String {
    match parsed {
        Some(Login::Email(email)) => email.as_str().to_owned(),
        Some(Login::Dni(dni)) => dni.as_str().to_owned(),
        None => fold(typed),
    }
}

/// As the browser calls itself, as far as it can be stored.
fn user_agent(request: &HttpRequest) -> String {
    request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .chars()
        .take(300)
        .collect()
}
