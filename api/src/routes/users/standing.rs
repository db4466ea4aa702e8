use super::Keeper;
use super::update::refuse_anonymised;
use crate::app::AppState;
use crate::domain::people::may_edit_person;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::people::{self, Person};
use crate::models::user::{self, UserChanges};
use crate::models::{one_time_link, session};
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::users::User;

/// Refuse log-in to someone and end their sessions.
///
/// Admin: anyone but themself; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/users/{id}/deactivate")]
pub(super) async fn deactivate_user(
    keeper: Keeper,
    version: Option<IfMatch>,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    set_standing(keeper, version, &state, id.into_inner(), false).await
}

/// Let someone log in again.
///
/// Admin: anyone; coordinators: students of their degrees.
#[utoipa::path(
    tag = "users",
    params(("id" = UserId, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = User, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/users/{id}/reactivate")]
pub(super) async fn reactivate_user(
    keeper: Keeper,
    version: Option<IfMatch>,
    state: web::Data<AppState>,
    id: web::Path<UserId>,
) -> AppResult<HttpResponse> {
    set_standing(keeper, version, &state, id.into_inner(), true).await
}

async fn set_standing(
    keeper: Keeper,
    version: Option<IfMatch>,
    state: &AppState,
    id: UserId,
    is_active: bool,
) -> AppResult<HttpResponse> {
    let caller = keeper.clone();
    let now = state.clock.now();
    let person = state
        .db
        .write(move |conn| {
            let before = people::lock(conn, id)?;
            may_edit_person(&caller, &before.facts())?;
            version.map_or(Ok(()), |version| version.check(before.row.version))?;
            refuse_anonymised(&before)?;
            if before.row.is_active == is_active {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "The account is in that state already.",
                ));
            }
            if !is_active {
                refuse_last_admin(conn, &caller, &before)?;
                session::end_all(conn, id, None, now)?;
                one_time_link::delete_all(conn, id)?;
            }
            let row = user::update(
                conn,
                id,
                &UserChanges { is_active: Some(is_active), ..UserChanges::default() },
            )?;
            let after = Person { row, roles: before.roles.clone() };
            let action = if is_active { "user.reactivate" } else { "user.deactivate" };
            let mut entry = Entry::new(action, id.0).before(&before).after(&after);
            if let Some(degree) = before.degrees().first() {
                entry = entry.degree(*degree);
            }
            entry.record(conn, &(&*caller).into())?;
            Ok(after)
        })
        .await?;
    Ok(versioned(person.row.version, &views::users::user(person, &keeper)))
}

/// Nobody locks themself out, and one active admin stays.
pub(super) fn refuse_last_admin(conn: &mut PgConnection, keeper: &Keeper, person: &Person) -> AppResult<()> {
    if keeper.id == person.id() {
        return Err(AppError::refuse(
            ErrorCode::LastAdmin,
            "Nobody takes this from themself; ask another admin.",
        ));
    }
    if person.row.is_admin && !user::is_other_admin_left(conn, person.id())? {
        return Err(AppError::refuse(ErrorCode::LastAdmin, "One active admin has to stay."));
    }
    Ok(())
}
