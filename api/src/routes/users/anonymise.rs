use super::Keeper;
use super::standing::refuse_last_admin;
use super::update::{refuse_anonymised, refuse_used};
use crate::app::AppState;
use crate::auth::Admin;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::{people, person_usage, removal};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::ids::UserId;
use gestfg_types::users::User;

/// Remove for good what names a person (GDPR) and keep the history, by nobody's name. Admin only.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/users/{id}/anonymise")]
pub(super) async fn anonymise_user(
    admin: Admin,
    version: Option<IfMatch>,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let caller = Keeper(admin.0.clone());
    let person = state
        .db
        .write(move |conn| {
            let before = people::lock(conn, id)?;
            version.map_or(Ok(()), |version| version.check(before.row.version))?;
            refuse_anonymised(&before)?;
            refuse_last_admin(conn, &caller, &before)?;
            let used_by = person_usage::in_force(conn, id)?;
            refuse_used("The person is in the middle of something: end it or hand it over first.", used_by)?;
            removal::anonymise(conn, id, now)?;
            // No values: they are what was to be forgotten.
            Entry::new("user.anonymise", id.0).record(conn, &(&*caller).into())?;
            Ok(people::find(conn, id)?)
        })
        .await?;
    Ok(versioned(person.row.version, &views::users::user(person, &admin)))
}
