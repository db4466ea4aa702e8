use super::kept_run;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::allocation::answer::{grants, teams};
use crate::error::{AppError, AppResult};
use crate::models::allocation_names::Names;
use crate::models::{allocation_names, people};
use crate::openapi::Problems;
use crate::routes::download::{self, TableFormat};
use actix_web::{HttpResponse, get, web};
use gestfg_planner::allocation::{Instance, Solution};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::{AllocationRunId, UserId};
use gestfg_types::session::Language;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// The form an allocation is exported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ExportFormat {
    /// Question and answer, to be verified anywhere by `gestfg plan check allocation` or the browser.
    Json,
    /// A row for each student, as comma-separated values.
    Csv,
    /// The same as an Office Open XML workbook.
    Xlsx,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// As what.
    #[param(inline)]
    format: ExportFormat,
}

/// An allocation as a file: with everything needed to verify it without this server, or as a
/// list of students with what they got. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "allocation",
    params(("id" = AllocationRunId, Path), Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
            (Object = "application/json"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/allocation-runs/{id}/export")]
pub(super) async fn export_allocation_run(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<AllocationRunId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, format, language) = (id.into_inner(), params.into_inner().format, user.language);
    let (run, names, dnis) = state
        .db
        .run(move |conn| {
            let ((run, ..), ..) = kept_run(conn, &user, id)?;
            let question = run.question()?;
            let names = allocation_names::of(conn, &question)?;
            let students: Vec<UserId> = teams(&question).into_values().flatten().collect();
            Ok((run, names, people::dnis(conn, &students)?))
        })
        .await?;
    let question = run.question()?;
    let name = format!("{} · {}", question.name, run.number);
    let Some(answer) = run.answer()? else {
        return Err(AppError::refuse(ErrorCode::InvalidState, "The allocation has not been worked out."));
    };
    let format = match format {
        ExportFormat::Json => {
            let export = json!({"instance": run.instance, "solution": run.solution});
            let bytes = serde_json::to_vec_pretty(&export).map_err(AppError::internal)?;
            let name = format!("{}.json", name.replace('/', "-"));
            return Ok(download::file("application/json", name, bytes));
        }
        ExportFormat::Csv => TableFormat::Csv,
        ExportFormat::Xlsx => TableFormat::Xlsx,
    };
    let headers: &[&str] = match language {
        Language::Es => &[
            "Solicitud",
            "Estudiante",
            "DNI",
            "Expediente",
            "Proyecto adjudicado",
            "Tutor",
            "Opción",
            "Opciones pedidas",
        ],
        Language::En => &[
            "Application",
            "Student",
            "DNI",
            "Record",
            "Project given",
            "Tutor",
            "Choice",
            "Projects asked for",
        ],
    };
    download::table(format, name, headers, rows(&question, &answer, &names, &dnis)).await
}

fn rows(
    question: &Instance,
    answer: &Solution,
    names: &Names,
    dnis: &HashMap<i64, String>,
) -> Vec<Vec<String>> {
    use crate::domain::allocation::ids;
    let given: HashMap<_, _> =
        grants(question, answer).into_iter().map(|grant| (grant.application, grant)).collect();
    let records: HashMap<_, _> =
        question.students.iter().map(|student| (&student.id, student.record)).collect();
    let mut rows = Vec::new();
    for applicant in &question.applicants {
        let Some(id) = ids::application_of(&applicant.id) else { continue };
        let grant = given.get(&id);
        let project = grant.map(|grant| names.project(grant.project));
        let asked = applicant.preferences.iter().map(Vec::len).sum::<usize>();
        for student in &applicant.students {
            let Some(person) = ids::student_of(student) else { continue };
            let record = records.get(student).copied().flatten();
            rows.push(vec![
                id.to_string(),
                names.person(person).name,
                dnis.get(&person.0).cloned().unwrap_or_default(),
                record.map(|record| record.to_string()).unwrap_or_default(),
                project.as_ref().map(|project| project.title.clone()).unwrap_or_default(),
                project.as_ref().map(|project| project.tutor.name.clone()).unwrap_or_default(),
                grant.and_then(|grant| grant.rank).map(|rank| rank.to_string()).unwrap_or_default(),
                asked.to_string(),
            ]);
        }
    }
    rows
}
