use super::list::Params;
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::models::degree::{self, DegreeFilter, WholeDegree, level_of};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, level_name, yes_or_no};
use actix_web::{HttpResponse, get, web};

/// All degrees under these filters as a spreadsheet, which can be imported again.
#[utoipa::path(
    tag = "degrees",
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
#[get("/degrees/export")]
pub(super) async fn export_degrees(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let Exporting { format, params } = asked;
    let Params { q, is_active, level, .. } = params;
    let filter = DegreeFilter { q, is_active, level };
    let year = state.academic_year();
    let titles = Titles::of(
        language,
        Titles { name: "Titulaciones", headers: &["Código", "Nombre", "Nivel", "Coordinación", "Activa"] },
        Titles { name: "Degrees", headers: &["Code", "Name", "Level", "Coordinators", "Active"] },
    );
    export(&state.db, format, titles, move |conn, page| {
        let window = degree::list(conn, &filter, year, page)?;
        Ok(window.shape(|degree| {
            let WholeDegree { row, coordinators, rules: _ } = degree;
            let people: Vec<String> = coordinators.into_iter().map(|person| person.name).collect();
            vec![
                row.code.into(),
                row.name.into(),
                level_name(language, level_of(&row.level)).into(),
                people.join("; ").into(),
                yes_or_no(language, row.is_active),
            ]
        }))
    })
    .await
}
