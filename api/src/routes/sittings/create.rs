use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::sitting::{self, NewSitting};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::master::{CreateSitting, Sitting};

/// Make an sitting. Admin only.
#[utoipa::path(
    tag = "sittings",
    request_body = CreateSitting,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Sitting, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/sittings")]
pub(super) async fn create_sitting(
    admin: Admin,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateSitting>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let code = errors.line("/code", &body.code, 1, 20);
    let name = errors.line("/name", &body.name, 1, 200);
    check_position(&mut errors, body.position);
    errors.into_result()?;
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &admin, now, &body, |conn| {
                let row =
                    sitting::create(conn, &NewSitting { code: &code, name: &name, position: body.position })?;
                Entry::new("sitting.create", row.id).after(&row).record(conn, &(&*admin).into())?;
                Ok(Created {
                    location: format!("{BASE}/sittings/{}", row.id),
                    version: Some(row.version),
                    body: views::master::sitting(row, Some(&admin.actor)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

/// Places in the year are small numbers.
pub(super) fn check_position(errors: &mut FieldErrors, position: i16) {
    if !(0..=100).contains(&position) {
        errors.push("/position", FieldCode::OutOfRange, "The position goes from 0 to 100.");
    }
}
