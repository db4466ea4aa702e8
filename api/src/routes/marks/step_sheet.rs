use super::{Marked, no_marks};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::mark_sheet::{self, SheetRow};
use crate::models::{call, defence};
use crate::openapi::Problems;
use crate::routes::gate;
use actix_web::{HttpResponse, post, web};
use diesel::PgConnection;
use gestfg_types::defences::DefenceState;
use gestfg_types::errors::{ErrorCode, FieldCode, FieldError};
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::marks::{MarkSheet, SheetState, StepMarkSheet};
use gestfg_types::rubrics::RubricRole;

/// Hand the tutor's report in, signed with one's name: from now on the committee
/// reads it. By the tutor in the phase `tutor_report`; by admins also outside it.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("If-Match" = String, Header)),
    request_body = StepMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/defences/{id}/tutor-report/hand-in")]
pub(super) async fn hand_in_tutor_report(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<StepMarkSheet>,
) -> AppResult<HttpResponse> {
    step(
        &state,
        user,
        version,
        (id.into_inner(), RubricRole::Tutor, None),
        body.into_inner(),
        SheetState::HandedIn,
    )
    .await
}

/// Take the tutor's report back to change it, as long as it may be written.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("If-Match" = String, Header)),
    request_body = StepMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/defences/{id}/tutor-report/take-back")]
pub(super) async fn take_back_tutor_report(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<StepMarkSheet>,
) -> AppResult<HttpResponse> {
    step(
        &state,
        user,
        version,
        (id.into_inner(), RubricRole::Tutor, None),
        body.into_inner(),
        SheetState::Draft,
    )
    .await
}

/// Hand one's marks in: from now on they count. A defence that was planned is
/// held by that, unless a flagged document of it waits for a justification. By
/// whoever may write them.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("professor_id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = StepMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/defences/{id}/marks/{professor_id}/hand-in")]
pub(super) async fn hand_in_mark_sheet(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DefenceId, UserId)>,
    body: web::Json<StepMarkSheet>,
) -> AppResult<HttpResponse> {
    let (id, who) = path.into_inner();
    step(
        &state,
        user,
        version,
        (id, RubricRole::Committee, Some(who)),
        body.into_inner(),
        SheetState::HandedIn,
    )
    .await
}

/// Take one's marks back to change them, as long as they may be written.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("professor_id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = StepMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[post("/defences/{id}/marks/{professor_id}/take-back")]
pub(super) async fn take_back_mark_sheet(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DefenceId, UserId)>,
    body: web::Json<StepMarkSheet>,
) -> AppResult<HttpResponse> {
    let (id, who) = path.into_inner();
    step(&state, user, version, (id, RubricRole::Committee, Some(who)), body.into_inner(), SheetState::Draft)
        .await
}

async fn step(
    state: &AppState,
    user: CurrentUser,
    version: IfMatch,
    (id, role, professor): (DefenceId, RubricRole, Option<UserId>),
    body: StepMarkSheet,
    to: SheetState,
) -> AppResult<HttpResponse> {
    let (now, config) = (state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let stepped = state
        .db
        .write(move |conn| {
            let seen = Marked::load_visible(conn, id, &user)?;
            let author = seen.author(role, professor);
            if !seen.marking().may_see_sheet(&user, role, false) {
                return Err(no_marks());
            }
            seen.whose(conn, role, author, None)?;
            seen.marking().may_write_sheet(&user, role, author)?;
            // Whoever closes the minutes is waited for, and waits for us.
            call::share(conn, seen.call())?;
            let row = mark_sheet::lock(conn, id, role, author)?;
            version.check(row.as_ref().map_or(0, |row| row.version))?;
            let marked = Marked::load(conn, id)?;
            let passage = marked.pass(conn, &user, role, reason.as_deref(), (now, &config))?;
            let before =
                row.ok_or_else(|| AppError::refuse(ErrorCode::InvalidState, "Nothing was written yet."))?;
            check(&marked, conn, role, &before, to)?;
            let passage = match (role, to) {
                (RubricRole::Committee, SheetState::HandedIn) => {
                    marked.pass_if_not_held(conn, &user, reason.as_deref(), passage)?
                }
                _ => passage,
            };
            let at = (to == SheetState::HandedIn).then_some(now);
            mark_sheet::set_handed_in(conn, before.id, at)?;
            if role == RubricRole::Committee && at.is_some() {
                hold(conn, &marked, &user)?;
            }
            let after = mark_sheet::lock(conn, id, role, author)?;
            let action = if at.is_some() { "mark_sheet.hand_in" } else { "mark_sheet.take_back" };
            Entry::new(action, before.id)
                .degree(marked.degree())
                .override_reason(&passage)
                .before(&before)
                .after(&after)
                .record(conn, &(&user).into())?;
            marked.publish_change(conn)?;
            let open = call::open_phases(conn, now)?;
            Marked::load(conn, id)?.sheet(conn, (role, author), after.as_ref(), (&user, &open))
        })
        .await?;
    Ok(versioned(stepped.version, &stepped))
}

/// Whether the step can be taken: a sheet is handed in whole, and once.
fn check(
    marked: &Marked,
    conn: &mut PgConnection,
    role: RubricRole,
    row: &SheetRow,
    to: SheetState,
) -> AppResult<()> {
    if row.state() == to {
        let sentence =
            if to == SheetState::HandedIn { "It is handed in already." } else { "It is not handed in." };
        return Err(AppError::refuse(ErrorCode::InvalidState, sentence));
    }
    if to == SheetState::Draft {
        return Ok(());
    }
    if marked.candidate().state == Some(DefenceState::NotPresented) {
        return Err(AppError::refuse(
            ErrorCode::InvalidState,
            "The student did not come: there is nothing to mark.",
        ));
    }
    let marks = row.marks();
    let criteria = marked.rubric(conn, role, Some(row))?.criteria();
    let without = criteria
        .iter()
        .zip(1i16..)
        .filter(|(_, place)| !marks.iter().any(|mark| mark.criterion == *place && mark.mark.is_some()));
    let errors: Vec<_> = without
        .map(|(criterion, place)| FieldError {
            pointer: format!("/marks/{place}"),
            code: FieldCode::Required,
            message: format!("“{}” has no mark.", criterion.name),
        })
        .collect();
    if errors.is_empty() {
        return Ok(());
    }
    let refusal = AppError::code_only(ErrorCode::MarksIncomplete);
    Err(errors.into_iter().fold(refusal, AppError::with))
}

/// Who has been marked has defended.
fn hold(conn: &mut PgConnection, marked: &Marked, user: &CurrentUser) -> AppResult<()> {
    if marked.candidate().state != Some(DefenceState::Planned) {
        return Ok(());
    }
    let id = DefenceId(marked.detail.id);
    let before = defence::lock(conn, id)?;
    let after = defence::update(conn, id, None, Some(DefenceState::Held))?;
    Entry::new("defence.update", id.0)
        .degree(marked.degree())
        .before(&before)
        .after(&after)
        .record(conn, &user.into())?;
    Ok(())
}
