use super::{Params, read};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::routes::download::table;
use crate::routes::exporting::{Exporting, Titles};
use actix_web::{HttpResponse, get, web};
use gestfg_types::session::Language;
use gestfg_types::statistics::{StatisticsFigures, StatisticsGroup};

const SPANISH: Titles = Titles {
    name: "Estadísticas",
    headers: &[
        "Código",
        "Nombre",
        "Ofertados",
        "Validados",
        "Publicados",
        "Asignados",
        "Estudiantes",
        "Presentados a convocatoria",
        "Defendidos",
        "No presentados",
        "Aprobados",
        "Matrículas de honor",
        "Mediana de días hasta la defensa",
        "Redondeado a 5",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Statistics",
    headers: &[
        "Code",
        "Name",
        "Offered",
        "Validated",
        "Published",
        "Assigned",
        "Students",
        "Entered in a call",
        "Defended",
        "Not presented",
        "Passed",
        "Honours",
        "Median days to the defence",
        "Rounded to 5",
    ],
};

/// The same figures as a spreadsheet, a row for each group; what is kept from
/// the caller is left blank, and the last column says which rows are rounded to
/// multiples of five.
#[utoipa::path(
    tag = "statistics",
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
#[get("/statistics/export")]
pub(super) async fn export_statistics(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let language = viewer.language(&state.config);
    let found = read(&state, viewer, asked.params).await?;
    let total = match language {
        Language::Es => "Total",
        Language::En => "All",
    };
    let total = StatisticsGroup {
        id: 0,
        code: None,
        name: total.to_owned(),
        figures: found.total,
        is_rounded: found.is_rounded,
    };
    let rows = found.groups.into_iter().chain([total]).map(|group| line(language, group)).collect();
    let Titles { name, headers } = Titles::of(language, SPANISH, ENGLISH);
    table(asked.format, name.to_owned(), headers, rows).await
}

fn line(language: Language, group: StatisticsGroup) -> Vec<String> {
    let is_rounded = match (group.is_rounded, language) {
        (true, Language::Es) => "sí",
        (true, Language::En) => "yes",
        (false, _) => "no",
    };
    let count = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    let StatisticsFigures {
        offered,
        validated,
        published,
        assigned,
        students,
        entered,
        defended,
        not_presented,
        passed,
        honours,
        median_days_to_defence,
    } = group.figures;
    vec![
        group.code.unwrap_or_default(),
        group.name,
        count(offered),
        count(validated),
        count(published),
        count(assigned),
        count(students),
        count(entered),
        count(defended),
        count(not_presented),
        count(passed),
        count(honours),
        median_days_to_defence.map(|days| days.to_string()).unwrap_or_default(),
        is_rounded.to_owned(),
    ]
}
