use crate::app::AppState;
use crate::auth::Admin;
use crate::error::{AppError, AppResult};
use crate::models::retention;
use crate::openapi::Problems;
use crate::pagination::PageParams;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::pagination::Page;
use gestfg_types::retention::{RETENTION_MONTHS_MAX, RetentionItem, RetentionKind};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of what.
    kind: RetentionKind,
    /// As if it were kept for so many months.
    #[param(minimum = 1, maximum = 600)]
    months: u16,
    /// Items per page.
    #[param(minimum = 1, maximum = 200, default = 25)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What a rule would remove if it held now, the oldest first: nothing is
/// done. Admin only.
#[utoipa::path(
    tag = "retention",
    params(Params),
    responses((status = 200, body = Page<RetentionItem>), Problems),
    security(("bearer" = []))
)]
#[get("/retention-settings/due")]
pub(super) async fn list_retention_due(
    _: Admin,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { kind, months, limit, cursor } = params.into_inner();
    let page = PageParams::parse(limit, cursor.as_deref())?;
    if !(1..=RETENTION_MONTHS_MAX).contains(&months) {
        let sentence = format!("A rule has 1 to {RETENTION_MONTHS_MAX} months.");
        return Err(AppError::invalid_field("/months", FieldCode::OutOfRange, sentence));
    }
    let before = retention::before(state.clock.now(), months);
    let window = state.db.run(move |conn| Ok(retention::list_due(conn, kind, before, &page)?)).await?;
    Ok(HttpResponse::Ok().json(window.map(views::retention::item)))
}
