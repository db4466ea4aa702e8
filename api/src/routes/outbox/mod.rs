//! The developer outbox: what the server has written to people.

use crate::app::AppState;
use crate::auth::Admin;
use crate::error::AppResult;
use crate::models::mail::{self, MailFilter};
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::MailId;
use gestfg_types::outbox::{Mail, MailState};
use gestfg_types::pagination::Page;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

mod export;

/// The operations on the outbox.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_mails).service(export::export_outbox).service(find_mail);
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Part of the address or of the subject.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "crate::pagination::bounded_text::<200, _>")]
    q: Option<String>,
    /// Only those that have come this far.
    state: Option<MailState>,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// List mails, the latest first. Admin only; links are masked where mail is really sent.
#[utoipa::path(
    tag = "outbox",
    params(Params),
    responses((status = 200, body = Page<Mail>), Problems),
    security(("bearer" = []))
)]
#[get("/outbox")]
async fn list_mails(
    _admin: Admin,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { q, state: reached, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    let filter = MailFilter { q, state: reached };
    let window = state.db.run(move |conn| Ok(mail::list(conn, &filter, &page)?)).await?;
    let masked = state.config.smtp_url.is_some();
    Ok(HttpResponse::Ok().json(window.map(|row| views::mail::mail(row, masked))))
}

/// One mail. Admin only; links are masked where mail is really sent.
#[utoipa::path(
    tag = "outbox",
    params(("id" = MailId, Path)),
    responses((status = 200, body = Mail), Problems),
    security(("bearer" = []))
)]
#[get("/outbox/{id}")]
async fn find_mail(
    _admin: Admin,
    state: web::Data<AppState>,
    id: web::Path<MailId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let row = state.db.run(move |conn| Ok(mail::find(conn, id)?)).await?;
    Ok(HttpResponse::Ok().json(views::mail::mail(row, state.config.smtp_url.is_some())))
}
