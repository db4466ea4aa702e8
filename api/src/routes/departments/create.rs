use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{Created, Idempotency, created};
use crate::models::audit::Entry;
use crate::models::department::{self, NewDepartment};
use crate::openapi::Problems;
use crate::routes::BASE;
use crate::{models, views};
use actix_web::{HttpResponse, post, web};
use diesel::prelude::*;
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::{AreaId, DepartmentId};
use gestfg_types::master::{CreateDepartment, Department};

/// Make a department. Admin only.
#[utoipa::path(
    tag = "departments",
    request_body = CreateDepartment,
    params(("Idempotency-Key" = Option<String>, Header, max_length = 255)),
    responses((status = 201, body = Department, headers(("Location"), ("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/departments")]
pub(super) async fn create_department(
    admin: Admin,
    idempotency: Idempotency,
    state: web::Data<AppState>,
    body: web::Json<CreateDepartment>,
) -> AppResult<HttpResponse> {
    let body = body.into_inner();
    let mut errors = FieldErrors::new();
    let code = errors.line("/code", &body.code, 1, 20);
    let name = errors.line("/name", &body.name, 1, 200);
    errors.into_result()?;
    let now = state.clock.now();
    let answer = state
        .db
        .write(move |conn| {
            idempotency.once(conn, &admin, now, &body, |conn| {
                require_active_area(conn, body.area_id)?;
                let new = NewDepartment { code: &code, name: &name, area_id: body.area_id.0 };
                let row = department::create(conn, &new)?;
                Entry::new("department.create", row.id).after(&row).record(conn, &(&*admin).into())?;
                let whole = department::find(conn, DepartmentId(row.id))?;
                Ok(Created {
                    location: format!("{BASE}/departments/{}", row.id),
                    version: Some(row.version),
                    body: views::master::department(whole, Some(&admin.actor)),
                })
            })
        })
        .await?;
    Ok(created(&answer))
}

/// Departments join areas that are there and in use.
pub(super) fn require_active_area(conn: &mut PgConnection, id: AreaId) -> AppResult<()> {
    match models::area::find(conn, id).optional()? {
        Some(area) if area.is_active => Ok(()),
        Some(_) => Err(AppError::invalid_field("/area_id", FieldCode::Inactive, "This area is deactivated.")),
        None => Err(AppError::invalid_field("/area_id", FieldCode::Unknown, "There is no such area.")),
    }
}
