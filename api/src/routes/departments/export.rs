use super::list::Params;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::department::{self, DepartmentFilter, NamedDepartment};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, yes_or_no};
use actix_web::{HttpResponse, get, web};

/// All departments under these filters as a spreadsheet, which can be imported again.
#[utoipa::path(
    tag = "departments",
    params(Exporting<Params>),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security((), ("bearer" = []))
)]
#[get("/departments/export")]
pub(super) async fn export_departments(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let Exporting { format, params } = asked;
    let Params { q, is_active, area_id, .. } = params;
    let filter = DepartmentFilter { q, is_active, area: area_id };
    let titles = Titles::of(
        language,
        Titles { name: "Departamentos", headers: &["Código", "Nombre", "Área", "Dirección", "Activo"] },
        Titles { name: "Departments", headers: &["Code", "Name", "Area", "Head", "Active"] },
    );
    export(&state.db, format, titles, move |conn, page| {
        let window = department::list(conn, &filter, page)?;
        Ok(window.shape(|department| {
            let NamedDepartment { row, area, head } = department;
            let head = head.map(|(first, last)| format!("{first} {last}"));
            vec![
                row.code.into(),
                row.name.into(),
                area.into(),
                head.into(),
                yes_or_no(language, row.is_active),
            ]
        }))
    })
    .await
}
