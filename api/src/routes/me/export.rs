use crate::app::AppState;
use crate::auth::throttle::Attempt;
use crate::auth::{CurrentUser, password};
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::user;
use crate::openapi::Problems;
use crate::personal_export;
use crate::routes::exporting::send;
use actix_web::{HttpResponse, post, web};
use gestfg_types::errors::FieldCode;
use gestfg_types::personal::AskPersonalData;
use utoipa::ToSchema;

/// The bytes of a ZIP file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[allow(dead_code, reason = "describes an answer")]
struct Archive(Vec<u8>);

/// A copy of everything kept about oneself: a ZIP file with `datos.json`, a
/// `PersonalData`, and one's own documents. Not for personal tokens.
///
/// Asks for the password again, and is given five times an hour at most.
#[utoipa::path(
    tag = "me",
    request_body = AskPersonalData,
    responses((status = 200, body = Archive, content_type = "application/zip"), Problems),
    security(("bearer" = []))
)]
#[post("/me/export")]
pub(super) async fn export_me(
    caller: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<AskPersonalData>,
) -> AppResult<HttpResponse> {
    caller.session()?;
    let AskPersonalData { password: given } = body.into_inner();
    let (now, id, language) = (state.clock.now(), caller.id, caller.language);
    let attempt = Attempt::change_password(&state.config, id, &caller.origin);
    let counted = attempt.clone();
    state.db.write(move |conn| counted.count(conn, now)).await?;
    let present = state.db.run(move |conn| Ok(user::find_password_hash(conn, id)?)).await?;
    if !password::verify(given, present).await? {
        return Err(AppError::invalid_field(
            "/password",
            FieldCode::WrongPassword,
            "This is not your present password.",
        ));
    }
    state
        .db
        .write(move |conn| {
            attempt.succeeded(conn, now)?;
            Attempt::export(id).count(conn, now)?;
            Entry::new("user.export", id.0).record(conn, &(&caller).into())?;
            Ok(())
        })
        .await?;
    let file = personal_export::write(&state, id, language, now).await?;
    let name = format!("gestfg-{}.zip", now.with_timezone(&state.config.time_zone).format("%Y-%m-%d"));
    send(file, "application/zip", name)
}
