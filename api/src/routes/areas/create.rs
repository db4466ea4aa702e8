use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::area;
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::master::{Area, CreateArea};

/// Make an area. Admin only.
#[utoipa::path(
    tag = "areas",
    request_body = CreateArea,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Area, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/areas")]
pub(super) async fn create_area(
    admin: Admin,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateArea>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let name = errors.line("/name", &body.name, 1, 200);
    errors.into_result()?;
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &admin, now, &body, |conn| {
                let row = area::create(conn, &name)?;
                Entry::new("area.create", row.id).after(&row).record(conn, &(&*admin).into())?;
                Ok(Created {
                    location: format!("{BASE}/areas/{}", row.id),
                    version: Some(row.version),
                    body: views::master::area(row, Some(&admin.actor)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}
