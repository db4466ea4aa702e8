use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::domain::policy;
use crate::error::AppResult;
use crate::models::call::{self, name_of};
use crate::models::evaluation_request::{self, EvaluationRequestDetail};
use crate::models::people;
use crate::openapi::Problems;
use crate::routes::download::{TableFormat, table};
use actix_web::{HttpResponse, get, web};
use gestfg_types::ids::{CallId, DegreeId};
use gestfg_types::session::Language;
use serde::Deserialize;
use std::collections::HashMap;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// Of which call.
    #[param(value_type = i64)]
    call_id: CallId,
    /// As what.
    #[param(inline)]
    format: TableFormat,
}

/// The live requests of a call as a spreadsheet, a row for each student, in
/// the caller's language. For coordinators of the degree and admins.
#[utoipa::path(
    tag = "evaluation-requests",
    params(Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/evaluation-requests/export")]
pub(super) async fn export_evaluation_requests(
    user: CurrentUser,
    state: web::Data<AppState>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let Params { call_id, format } = params.into_inner();
    let (language, zone) = (user.language, state.config.time_zone);
    let (name, requests, dnis) = state
        .db
        .run(move |conn| {
            let call = call::find_visible(conn, call_id, Some(&user))?;
            policy::may_manage_calls(&user, DegreeId(call.degree_id))?;
            let requests = evaluation_request::all_live(conn, call_id)?;
            let students: Vec<_> =
                requests.iter().flat_map(|request| request.assignment.student_ids()).collect();
            let dnis = people::dnis(conn, &students)?;
            Ok((name_of(&call.reference()), requests, dnis))
        })
        .await?;
    let headers: &[&str] = match language {
        Language::Es => {
            &["Título", "Estudiante", "DNI", "Correo", "Tutor", "Cotutor", "Presentado el", "Por"]
        }
        Language::En => &["Title", "Student", "DNI", "E-mail", "Tutor", "Co-tutor", "Entered on", "By"],
    };
    let rows = requests.iter().flat_map(|request| lines(request, &dnis, zone)).collect();
    table(format, name, headers, rows).await
}

fn lines(
    request: &EvaluationRequestDetail,
    dnis: &HashMap<i64, String>,
    zone: chrono_tz::Tz,
) -> Vec<Vec<String>> {
    let about = &request.assignment;
    let at = request.requested_at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let line = |student: gestfg_types::assignments::AssignedStudent| {
        vec![
            about.project_title.clone(),
            student.person.name,
            dnis.get(&student.person.id.0).cloned().unwrap_or_default(),
            student.email.unwrap_or_default(),
            about.tutor_name.clone(),
            about.cotutor_name.clone().unwrap_or_default(),
            at.clone(),
            request.requester_name.clone().unwrap_or_default(),
        ]
    };
    about.students().into_iter().map(line).collect()
}
