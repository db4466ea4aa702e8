use super::Keeper;
use super::list::{Params, understand};
use crate::app::AppState;
use crate::error::AppResult;
use crate::models::people;
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local, yes_or_no};
use crate::sheets::list::Cell;
use crate::views;
use actix_web::{HttpResponse, get, web};
use chrono_tz::Tz;
use gestfg_types::ids::DegreeId;
use gestfg_types::session::Language;
use gestfg_types::users::User;

const SPANISH: Titles = Titles {
    name: "Personas",
    headers: &[
        "Correo",
        "DNI/NIE",
        "Nombre",
        "Apellidos",
        "Departamento",
        "Titulación",
        "Administra",
        "Dirige",
        "Coordina",
        "Puede entrar",
        "Alta",
    ],
};

const ENGLISH: Titles = Titles {
    name: "People",
    headers: &[
        "Email",
        "DNI/NIE",
        "First name",
        "Last name",
        "Department",
        "Degree",
        "Admin",
        "Heads",
        "Coordinates",
        "May log in",
        "Since",
    ],
};

/// All accounts of the list under these filters as a spreadsheet, a row for
/// each degree of a student. Professors and students can be imported again.
#[utoipa::path(
    tag = "users",
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
#[get("/users/export")]
pub(super) async fn export_users(
    keeper: Keeper,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (keeper.language, state.config.time_zone);
    let (mut filter, order) = understand(asked.params);
    filter.within = keeper.within().map(<[DegreeId]>::to_vec);
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let window = people::list(conn, &filter, order, page)?;
        Ok(window.spread(|person| lines(&views::users::user(person, &keeper), language, zone)))
    })
    .await
}

fn lines(person: &User, language: Language, zone: Tz) -> Vec<Vec<Cell>> {
    let roles = &person.roles;
    let code = |department: &Option<gestfg_types::session::DepartmentRef>| -> Cell {
        department.as_ref().map(|department| department.code.as_str()).into()
    };
    let coordinates: Vec<&str> = roles.coordinates.iter().map(|degree| &*degree.code).collect();
    let line = |degree: Option<&str>| {
        vec![
            person.email.clone().into(),
            person.dni.clone().into(),
            person.first_name.as_str().into(),
            person.last_name.as_str().into(),
            code(&roles.professor),
            degree.into(),
            yes_or_no(language, roles.admin),
            code(&roles.head_of),
            coordinates.join("; ").into(),
            yes_or_no(language, person.is_active),
            local(person.created_at, zone).date().into(),
        ]
    };
    match roles.student.as_deref() {
        None | Some([]) => vec![line(None)],
        Some(degrees) => degrees.iter().map(|degree| line(Some(&degree.code))).collect(),
    }
}
