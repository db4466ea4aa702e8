use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::roles;
use crate::models::user::{self, UserChanges};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::accounts::UpdateMe;
use gestfg_types::session::Me;

/// Change one's own name or language. Address, DNI and roles are kept by others.
#[utoipa::path(
    tag = "me",
    params(("If-Match" = String, Header)),
    request_body = UpdateMe,
    responses((status = 200, body = Me, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/me")]
pub(super) async fn update_me(
    caller: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    body: web::Json<UpdateMe>,
) -> AppResult<HttpResponse> {
    let UpdateMe { first_name, last_name, language } = body.into_inner();
    let mut errors = FieldErrors::new();
    let changes = UserChanges {
        first_name: first_name.map(|name| errors.line("/first_name", &name, 1, 100)),
        last_name: last_name.map(|name| errors.line("/last_name", &name, 1, 150)),
        language: language.map(|language| language.as_str().to_owned()),
        ..UserChanges::default()
    };
    errors.into_result()?;
    let id = caller.id;
    let actor = caller.actor.clone();
    let (row, roles) = state
        .db
        .write(move |conn| {
            let before = user::lock(conn, id)?;
            version.check(before.version)?;
            let after = user::update(conn, id, &changes)?;
            Entry::new("user.update", id.0).before(&before).after(&after).record(conn, &(&caller).into())?;
            Ok((after, roles::find(conn, id)?))
        })
        .await?;
    Ok(versioned(row.version, &views::users::me(row, roles, &actor)))
}
