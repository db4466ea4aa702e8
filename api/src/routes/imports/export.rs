use super::list::Params;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::models::import;
use crate::openapi::Problems;
use crate::pagination::Window;
use crate::routes::exporting::{Exporting, Titles, export, local};
use crate::sheets::list::Cell;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::imports::{Import, ImportKind, ImportState};
use gestfg_types::session::Language;

const SPANISH: Titles = Titles {
    name: "Importaciones",
    headers: &[
        "Fichero",
        "Contenido",
        "Estado",
        "Filas",
        "Nuevas",
        "Cambiadas",
        "Sin cambios",
        "Con errores",
        "Con avisos",
        "Quién",
        "Subido el",
        "Importado el",
        "Deshecho el",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Imports",
    headers: &[
        "File",
        "Content",
        "State",
        "Rows",
        "New",
        "Changed",
        "Unchanged",
        "With errors",
        "With warnings",
        "Who",
        "Given on",
        "Imported on",
        "Undone on",
    ],
};

/// All one's own imports as a spreadsheet, newest first; everybody's for an admin.
#[utoipa::path(
    tag = "imports",
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
#[get("/imports/export")]
pub(super) async fn export_imports(
    user: CurrentUser,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (user.language, state.config.time_zone);
    let author = (!user.is_admin).then_some(user.id);
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let Window { rows, next_cursor, total } = import::list(conn, author, page)?;
        let show = |row| Ok(line(views::imports::import(row)?, language, zone));
        let rows = rows.into_iter().map(show).collect::<AppResult<Vec<_>>>()?;
        Ok(Window { rows, next_cursor, total })
    })
    .await
}

fn line(import: Import, language: Language, zone: Tz) -> Vec<Cell> {
    let count = |rows: u32| Cell::Number(rows.into());
    let summary = import.summary;
    vec![
        import.file_name.into(),
        kind_name(language, import.kind).into(),
        state_name(language, import.state).into(),
        count(summary.rows),
        count(summary.create),
        count(summary.update),
        count(summary.unchanged),
        count(summary.error),
        count(summary.warning),
        import.created_by.name.into(),
        local(import.created_at, zone).into(),
        import.committed_at.map(|at| local(at, zone)).into(),
        import.undone_at.map(|at| local(at, zone)).into(),
    ]
}

const fn kind_name(language: Language, kind: ImportKind) -> &'static str {
    use ImportKind as K;
    match (language, kind) {
        (Language::Es, K::Projects) => "Oferta de proyectos",
        (Language::En, K::Projects) => "Offer of projects",
        (Language::Es, K::PreassignedProjects) => "Proyectos ya asignados",
        (Language::En, K::PreassignedProjects) => "Projects already assigned",
        (Language::Es, K::Departments) => "Departamentos",
        (Language::En, K::Departments) => "Departments",
        (Language::Es, K::Degrees) => "Titulaciones",
        (Language::En, K::Degrees) => "Degrees",
        (Language::Es, K::Professors) => "Profesorado",
        (Language::En, K::Professors) => "Professors",
        (Language::Es, K::Students) => "Estudiantes",
        (Language::En, K::Students) => "Students",
    }
}

const fn state_name(language: Language, state: ImportState) -> &'static str {
    match (language, state) {
        (Language::Es, ImportState::Previewed) => "Sin confirmar",
        (Language::En, ImportState::Previewed) => "Not confirmed",
        (Language::Es, ImportState::Committed) => "Importado",
        (Language::En, ImportState::Committed) => "Imported",
        (Language::Es, ImportState::Undone) => "Deshecho",
        (Language::En, ImportState::Undone) => "Undone",
    }
}
