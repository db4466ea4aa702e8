use super::list::{Params, understand};
use crate::app::AppState;
use crate::auth::Viewer;
use crate::error::{AppError, AppResult};
use crate::models::call;
use crate::models::people;
use crate::models::project_search;
use crate::models::project_view::{self, Texts};
use crate::openapi::Problems;
use crate::routes::exporting::{Exporting, Titles, export, local, yes_or_no};
use crate::sheets::list::Cell;
use crate::views;
use actix_web::{HttpResponse, get, web};
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::UserId;
use gestfg_types::projects::{ProjectState, ProjectSummary};
use gestfg_types::session::Language;
use std::collections::HashMap;

const SPANISH: Titles = Titles {
    name: "Proyectos",
    headers: &[
        "Titulación",
        "Título",
        "Tipo",
        "Correo tutor",
        "Nombre tutor",
        "Correo cotutor",
        "Nombre cotutor",
        "Nº alumnos",
        "Descripción",
        "Conocimientos previos",
        "Recursos",
        "Palabras clave",
        "Estado",
        "Asignado",
        "Curso",
        "Publicado el",
    ],
};

const ENGLISH: Titles = Titles {
    name: "Projects",
    headers: &[
        "Degree",
        "Title",
        "Type",
        "Tutor email",
        "Tutor",
        "Cotutor email",
        "Cotutor",
        "Students",
        "Description",
        "Prior knowledge",
        "Resources",
        "Keywords",
        "State",
        "Assigned",
        "Academic year",
        "Published on",
    ],
};

/// All projects of the list under these filters as a spreadsheet, which can be
/// imported again as an offer. Students and visitors read no addresses.
#[utoipa::path(
    tag = "projects",
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
#[get("/projects/export")]
pub(super) async fn export_projects(
    viewer: Viewer,
    state: web::Data<AppState>,
    asked: Exporting<Params>,
) -> AppResult<HttpResponse> {
    let (language, zone) = (viewer.language(&state.config), state.config.time_zone);
    let (filter, sort, _) = understand(asked.params)?;
    if viewer.0.is_none() && (filter.mine || filter.queue) {
        return Err(AppError::code_only(ErrorCode::NotAuthenticated));
    }
    let shows_addresses = viewer.actor().is_some_and(|actor| actor.is_admin || actor.is_professor());
    let (now, year) = (state.clock.now(), state.academic_year());
    export(&state.db, asked.format, Titles::of(language, SPANISH, ENGLISH), move |conn, page| {
        let window = project_search::list(conn, viewer.actor(), &filter, sort, page)?;
        let today = call::today(conn, viewer.actor(), year, now)?;
        let ids: Vec<i64> = window.rows.iter().map(|row| row.summary.id).collect();
        let mut texts = project_view::texts(conn, &ids)?;
        let tutors = window.rows.iter().flat_map(|row| [Some(row.summary.tutor_id), row.summary.cotutor_id]);
        let tutors: Vec<UserId> = tutors.flatten().map(UserId).collect();
        let addresses = if shows_addresses { people::addresses(conn, &tutors)? } else { HashMap::new() };
        Ok(window.shape(|row| {
            let published = row.summary.published_at.map(|at| local(at, zone));
            let summary = views::projects::summary(row.summary, viewer.actor(), &today);
            let texts = texts.remove(&summary.id.0).unwrap_or_default();
            let mut cells = line(summary, texts, &addresses, language);
            cells.push(published.into());
            cells
        }))
    })
    .await
}

fn line(
    project: ProjectSummary,
    texts: Texts,
    addresses: &HashMap<i64, String>,
    language: Language,
) -> Vec<Cell> {
    let address = |person: &Option<gestfg_types::users::PersonRef>| -> Cell {
        person.as_ref().and_then(|person| addresses.get(&person.id.0)).cloned().into()
    };
    vec![
        project.degree.code.into(),
        project.title.into(),
        project.kind.into(),
        address(&project.tutor),
        project.tutor.map(|person| person.name).into(),
        address(&project.cotutor),
        project.cotutor.map(|person| person.name).into(),
        project.student_count.into(),
        texts.description.into(),
        texts.prior_knowledge.into(),
        texts.resources.into(),
        project.keywords.join(", ").into(),
        state_name(language, project.state).into(),
        yes_or_no(language, project.is_assigned),
        project.academic_year.into(),
    ]
}

const fn state_name(language: Language, state: ProjectState) -> &'static str {
    use ProjectState as S;
    match (language, state) {
        (Language::Es, S::Draft) => "Borrador",
        (Language::En, S::Draft) => "Draft",
        (Language::Es, S::Submitted) => "Enviado",
        (Language::En, S::Submitted) => "Submitted",
        (Language::Es, S::Validated) => "Validado",
        (Language::En, S::Validated) => "Validated",
        (Language::Es, S::Rejected) => "Rechazado",
        (Language::En, S::Rejected) => "Rejected",
        (Language::Es, S::Published) => "Publicado",
        (Language::En, S::Published) => "Published",
        (Language::Es, S::Withdrawn) => "Retirado",
        (Language::En, S::Withdrawn) => "Withdrawn",
    }
}
