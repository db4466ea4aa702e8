use super::{announce, check_live, kept_round};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::{AppError, AppResult};
use crate::import::batch::refuse_sheet;
use crate::import::choices::{Layout, Line, lines, understand};
use crate::import::choices_plan::{Plan, plan};
use crate::models::audit::Entry;
use crate::models::update::Change;
use crate::models::{allocation_round, application_file};
use crate::openapi::Problems;
use crate::routes::{forms, gate};
use crate::{reading, sheets};
use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, post, web};
use gestfg_types::application_files::{
    ApplicationFile, ApplicationFileMode as Mode, ApplicationRowOutcome as Outcome, MAX_APPLICATION_ROWS,
};
use gestfg_types::calls::Phase;
use gestfg_types::errors::{ErrorCode, FieldCode};
use gestfg_types::ids::{AllocationRoundId, DegreeId};
use gestfg_types::updates::UpdateTopic;
use serde_json::json;
use utoipa::ToSchema;

/// The parts of `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "describes the form; the parts are read one by one")]
struct ApplicationUpload {
    /// The spreadsheet: XLSX, XLS, ODS or CSV, 20 MB at most.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// What to do with it; a preview, if nothing is said.
    mode: Option<Mode>,
    /// Why it is done outside the dates of the round.
    override_reason: Option<String>,
}

/// Choices and records from a spreadsheet: first as a preview, then the same file once more to be
/// taken, all of it or the rows that are right.
///
/// A row names a student by address or DNI/NIE and has columns for the academic record
/// (`Expediente`), for choices (`Opción 1`, `Opción 2` …, by title or number of the project; `|`
/// between projects that are equally welcome) and for a team (`Equipo`: the same in each of its
/// rows). Errors are told by row and cell. The same file twice changes nothing. By coordinators of
/// the degree and admins; outside the dates of the round with `override_reason`.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRoundId, Path)),
    request_body(content = ApplicationUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = ApplicationFile), Problems),
    security(("bearer" = []))
)]
#[post("/allocation-rounds/{id}/application-files")]
pub(super) async fn read_application_file(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRoundId>,
    request: HttpRequest,
    form: Multipart,
) -> AppResult<HttpResponse> {
    let (id, now, config) = (id.into_inner(), state.clock.now(), state.config.clone());
    let mut form = forms::read(&request, form, &["mode", "override_reason"]).await?;
    let mode = mode(form.text("mode"))?;
    let reason = gate::override_reason(form.text("override_reason"))?;
    let (name, bytes) = form.take_file()?;
    let (layout, rows) = reading::by_turns(move || read(&bytes)).await??;
    let done = state
        .db
        .write(move |conn| {
            let (_, call) = kept_round(conn, &user, id)?;
            let round = allocation_round::lock(conn, id)?;
            let plan = plan(&rows, &layout, &round.facts(), &application_file::load(conn, &round)?);
            if mode == Mode::Preview {
                return Ok(shown(layout, plan, false));
            }
            check_live(&round)?;
            let window = [round.facts().window()];
            let degree = DegreeId(round.degree_id);
            let gate = (Phase::ProjectAssignment, window.as_slice());
            let passage = gate::pass(gate, (&user, degree), reason.as_deref(), now, &config)?;
            let wrong = plan.rows.iter().filter(|row| row.outcome == Outcome::Error).count();
            if mode == Mode::All && wrong > 0 {
                let sentence = format!("{wrong} rows have errors; nothing was taken.");
                return Err(AppError::refuse(ErrorCode::ImportHasErrors, sentence));
            }
            application_file::write(conn, &round, &plan.entries, user.id, now)?;
            let done = shown(layout, plan, true);
            Entry::new("allocation_round.read_file", id.0)
                .degree(degree)
                .override_reason(&passage)
                .after(&json!({"file_name": name, "create": done.create, "update": done.update,
                    "unchanged": done.unchanged, "error": done.error}))
                .record(conn, &(&user).into())?;
            announce(conn, &round, &call)?;
            Change::of(UpdateTopic::Applications).subject(id.0).everybody().publish(conn)?;
            Ok(done)
        })
        .await?;
    Ok(HttpResponse::Ok().json(done))
}

fn mode(given: Option<&str>) -> AppResult<Mode> {
    given.map_or(Some(Mode::Preview), |text| Mode::from_name(text.trim())).ok_or_else(|| {
        AppError::invalid_field("/mode", FieldCode::UnknownValue, "It is preview, all or valid.")
    })
}

/// Where the data of a file are, and the data.
fn read(bytes: &[u8]) -> AppResult<(Layout, Vec<Line>)> {
    let book = sheets::read(bytes, None).map_err(refuse_sheet)?;
    let layout = understand(&book.sheet).ok_or_else(|| {
        let sentence = "No row has headers for students and for choices or records.";
        AppError::invalid_field("/file", FieldCode::MissingColumn, sentence)
    })?;
    let rows = lines(&book.sheet, &layout);
    if rows.len() > MAX_APPLICATION_ROWS {
        let sentence = format!("At most {MAX_APPLICATION_ROWS} rows are taken.");
        return Err(AppError::invalid_field("/file", FieldCode::TooLong, sentence));
    }
    Ok((layout, rows))
}

fn shown(layout: Layout, plan: Plan, committed: bool) -> ApplicationFile {
    let count = |outcome| plan.rows.iter().filter(|row| row.outcome == outcome).count();
    ApplicationFile {
        committed,
        header_row: layout.header_row,
        columns: layout.shown,
        create: count(Outcome::Create),
        update: count(Outcome::Update),
        unchanged: count(Outcome::Unchanged),
        error: count(Outcome::Error),
        rows: plan.rows,
    }
}
