use crate::app::AppState;
use crate::auth::Admin;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::sitting::{self, SittingChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::ids::SittingId;
use gestfg_types::master::{Sitting, UpdateSitting};

/// Change a sitting. Admin only.
#[utoipa::path(
    tag = "sittings",
    params(("id" = SittingId, Path), ("If-Match" = String, Header)),
    request_body = UpdateSitting,
    responses((status = 200, body = Sitting, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/sittings/{id}")]
pub(super) async fn update_sitting(
    admin: Admin,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<SittingId>,
    body: web::Json<UpdateSitting>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let UpdateSitting { code, name, position, is_active } = body.into_inner();
    let mut errors = FieldErrors::new();
    let code = code.map(|code| errors.line("/code", &code, 1, 20));
    let name = name.map(|name| errors.line("/name", &name, 1, 200));
    super::create::check_position(&mut errors, position.unwrap_or_default());
    errors.into_result()?;
    let changes = SittingChanges { code, name, position, is_active };
    let actor = admin.actor.clone();
    let row = state
        .db
        .write(move |conn| {
            let before = sitting::lock(conn, id)?;
            version.check(before.version)?;
            let after = sitting::update(conn, id, &changes)?;
            Entry::new("sitting.update", id.0)
                .before(&before)
                .after(&after)
                .record(conn, &(&*admin).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(row.version, &views::master::sitting(row.clone(), Some(&actor))))
}
