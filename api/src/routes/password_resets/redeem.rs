use crate::app::AppState;
use crate::auth::{Origin, password};
use crate::config::Config;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::mail::Letter;
use crate::models::audit::{Author, Entry};
use crate::models::user::UserRow;
use crate::models::{identity_claim, one_time_link, session, user};
use crate::notices;
use crate::openapi::Problems;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use gestfg_types::accounts::RedeemLink;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;

/// Set a password by the link of a mail; proves the address and ends every session.
///
/// A link is good once, for 24 hours, and until a newer one is sent. A
/// password that is refused does not use it up.
#[utoipa::path(
    tag = "password-resets",
    request_body = RedeemLink,
    responses((status = 204), Problems),
    security(())
)]
#[post("/password-resets/redeem")]
pub(super) async fn redeem_link(
    origin: Origin,
    state: web::Data<AppState>,
    body: web::Json<RedeemLink>,
) -> AppResult<HttpResponse> {
    let RedeemLink { token, password } = body.into_inner();
    let now = state.clock.now();
    let (link, owner) = state
        .db
        .run(move |conn| {
            let link = one_time_link::find_live(conn, &token, now)?.ok_or_else(invalid)?;
            Ok((link, user::find(conn, link.user)?))
        })
        .await?;
    check("/password", &password, &owner)?;
    let config = state.config.clone();
    let hash = password::hash(password).await?;
    state
        .db
        .write(move |conn| {
            if !one_time_link::use_up(conn, link, now)? {
                return Err(invalid());
            }
            user::set_password(conn, link.user, &hash)?;
            user::set_verified(conn, link.user, now)?;
            if owner.email_verified_at.is_none() {
                tell_deciders(conn, &config, now, &owner)?;
            }
            one_time_link::delete_all(conn, link.user)?;
            session::end_all(conn, link.user, None, now)?;
            let author = Author { id: Some(link.user), name: owner.name(), origin };
            Entry::new("user.set_password", link.user.0).record(conn, &author)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Claims of someone wait for a decision once their address is proven.
fn tell_deciders(
    conn: &mut PgConnection,
    config: &Config,
    now: DateTime<Utc>,
    claimant: &UserRow,
) -> AppResult<()> {
    for (preloaded, people) in identity_claim::deciders(conn, UserId(claimant.id))? {
        let letter = Letter::ClaimWaiting { claimant: claimant.name(), preloaded };
        notices::tell(conn, config, now, &people, &letter)?;
    }
    Ok(())
}

/// Whether this person may take this password.
pub(crate) fn check(pointer: &str, password: &str, owner: &UserRow) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    let name = owner.name();
    let about = [
        owner.email.as_deref().unwrap_or_default(),
        owner.dni.as_deref().unwrap_or_default(),
        &owner.first_name,
        &owner.last_name,
        &name,
    ];
    crate::domain::password::check(&mut errors, pointer, password, &about);
    errors.into_result()
}

fn invalid() -> AppError {
    AppError::refuse(
        ErrorCode::InvalidLink,
        "The link is unknown, used, or older than 24 hours. Ask for another.",
    )
}
