use super::list::{Params, filter_of};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::assignment::{self, AssignmentDetail, assignment_state_of};
use crate::models::people;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use crate::sheets::list::Cell;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::assignments::AssignmentState;
use gestfg_types::ids::{DegreeId, UserId};
use gestfg_types::session::Language;
use std::collections::HashMap;

const SPANISH: Titles = Titles {
    name: "Asignaciones",
    headers: &[
        "Titulación",
        "Título",
        "Correo tutor",
        "Nombre tutor",
        "Correo cotutor",
        "Nombre cotutor",
        "Alumno 1",
        "Nombre alumno 1",
        "Alumno 2",
        "Nombre alumno 2",
        "Alumno 3",
        "Nombre alumno 3",
        "Estado",
        "Asignado el",
        "Por",
        "Anulado el",
        "Motivo",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Assignments",
    headers: &[
        "Degree",
        "Title",
        "Tutor email",
        "Tutor",
        "Cotutor email",
        "Cotutor",
        "Student 1",
        "Student 1 name",
        "Student 2",
        "Student 2 name",
        "Student 3",
        "Student 3 name",
        "State",
        "Assigned on",
        "By",
        "Cancelled on",
        "Reason",
    ],
};

/// What students are told apart by.
struct Identities {
    addresses: HashMap<i64, String>,
    dnis: HashMap<i64, String>,
}

/// All assignments of the list under these filters as a spreadsheet. The
/// active ones can be imported again as projects with their students.
#[utoipa::path(
    tag = "assignments",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/assignments/export")]
pub(super) async fn export_assignments(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (user.language, state.config.time_zone);
    let filter = filter_of(&asked.params);
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let window = assignment::list(conn, &user, &filter, page)?;
        let tutors = window.rows.iter().flat_map(|row| [Some(row.tutor_id), row.cotutor_id]);
        let tutors: Vec<UserId> = tutors.flatten().map(UserId).collect();
        // Who has no address is known by their DNI, to those who may read it.
        let kept = window.rows.iter().filter(|row| user.keeps_degree(DegreeId(row.degree_id)));
        let students: Vec<UserId> = kept.flat_map(AssignmentDetail::student_ids).collect();
        let identities =
            Identities { addresses: people::addresses(conn, &tutors)?, dnis: people::dnis(conn, &students)? };
        Ok(window.shape(|row| line(row, &identities, language, zone)))
    })
    .await
}

fn line(row: AssignmentDetail, known: &Identities, language: Language, zone: Tz) -> Vec<Cell> {
    let address = |id: Option<i64>| -> Cell { id.and_then(|id| known.addresses.get(&id)).cloned().into() };
    let mut cells: Vec<Cell> = vec![
        row.degree_code.as_str().into(),
        row.project_title.as_str().into(),
        address(Some(row.tutor_id)),
        row.tutor_name.as_str().into(),
        address(row.cotutor_id),
        row.cotutor_name.clone().into(),
    ];
    let mut students = row.students().into_iter();
    for _ in 0..3 {
        let student = students.next();
        let said = student.as_ref().and_then(|student| {
            student.email.clone().or_else(|| known.dnis.get(&student.person.id.0).cloned())
        });
        cells.extend([said.into(), student.map(|student| student.person.name).into()]);
    }
    cells.extend([
        state_name(language, assignment_state_of(&row.state)).into(),
        local(row.created_at, zone).into(),
        row.assigner_name.into(),
        row.cancelled_at.map(|at| local(at, zone)).into(),
        row.cancel_reason.into(),
    ]);
    cells
}

const fn state_name(language: Language, state: AssignmentState) -> &'static str {
    use AssignmentState as S;
    match (language, state) {
        (Language::Es, S::Active) => "Activa",
        (Language::En, S::Active) => "Active",
        (Language::Es, S::Finished) => "Terminada",
        (Language::En, S::Finished) => "Finished",
        (Language::Es, S::Cancelled) => "Anulada",
        (Language::En, S::Cancelled) => "Cancelled",
    }
}
