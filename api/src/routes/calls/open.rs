use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::mail::Letter;
use crate::models::audit::Entry;
use crate::models::call::{self, CallChanges, name_of};
use crate::notices;
use crate::openapi::Problems;
use crate::views;
use actix_web::{HttpResponse, post, web};
use gestfg_types::calls::Call;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{CallId, DegreeId};

/// Open a call: from now on everybody sees it and its phases count. Students
/// of the degree, tutors of its projects and its coordinators are told. By a
/// coordinator of the degree or an admin.
#[utoipa::path(
    tag = "calls",
    params(("id" = CallId, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Call, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/calls/{id}/open")]
pub(super) async fn open_call(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<CallId>,
) -> AppResult<HttpResponse> {
    let (id, now) = (id.into_inner(), state.clock.now());
    let config = state.config.clone();
    let opened = state
        .db
        .write(move |conn| {
            call::find_visible(conn, id, Some(&user))?;
            let before = call::lock(conn, id)?;
            policy::may_manage_calls(&user, DegreeId(before.degree_id))?;
            version.check(before.version)?;
            if before.opened_at.is_some() {
                return Err(AppError::refuse(ErrorCode::InvalidState, "The call is open already."));
            }
            if call::find(conn, id)?.dates().is_empty() {
                return Err(AppError::refuse(
                    ErrorCode::InvalidState,
                    "A call without a single date cannot be opened.",
                )
                .at("/phases", FieldCode::Required));
            }
            let changes = CallChanges { opened_at: Some(now), ..CallChanges::default() };
            let after = call::update(conn, id, &changes, None)?;
            Entry::new("call.open", id.0)
                .degree(DegreeId(after.degree_id))
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            let detail = call::find(conn, id)?;
            let mut people = call::audience(conn, id)?;
            people.retain(|person| *person != user.id);
            let letter = Letter::CallOpened { call: id, name: name_of(&detail.reference()) };
            notices::tell(conn, &config, now, &people, &letter)?;
            super::announce(conn, &detail)?;
            Ok(views::calls::call(&detail, Some(&user), now))
        })
        .await?;
    Ok(versioned(opened.version, &opened))
}
