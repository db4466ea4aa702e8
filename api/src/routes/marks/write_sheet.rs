use super::{Marked, no_marks};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::text::FieldErrors;
use crate::error::{AppError, AppResult};
use crate::extract::{IfMatch, versioned};
use crate::models::audit::Entry;
use crate::models::mark_sheet::{self, SheetRow, Written};
use crate::models::{call, rubric};
use crate::openapi::Problems;
use crate::routes::gate;
use actix_web::{HttpResponse, patch, web};
use gestfg_types::defences::DefenceState;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{DefenceId, UserId};
use gestfg_types::marks::{MarkSheet, SheetState, UpdateMarkSheet};
use gestfg_types::rubrics::RubricRole;

/// Write the tutor's report as it is typed; the version is 0 before its first word.
///
/// By the tutor in the phase `tutor_report`; by admins also outside it, with
/// `override_reason`. The same change sent again, after a lost connection, is
/// answered as if it had been sent once.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("If-Match" = String, Header)),
    request_body = UpdateMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/defences/{id}/tutor-report")]
pub(super) async fn update_tutor_report(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    id: web::Path<DefenceId>,
    body: web::Json<UpdateMarkSheet>,
) -> AppResult<HttpResponse> {
    write(&state, user, version, (id.into_inner(), RubricRole::Tutor, None), body.into_inner()).await
}

/// Write the marks of somebody of the committee as they are typed; the version
/// is 0 before the first of them.
///
/// By themselves in the phases `defence` and `grading`, while a claim waits or
/// after the minutes were opened again; by coordinators of the degree and
/// admins also outside the phases, with `override_reason`. The same change sent
/// again, after a lost connection, is answered as if it had been sent once.
#[utoipa::path(
    tag = "marks",
    params(("id" = DefenceId, Path), ("professor_id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = UpdateMarkSheet,
    responses((status = 200, body = MarkSheet, headers(("ETag"))), Problems),
    security(("bearer" = []))
)]
#[patch("/defences/{id}/marks/{professor_id}")]
pub(super) async fn update_mark_sheet(
    user: CurrentUser,
    version: IfMatch,
    state: web::Data<AppState>,
    path: web::Path<(DefenceId, UserId)>,
    body: web::Json<UpdateMarkSheet>,
) -> AppResult<HttpResponse> {
    let (id, professor) = path.into_inner();
    write(&state, user, version, (id, RubricRole::Committee, Some(professor)), body.into_inner()).await
}

async fn write(
    state: &AppState,
    user: CurrentUser,
    version: IfMatch,
    (id, role, professor): (DefenceId, RubricRole, Option<UserId>),
    body: UpdateMarkSheet,
) -> AppResult<HttpResponse> {
    let (now, config) = (state.clock.now(), state.config.clone());
    let reason = gate::override_reason(body.override_reason.as_deref())?;
    let written = state
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
            let marked = Marked::load(conn, id)?;
            let open = call::open_phases(conn, now)?;
            let criteria = marked.rubric(conn, role, row.as_ref())?.criteria().len();
            let (before, after) = merge(row.as_ref(), body, criteria)?;
            if row.is_some() && before == after {
                return marked.sheet(conn, (role, author), row.as_ref(), (&user, &open));
            }
            version.check(row.as_ref().map_or(0, |row| row.version))?;
            let passage = marked.pass(conn, &user, role, reason.as_deref(), (now, &config))?;
            check_state(&marked, row.as_ref())?;
            match &row {
                Some(row) => mark_sheet::update(conn, row.id, row.rubric_id, author, &after)?,
                None => {
                    let by = rubric::settle(conn, marked.call(), marked.degree(), role)?;
                    let made = mark_sheet::create(conn, id, role, author, by.id, &after)?;
                    // Begun in another window at the same moment.
                    if made.is_none() {
                        return Err(AppError::code_only(ErrorCode::StaleVersion));
                    }
                }
            }
            let now_there = mark_sheet::lock(conn, id, role, author)?;
            let entry = Entry::new("mark_sheet.update", now_there.as_ref().map_or(0, |row| row.id))
                .degree(marked.degree())
                .override_reason(&passage);
            let entry = if let Some(row) = &row { entry.before(row) } else { entry };
            entry.after(&now_there).record(conn, &(&user).into())?;
            marked.publish_change(conn)?;
            marked.sheet(conn, (role, author), now_there.as_ref(), (&user, &open))
        })
        .await?;
    Ok(versioned(written.version, &written))
}

/// What the sheet says, and what it will say.
fn merge(row: Option<&SheetRow>, body: UpdateMarkSheet, criteria: usize) -> AppResult<(Written, Written)> {
    let before = Written {
        marks: row.map(SheetRow::marks).unwrap_or_default(),
        remarks: row.map(|row| row.remarks.clone()).unwrap_or_default(),
    };
    let mut after = before.clone();
    let mut errors = FieldErrors::new();
    for (n, mut mark) in body.marks.into_iter().enumerate() {
        if !usize::try_from(mark.criterion).is_ok_and(|place| (1..=criteria).contains(&place)) {
            let sentence = format!("The rubric has the criteria 1 to {criteria}.");
            errors.push(format!("/marks/{n}/criterion"), FieldCode::Unknown, sentence);
            continue;
        }
        mark.remark = errors.paragraphs(&format!("/marks/{n}/remark"), &mark.remark, 2000);
        after.marks.retain(|known| known.criterion != mark.criterion);
        if mark.mark.is_some() || !mark.remark.is_empty() {
            after.marks.push(mark);
        }
    }
    after.marks.sort_by_key(|mark| mark.criterion);
    if let Some(remarks) = body.remarks {
        after.remarks = errors.paragraphs("/remarks", &remarks, 10_000);
    }
    errors.into_result()?;
    Ok((before, after))
}

fn check_state(marked: &Marked, row: Option<&SheetRow>) -> AppResult<()> {
    if marked.candidate().state == Some(DefenceState::NotPresented) {
        return Err(AppError::refuse(
            ErrorCode::InvalidState,
            "The student did not come: there is nothing to mark.",
        ));
    }
    if row.is_some_and(|row| row.state() == SheetState::HandedIn) {
        return Err(AppError::refuse(ErrorCode::InvalidState, "It is handed in; take it back to change it."));
    }
    Ok(())
}
