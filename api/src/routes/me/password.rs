use crate::app::AppState;
use crate::auth::throttle::Attempt;
use crate::auth::{CurrentUser, password};
use crate::error::{AppError, AppResult};
use crate::models::audit::Entry;
use crate::models::{one_time_link, session, user};
use crate::openapi::Problems;
use crate::routes::password_resets::check_password;
use actix_web::{HttpResponse, put, web};
use gestfg_types::accounts::ChangePassword;
use gestfg_types::errors::FieldCode;

/// Change one's own password; ends every other session. Not for personal tokens.
#[utoipa::path(
    tag = "me",
    request_body = ChangePassword,
    responses((status = 204), Problems),
    security(("bearer" = []))
)]
#[put("/me/password")]
pub(super) async fn change_password(
    caller: CurrentUser,
    state: web::Data<AppState>,
    body: web::Json<ChangePassword>,
) -> AppResult<HttpResponse> {
    let session = caller.session()?;
    let ChangePassword { current_password, new_password } = body.into_inner();
    let (now, id) = (state.clock.now(), caller.id);
    let attempt = Attempt::change_password(&state.config, id, &caller.origin);
    let counted = attempt.clone();
    state.db.write(move |conn| counted.count(conn, now)).await?;

    let (owner, present) =
        state.db.run(move |conn| Ok((user::find(conn, id)?, user::find_password_hash(conn, id)?))).await?;
    if !password::verify(current_password, present.clone()).await? {
        return Err(AppError::invalid_field(
            "/current_password",
            FieldCode::WrongPassword,
            "This is not your present password.",
        ));
    }
    check_password("/new_password", &new_password, &owner)?;
    let hash = password::hash(new_password).await?;
    state
        .db
        .write(move |conn| {
            attempt.succeeded(conn, now)?;
            user::lock(conn, id)?;
            if user::find_password_hash(conn, id)? != present {
                return Err(AppError::invalid_field(
                    "/current_password",
                    FieldCode::WrongPassword,
                    "The password was changed by another request in the meantime.",
                ));
            }
            user::set_password(conn, id, &hash)?;
            one_time_link::delete_all(conn, id)?;
            session::end_all(conn, id, Some(session), now)?;
            Entry::new("user.set_password", id.0).record(conn, &(&caller).into())?;
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
