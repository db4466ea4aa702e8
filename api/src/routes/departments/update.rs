use super::create::require_active_area;
use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::department::{self, DepartmentChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::ids::DepartmentId;
use gestfg_types::master::{Department, UpdateDepartment};

/// Change a department. Admin only.
#[utoipa::path(
    tag = "departments",
    params(("id" = DepartmentId, Path), ("If-Match" = String, Header)),
    request_body = UpdateDepartment,
    responses((status = 200, body = Department, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/departments/{id}")]
pub(super) async fn update_department(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DepartmentId>,
    body: web::Json<UpdateDepartment>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let UpdateDepartment { code, name, area_id, head_id, is_active } = body.into_inner();
    let mut errors = FieldErrors::new();
    let code = code.map(|code| errors.line("/code", &code, 1, 20));
    let name = name.map(|name| errors.line("/name", &name, 1, 200));
    errors.into_result()?;
    let changes = DepartmentChanges {
        code,
        name,
        area_id: area_id.map(|id| id.0),
        head_id: head_id.map(|head| head.map(|id| id.0)),
        is_active,
    };
    let actor = admin.actor.clone();
    let row = state
        .db
        .write(move |conn| {
            let before = department::lock(conn, id)?;
            version.check(before.version)?;
            if let Some(area) = area_id.filter(|area| area.0 != before.area_id) {
                require_active_area(conn, area)?;
            }
            if let Some(Some(head)) = head_id
                && !department::has_professor(conn, id, head)?
            {
                return Err(AppError::invalid_field(
                    "/head_id",
                    FieldCode::NotAProfessor,
                    "The head is one of the department's active professors.",
                ));
            }
            let after = department::update(conn, id, &changes)?;
            Entry::new("department.update", id.0)
                .before(&before)
                .after(&after)
                .record(conn, &(&*admin).into())?;
            Ok(department::find(conn, id)?)
        })
        .await?;
    Ok(versioned(row.row.version, &views::master::department(row.clone(), Some(&actor))))
}
