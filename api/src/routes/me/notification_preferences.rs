use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::models::audit::Entry;
use crate::models::preference;
use crate::openapi::Problems;
use actix_web::{HttpResponse, get, patch, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::notifications::{NotificationPreference, NotificationPreferences};

/// How one wants to be told of things, kind by kind.
#[utoipa::path(
    tag = "me",
    responses((status = 200, body = NotificationPreferences), Problems),
    security(("bearer" = []))
)]
#[get("/me/notification-preferences")]
pub(super) async fn find_preferences(
    caller: CurrentUser,
    state: web::Data<AppState>,
) -> AppResult<HttpResponse> {
    let items = state.db.run(move |conn| Ok(preference::list(conn, caller.id)?)).await?;
    Ok(HttpResponse::Ok().json(NotificationPreferences { items }))
}

/// Change how one wants to be told; the kinds left out stay as they are.
#[utoipa::path(
    tag = "me",
    request_body = NotificationPreferences,
    responses((status = 200, body = NotificationPreferences), Problems),
    security(("bearer" = []))
)]
#[patch("/me/notification-preferences")]
pub(super) async fn update_preferences(
    caller: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<NotificationPreferences>,
) -> AppResult<HttpResponse> {
    let wanted = body.into_inner().items;
    check(&wanted)?;
    let now = state.clock.now();
    let items = state
        .db
        .write(move |conn| {
            let before = preference::list(conn, caller.id)?;
            preference::set(conn, caller.id, &wanted, now)?;
            let after = preference::list(conn, caller.id)?;
            let changed: Vec<_> =
                after.iter().zip(&before).filter(|(after, before)| after != before).collect();
            if !changed.is_empty() {
                let (after, before): (Vec<&_>, Vec<&_>) = changed.into_iter().unzip();
                Entry::new("notification_preferences.update", caller.id.0)
                    .before(&preference::for_audit(before))
                    .after(&preference::for_audit(after))
                    .record(conn, &(&caller).into())?;
            }
            Ok(after)
        })
        .await?;
    Ok(HttpResponse::Ok().json(NotificationPreferences { items }))
}

fn check(wanted: &[NotificationPreference]) -> AppResult<()> {
    let mut errors = FieldErrors::new();
    for (n, preference) in wanted.iter().enumerate() {
        if wanted[..n].iter().any(|earlier| earlier.kind == preference.kind) {
            errors.push(format!("/items/{n}/kind"), FieldCode::Duplicate, "Each kind comes once.");
        }
        if errors.is_empty() && n >= 100 {
            errors.push("/items", FieldCode::TooLong, "There are not so many kinds.");
        }
    }
    errors.into_result()
}
