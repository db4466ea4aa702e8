//! The way out of mails, for whoever holds the link of one.

use crate::app::AppState;
use crate::auth::Origin;
use crate::error::{AppError, AppResult};
use crate::mail::unsubscribe as link;
use crate::models::audit::{Author, Entry};
use crate::models::{preference, user};
use crate::openapi::Problems;
use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use diesel::OptionalExtension;
use gestfg_types::errors::ErrorCode;
use gestfg_types::notifications::{MailPreference, NotificationPreference, Unsubscribed};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of unsubscribing.
pub fn configure(config: &mut ServiceConfig) {
    config.service(show_page).service(unsubscribe);
}

/// To the page that asks whether one means it: following a link ends nothing,
/// because programs follow links too.
#[utoipa::path(
    tag = "unsubscribe",
    params(("token" = String, Path)),
    responses((status = 303, headers(("Location"))), Problems),
    security(())
)]
#[get("/unsubscribe/{token}")]
async fn show_page(token: web::Path<String>) -> HttpResponse {
    let token = percent_encoding::utf8_percent_encode(&token, percent_encoding::NON_ALPHANUMERIC).to_string();
    HttpResponse::SeeOther().insert_header((header::LOCATION, link::page(&token))).finish()
}

/// No more mails of the kind the link is of; what they told of stays in the
/// inbox. Without log-in and with any body, as mail programs do it (RFC 8058).
#[utoipa::path(
    tag = "unsubscribe",
    params(("token" = String, Path)),
    responses((status = 200, body = Unsubscribed), Problems),
    security(())
)]
#[post("/unsubscribe/{token}")]
async fn unsubscribe(
    origin: Origin,
    state: web::Data<AppState>,
    token: web::Path<String>,
) -> AppResult<HttpResponse> {
    let (owner, kind) = link::read(&state.config, &token).ok_or_else(unknown)?;
    let now = state.clock.now();
    state
        .db
        .write(move |conn| {
            // Deleted since: nobody is left to be mailed.
            let Some(person) = user::find(conn, owner).optional()? else { return Ok(()) };
            let before: Vec<NotificationPreference> = preference::list(conn, owner)?
                .into_iter()
                .filter(|preference| match kind {
                    Some(kind) => preference.kind == kind && preference.mail != MailPreference::Never,
                    None => preference.mail == MailPreference::Digest,
                })
                .collect();
            if before.is_empty() {
                return Ok(());
            }
            let after: Vec<_> = before
                .iter()
                .map(|preference| NotificationPreference { mail: MailPreference::Never, ..*preference })
                .collect();
            preference::set(conn, owner, &after, now)?;
            let author = Author { id: Some(owner), name: person.name(), origin };
            Entry::new("notification_preferences.unsubscribe", owner.0)
                .before(&preference::for_audit(&before))
                .after(&preference::for_audit(&after))
                .record(conn, &author)?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::Ok().json(Unsubscribed { kind }))
}

fn unknown() -> AppError {
    AppError::refuse(ErrorCode::InvalidLink, "This is not a link of one of our mails.")
}
