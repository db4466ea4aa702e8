use super::print::band_name;
use super::shown;
use crate::app::AppState;
use crate::auth::CurrentUser;
use crate::error::AppResult;
use crate::openapi::Problems;
use crate::pagination::{PageParams, Window};
use crate::routes::download::TableFormat;
use crate::routes::exporting::{Titles, decimal, export, yes_or_no};
use crate::sheets::list::Cell;
use actix_web::{HttpResponse, get, web};
use gestfg_types::grading::Band;
use gestfg_types::ids::MinutesId;
use gestfg_types::minutes::MinutesEntry;
use gestfg_types::session::Language;
use serde::Deserialize;
use utoipa::IntoParams;

const SPANISH: Titles = Titles {
    name: "Acta",
    headers: &[
        "Número",
        "Estudiante",
        "DNI",
        "Trabajo",
        "Tutores",
        "Comisión",
        "Nota del tutor",
        "Nota de la comisión",
        "Nota final",
        "Calificación",
        "Matrícula de honor",
        "Presentado",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Minutes",
    headers: &[
        "Number",
        "Student",
        "DNI",
        "Project",
        "Tutors",
        "Committee",
        "Tutor's mark",
        "Committee's mark",
        "Final mark",
        "Grade",
        "Honours",
        "Presented",
    ],
};

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Params {
    /// As what.
    #[param(inline)]
    format: TableFormat,
}

/// The final marks of an edition of the minutes as a spreadsheet, a row for each student. For
/// those who read them; DNIs only for coordinators of the degree and admins.
#[utoipa::path(
    tag = "minutes",
    params(("id" = MinutesId, Path), Params),
    responses(
        (status = 200, content(
            (inline(crate::routes::download::Spreadsheet) = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (String = "text/csv"),
        )),
        Problems
    ),
    security(("bearer" = []))
)]
#[get("/minutes/{id}/export")]
pub(super) async fn export_minutes(
    user: CurrentUser,
    state: web::Data<AppState>,
    id: web::Path<MinutesId>,
    params: web::Query<Params>,
) -> AppResult<HttpResponse> {
    let (id, language) = (id.into_inner(), user.language);
    let titles = Titles::of(language, SPANISH, ENGLISH);
    export(&state.db, params.format, titles, move |conn, _all: &PageParams<()>| {
        let found = shown(conn, id, &user)?;
        Ok(Window::whole(found.entries).shape(|entry| line(entry, language)))
    })
    .await
}

fn line(entry: MinutesEntry, language: Language) -> Vec<Cell> {
    let mark = |mark: Option<String>| mark.map(|mark| decimal(language, &mark)).into();
    vec![
        entry.position.into(),
        entry.student.name.into(),
        entry.student_dni.into(),
        entry.project_title.into(),
        entry.tutors.join("; ").into(),
        entry.committee_number.into(),
        mark(entry.tutor_mark),
        mark(entry.committee_mark),
        mark(entry.mark.map(|mark| mark.to_string())),
        band_name(entry.band, language).into(),
        yes_or_no(language, entry.has_honours),
        yes_or_no(language, entry.band != Band::NotPresented),
    ]
}
