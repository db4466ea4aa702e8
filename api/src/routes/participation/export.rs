use super::list::{Params, filter_of};
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::participation;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, yes_or_no};
use crate::views;
use actix_web::{HttpResponse, get, web};

const SPANISH: Titles = Titles {
    name: "Participación",
    headers: &[
        "Nombre",
        "Departamento",
        "Puestos en total",
        "Por curso",
        "Puede presidir",
        "Permanente desde",
        "Exento de comisiones",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Participation",
    headers: &[
        "Name",
        "Department",
        "Seats in all",
        "By year",
        "May preside",
        "Permanent since",
        "Exempt from committees",
    ],
};

/// All professors of the list under these filters, with their service in
/// committees, as a spreadsheet. Professors who form no committees get only
/// themselves.
#[utoipa::path(
    tag = "participation",
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
#[get("/participation/export")]
pub(super) async fn export_participation(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = user.language;
    let filter = filter_of(asked.params, &user)?;
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let window = participation::list(conn, &filter, page)?;
        Ok(window.shape(|row| {
            let shown = views::participation::participation(row);
            let years = shown
                .years
                .iter()
                .map(|year| format!("{}: {}", year.academic_year, year.brought + year.seats));
            vec![
                shown.professor.name.into(),
                shown.professor.department.code.into(),
                shown.total.into(),
                years.collect::<Vec<_>>().join("; ").into(),
                yes_or_no(language, shown.may_preside),
                shown.seniority_year.into(),
                yes_or_no(language, shown.exempt_from_committees),
            ]
        }))
    })
    .await
}
