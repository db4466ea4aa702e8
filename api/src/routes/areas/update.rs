use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::area::{self, AreaChanges};
use crate::models::audit::Entry;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::ids::AreaId;
use gestfg_types::master::{Area, UpdateArea};

/// Change an area. Admin only.
#[utoipa::path(
    tag = "areas",
    params(("id" = AreaId, Path), ("If-Match" = String, Header)),
    request_body = UpdateArea,
    responses((status = 200, body = Area, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/areas/{id}")]
pub(super) async fn update_area(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<AreaId>,
    body: web::Json<UpdateArea>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let UpdateArea { name, is_active } = body.into_inner();
    let mut errors = FieldErrors::new();
    let changes = AreaChanges { name: name.map(|name| errors.line("/name", &name, 1, 200)), is_active };
    errors.into_result()?;
    let actor = admin.actor.clone();
    let row = state
        .db
        .write(move |conn| {
            let before = area::lock(conn, id)?;
            version.check(before.version)?;
            let after = area::update(conn, id, &changes)?;
            Entry::new("area.update", id.0).before(&before).after(&after).record(conn, &(&*admin).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(row.version, &views::master::area(row.clone(), Some(&actor))))
}
