use super::list::{Params, professor_of};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::conflict_of_interest::{self, ConflictRow};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local};
use actix_web::{HttpResponse, get, web};

const SPANISH: Titles = Titles {
    name: "Conflictos de interés",
    headers: &[
        "Profesor/a",
        "Proyecto",
        "Estudiante",
        "Otro profesor/a",
        "Motivo",
        "Declarado por",
        "Declarado el",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Conflicts of interest",
    headers: &["Professor", "Project", "Student", "Other professor", "Reason", "Declared by", "Declared on"],
};

/// All conflicts of interest of the list as a spreadsheet.
#[utoipa::path(
    tag = "conflicts of interest",
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
#[get("/conflicts-of-interest/export")]
pub(super) async fn export_conflicts_of_interest(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let zone = state.config.time_zone;
    let professor = professor_of(&asked.params, &user)?;
    export(&state.db, asked.format, Titles::of(user.language, SPANISH, ENGLISH), move |conn, page| {
        let window = conflict_of_interest::list(conn, professor, page)?;
        Ok(window.shape(|row| {
            let ConflictRow { professor_name, project_title, student_name, other_professor_name, .. } = row;
            vec![
                professor_name.into(),
                project_title.into(),
                student_name.into(),
                other_professor_name.into(),
                row.reason.into(),
                row.declared_by_name.into(),
                local(row.declared_at, zone).into(),
            ]
        }))
    })
    .await
}
