use super::Keeper;
use super::standing::refuse_last_admin;
use super::update::{refuse_anonymised, refuse_used};
use crate::app::AppState;
use crate::auth::Admin;
use crate::error::AppResult;
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::{anonymisation, people, person_usage};
use crate::openapi::Problems;
use crate::routes::projects::given;
use crate::views;
use actix_web::{HttpResponse, get, post, web};
use gestfg_types::ids::UserId;
use gestfg_types::personal::AnonymisationPreview;
use gestfg_types::projects::Reason;
use gestfg_types::users::{PersonRef, User};

/// What anonymising a person would remove, what would stay, and what stands
/// against it. Admin only.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path)),
    responses((status = 200, body = AnonymisationPreview, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[get("/users/{id}/anonymisation")]
pub(super) async fn preview_anonymisation(
    _: Admin,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    let id = id.into_inner();
    let (version, preview) = state
        .db
        .run(move |conn| {
            let person = people::find(conn, id)?;
            refuse_anonymised(&person)?;
            let (removes, keeps) = anonymisation::preview(conn, id)?;
            let name = format!("{} {}", person.row.first_name, person.row.last_name);
            let blocked_by = person_usage::in_force(conn, id)?;
            let person_ref = PersonRef { id, name };
            Ok((person.row.version, AnonymisationPreview { person: person_ref, removes, keeps, blocked_by }))
        })
        .await?;
    Ok(versioned(version, &preview))
}

/// Remove for good what names a person (GDPR) and keep the history, by
/// nobody's name: no count changes. Closed minutes stay as they were closed.
/// Admin only.
///
/// Refused (`in_use`) while they are in the middle of something: see the
/// preview.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    request_body = Reason,
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/users/{id}/anonymise")]
pub(super) async fn anonymise_user(
    admin: Admin,
    version: Option<IfMatch>,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
    body: web::Json<Reason>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let reason = given(&body)?;
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
            // Written first: a reason that names them is mended with the rest. No values: they are
            // what was to be forgotten.
            Entry::new("user.anonymise", id.0).reason(reason).record(conn, &(&*caller).into())?;
            anonymisation::anonymise(conn, id, now)?;
            Ok(people::find(conn, id)?)
        })
        .await?;
    Ok(versioned(person.row.version, &views::users::user(person, &admin)))
}
